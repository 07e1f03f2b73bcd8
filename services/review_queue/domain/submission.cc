#include "services/review_queue/domain/submission.h"

#include <string_view>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/text/view.h"
#include "services/review_queue/domain/text.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {
namespace {

// Begins the fingerprinted bytes; another number when their layout changes.
constexpr std::string_view kFingerprintDomain = "assay.review_queue.submission.1";

// 2199-12-31T23:59:59Z: well inside what 64 bits of nanoseconds can hold.
const absl::Time kLatestTime = absl::FromUnixSeconds(7258118399);

bool IsSha256Hex(std::string_view text) {
  return text.size() == 2 * kSha256Bytes && FromHex(text).has_value();
}

absl::Status CheckReference(std::string_view field, std::string_view pattern,
                            std::string_view name) {
  if (ParseName(field, pattern, name).ok()) return absl::OkStatus();
  return SubmissionInvalid(
      field, absl::StrCat("is '", ToAbsl(name), "'; ", ToAbsl(pattern), " is required"));
}

absl::Status CheckId(const ItemId& id) {
  if (!IsValidId(id.assessment) || id.assessment.size() > kMaxAssessmentIdCharacters ||
      id.assessment.find('.') != std::string::npos) {
    return SubmissionInvalid(
        "review_item.assessment",
        absl::StrCat("is 'assessments/", id.assessment, "'; assessments/ and an id of at most ",
                     kMaxAssessmentIdCharacters, " characters is required"));
  }
  if (id.submission_number < 1 || id.submission_number > kMaxSubmissionNumber) {
    return SubmissionInvalid(
        "review_item.submission_number",
        absl::StrCat("is ", id.submission_number, "; 1 to ", kMaxSubmissionNumber, " are allowed"));
  }
  return absl::OkStatus();
}

absl::Status CheckResult(const Submission& submission) {
  if (!IsSha256Hex(submission.result_digest)) {
    return SubmissionInvalid("review_item.result_digest",
                             "is not 64 lower-case hexadecimal digits");
  }
  if (submission.verdict.result_digest() != submission.result_digest) {
    return SubmissionInvalid("review_item.verdict.result_digest",
                             "differs from review_item.result_digest");
  }
  if (submission.profile.empty() || submission.profile.size() > kMaxProfileBytes) {
    return SubmissionInvalid("review_item.profile",
                             absl::StrCat("has ", submission.profile.size(), " bytes; 1 to ",
                                          kMaxProfileBytes, " are allowed"));
  }
  return absl::OkStatus();
}

absl::Status CheckFlags(const Submission& submission) {
  if (submission.flags.empty() || submission.flags.size() > kMaxFlags) {
    return SubmissionInvalid("review_item.flags",
                             absl::StrCat("has ", submission.flags.size(), " entries; 1 to ",
                                          kMaxFlags, " are allowed"));
  }
  for (size_t i = 0; i < submission.flags.size(); ++i) {
    const v1::Flag& flag = submission.flags[i];
    const std::string path = absl::StrCat("review_item.flags[", i, "]");
    if (!scoring::v1::TriggerKind_IsValid(flag.trigger().kind()) ||
        flag.trigger().kind() == scoring::v1::TRIGGER_KIND_UNSPECIFIED) {
      return SubmissionInvalid(path + ".trigger.kind", "is not a kind of trigger");
    }
    const std::string problem = LengthProblem(flag.reasoning(), 0, kMaxTextCharacters);
    if (!problem.empty()) return SubmissionInvalid(path + ".reasoning", problem);
  }
  return absl::OkStatus();
}

// An empty list would let everybody review, so it cannot be right.
absl::Status CheckContributors(const Submission& submission) {
  if (submission.contributors.empty() || submission.contributors.size() > kMaxContributors) {
    return SubmissionInvalid(
        "review_item.contributors",
        absl::StrCat("names ", submission.contributors.size(), " different subjects; 1 to ",
                     kMaxContributors, " are allowed"));
  }
  for (const std::string& subject : submission.contributors) {
    if (subject.empty() || subject.size() > kMaxSubjectBytes) {
      return SubmissionInvalid("review_item.contributors",
                               absl::StrCat("holds a subject of ", subject.size(), " bytes; 1 to ",
                                            kMaxSubjectBytes, " are allowed"));
    }
    // Events list subjects one a line.
    if (subject.find('\n') != std::string::npos) {
      return SubmissionInvalid("review_item.contributors", "holds a subject with a line feed");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOrigin(const Submission& submission) {
  if (submission.submit_time < absl::UnixEpoch() || submission.submit_time > kLatestTime) {
    return SubmissionInvalid("review_item.submit_time", "is missing or not in 1970 to 2199");
  }
  if (submission.assessment_head.sequence < 1) {
    return SubmissionInvalid("chain_sequence", "is missing; 1 or more is required");
  }
  if (submission.assessment_head.hash.size() != kSha256Bytes) {
    return SubmissionInvalid("chain_hash", "is not 64 lower-case hexadecimal digits");
  }
  return absl::OkStatus();
}

class Canonical {
 public:
  Canonical& Number(uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<char>(number >> shift & 0xFF));
    }
    return *this;
  }
  Canonical& Text(std::string_view text) {
    Number(text.size());
    bytes_.append(text);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

void AddVerdict(const scoring::v1::Verdict& verdict, Canonical& out) {
  out.Number(static_cast<uint64_t>(verdict.outcome()))
      .Text(verdict.result_string())
      .Text(verdict.as_of())
      .Number(verdict.failed_on_anchor() ? 1 : 0);
  out.Number(static_cast<uint64_t>(verdict.failed_objectives_size()));
  for (const std::string& objective : verdict.failed_objectives()) out.Text(objective);
  out.Number(static_cast<uint64_t>(verdict.objectives_size()));
  for (const scoring::v1::ObjectiveResult& objective : verdict.objectives()) {
    out.Text(objective.objective())
        .Number(static_cast<uint64_t>(objective.outcome()))
        .Number(static_cast<uint64_t>(objective.points()))
        .Number(static_cast<uint64_t>(objective.maximum()));
  }
}

void AddFlag(const v1::Flag& flag, Canonical& out) {
  out.Number(static_cast<uint64_t>(flag.trigger().kind()))
      .Text(flag.trigger().control_id())
      .Text(flag.trigger().question_id())
      .Text(flag.trigger().objective())
      .Number(flag.trigger().anchor() ? 1 : 0)
      .Text(flag.reasoning());
}

}  // namespace

absl::Status CheckSubmission(const Submission& submission) {
  absl::Status status = CheckId(submission.id);
  if (status.ok()) status = CheckResult(submission);
  if (status.ok()) status = CheckReference("review_item.scheme", "schemes/*", submission.scheme);
  if (status.ok()) {
    status = CheckReference("review_item.supplier", "organisations/*", submission.supplier);
  }
  if (status.ok()) {
    status = CheckReference("review_item.certification_body", "organisations/*",
                            submission.certification_body);
  }
  if (status.ok()) status = CheckFlags(submission);
  if (status.ok()) status = CheckContributors(submission);
  if (status.ok()) status = CheckOrigin(submission);
  return status;
}

std::string SubmissionFingerprint(const Submission& submission) {
  Canonical out;
  out.Text(kFingerprintDomain)
      .Text(submission.id.assessment)
      .Number(static_cast<uint64_t>(submission.id.submission_number))
      .Text(submission.result_digest)
      .Text(submission.scheme)
      .Text(submission.profile)
      .Text(submission.supplier)
      .Text(submission.certification_body);
  AddVerdict(submission.verdict, out);
  out.Number(submission.flags.size());
  for (const v1::Flag& flag : submission.flags) AddFlag(flag, out);
  out.Number(submission.contributors.size());
  for (const std::string& subject : submission.contributors) out.Text(subject);
  out.Number(static_cast<uint64_t>(absl::ToUnixMicros(submission.submit_time)))
      .Number(submission.assessment_head.sequence)
      .Text(submission.assessment_head.hash);
  return Sha256(out.bytes());
}

}  // namespace assay::review_queue
