// Reads and writes the rows of an assessment. Engine-independent: works on any storage::Store.
//
// A row that does not decode, or was written by a newer program, is DATA_LOSS RECORD_MALFORMED,
// never "not found".

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_ASSESSMENT_ROWS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_ASSESSMENT_ROWS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/storage/store.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

// Format of all rows; see records.proto.
inline constexpr uint32_t kRecordFormat = 1;

absl::StatusOr<std::optional<records::AssessmentRecord>> ReadAssessment(storage::Reader& reader,
                                                                        std::string_view id);
absl::Status WriteAssessment(storage::Transaction& tx, records::AssessmentRecord record);

// Writes the rows by which the two organisations find the assessment. On create only: both are
// immutable.
absl::Status WriteOrganisationRows(storage::Transaction& tx,
                                   const records::AssessmentRecord& record);

absl::StatusOr<std::optional<records::ControlRecord>> ReadControl(storage::Reader& reader,
                                                                  std::string_view assessment,
                                                                  std::string_view control);
// Up to `limit` controls with an id greater than `after`, by id.
absl::StatusOr<std::vector<records::ControlRecord>> ReadControls(storage::Reader& reader,
                                                                 std::string_view assessment,
                                                                 std::string_view after,
                                                                 size_t limit);
absl::Status WriteControl(storage::Transaction& tx, std::string_view assessment,
                          records::ControlRecord record);

absl::StatusOr<std::optional<records::StoredVerdict>> ReadVerdict(storage::Reader& reader,
                                                                  std::string_view assessment,
                                                                  std::string_view digest);
// Keeps the first record of a digest: the same result again is the same verdict. Returns the record
// that stands.
absl::StatusOr<records::StoredVerdict> WriteVerdictOnce(storage::Transaction& tx,
                                                        std::string_view assessment,
                                                        records::StoredVerdict verdict);

absl::StatusOr<std::optional<records::AppliedDecision>> ReadAppliedDecision(
    storage::Reader& reader, std::string_view assessment, std::string_view review_item);
absl::Status WriteAppliedDecision(storage::Transaction& tx, std::string_view assessment,
                                  std::string_view review_item, records::AppliedDecision decision);

// Up to `limit` ids greater than `after`, in order: of all assessments, or of an organisation's.
absl::StatusOr<std::vector<std::string>> ListAssessmentIds(
    storage::Reader& reader, const std::optional<std::string>& organisation, std::string_view after,
    size_t limit);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_ASSESSMENT_ROWS_H_
