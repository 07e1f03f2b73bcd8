// The objects of a running assessment store, wired together.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_APPLICATION_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_APPLICATION_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/outbox/outbox.h"
#include "common/rpc/service_main.h"
#include "services/assessment_store/clients/review_queue_client.h"
#include "services/assessment_store/options.h"

namespace assay::assessment_store {

// Opens the store under <data_dir> and connects to the other services (they need not be up).
absl::StatusOr<std::unique_ptr<rpc::Application>> MakeApplication(
    const Options& options, rpc::ServiceEnvironment& environment);

// Hands one outbox message to the service it is for. DATA_LOSS OUTBOX_MESSAGE_MALFORMED when the
// payload does not decode or the destination is unknown.
absl::Status Deliver(ReviewQueueClient& queue, const outbox::Message& message);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_APPLICATION_H_
