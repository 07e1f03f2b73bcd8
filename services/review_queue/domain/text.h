// Lengths of texts as people count them.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_TEXT_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::review_queue {

// "" when `text` has `minimum` to `maximum` characters, else what is wrong, as a field violation
// puts it: "has 4001 characters; 1 to 4000 are allowed".
std::string LengthProblem(std::string_view text, size_t minimum, size_t maximum);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_TEXT_H_
