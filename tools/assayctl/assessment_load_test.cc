#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;
using assessment_store::v1::AssessmentStoreService;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One assessment of two controls, kept as simply as the tool can tell.
class FakeStore final : public AssessmentStoreService::Service {
 public:
  using Ctx = grpc::ServerContext*;

  grpc::Status GetAssessment(Ctx, const assessment_store::v1::GetAssessmentRequest*,
                             Assessment* out) override {
    if (assessment_.name().empty()) {
      return ToGrpcStatus(ErrorBuilder(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND")
                              .Message("none")
                              .Build());
    }
    *out = assessment_;
    return grpc::Status::OK;
  }
  grpc::Status CreateAssessment(Ctx, const assessment_store::v1::CreateAssessmentRequest* request,
                                Assessment* out) override {
    assessment_ = request->assessment();
    assessment_.set_name("assessments/" + request->assessment_id());
    assessment_.set_controls_in_scope(2);
    assessment_.set_state(assessment_store::v1::ASSESSMENT_STATE_IN_ASSESSMENT);
    return Wrote(request->request_id(), out);
  }
  grpc::Status RecordCertificates(Ctx,
                                  const assessment_store::v1::RecordCertificatesRequest* request,
                                  Assessment* out) override {
    *assessment_.mutable_certificates() = request->certificates();
    return Wrote(request->request_id(), out);
  }
  grpc::Status RecordControlResults(
      Ctx, const assessment_store::v1::RecordControlResultsRequest* request,
      assessment_store::v1::RecordControlResultsResponse* out) override {
    if (request->request_id() == reused_) {
      return ToGrpcStatus(ErrorBuilder(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED")
                              .Message("used before")
                              .Build());
    }
    last_change_ = request->changes(0);
    for (const auto& change : request->changes()) {
      *results_.add_control_results()->mutable_result() = change.result();
    }
    return Wrote(request->request_id(), out->mutable_assessment());
  }
  grpc::Status ListControlResults(Ctx, const assessment_store::v1::ListControlResultsRequest*,
                                  assessment_store::v1::ListControlResultsResponse* out) override {
    *out = results_;
    return grpc::Status::OK;
  }
  grpc::Status ConfirmControls(Ctx, const assessment_store::v1::ConfirmControlsRequest* request,
                               Assessment* out) override {
    assessment_.set_controls_confirmed(2);
    return Wrote(request->request_id(), out);
  }
  grpc::Status SubmitAssessment(Ctx, const assessment_store::v1::SubmitAssessmentRequest* request,
                                assessment_store::v1::SubmitAssessmentResponse* out) override {
    if (fail_submit_) return grpc::Status(grpc::StatusCode::INTERNAL, "not now");
    assessment_.set_submission_number(1);
    assessment_.set_state(assessment_store::v1::ASSESSMENT_STATE_PASSED);
    assessment_.set_current_verdict(assessment_.name() + "/verdicts/ff");
    out->mutable_verdict()->mutable_verdict()->set_outcome(scoring::v1::OUTCOME_FAILED);
    return Wrote(request->request_id(), out->mutable_assessment());
  }
  grpc::Status GetVerdict(Ctx, const assessment_store::v1::GetVerdictRequest*,
                          assessment_store::v1::VerdictRecord* out) override {
    out->mutable_verdict()->set_result_string("Passed");
    return grpc::Status::OK;
  }
  grpc::Status ScoreAssessment(Ctx, const assessment_store::v1::ScoreAssessmentRequest* request,
                               scoring::v1::Verdict* out) override {
    out->set_result_string("Incomplete");
    out->set_as_of(request->as_of());
    return grpc::Status::OK;
  }

  grpc::Status Wrote(const std::string& request_id, Assessment* out) {
    writes_.push_back(request_id);
    assessment_.set_etag(std::to_string(writes_.size()));
    *out = assessment_;
    return grpc::Status::OK;
  }

  Assessment assessment_;
  assessment_store::v1::ListControlResultsResponse results_;
  assessment_store::v1::ControlChange last_change_;
  std::vector<std::string> writes_;
  std::string reused_ = "none";
  bool fail_submit_ = false;
};

constexpr char kDocument[] = R"({
  "assessment_id": "a1", "request_id_prefix": "p", "assessment": {"profile": "L1"},
  "certificates": [{"kind": "CYBER_ESSENTIALS"}],
  "changes": [{"result": {"control_id": "2300", "theoretical": {"status": "CONTROL_STATUS_MET"}}}],
  "confirm": true, "submit": {"as_of": "2026-10-01"}})";

class AssessmentTool : public ::testing::Test {
 protected:
  FakeStore store_;
  FakeServer server_{{&store_}};
  ToolRunner tool_{server_.address()};
};

using AssessmentLoad = AssessmentTool;

TEST_F(AssessmentLoad, BringsAnAssessmentFromNothingToSubmitted) {
  const RunResult result = tool_.Run({"assessment", "load", "-"}, kDocument);
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(store_.writes_,
              ElementsAre("p-create", "p-certificates", "p-record", "p-confirm", "p-submit"));
  EXPECT_THAT(result.out, HasSubstr("Passed\n"));
  EXPECT_EQ(result.err,
            "a1: created (2 controls in scope)\n"
            "a1: recorded (1 certificate)\n"
            "a1: recorded (1 control)\n"
            "a1: confirmed (2 controls)\n"
            "a1: submitted (passed)\n");
}

TEST_F(AssessmentLoad, ChangesNothingTheSecondTime) {
  const std::string first = tool_.Run({"assessment", "load", "-"}, kDocument).out;
  store_.writes_.clear();
  const RunResult again = tool_.Run({"assessment", "load", "-"}, kDocument);
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(store_.writes_, IsEmpty());
  EXPECT_EQ(again.out, first);
  EXPECT_THAT(again.err, HasSubstr("a1: already there (submission 1, passed)\n"));
}

