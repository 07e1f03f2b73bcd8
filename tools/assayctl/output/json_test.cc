#include "tools/assayctl/output/json.h"

#include "gtest/gtest.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"
#include "assay/scoring/v1/scoring.pb.h"

#include "common/status/error.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

TEST(ToJsonLine, KeepsSnakeCaseAndShowsZeros) {
  scoring::v1::Adjustment adjustment;
  adjustment.set_reason("why");
  EXPECT_EQ(*ToJsonLine(adjustment), R"({"points":0,"reason":"why"})");
}

TEST(ToNdjson, GivesOneLineForEachItemOfAList) {
  assessment_store::v1::ListControlResultsResponse list;
  list.add_control_results()->set_name("a");
  list.add_control_results()->set_name("b");
  EXPECT_EQ(*ToNdjson(list),
            "{\"name\":\"a\",\"confirmed\":false,\"updated_by\":\"\"}\n"
            "{\"name\":\"b\",\"confirmed\":false,\"updated_by\":\"\"}\n");
}

TEST(ToNdjson, GivesOneLineForAnythingElse) {
  scoring::v1::Override override_mark;
  override_mark.set_reasoning("r");
  EXPECT_EQ(*ToNdjson(override_mark), "{\"reasoning\":\"r\"}\n");
}

TEST(ParseJson, TakesBothSpellingsOfNames) {
  scoring::v1::ControlInput input;
  EXPECT_TRUE(ParseJson("it", R"({"control_id":"2300"})", input).ok());
  EXPECT_TRUE(ParseJson("it", R"({"controlId":"2300"})", input).ok());
  EXPECT_EQ(input.control_id(), "2300");
}

TEST(ParseJson, RefusesUnknownFieldsAsAUsageError) {
  scoring::v1::ControlInput input;
  const absl::Status status = ParseJson("a.json", R"({"control":"2300"})", input);
  EXPECT_EQ(ErrorReason(status), "JSON_INVALID");
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kUsage);
  EXPECT_NE(status.message().find("a.json is not JSON of assay.scoring.v1.ControlInput"),
            absl::string_view::npos);
}

TEST(ParseJsonList, TakesABareListOrTheWholeMessage) {
  assessment_store::v1::RecordCertificatesRequest request;
  ASSERT_TRUE(
      ParseJsonList("it", "certificates", " \n[{\"kind\":\"A\"},{\"kind\":\"B\"}]", request).ok());
  EXPECT_EQ(request.certificates_size(), 2);
  request.Clear();
  ASSERT_TRUE(
      ParseJsonList("it", "certificates", R"({"certificates":[{"kind":"A"}]})", request).ok());
  EXPECT_EQ(request.certificates_size(), 1);
}

TEST(StatusToJson, CarriesTheDetailsInProtobufForm) {
  const absl::Status status = ErrorBuilder(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN")
                                  .Message("control 9: \"unknown\"")
                                  .Metadata("control", "9")
                                  .Field("controls[0].control_id", "is unknown")
                                  .RetryAfter(absl::Milliseconds(100))
                                  .Build();
  EXPECT_EQ(StatusToJson(status),
            R"({"code":3,"message":"control 9: \"unknown\"","details":[)"
            R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"CONTROL_UNKNOWN",)"
            R"("domain":"assay","metadata":{"control":"9"}},)"
            R"({"@type":"type.googleapis.com/google.rpc.BadRequest","field_violations":[)"
            R"({"field":"controls[0].control_id","description":"is unknown"}]},)"
            R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retry_delay":"0.100s"}]})");
}

TEST(StreamErrorLine, IsAScoreStreamResponse) {
  EXPECT_EQ(StreamErrorLine("c1", absl::NotFoundError("gone")),
            R"({"correlation_id":"c1","error":{"code":5,"message":"gone","details":[]}})");
}

}  // namespace
}  // namespace assay::assayctl
