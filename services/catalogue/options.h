// The catalogue's own flags, beside those every service has (common/config).

#ifndef ASSAY_SERVICES_CATALOGUE_OPTIONS_H_
#define ASSAY_SERVICES_CATALOGUE_OPTIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

#include "common/config/service_options.h"

namespace assay::catalogue {

inline constexpr uint16_t kDefaultPort = 7401;

struct CatalogueOptions {
  std::string scheme_dir;  // --scheme_dir: a folder with one folder per scheme. Required.
};

// What the binary is called and takes. `options` is filled in by parsing and must outlive the
// result.
config::ServiceTraits CatalogueTraits(CatalogueOptions& options);

// INVALID_ARGUMENT OPTION_INVALID naming scheme_dir unless it is an existing folder.
absl::Status Validate(const CatalogueOptions& options);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_OPTIONS_H_
