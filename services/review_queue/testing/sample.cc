#include "services/review_queue/testing/sample.h"

#include <string>

#include "common/ids/hex.h"
#include "services/review_queue/domain/submission.h"

namespace assay::review_queue {
namespace {

v1::Flag MakeFlag(scoring::v1::TriggerKind kind, std::string_view control,
                  std::string_view reasoning) {
  v1::Flag flag;
  flag.mutable_trigger()->set_kind(kind);
  flag.mutable_trigger()->set_control_id(std::string(control));
  flag.mutable_trigger()->set_objective("B");
  flag.set_reasoning(std::string(reasoning));
  return flag;
}

}  // namespace

absl::Time SampleNow() { return absl::FromUnixSeconds(1780304400); }

Submission SampleSubmission(std::string_view assessment, int64_t number) {
  Submission submission;
  submission.id = {std::string(assessment), number};
  submission.result_digest = ToHex(Sha256(std::string(assessment) + "#" + std::to_string(number)));
  submission.scheme = "schemes/dcc";
  submission.profile = "L1";
  submission.supplier = kSupplier;
  submission.certification_body = kCertificationBody;
  submission.verdict.set_outcome(scoring::v1::OUTCOME_PASSED);
  submission.verdict.set_result_string("Passed");
  submission.verdict.set_result_digest(submission.result_digest);
  submission.verdict.set_profile("L1");
  scoring::v1::ObjectiveResult& objective = *submission.verdict.add_objectives();
  objective.set_objective("B");
  objective.set_outcome(scoring::v1::OUTCOME_PASSED);
  objective.set_points(120);
  objective.set_maximum(148);
  submission.flags = {
      MakeFlag(scoring::v1::TRIGGER_KIND_OVERRIDE, "1203", "Compensated by a guarded site."),
      MakeFlag(scoring::v1::TRIGGER_KIND_NOT_APPLICABLE, "2300", "No removable media is used."),
      MakeFlag(scoring::v1::TRIGGER_KIND_QUESTION_NOT_APPLICABLE, "2500", "No plant on site."),
  };
  submission.flags[2].mutable_trigger()->set_question_id("2500.2");
  submission.contributors = {std::string(kContributor), "sam@harbour-optics"};
  submission.submit_time = SampleNow() - absl::Hours(1) + absl::Minutes(number);
  submission.assessment_head = {static_cast<uint64_t>(10 + number), Sha256("assessment head")};
  return submission;
}

Occasion ByReviewer(std::string_view subject, absl::Duration later) {
  return {{std::string(subject), std::string(kSchemeOwner), {"reviewer"}}, SampleNow() + later};
}

Occasion ByStore(absl::Duration later) {
  return {{"services/assay-assessment-store", "", {"service"}}, SampleNow() + later};
}

ReviewItem SampleItem(std::string_view assessment, int64_t number) {
  ReviewItem item;
  item.submission = SampleSubmission(assessment, number);
  item.fingerprint = SubmissionFingerprint(item.submission);
  item.head = {1, Sha256("item head")};
  item.create_time = SampleNow();
  item.update_time = SampleNow();
  return item;
}

}  // namespace assay::review_queue
