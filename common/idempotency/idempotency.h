// Records of answered requests, so that sending a request again gives the first answer again
// (google.aip.dev/155).
//
// In one transaction a command first calls Lookup; with an answer it returns that and writes
// nothing; without, it does its work and calls Remember. Two concurrent sends of one request
// conflict on the record's row, and the second is run again and finds the answer.
//
// A record belongs to one caller and one method: other callers may use the same id.

#ifndef ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENCY_H_
#define ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENCY_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/storage/store.h"

namespace assay::idempotency {

inline constexpr size_t kMaxRequestIdCharacters = 64;
inline constexpr size_t kMaxCallerBytes = 256;
inline constexpr size_t kMaxMethodBytes = 256;
inline constexpr size_t kMaxResponseBytes = 2 * 1024 * 1024;

// Which request. Views must outlive the call they are passed to.
struct RequestKey {
  std::string_view caller;       // The subject of the caller's token.
  std::string_view method;       // "/assay.assessment.v1.AssessmentStore/SubmitAssessment".
  std::string_view request_id;   // As sent; 1 to 64 of [A-Za-z0-9_-].
  std::string_view fingerprint;  // 32 bytes: SHA-256 of the request's content.
};

// INVALID_ARGUMENT REQUEST_ID_INVALID naming field request_id unless `request_id` is 1 to 64
// characters of [A-Za-z0-9_-].
absl::Status CheckRequestId(std::string_view request_id);

// The bytes given to Remember for this request, or nullopt when it is new.
// INVALID_ARGUMENT REQUEST_ID_INVALID as above; INVALID_ARGUMENT REQUEST_ID_REUSED naming field
// request_id when the id was used for a request with another fingerprint; DATA_LOSS
// IDEMPOTENCY_ROW_MALFORMED. Both functions answer INTERNAL IDEMPOTENCY_KEY_INVALID when caller,
// method or fingerprint has a size it cannot have: a fault of the service, not of the caller.
absl::StatusOr<std::optional<std::string>> Lookup(storage::Reader& reader, const RequestKey& key);

// Stores the answer. Call it in the transaction that does the work. Refuses an id that has a
// record already (REQUEST_ID_REUSED) and answers above kMaxResponseBytes (RESOURCE_EXHAUSTED
// RESPONSE_TOO_LARGE).
absl::Status Remember(storage::Transaction& tx, const RequestKey& key, std::string_view response,
                      absl::Time time);

// Runs a command at most once per request, in one transaction with its record: answers what the
// first run answered, or runs `command`, which writes and returns the answer's bytes. `command` may
// run more than once; only its last run counts. An empty request id is not looked up or remembered.
// Errors: those of Lookup, Remember, `command` and the store.
absl::StatusOr<std::string> RunOnce(
    storage::Store& store, const RequestKey& key, absl::Time now,
    absl::FunctionRef<absl::StatusOr<std::string>(storage::Transaction&)> command);

}  // namespace assay::idempotency

#endif  // ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENCY_H_
