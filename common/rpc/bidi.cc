#include "common/rpc/bidi.h"

#include <string>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"

namespace assay::rpc::internal {

absl::Status StreamTooLong(std::string_view method, int64_t max_messages) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "STREAM_TOO_LONG")
      .Message(absl::StrCat("a stream carries at most ", max_messages,
                            " messages; open a new one for the rest"))
      .Metadata("method", method)
      .Metadata("max_messages", std::to_string(max_messages))
      .Build();
}

}  // namespace assay::rpc::internal
