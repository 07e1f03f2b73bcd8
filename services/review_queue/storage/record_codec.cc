#include "services/review_queue/storage/record_codec.h"

#include <limits>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/storage/record_convert.h"
#include "services/review_queue/storage/records.pb.h"

namespace assay::review_queue {
namespace {

template <typename Record>
absl::StatusOr<Record> Parse(std::string_view what, std::string_view bytes) {
  Record record;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return RecordMalformed(what, "does not parse");
  }
  if (record.format_version() != kRecordFormatVersion) {
    return RecordMalformed(what, absl::StrCat("has format version ", record.format_version(),
                                              "; this build reads ", kRecordFormatVersion));
  }
  return record;
}

}  // namespace

std::string EncodeItem(const ReviewItem& item) {
  records::ItemRecord record = ToRecord(item);
  record.set_format_version(kRecordFormatVersion);
  return record.SerializeAsString();
}

absl::StatusOr<ReviewItem> DecodeItem(std::string_view bytes) {
  ASSAY_ASSIGN_OR_RETURN(const auto record, Parse<records::ItemRecord>("item", bytes));
  return FromRecord(record);
}

std::string EncodeAssessment(int64_t latest_submission_number) {
  records::AssessmentRecord record;
  record.set_format_version(kRecordFormatVersion);
  record.set_latest_submission_number(latest_submission_number);
  return record.SerializeAsString();
}

absl::StatusOr<int64_t> DecodeAssessment(std::string_view bytes) {
  ASSAY_ASSIGN_OR_RETURN(const auto record, Parse<records::AssessmentRecord>("assessment", bytes));
  return record.latest_submission_number();
}

std::string EncodeDelivery(const ItemId& id) {
  records::DeliveryRecord record;
  record.set_format_version(kRecordFormatVersion);
  record.set_assessment(id.assessment);
  record.set_submission_number(id.submission_number);
  return record.SerializeAsString();
}

absl::StatusOr<ItemId> DecodeDelivery(std::string_view bytes) {
  ASSAY_ASSIGN_OR_RETURN(const auto record, Parse<records::DeliveryRecord>("delivery", bytes));
  return ItemId{record.assessment(), record.submission_number()};
}

std::string EncodeAnswer(const Answer& answer) {
  records::AnswerRecord record;
  record.set_format_version(kRecordFormatVersion);
  *record.mutable_item() = ToRecord(answer.item);
  record.set_claim_token(answer.claim_token);
  record.set_answer_time_micros(absl::ToUnixMicros(answer.time));
  return record.SerializeAsString();
}

absl::StatusOr<Answer> DecodeAnswer(std::string_view bytes) {
  ASSAY_ASSIGN_OR_RETURN(const auto record, Parse<records::AnswerRecord>("answer", bytes));
  Answer answer;
  ASSAY_ASSIGN_OR_RETURN(answer.item, FromRecord(record.item()));
  answer.claim_token = record.claim_token();
  answer.time = absl::FromUnixMicros(record.answer_time_micros());
  return answer;
}

}  // namespace assay::review_queue
