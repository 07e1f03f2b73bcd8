// Builds the errors of the project.
//
// Inside the project a failure is an absl::Status; what a caller needs to act on travels in
// payloads that grpc_status.h turns into google.rpc details on the wire:
//   * google.rpc.ErrorInfo   reason (stable UPPER_SNAKE), domain "assay", metadata;
//   * google.rpc.BadRequest  one violation per offending field;
//   * google.rpc.RetryInfo   how long to wait, on errors that retrying can cure.
//
// Each service names its errors once, in functions of its errors.h that use this builder:
//
//   absl::Status OverrideNeedsReasoning(std::string_view control) {
//     return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OVERRIDE_REASON_REQUIRED")
//         .Message("control 2300: override has no reasoning; give one of 1 to 4000 characters")
//         .Metadata("control", control)
//         .Field("result.override.reasoning", "is empty; 1 to 4000 characters are required")
//         .Build();
//   }

#ifndef ASSAY_COMMON_STATUS_ERROR_H_
#define ASSAY_COMMON_STATUS_ERROR_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace assay {

// ErrorInfo.domain of every error of ours.
inline constexpr std::string_view kErrorDomain = "assay";

// Metadata values and field descriptions longer than this many bytes are cut, with "..." at the
// end: an error must fit into HTTP/2 trailers (8 KiB by default).
inline constexpr size_t kMaxErrorDetailBytes = 512;

// At most this many field violations and metadata entries travel; later ones are dropped.
inline constexpr size_t kMaxErrorDetails = 16;

// A field of a request that is wrong. `field` is a path such as
// "changes[3].result.override.reasoning".
struct FieldViolation {
  std::string field;
  std::string description;
};

// Not thread-safe; build and throw away.
class ErrorBuilder {
 public:
  // `code` must not be kOk; `reason` is UPPER_SNAKE and never changes meaning once released.
  ErrorBuilder(absl::StatusCode code, std::string_view reason);

  // What is wrong, with which value, and what would be right.
  ErrorBuilder& Message(std::string_view message);
  ErrorBuilder& Metadata(std::string_view key, std::string_view value);
  ErrorBuilder& Field(std::string_view field, std::string_view description);
  ErrorBuilder& RetryAfter(absl::Duration delay);

  absl::Status Build() const;

 private:
  absl::StatusCode code_;
  std::string reason_;
  std::string message_;
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<FieldViolation> fields_;
  std::optional<absl::Duration> retry_after_;
};

// INVALID_ARGUMENT about one field; the message is "<field> <problem>".
absl::Status InvalidField(std::string_view reason, std::string_view field,
                          std::string_view problem);

// ErrorInfo.reason of `status`, or "" when it carries none.
std::string ErrorReason(const absl::Status& status);

// ErrorInfo.metadata[key] of `status`, or nullopt.
std::optional<std::string> ErrorMetadata(const absl::Status& status, std::string_view key);

// The field violations of `status`, in the order they were added.
std::vector<FieldViolation> ErrorFields(const absl::Status& status);

}  // namespace assay

#endif  // ASSAY_COMMON_STATUS_ERROR_H_
