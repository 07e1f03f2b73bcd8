// The flags of assay-scoring beside those every service has (common/config).

#ifndef ASSAY_SERVICES_SCORING_OPTIONS_H_
#define ASSAY_SERVICES_SCORING_OPTIONS_H_

#include <string>

#include "common/config/service_options.h"

namespace assay::scoring {

struct ScoringOptions {
  std::string catalogue = "127.0.0.1:7401";  // --catalogue host:port
};

// `options` must outlive the parsing and holds the values after it.
config::ServiceTraits ScoringTraits(ScoringOptions& options);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_OPTIONS_H_
