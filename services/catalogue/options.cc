#include "services/catalogue/options.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"

namespace assay::catalogue {

config::ServiceTraits CatalogueTraits(CatalogueOptions& options) {
  config::ServiceTraits traits;
  traits.name = "assay-catalogue";
  traits.description = "Serves certification schemes and every revision of their documents.";
  traits.default_port = kDefaultPort;
  traits.needs_data_dir = true;
  traits.add_options = [&options](CLI::App& app) {
    config::AddFlag(app, "scheme_dir", options.scheme_dir,
                    "Folder with one folder per scheme, read at start (required)");
  };
  traits.validate_own = [&options] { return Validate(options); };
  return traits;
}

absl::Status Validate(const CatalogueOptions& options) {
  std::error_code error;
  if (std::filesystem::is_directory(options.scheme_dir, error)) return absl::OkStatus();
  const std::string problem =
      absl::StrCat("is '", options.scheme_dir, "'; an existing folder of schemes is required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_INVALID")
      .Message(absl::StrCat("--scheme_dir ", problem))
      .Metadata("flag", "scheme_dir")
      .Field("scheme_dir", problem)
      .Build();
}

}  // namespace assay::catalogue
