#include "tools/assayctl/output/json.h"

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"
#include "google/rpc/error_details.pb.h"
#include "nlohmann/json.hpp"

#include "common/status/error.h"
#include "common/status/error_info.pb.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using nlohmann::ordered_json;

absl::StatusOr<std::string> Print(const Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = indented;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    return ErrorBuilder(absl::StatusCode::kInternal, "JSON_NOT_PRINTABLE")
        .Message(absl::StrCat("cannot print ", message.GetTypeName(),
                              " as JSON: ", std::string(status.message())))
        .Build();
  }
  return json;
}

// The repeated field of an answer of a list, nullptr for any other message.
const FieldDescriptor* ListField(const Message& message) {
  if (message.GetDescriptor()->FindFieldByName("next_page_token") == nullptr) {
    return nullptr;
  }
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return field;
    }
  }
  return nullptr;
}

template <typename Detail>
bool Parse(const absl::Cord& payload, Detail& detail) {
  return detail.ParseFromString(std::string(payload));
}

ordered_json DetailOf(std::string_view url, const absl::Cord& payload) {
  ordered_json json;
  wire::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  google::rpc::RetryInfo retry;
  if (url == kErrorInfoUrl && Parse(payload, info)) {
    json["@type"] = url;
    json["reason"] = info.reason();
    json["domain"] = info.domain();
    // A map has no order of its own; nlohmann's plain object sorts by key.
    json["metadata"] = nlohmann::json::object();
    nlohmann::json metadata = nlohmann::json::object();
    for (const auto& [key, value] : info.metadata()) {
      metadata[key] = value;
    }
    json["metadata"] = metadata;
  } else if (url == kBadRequestUrl && Parse(payload, bad_request)) {
    json["@type"] = url;
    json["field_violations"] = ordered_json::array();
    for (const auto& violation : bad_request.field_violations()) {
      json["field_violations"].push_back(
          {{"field", violation.field()}, {"description", violation.description()}});
    }
  } else if (url == kRetryInfoUrl && Parse(payload, retry)) {
    json["@type"] = url;
    json["retry_delay"] = google::protobuf::util::TimeUtil::ToString(retry.retry_delay());
  }
  return json;
}

ordered_json StatusDocument(const absl::Status& status) {
  ordered_json details = ordered_json::array();
  // In the order of their URLs, whatever the order of arrival.
  for (std::string_view url : {kErrorInfoUrl, kBadRequestUrl, kRetryInfoUrl}) {
    if (const auto payload = status.GetPayload(ToAbsl(url)); payload.has_value()) {
      ordered_json detail = DetailOf(url, *payload);
      if (!detail.is_null()) {
        details.push_back(std::move(detail));
      }
    }
  }
  ordered_json document;
  document["code"] = static_cast<int>(status.code());
  document["message"] = std::string(status.message());
  document["details"] = std::move(details);
  return document;
}

std::string Dump(const ordered_json& document) {
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<std::string> ToJson(const Message& message) { return Print(message, true); }

absl::StatusOr<std::string> ToJsonLine(const Message& message) { return Print(message, false); }

absl::StatusOr<std::string> ToNdjson(const Message& message) {
  const FieldDescriptor* list = ListField(message);
  if (list == nullptr) {
    ASSAY_ASSIGN_OR_RETURN(std::string line, Print(message, false));
    return line + "\n";
  }
  std::string lines;
  const google::protobuf::Reflection* reflection = message.GetReflection();
  for (int i = 0; i < reflection->FieldSize(message, list); ++i) {
    ASSAY_ASSIGN_OR_RETURN(const std::string line,
                           Print(reflection->GetRepeatedMessage(message, list, i), false));
    lines += line + "\n";
  }
  return lines;
}

absl::Status ParseJson(std::string_view what, std::string_view text, Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), &message);
  if (status.ok()) {
    return absl::OkStatus();
  }
  return UsageError("JSON_INVALID",
                    absl::StrCat(ToAbsl(what), " is not JSON of ", message.GetTypeName(), ": ",
                                 std::string(status.message())));
}

absl::Status ParseJsonList(std::string_view what, std::string_view field, std::string_view text,
                           Message& message) {
  const absl::string_view body = absl::StripLeadingAsciiWhitespace(ToAbsl(text));
  if (body.empty() || body[0] != '[') {
    return ParseJson(what, text, message);
  }
  return ParseJson(what, absl::StrCat("{\"", ToAbsl(field), "\":", body, "}"), message);
}

std::string StatusToJson(const absl::Status& status) { return Dump(StatusDocument(status)); }

std::string StreamErrorLine(std::string_view correlation_id, const absl::Status& status) {
  ordered_json document;
  document["correlation_id"] = std::string(correlation_id);
  document["error"] = StatusDocument(status);
  return Dump(document);
}

}  // namespace assay::assayctl
