#include "tools/assayctl/output/error.h"

#include <map>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"

#include "common/status/error.h"
#include "common/status/error_info.pb.h"
#include "common/status/grpc_status.h"
#include "common/text/view.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

// Payloads of our own; they never travel.
constexpr absl::string_view kUsageUrl = "assayctl/usage";
constexpr absl::string_view kServiceUrl = "assayctl/service";

std::map<std::string, std::string> Metadata(const absl::Status& status) {
  const auto payload = status.GetPayload(ToAbsl(kErrorInfoUrl));
  wire::ErrorInfo info;
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) {
    return {};
  }
  return {info.metadata().begin(), info.metadata().end()};
}

std::string RetryHint(const absl::Status& status) {
  const auto payload = status.GetPayload(ToAbsl(kRetryInfoUrl));
  google::rpc::RetryInfo retry;
  if (!payload.has_value() || !retry.ParseFromString(std::string(*payload))) {
    return "";
  }
  const absl::Duration delay =
      absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
  return absl::StrCat("try again after ", absl::FormatDuration(delay));
}

std::string UnavailableHint(const absl::Status& status) {
  const auto service = status.GetPayload(kServiceUrl);
  if (!service.has_value()) {
    return "is the service running? `assayctl status` shows all of them";
  }
  return absl::StrCat("is the service running at ", std::string(*service),
                      "? `assayctl status` shows all of them");
}

}  // namespace

absl::Status UsageError(std::string_view reason, std::string_view message) {
  absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, reason).Message(message).Build();
  status.SetPayload(kUsageUrl, absl::Cord("1"));
  return status;
}

absl::Status AtService(absl::Status status, std::string_view service, std::string_view address) {
  if (!status.ok()) {
    status.SetPayload(kServiceUrl,
                      absl::Cord(absl::StrCat(ToAbsl(address), " (", ToAbsl(service), ")")));
  }
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) {
    return ExitCode::kOk;
  }
  if (status.GetPayload(kUsageUrl).has_value()) {
    return ExitCode::kUsage;
  }
  return status.code() == absl::StatusCode::kUnavailable ? ExitCode::kUnreachable
                                                         : ExitCode::kRefused;
}

std::string HintFor(const absl::Status& status) {
  const std::string reason = ErrorReason(status);
  if (reason == "TOKEN_MISSING") {
    return "say who you are: --as NAME, --token-file FILE, or ASSAY_TOKEN";
  }
  if (reason == "TOKEN_EXPIRED") {
    return "get a fresh token; development tokens come from `assayctl token mint`";
  }
  if (reason == "ETAG_MISMATCH") {
    return "somebody changed it meanwhile; look again and repeat the command";
  }
  if (reason == "COMMIT_OUTCOME_UNKNOWN") {
    return "repeat the command with the same --request-id to find out";
  }
  if (std::string retry = RetryHint(status); !retry.empty()) {
    return retry;
  }
  if (status.code() == absl::StatusCode::kUnavailable && reason.empty()) {
    return UnavailableHint(status);
  }
  if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    return "give it longer with --timeout";
  }
  return "";
}

std::string RenderError(const absl::Status& status, const Style& style) {
  const std::string reason = ErrorReason(status);
  std::string out = style.Apply(Paint::kRed, "error:");
  absl::StrAppend(&out, " ", absl::StatusCodeToString(status.code()));
  if (!reason.empty()) {
    absl::StrAppend(&out, " ", style.Apply(Paint::kBold, Printable(reason)));
  }
  out += "\n";
  if (!status.message().empty()) {
    absl::StrAppend(&out, "  ", Printable(FromAbsl(status.message())), "\n");
  }
  for (const FieldViolation& violation : ErrorFields(status)) {
    absl::StrAppend(&out, "  field ", Printable(violation.field), ": ",
                    Printable(violation.description), "\n");
  }
  for (const auto& [key, value] : Metadata(status)) {
    absl::StrAppend(&out, "  ", Printable(key), " = ", Printable(value), "\n");
  }
  if (const std::string hint = HintFor(status); !hint.empty()) {
    absl::StrAppend(&out, "  ", style.Apply(Paint::kYellow, "hint:"), " ", hint, "\n");
  }
  return out;
}

}  // namespace assay::assayctl
