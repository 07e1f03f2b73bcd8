#include "services/scoring/options.h"

#include "CLI/App.hpp"

#include "common/status/error.h"

namespace assay::scoring {
namespace {

absl::Status ValidateOptions(const ScoringOptions& options) {
  if (options.catalogue.empty()) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_INVALID")
        .Message("--catalogue is empty; give the catalogue service's host:port")
        .Field("catalogue", "is empty; give host:port")
        .Build();
  }
  return absl::OkStatus();
}

}  // namespace

config::ServiceTraits ScoringTraits(ScoringOptions& options) {
  config::ServiceTraits traits;
  traits.name = "assay-scoring";
  traits.description = "Scores recorded results of controls; stores nothing.";
  traits.default_port = 7402;
  traits.needs_data_dir = false;
  traits.needs_service_key = true;
  traits.add_options = [&options](CLI::App& app) {
    config::AddFlag(app, "catalogue", options.catalogue, "Address of the catalogue service");
  };
  traits.validate_own = [&options] { return ValidateOptions(options); };
  return traits;
}

}  // namespace assay::scoring
