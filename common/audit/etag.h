// Etags of aggregates with an event log: every change appends an event, so the head of the chain
// names the state exactly, and whoever keeps etags keeps proof of the history seen.

#ifndef ASSAY_COMMON_AUDIT_ETAG_H_
#define ASSAY_COMMON_AUDIT_ETAG_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "common/audit/event_log.h"

namespace assay::audit {

// "{sequence}-{first 16 hexadecimal digits of the hash}".
std::string EtagOf(const ChainHead& head);

// OK when `given` is the etag of `head`. INVALID_ARGUMENT ETAG_REQUIRED when it is empty; ABORTED
// ETAG_MISMATCH with metadata given and current otherwise. Both name the field `etag`.
absl::Status CheckEtag(const ChainHead& head, std::string_view given);

}  // namespace assay::audit

#endif  // ASSAY_COMMON_AUDIT_ETAG_H_
