#include "services/assessment_store/storage/assessment_rows.h"

#include <utility>

#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/storage/keys.h"

namespace assay::assessment_store {
namespace {

template <typename Record>
absl::StatusOr<Record> Decode(std::string_view what, std::string_view assessment,
                              std::string_view bytes) {
  Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      record.format() != kRecordFormat) {
    return RecordMalformed(what, assessment);
  }
  return record;
}

template <typename Record>
absl::StatusOr<std::optional<Record>> Read(storage::Reader& reader, const std::string& key,
                                           std::string_view what, std::string_view assessment) {
  ASSAY_ASSIGN_OR_RETURN(std::optional<std::string> bytes, reader.Get(key));
  if (!bytes.has_value()) return std::optional<Record>();
  ASSAY_ASSIGN_OR_RETURN(Record record, Decode<Record>(what, assessment, *bytes));
  return std::optional<Record>(std::move(record));
}

template <typename Record>
absl::Status Write(storage::Transaction& tx, const std::string& key, Record record) {
  record.set_format(kRecordFormat);
  return tx.Put(key, record.SerializeAsString());
}

}  // namespace

absl::StatusOr<std::optional<records::AssessmentRecord>> ReadAssessment(storage::Reader& reader,
                                                                        std::string_view id) {
  return Read<records::AssessmentRecord>(reader, AssessmentKey(id), "head row", id);
}

absl::Status WriteAssessment(storage::Transaction& tx, records::AssessmentRecord record) {
  const std::string key = AssessmentKey(record.id());
  return Write(tx, key, std::move(record));
}

absl::Status WriteOrganisationRows(storage::Transaction& tx,
                                   const records::AssessmentRecord& record) {
  ASSAY_RETURN_IF_ERROR(tx.Put(OrganisationKey(record.supplier(), record.id()), ""));
  return tx.Put(OrganisationKey(record.certification_body(), record.id()), "");
}

absl::StatusOr<std::optional<records::ControlRecord>> ReadControl(storage::Reader& reader,
                                                                  std::string_view assessment,
                                                                  std::string_view control) {
  return Read<records::ControlRecord>(reader, ControlKey(assessment, control), "control",
                                      assessment);
}

absl::StatusOr<std::vector<records::ControlRecord>> ReadControls(storage::Reader& reader,
                                                                 std::string_view assessment,
                                                                 std::string_view after,
                                                                 size_t limit) {
  std::vector<records::ControlRecord> controls;
  absl::Status problem;
  storage::ScanRange range = ControlsAfter(assessment, after);
  range.limit = limit;
  ASSAY_RETURN_IF_ERROR(reader.Scan(range, [&](std::string_view, std::string_view value) {
    auto record = Decode<records::ControlRecord>("control", assessment, value);
    if (!record.ok()) {
      problem = record.status();
      return false;
    }
    controls.push_back(*std::move(record));
    return true;
  }));
  if (!problem.ok()) return problem;
  return controls;
}

absl::Status WriteControl(storage::Transaction& tx, std::string_view assessment,
                          records::ControlRecord record) {
  const std::string key = ControlKey(assessment, record.result().control_id());
  return Write(tx, key, std::move(record));
}

absl::StatusOr<std::optional<records::StoredVerdict>> ReadVerdict(storage::Reader& reader,
                                                                  std::string_view assessment,
                                                                  std::string_view digest) {
  return Read<records::StoredVerdict>(reader, VerdictKey(assessment, digest), "verdict",
                                      assessment);
}

absl::StatusOr<records::StoredVerdict> WriteVerdictOnce(storage::Transaction& tx,
                                                        std::string_view assessment,
                                                        records::StoredVerdict verdict) {
  const std::string& digest = verdict.verdict().result_digest();
  ASSAY_ASSIGN_OR_RETURN(std::optional<records::StoredVerdict> present,
                         ReadVerdict(tx, assessment, digest));
  if (present.has_value()) return *std::move(present);
  ASSAY_RETURN_IF_ERROR(Write(tx, VerdictKey(assessment, digest), verdict));
  return verdict;
}

absl::StatusOr<std::optional<records::AppliedDecision>> ReadAppliedDecision(
    storage::Reader& reader, std::string_view assessment, std::string_view review_item) {
  return Read<records::AppliedDecision>(reader, AppliedDecisionKey(assessment, review_item),
                                        "applied decision", assessment);
}

absl::Status WriteAppliedDecision(storage::Transaction& tx, std::string_view assessment,
                                  std::string_view review_item, records::AppliedDecision decision) {
  return Write(tx, AppliedDecisionKey(assessment, review_item), std::move(decision));
}

absl::StatusOr<std::vector<std::string>> ListAssessmentIds(
    storage::Reader& reader, const std::optional<std::string>& organisation, std::string_view after,
    size_t limit) {
  std::vector<std::string> ids;
  absl::Status problem;
  storage::ScanRange range =
      organisation.has_value() ? OrganisationAfter(*organisation, after) : AssessmentsAfter(after);
  range.limit = limit;
  ASSAY_RETURN_IF_ERROR(reader.Scan(range, [&](std::string_view key, std::string_view) {
    auto id = organisation.has_value() ? AssessmentOfOrganisationKey(key)
                                       : AssessmentOfAssessmentKey(key);
    if (!id.ok()) {
      problem = id.status();
      return false;
    }
    ids.push_back(*std::move(id));
    return true;
  }));
  if (!problem.ok()) return problem;
  return ids;
}

}  // namespace assay::assessment_store
