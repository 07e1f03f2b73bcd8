#include "common/audit/etag.h"

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/text/view.h"

namespace assay::audit {
namespace {

constexpr size_t kEtagHashBytes = 8;

}  // namespace

std::string EtagOf(const ChainHead& head) {
  return absl::StrCat(head.sequence, "-",
                      ToHex(std::string_view(head.hash).substr(0, kEtagHashBytes)));
}

absl::Status CheckEtag(const ChainHead& head, std::string_view given) {
  if (given.empty()) {
    return InvalidField("ETAG_REQUIRED", "etag",
                        "is empty; read the resource and give its etag, so that nobody's work is "
                        "overwritten unseen");
  }
  const std::string current = EtagOf(head);
  if (given == current) return absl::OkStatus();
  const std::string problem = absl::StrCat("is '", ToAbsl(given), "' but the current one is '",
                                           current, "'; read again and redo the change");
  return ErrorBuilder(absl::StatusCode::kAborted, "ETAG_MISMATCH")
      .Message(absl::StrCat("etag ", problem))
      .Metadata("given", given)
      .Metadata("current", current)
      .Field("etag", problem)
      .Build();
}

}  // namespace assay::audit
