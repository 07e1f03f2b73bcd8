#include "tools/assayctl/requests/load_document.h"

#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "tools/assayctl/output/json.h"

namespace assay::assayctl {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr char kDocument[] = R"({
  "assessment_id": "a1",
  "assessment": {"profile": "L1"},
  "certificates": [{"kind": "CYBER_ESSENTIALS", "issued_on": "2026-03-02"}],
  "changes": [
    {"result": {"control_id": "2300", "theoretical": {"status": "CONTROL_STATUS_MET"}}},
    {"result": {"control_id": "2301", "override": {"reasoning": "r"}}, "update_mask": "override,adjustment"}
  ],
  "confirm": true,
  "submit": {"as_of": "2026-10-01"}
})";

LoadDocument Document() {
  auto document = ParseLoadDocument("a.json", kDocument);
  EXPECT_THAT(document, IsOk());
  return *document;
}

assessment_store::v1::ListControlResultsResponse Recorded(const std::string& json) {
  assessment_store::v1::ListControlResultsResponse recorded;
  EXPECT_THAT(ParseJsonList("it", "control_results", json, recorded), IsOk());
  return recorded;
}

TEST(ParseLoadDocument, TakesTheIdAsPrefixOfRequestIds) {
  EXPECT_EQ(Document().request_id_prefix(), "a1");
}

TEST(ParseLoadDocument, RefusesWhatIsIncomplete) {
  const std::string long_prefix(kMaxRequestIdPrefix + 1, 'x');
  for (const std::string& json :
       {std::string("{\"assessment\": {}}"), std::string("{\"assessment_id\": \"a1\"}"),
        std::string("{\"assessment_id\": \"a1\", \"assessment\": {}, \"submit\": {}}"),
        std::string("{\"assessment_id\": \"a1\", \"assessment\": {}, "
                    "\"request_id_prefix\": \"a b\"}"),
        "{\"assessment_id\": \"a1\", \"assessment\": {}, \"request_id_prefix\": \"" + long_prefix +
            "\"}"}) {
    EXPECT_THAT(ParseLoadDocument("a.json", json),
                HasReason(absl::StatusCode::kInvalidArgument, "LOAD_DOCUMENT_INVALID"))
        << json;
  }
}

TEST(ParseLoadDocument, TakesTheLongestPrefix) {
  EXPECT_THAT(ParseLoadDocument("a.json",
                                "{\"assessment_id\": \"a1\", \"assessment\": {}, "
                                "\"request_id_prefix\": \"" +
                                    std::string(kMaxRequestIdPrefix, 'x') + "\"}"),
              IsOk());
}

TEST(CertificatesAreRecorded, ComparesAllOfThem) {
  assessment_store::v1::Assessment assessment;
  EXPECT_FALSE(CertificatesAreRecorded(Document(), assessment));
  *assessment.add_certificates() = Document().certificates(0);
  EXPECT_TRUE(CertificatesAreRecorded(Document(), assessment));
  assessment.mutable_certificates(0)->set_revoked_on("2026-04-01");
  EXPECT_FALSE(CertificatesAreRecorded(Document(), assessment));
}

TEST(ChangesAreRecorded, LooksOnlyAtTheFieldsThatAreChanged) {
  EXPECT_TRUE(ChangesAreRecorded(Document(), Recorded(R"([
    {"result": {"control_id": "2300", "theoretical": {"status": "CONTROL_STATUS_MET"},
                "practical": {"status": "CONTROL_STATUS_NOT_MET"}}},
    {"result": {"control_id": "2301", "override": {"reasoning": "r"}}}])")));
}

TEST(ChangesAreRecorded, SeesWhatIsMissingOtherOrNotCleared) {
  EXPECT_FALSE(ChangesAreRecorded(Document(), Recorded("[]")));
  EXPECT_FALSE(ChangesAreRecorded(Document(), Recorded(R"([
    {"result": {"control_id": "2300", "theoretical": {"status": "CONTROL_STATUS_NOT_MET"}}},
    {"result": {"control_id": "2301", "override": {"reasoning": "r"}}}])")));
  EXPECT_FALSE(ChangesAreRecorded(Document(), Recorded(R"([
    {"result": {"control_id": "2300", "theoretical": {"status": "CONTROL_STATUS_MET"}}},
    {"result": {"control_id": "2301", "override": {"reasoning": "r"},
                "adjustment": {"points": 1, "reason": "r"}}}])")));
}

TEST(IsFullyConfirmed, NeedsControlsToConfirm) {
  assessment_store::v1::Assessment assessment;
  EXPECT_FALSE(IsFullyConfirmed(assessment));
  assessment.set_controls_in_scope(3);
  assessment.set_controls_confirmed(2);
  EXPECT_FALSE(IsFullyConfirmed(assessment));
  assessment.set_controls_confirmed(3);
  EXPECT_TRUE(IsFullyConfirmed(assessment));
}

}  // namespace
}  // namespace assay::assayctl
