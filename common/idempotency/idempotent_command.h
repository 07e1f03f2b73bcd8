// Runs a command at most once per request id, whatever the command is.
//
//   IdempotentCommand<SubmitAssessmentResponse> command(store, clock, caller, method, request);
//   ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
//   if (answer.has_value()) return *answer;
//   ... read, call other services ...
//   return command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<...> { ... });
//
// The request's field `request_id` may be empty: then nothing is looked up or remembered.

#ifndef ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENT_COMMAND_H_
#define ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENT_COMMAND_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include "common/idempotency/idempotency.h"
#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/store.h"
#include "common/time/clock.h"

namespace assay::idempotency {

// SHA-256 of everything in the request but its id: the same content, the same fingerprint.
template <typename Request>
std::string Fingerprint(Request request) {
  request.clear_request_id();
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);  // Map entries in order.
    request.SerializeToCodedStream(&coded);
  }
  return Sha256(bytes);
}

// Not thread-safe; lives for one call. `store` and `clock` must outlive it.
template <typename Response>
class IdempotentCommand {
 public:
  template <typename Request>
  IdempotentCommand(storage::Store& store, const Clock& clock, std::string_view caller,
                    std::string_view method, const Request& request)
      : store_(store),
        clock_(clock),
        caller_(caller),
        method_(method),
        request_id_(request.request_id()),
        fingerprint_(request_id_.empty() ? "" : Fingerprint(request)) {}

  // The answer given before, if any. Ask before anything that the first run has changed, such as
  // an etag, and from the same `snapshot`: then the same request sent twice at once is answered,
  // not refused. INVALID_ARGUMENT REQUEST_ID_INVALID or REQUEST_ID_REUSED.
  absl::StatusOr<std::optional<Response>> FirstAnswer(storage::Reader& snapshot) {
    if (request_id_.empty()) return std::nullopt;
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, Lookup(snapshot, Key()));
    if (!bytes.has_value()) return std::nullopt;
    ASSAY_ASSIGN_OR_RETURN(Response response, Decode(*bytes));
    return std::optional<Response>(std::move(response));
  }

  // Runs `body` in a transaction and remembers its answer in the same commit. `body` may run more
  // than once; only its last run counts.
  absl::StatusOr<Response> Commit(
      absl::FunctionRef<absl::StatusOr<Response>(storage::Transaction&)> body) {
    ASSAY_ASSIGN_OR_RETURN(const std::string bytes,
                           RunOnce(store_, Key(), clock_.Now(),
                                   [&](storage::Transaction& tx) -> absl::StatusOr<std::string> {
                                     ASSAY_ASSIGN_OR_RETURN(const Response response, body(tx));
                                     return response.SerializeAsString();
                                   }));
    return Decode(bytes);
  }

 private:
  RequestKey Key() const { return {caller_, method_, request_id_, fingerprint_}; }

  absl::StatusOr<Response> Decode(const std::string& bytes) const {
    Response response;
    if (response.ParseFromString(bytes)) return response;
    return ErrorBuilder(absl::StatusCode::kDataLoss, "IDEMPOTENCY_ROW_MALFORMED")
        .Message("the remembered answer of this request does not parse")
        .Metadata("request_id", request_id_)
        .Build();
  }

  storage::Store& store_;
  const Clock& clock_;
  const std::string caller_;
  const std::string method_;
  const std::string request_id_;
  const std::string fingerprint_;
};

}  // namespace assay::idempotency

#endif  // ASSAY_COMMON_IDEMPOTENCY_IDEMPOTENT_COMMAND_H_
