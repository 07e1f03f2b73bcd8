#include "services/assessment_store/options.h"

#include "common/config/service_options.h"

namespace assay::assessment_store {

void AddOptions(CLI::App& app, Options& options) {
  config::AddFlag(app, "catalogue", options.catalogue, "Address of the catalogue service");
  config::AddFlag(app, "scoring", options.scoring, "Address of the scoring service");
  config::AddFlag(app, "review_queue", options.review_queue, "Address of the review queue");
}

}  // namespace assay::assessment_store
