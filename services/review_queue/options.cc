#include "services/review_queue/options.h"

#include "common/status/error.h"

namespace assay::review_queue {
namespace {

absl::Status CheckAssessmentStore(const ReviewQueueOptions& options) {
  if (!options.assessment_store.empty()) return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_INVALID")
      .Message("--assessment_store is empty; host:port of the assessment store is required")
      .Field("assessment_store", "is empty; host:port is required")
      .Build();
}

}  // namespace

config::ServiceTraits Traits(ReviewQueueOptions& options) {
  config::ServiceTraits traits;
  traits.name = kServiceName;
  traits.description = "Holds flagged submissions until a reviewer has decided them.";
  traits.default_port = kDefaultPort;
  traits.needs_data_dir = true;
  traits.needs_service_key = true;
  traits.add_options = [&options](CLI::App& app) {
    config::AddFlag(app, "assessment_store", options.assessment_store,
                    "Address of the assessment store, which decisions are delivered to");
  };
  traits.validate_own = [&options] { return CheckAssessmentStore(options); };
  return traits;
}

}  // namespace assay::review_queue
