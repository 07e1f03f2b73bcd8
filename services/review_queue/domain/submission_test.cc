#include "services/review_queue/domain/submission.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOk;

struct Case {
  const char* name;
  const char* field;
  std::function<void(Submission&)> spoil;
};

std::string Characters(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "\xC3\xA9";  // e with acute: two bytes.
  return text;
}

class SubmissionRefused : public testing::TestWithParam<Case> {};

TEST_P(SubmissionRefused, NamesTheField) {
  Submission submission = SampleSubmission();
  GetParam().spoil(submission);
  const absl::Status status = CheckSubmission(submission);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID"));
  EXPECT_THAT(status, HasField(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    All, SubmissionRefused,
    testing::Values(
        Case{"NoAssessment", "review_item.assessment", [](Submission& s) { s.id.assessment = ""; }},
        Case{"DottedAssessment", "review_item.assessment",
             [](Submission& s) { s.id.assessment = "a.1"; }},
        Case{"LongAssessment", "review_item.assessment",
             [](Submission& s) {
               s.id.assessment = std::string(kMaxAssessmentIdCharacters + 1, 'a');
             }},
        Case{"NumberZero", "review_item.submission_number",
             [](Submission& s) { s.id.submission_number = 0; }},
        Case{"NumberPastLimit", "review_item.submission_number",
             [](Submission& s) { s.id.submission_number = kMaxSubmissionNumber + 1; }},
        Case{"ShortDigest", "review_item.result_digest",
             [](Submission& s) { s.result_digest.pop_back(); }},
        Case{"UpperCaseDigest", "review_item.result_digest",
             [](Submission& s) { s.result_digest[0] = 'A'; }},
        Case{"OtherVerdict", "review_item.verdict.result_digest",
             [](Submission& s) { s.verdict.set_result_digest(std::string(64, '0')); }},
        Case{"NoProfile", "review_item.profile", [](Submission& s) { s.profile = ""; }},
        Case{"LongProfile", "review_item.profile",
             [](Submission& s) { s.profile = std::string(kMaxProfileBytes + 1, 'p'); }},
        Case{"BadScheme", "review_item.scheme", [](Submission& s) { s.scheme = "dcc"; }},
        Case{"BadSupplier", "review_item.supplier", [](Submission& s) { s.supplier = ""; }},
        Case{"BadBody", "review_item.certification_body",
             [](Submission& s) { s.certification_body = "organisations/"; }},
        Case{"NoFlags", "review_item.flags", [](Submission& s) { s.flags.clear(); }},
        Case{"ManyFlags", "review_item.flags",
             [](Submission& s) { s.flags.resize(kMaxFlags + 1, s.flags[0]); }},
        Case{"FlagWithoutKind", "review_item.flags[1].trigger.kind",
             [](Submission& s) { s.flags[1].mutable_trigger()->clear_kind(); }},
        Case{"LongReasoning", "review_item.flags[0].reasoning",
             [](Submission& s) { s.flags[0].set_reasoning(Characters(kMaxTextCharacters + 1)); }},
        Case{"NoContributors", "review_item.contributors",
             [](Submission& s) { s.contributors.clear(); }},
        Case{"ManyContributors", "review_item.contributors",
             [](Submission& s) { s.contributors.resize(kMaxContributors + 1, "x"); }},
        Case{"EmptyContributor", "review_item.contributors",
             [](Submission& s) { s.contributors[0] = ""; }},
        Case{"ContributorOfTwoLines", "review_item.contributors",
             [](Submission& s) { s.contributors[0] = "a\nb"; }},
        Case{"NoTime", "review_item.submit_time",
             [](Submission& s) { s.submit_time = absl::InfinitePast(); }},
        Case{"TimeBefore1970", "review_item.submit_time",
             [](Submission& s) { s.submit_time = absl::FromUnixMicros(-1); }},
        Case{"TimeAfter2199", "review_item.submit_time",
             [](Submission& s) { s.submit_time = absl::FromUnixSeconds(7258118400); }},
        Case{"NoChainSequence", "chain_sequence",
             [](Submission& s) { s.assessment_head.sequence = 0; }},
        Case{"ShortChainHash", "chain_hash",
             [](Submission& s) { s.assessment_head.hash.pop_back(); }}),
    [](const auto& test) { return test.param.name; });

TEST(SubmissionTest, AcceptsEveryLimit) {
  Submission submission = SampleSubmission(std::string(kMaxAssessmentIdCharacters, 'a'), 1);
  submission.id.submission_number = kMaxSubmissionNumber;
  submission.profile = std::string(kMaxProfileBytes, 'p');
  submission.submit_time = absl::FromUnixSeconds(7258118399);
  submission.flags[0].set_reasoning(Characters(kMaxTextCharacters));
  submission.flags[1].set_reasoning("");
  submission.flags.resize(kMaxFlags, submission.flags[1]);
  submission.contributors.assign(kMaxContributors, std::string(kMaxSubjectBytes, 's'));
  EXPECT_THAT(CheckSubmission(submission), IsOk());
}

TEST(SubmissionFingerprintTest, IsPinned) {
  // Golden: a fingerprint stored by an earlier build must be found again by every later one.
  EXPECT_EQ(ToHex(SubmissionFingerprint(SampleSubmission())),
            "74cd35ab778ae151708a491da07972bca1ad368f1dda46a474cba79c02f937d9");
}

class SubmissionDiffers : public testing::TestWithParam<Case> {};

TEST_P(SubmissionDiffers, ChangesTheFingerprint) {
  Submission submission = SampleSubmission();
  GetParam().spoil(submission);
  EXPECT_NE(SubmissionFingerprint(submission), SubmissionFingerprint(SampleSubmission()));
}

INSTANTIATE_TEST_SUITE_P(
    All, SubmissionDiffers,
    testing::Values(
        Case{"Assessment", "", [](Submission& s) { s.id.assessment = "a2"; }},
        Case{"Number", "", [](Submission& s) { s.id.submission_number = 2; }},
        Case{"Digest", "", [](Submission& s) { s.result_digest[0] ^= 1; }},
        Case{"Scheme", "", [](Submission& s) { s.scheme = "schemes/other"; }},
        Case{"Profile", "", [](Submission& s) { s.profile = "L2"; }},
        Case{"Supplier", "", [](Submission& s) { s.supplier += "x"; }},
        Case{"Body", "", [](Submission& s) { s.certification_body += "x"; }},
        Case{"Outcome", "",
             [](Submission& s) { s.verdict.set_outcome(scoring::v1::OUTCOME_FAILED); }},
        Case{"Points", "", [](Submission& s) { s.verdict.mutable_objectives(0)->set_points(1); }},
        Case{"FlagKind", "",
             [](Submission& s) {
               s.flags[0].mutable_trigger()->set_kind(scoring::v1::TRIGGER_KIND_NOT_APPLICABLE);
             }},
        Case{"FlagReasoning", "", [](Submission& s) { s.flags[0].set_reasoning("other"); }},
        Case{"FlagMissing", "", [](Submission& s) { s.flags.pop_back(); }},
        Case{"Contributor", "", [](Submission& s) { s.contributors.pop_back(); }},
        Case{"Time", "", [](Submission& s) { s.submit_time += absl::Microseconds(1); }},
        Case{"ChainSequence", "", [](Submission& s) { s.assessment_head.sequence++; }},
        Case{"ChainHash", "", [](Submission& s) { s.assessment_head.hash[0] ^= 1; }}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace assay::review_queue
