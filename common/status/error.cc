#include "common/status/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

#include "common/status/error_info.pb.h"
#include "common/status/grpc_status.h"

namespace assay {
namespace {

// The message stands in the trailers twice, plain and in the details, so it is cut as well: one
// that quotes a megabyte would reach the caller as an error of gRPC's own.
constexpr size_t kMaxErrorMessageBytes = 2 * kMaxErrorDetailBytes;

std::string Cut(std::string_view text, size_t limit = kMaxErrorDetailBytes) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit;
  // Never cut inside a UTF-8 sequence: protobuf refuses to serialise the half.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

template <typename Message>
std::optional<Message> Payload(const absl::Status& status, std::string_view url) {
  const auto cord = status.GetPayload(absl::string_view(url.data(), url.size()));
  if (!cord.has_value()) return std::nullopt;
  Message message;
  if (!message.ParseFromString(std::string(*cord))) return std::nullopt;
  return message;
}

void SetPayload(absl::Status& status, std::string_view url,
                const google::protobuf::MessageLite& message) {
  status.SetPayload(absl::string_view(url.data(), url.size()),
                    absl::Cord(message.SerializeAsString()));
}

}  // namespace

ErrorBuilder::ErrorBuilder(absl::StatusCode code, std::string_view reason)
    : code_(code), reason_(reason) {}

ErrorBuilder& ErrorBuilder::Message(std::string_view message) {
  message_ = Cut(message, kMaxErrorMessageBytes);
  return *this;
}

ErrorBuilder& ErrorBuilder::Metadata(std::string_view key, std::string_view value) {
  if (metadata_.size() < kMaxErrorDetails) metadata_.emplace_back(key, Cut(value));
  return *this;
}

ErrorBuilder& ErrorBuilder::Field(std::string_view field, std::string_view description) {
  if (fields_.size() < kMaxErrorDetails) fields_.push_back({Cut(field), Cut(description)});
  return *this;
}

ErrorBuilder& ErrorBuilder::RetryAfter(absl::Duration delay) {
  retry_after_ = delay;
  return *this;
}

absl::Status ErrorBuilder::Build() const {
  absl::Status status(code_, message_);
  wire::ErrorInfo info;
  info.set_reason(reason_);
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata_) (*info.mutable_metadata())[key] = value;
  SetPayload(status, kErrorInfoUrl, info);
  if (!fields_.empty()) {
    google::rpc::BadRequest bad_request;
    for (const FieldViolation& field : fields_) {
      auto* violation = bad_request.add_field_violations();
      violation->set_field(field.field);
      violation->set_description(field.description);
    }
    SetPayload(status, kBadRequestUrl, bad_request);
  }
  if (retry_after_.has_value()) {
    google::rpc::RetryInfo retry;
    const int64_t nanos = absl::ToInt64Nanoseconds(*retry_after_);
    retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
    SetPayload(status, kRetryInfoUrl, retry);
  }
  return status;
}

absl::Status InvalidField(std::string_view reason, std::string_view field,
                          std::string_view problem) {
  std::string message(field);
  message.append(" ").append(problem);
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, reason)
      .Message(message)
      .Field(field, problem)
      .Build();
}

std::string ErrorReason(const absl::Status& status) {
  auto info = Payload<wire::ErrorInfo>(status, kErrorInfoUrl);
  return info.has_value() ? info->reason() : "";
}

std::optional<std::string> ErrorMetadata(const absl::Status& status, std::string_view key) {
  auto info = Payload<wire::ErrorInfo>(status, kErrorInfoUrl);
  if (!info.has_value()) return std::nullopt;
  auto it = info->metadata().find(std::string(key));
  if (it == info->metadata().end()) return std::nullopt;
  return it->second;
}

std::vector<FieldViolation> ErrorFields(const absl::Status& status) {
  std::vector<FieldViolation> fields;
  auto bad_request = Payload<google::rpc::BadRequest>(status, kBadRequestUrl);
  if (!bad_request.has_value()) return fields;
  for (const auto& violation : bad_request->field_violations()) {
    fields.push_back({violation.field(), violation.description()});
  }
  return fields;
}

}  // namespace assay
