#include "common/rpc/call.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "common/rpc/traceparent.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::rpc {

bool CallContext::cancelled() const {
  return cancelled_.load(std::memory_order_relaxed) || SystemClock().Now() >= deadline;
}

namespace internal {
namespace {

constexpr char kAuthorizationKey[] = "authorization";
constexpr absl::string_view kBearer = "Bearer ";

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const auto deadline = context.deadline();
  return deadline == std::chrono::system_clock::time_point::max() ? absl::InfiniteFuture()
                                                                  : absl::FromChrono(deadline);
}

std::string TraceOf(const grpc::CallbackServerContext& context, IdSource& ids) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(grpc::string_ref(kTraceparentKey.data(), kTraceparentKey.size()));
  if (it != metadata.end() && IsTraceparent(View(it->second))) {
    return std::string(View(it->second));
  }
  return NewTraceparent(ids);
}

// Errors that are our fault, whose message the log needs.
bool IsServerFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

}  // namespace

CallState::CallState(CallRuntime& runtime, const grpc::CallbackServerContext& context,
                     std::string_view method, Kind kind)
    : runtime_(runtime),
      method_(method),
      metrics_(runtime.metrics.Method(method)),
      started_(runtime.clock.Now()),
      deadline_(DeadlineOf(context)),
      traceparent_(TraceOf(context, runtime.ids)) {
  if (kind == Kind::kUnary && deadline_ == absl::InfiniteFuture()) {
    deadline_ = SystemClock().Now() + runtime.default_deadline;
  }
  metrics_.Started();
}

absl::Status CallState::Authenticate(const grpc::CallbackServerContext& context) {
  const auto [first, last] = context.client_metadata().equal_range(kAuthorizationKey);
  std::string_view token;
  if (first != last) {
    const std::string_view value = View(first->second);
    if (std::next(first) != last || !absl::StartsWithIgnoreCase(ToAbsl(value), kBearer)) {
      return ErrorBuilder(absl::StatusCode::kUnauthenticated, "TOKEN_MALFORMED")
          .Message("metadata \"authorization\" must be there once, as \"Bearer <token>\"")
          .Build();
    }
    token = value.substr(kBearer.size());
  }
  ASSAY_ASSIGN_OR_RETURN(principal_, runtime_.verifier.Verify(token));
  if (runtime_.require_service_certificate && principal_.Has(access::v1::ROLE_SERVICE) &&
      !context.auth_context()->IsPeerAuthenticated()) {
    return ErrorBuilder(absl::StatusCode::kUnauthenticated, "SERVICE_CERTIFICATE_REQUIRED")
        .Message("a service must show a certificate on its connection beside its token")
        .Build();
  }
  return absl::OkStatus();
}

absl::Status CallState::Admit(const grpc::CallbackServerContext& context) {
  ASSAY_RETURN_IF_ERROR(Authenticate(context));
  ASSAY_RETURN_IF_ERROR(runtime_.access.Check(method_, principal_));
  return CheckAlive();
}

absl::Status CallState::CheckAlive() const {
  if (SystemClock().Now() >= deadline_) {
    return ErrorBuilder(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED")
        .Message("the deadline passed before the work was begun")
        .Build();
  }
  if (cancelled_.load(std::memory_order_relaxed)) {
    return ErrorBuilder(absl::StatusCode::kCancelled, "CALL_CANCELLED")
        .Message("the caller has gone")
        .Build();
  }
  if (runtime_.clock.Now() >= principal_.expires + auth::kTokenLeeway) {
    return ErrorBuilder(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED")
        .Message("the token has expired; open a new call with a new one")
        .Build();
  }
  return absl::OkStatus();
}

void CallState::End(const absl::Status& status) {
  const absl::Duration latency = std::max(runtime_.clock.Now() - started_, absl::ZeroDuration());
  metrics_.Finished(status.code(), latency);
  const bool fault = IsServerFault(status.code());
  const Severity severity = fault ? Severity::kError : Severity::kInfo;
  if (!runtime_.logger.Enabled(severity)) return;
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string reason = status.ok() ? "" : ErrorReason(status);
  const std::string roles = principal_.roles.ToString();
  std::vector<LogField> fields = {
      {"method", method_},
      {"code", code},
      {"latency_us", absl::ToInt64Microseconds(latency)},
      {"trace_id", TraceId(traceparent_)},
  };
  if (!principal_.subject.empty()) {
    fields.push_back({"subject", principal_.subject});
    fields.push_back({"organisation", principal_.organisation});
    fields.push_back({"roles", roles});
  }
  if (!reason.empty()) fields.push_back({"reason", reason});
  // A caller's own mistakes are told to the caller alone: their messages quote what was sent.
  if (fault) fields.push_back({"error", FromAbsl(status.message())});
  runtime_.logger.Log(severity, "call", fields);
}

}  // namespace internal
}  // namespace assay::rpc
