#include "services/review_queue/errors.h"

#include <string>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/text/view.h"

namespace assay::review_queue {
absl::Status ItemNameInvalid(std::string_view field, std::string_view name) {
  return InvalidField("RESOURCE_NAME_INVALID", field,
                      absl::StrCat("is '", ToAbsl(name),
                                   "'; reviewItems/{assessment}.{submission_number} is required"));
}

absl::Status ReviewItemNotFound(std::string_view name) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "REVIEW_ITEM_NOT_FOUND")
      .Message(absl::StrCat("there is no ", ToAbsl(name)))
      .Metadata("name", name)
      .Build();
}

absl::Status SubmissionInvalid(std::string_view field, std::string_view problem) {
  return InvalidField("SUBMISSION_INVALID", field, problem);
}

absl::Status SubmissionDiffers(std::string_view name) {
  const std::string problem =
      absl::StrCat("differs from what ", ToAbsl(name),
                   " was enqueued with; a submission number stands for one content");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID")
      .Message(absl::StrCat("review_item ", problem))
      .Metadata("name", name)
      .Field("review_item", problem)
      .Build();
}

absl::Status DecisionInvalid(std::string_view field, std::string_view problem) {
  return InvalidField("DECISION_INVALID", field, problem);
}

absl::Status ClaimDurationOutOfRange(std::string_view given) {
  return InvalidField("CLAIM_DURATION_OUT_OF_RANGE", "duration",
                      absl::StrCat("is ", ToAbsl(given), "; 1 minute to 24 hours are allowed"));
}

absl::Status StateFilterInvalid(std::string_view field, int value) {
  return InvalidField(
      "STATE_FILTER_INVALID", field,
      absl::StrCat("is ", value, "; OPEN, CLAIMED, DECIDED or SUPERSEDED is required"));
}

absl::Status ReviewItemClaimed(std::string_view name, absl::Time expire_time) {
  const std::string until =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", expire_time, absl::UTCTimeZone());
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_CLAIMED")
      .Message(absl::StrCat(ToAbsl(name), " is claimed until ", until))
      .Metadata("name", name)
      .Metadata("expire_time", until)
      .Build();
}

absl::Status ReviewItemDecided(std::string_view name) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_DECIDED")
      .Message(absl::StrCat(ToAbsl(name), " is decided already"))
      .Metadata("name", name)
      .Build();
}

absl::Status ReviewItemSuperseded(std::string_view name, std::string_view superseded_by) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_SUPERSEDED")
      .Message(absl::StrCat(ToAbsl(name), " is superseded by ", ToAbsl(superseded_by)))
      .Metadata("name", name)
      .Metadata("superseded_by", superseded_by)
      .Build();
}

absl::Status ClaimLost(std::string_view name, int64_t fencing_number) {
  return ErrorBuilder(absl::StatusCode::kAborted, "CLAIM_LOST")
      .Message(absl::StrCat("the claim token is not the current one of ", ToAbsl(name),
                            "; claim the item again if it is open"))
      .Metadata("name", name)
      .Metadata("fencing_number", std::to_string(fencing_number))
      .Field("claim_token", "is not the current one")
      .Build();
}

absl::Status SubmissionMismatch(std::string_view field, std::string_view given,
                                std::string_view expected) {
  const std::string problem =
      absl::StrCat("is '", ToAbsl(given), "'; the item is about '", ToAbsl(expected), "'");
  return ErrorBuilder(absl::StatusCode::kAborted, "SUBMISSION_MISMATCH")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("given", given)
      .Metadata("expected", expected)
      .Field(field, problem)
      .Build();
}

absl::Status FourEyes(std::string_view rule, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "FOUR_EYES")
      .Message(absl::StrCat("four eyes: ", ToAbsl(problem)))
      .Metadata("rule", rule)
      .Build();
}

absl::Status RecordMalformed(std::string_view what, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "RECORD_MALFORMED")
      .Message(absl::StrCat("stored ", ToAbsl(what), ": ", ToAbsl(problem)))
      .Metadata("record", what)
      .Build();
}

absl::Status DeliveryAnswerInvalid(std::string_view name, int effect) {
  return ErrorBuilder(absl::StatusCode::kInternal, "DELIVERY_ANSWER_INVALID")
      .Message(absl::StrCat("the decision of ", ToAbsl(name), " was answered with effect ", effect,
                            "; APPLIED or REFUSED_STALE was expected"))
      .Metadata("name", name)
      .Build();
}

}  // namespace assay::review_queue