TEST_F(AssessmentLoad, GoesOnWhereItWasBrokenOff) {
  store_.fail_submit_ = true;
  EXPECT_EQ(tool_.Run({"assessment", "load", "-"}, kDocument).code, 1);
  store_.fail_submit_ = false;
  store_.writes_.clear();
  EXPECT_EQ(tool_.Run({"assessment", "load", "-"}, kDocument).code, 0);
  EXPECT_THAT(store_.writes_, ElementsAre("p-submit"));
}

TEST_F(AssessmentLoad, LeavesAloneWhatSomebodyChangedSince) {
  store_.fail_submit_ = true;
  tool_.Run({"assessment", "load", "-"}, kDocument);
  store_.fail_submit_ = false;
  store_.writes_.clear();
  store_.reused_ = "p-record";
  store_.results_.mutable_control_results(0)->mutable_result()->mutable_theoretical()->set_status(
      scoring::v1::CONTROL_STATUS_NOT_MET);
  const RunResult again = tool_.Run({"assessment", "load", "-"}, kDocument);
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(store_.writes_, IsEmpty());
  EXPECT_THAT(again.err, HasSubstr("controls recorded, and changed since; left as it is"));
  EXPECT_THAT(again.out, HasSubstr("Incomplete\n"));
}

TEST_F(AssessmentTool, RecordsOneControlFromFlagsWithTheCurrentEtag) {
  store_.assessment_.set_name("assessments/a1");
  store_.assessment_.set_etag("7");
  const RunResult result = tool_.Run({"assessment", "record", "a1", "--control", "2300", "--adjust",
                                      "-1", "--reason", "overstated"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(store_.last_change_.result().adjustment().points(), -1);
  EXPECT_EQ(tool_
                .Run({"assessment", "record", "a1", "--control", "2300", "--adjust", "+1",
                      "--reason", "x"})
                .code,
            0);
  EXPECT_EQ(store_.last_change_.result().adjustment().points(), 1);
  EXPECT_THAT(result.out, HasSubstr("Recorded 1 control of assessments/a1"));
}

TEST_F(AssessmentTool, CreatesFromFlags) {
  const RunResult result = tool_.Run({"assessment", "create", "--id", "a1", "--profile", "L1",
                                      "--supplier", "s", "--body", "organisations/b", "--standard",
                                      "schemes/t/catalogues/c", "--rules", "schemes/t/ruleSets/r"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(store_.assessment_.supplier(), "organisations/s");
  EXPECT_EQ(store_.assessment_.certification_body(), "organisations/b");
  EXPECT_EQ(store_.assessment_.pins().rule_set(), "schemes/t/ruleSets/r");
  EXPECT_NE(store_.writes_.at(0), "") << "a fresh request id";
  EXPECT_EQ(tool_.Run({"assessment", "create", "--id", "a1"}).code, 2);
}

TEST_F(AssessmentTool, RecordsCertificatesFromFlags) {
  store_.assessment_.set_name("assessments/a1");
  const RunResult result =
      tool_.Run({"assessment", "certificates", "a1", "--kind", "CYBER_ESSENTIALS", "--issued",
                 "2026-03-02", "--expires", "2027-03-01", "--covers"});
  EXPECT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(store_.assessment_.certificates_size(), 1);
  EXPECT_EQ(store_.assessment_.certificates(0).scope_verdict(), scoring::v1::SCOPE_VERDICT_COVERS);
  EXPECT_EQ(tool_.Run({"assessment", "certificates", "a1"}).code, 2);
}

TEST_F(AssessmentTool, RecordsAListFromAFile) {
  store_.assessment_.set_name("assessments/a1");
  const RunResult result = tool_.Run({"assessment", "record", "a1", "--file", "-"},
                                     R"([{"result": {"control_id": "2301", "override": {}}}])");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_TRUE(store_.last_change_.result().has_override());
}

TEST_F(AssessmentTool, ConfirmsNamedControlsOrAllButNotBothOrNeither) {
  store_.assessment_.set_name("assessments/a1");
  EXPECT_EQ(tool_.Run({"assessment", "confirm", "a1"}).code, 2);
  EXPECT_EQ(tool_.Run({"assessment", "confirm", "a1", "2300", "--all"}).code, 2);
  EXPECT_EQ(tool_.Run({"assessment", "confirm", "a1", "2300", "2301"}).code, 0);
  EXPECT_EQ(tool_.Run({"assessment", "confirm", "a1", "--all"}).code, 0);
}

TEST_F(AssessmentTool, TellsAFailedSubmissionByExitCodeWhenAsked) {
  store_.assessment_.set_name("assessments/a1");
  const std::vector<std::string> submit = {"assessment", "submit", "a1", "--as-of", "2026-10-01"};
  EXPECT_EQ(tool_.Run(submit).code, 0);
  std::vector<std::string> strict = submit;
  strict.push_back("--exit-code");
  EXPECT_EQ(tool_.Run(strict).code, 3);
}

TEST_F(AssessmentTool, ScoresAsOfTodayUnlessToldOtherwise) {
  const RunResult result = tool_.Run({"assessment", "score", "a1"});
  EXPECT_THAT(result.out, HasSubstr("as of 2026-06-01")) << "the fake clock's day";
}

TEST_F(AssessmentTool, SaysThatThereIsNoVerdictYet) {
  store_.assessment_.set_name("assessments/a1");
  EXPECT_THAT(tool_.Run({"assessment", "verdict", "a1"}).err, HasSubstr("NO_VERDICT"));
}

}  // namespace
}  // namespace assay::assayctl
