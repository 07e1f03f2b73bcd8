// Flags of the binary besides those every service has (common/config/service_options.h).

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_OPTIONS_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_OPTIONS_H_

#include <cstdint>
#include <string>

#include "common/config/service_options.h"

namespace assay::review_queue {

inline constexpr uint16_t kDefaultPort = 7404;
inline constexpr char kServiceName[] = "assay-review-queue";

struct ReviewQueueOptions {
  std::string assessment_store = "127.0.0.1:7403";  // --assessment_store
};

// What the shared main function needs to know. `options` must outlive the result.
config::ServiceTraits Traits(ReviewQueueOptions& options);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_OPTIONS_H_
