// Protobuf JSON as the tool prints and reads it: original snake_case field names, every scalar
// field present (so that `jq .points` finds a 0), two-space indent or one line.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_JSON_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace assay::assayctl {

// The answer as one indented document, ending in '\n'.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

// The answer as lines: an answer of a list becomes one line per item, anything else one line.
absl::StatusOr<std::string> ToNdjson(const google::protobuf::Message& message);

// One line without '\n'.
absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message);

// Strict: unknown fields are refused. `what` names the input in the error (USAGE exit,
// JSON_INVALID), for example "samples/a.json" or "line 7".
absl::Status ParseJson(std::string_view what, std::string_view text,
                       google::protobuf::Message& message);

// As ParseJson for files that hold a bare list: `[...]` is read as `{"<field>": [...]}`; an object
// is read as it stands.
absl::Status ParseJsonList(std::string_view what, std::string_view field, std::string_view text,
                           google::protobuf::Message& message);

// google.rpc.Status of `status` as protobuf JSON with the details that we know (ErrorInfo,
// BadRequest, RetryInfo), one line. protobuf itself cannot print it: the packaged descriptors
// have no ErrorInfo.
std::string StatusToJson(const absl::Status& status);

// A ScoreStreamResponse that carries an error, one line.
std::string StreamErrorLine(std::string_view correlation_id, const absl::Status& status);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_JSON_H_
