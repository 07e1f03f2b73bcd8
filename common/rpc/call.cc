#include "common/rpc/call.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "common/rpc/traceparent.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::rpc {

bool CallContext::cancelled() const {
  const bool gone =
      call_ != nullptr ? call_->IsCancelled() : cancelled_->load(std::memory_order_relaxed);
  return gone || SystemClock().Now() >= deadline;
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
      context_(context),
      method_(method),
      metrics_(runtime.metrics.Method(method)),
      started_(ReadClocks(runtime)),
      deadline_(DeadlineOf(context)),
      traceparent_(TraceOf(context, runtime.ids)) {
  if (kind == Kind::kUnary && deadline_ == absl::InfiniteFuture()) {
    deadline_ = started_.machine + runtime.default_deadline;
  }
  metrics_.Started();
}

CallState::Times CallState::ReadClocks(const CallRuntime& runtime) {
  const absl::Time own = runtime.clock.Now();
  return {own, &runtime.clock == &SystemClock() ? own : SystemClock().Now()};
}

absl::Status CallState::Authenticate() {
  const auto [first, last] = context_.client_metadata().equal_range(kAuthorizationKey);
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
  ASSAY_ASSIGN_OR_RETURN(principal_, runtime_.verifier.VerifyShared(token));
  if (runtime_.require_service_certificate && principal_->Has(access::v1::ROLE_SERVICE) &&
      !context_.auth_context()->IsPeerAuthenticated()) {
    return ErrorBuilder(absl::StatusCode::kUnauthenticated, "SERVICE_CERTIFICATE_REQUIRED")
        .Message("a service must show a certificate on its connection beside its token")
        .Build();
  }
  return absl::OkStatus();
}

absl::Status CallState::Admit() {
  ASSAY_RETURN_IF_ERROR(Authenticate());
  ASSAY_RETURN_IF_ERROR(runtime_.access.Check(method_, *principal_));
  // By the call's beginning: what was done since takes microseconds.
  return CheckAliveAt(started_);
}

absl::Status CallState::CheckAlive() const { return CheckAliveAt(ReadClocks(runtime_)); }

absl::Status CallState::CheckAliveAt(const Times& now) const {
  if (now.machine >= deadline_) {
    return ErrorBuilder(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED")
        .Message("the deadline passed before the work was begun")
        .Build();
  }
  if (context_.IsCancelled()) {
    return ErrorBuilder(absl::StatusCode::kCancelled, "CALL_CANCELLED")
        .Message("the caller has gone")
        .Build();
  }
  if (now.own >= principal_->expires + auth::kTokenLeeway) {
    return ErrorBuilder(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED")
        .Message("the token has expired; open a new call with a new one")
        .Build();
  }
  return absl::OkStatus();
}

void CallState::End(const absl::Status& status) {
  const absl::Duration latency =
      std::max(runtime_.clock.Now() - started_.own, absl::ZeroDuration());
  metrics_.Finished(status.code(), latency);
  const Severity severity = IsServerFault(status.code()) ? Severity::kError : Severity::kInfo;
  if (runtime_.logger.Enabled(severity)) LogEnd(severity, status, latency);
}

void CallState::LogEnd(Severity severity, const absl::Status& status,
                       absl::Duration latency) const {
  constexpr size_t kMaxFields = 9;
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string reason = status.ok() ? "" : ErrorReason(status);
  const std::string roles = principal_ == nullptr ? "" : principal_->roles.ToString();
  std::array<LogField, kMaxFields> fields = {{
      {"method", method_},
      {"code", code},
      {"latency_us", absl::ToInt64Microseconds(latency)},
      {"trace_id", TraceId(traceparent_)},
      {"", ""},
      {"", ""},
      {"", ""},
      {"", ""},
      {"", ""},
  }};
  size_t count = 4;
  if (principal_ != nullptr) {
    fields[count++] = {"subject", principal_->subject};
    fields[count++] = {"organisation", principal_->organisation};
    fields[count++] = {"roles", roles};
  }
  if (!reason.empty()) fields[count++] = {"reason", reason};
  // A caller's own mistakes are told to the caller alone: their messages quote what was sent.
  if (severity == Severity::kError) fields[count++] = {"error", FromAbsl(status.message())};
  runtime_.logger.Log(severity, "call", std::span<const LogField>(fields.data(), count));
}

}  // namespace internal
}  // namespace assay::rpc
