#include "services/scoring/engine/validate.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "services/scoring/engine/finding.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {
namespace {

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

bool IsKnown(Status status) { return status >= Status::kMet && status <= Status::kNotMet; }
bool IsKnown(Outcome outcome) { return outcome <= Outcome::kNotApplicable; }
bool IsKnown(ScopeVerdict scope) { return scope <= ScopeVerdict::kDoesNotCover; }

// Judges one control that is in scope. Problems carry no index or id yet.
class ControlValidator {
 public:
  ControlValidator(const CompiledProfile& profile, uint32_t control, const ControlInput& input)
      : profile_(profile), rules_(profile.rules()), control_(control), input_(input) {}

  std::vector<InputProblem> Run() {
    CheckFinding("theoretical", input_.theoretical);
    CheckFinding("practical", input_.practical);
    const bool findings_sound = problems_.empty();
    CheckAdjustment(findings_sound);
    CheckOverride();
    CheckNotApplicable();
    return std::move(problems_);
  }

 private:
  void Problem(InputProblemCode code, std::string field, std::string detail) {
    problems_.push_back({code, kNoControl, std::move(field), {}, std::move(detail)});
  }

  void CheckFinding(const std::string& phase, const PhaseFinding& finding) {
    if (finding.status.has_value() && !finding.questions.empty()) {
      Problem(InputProblemCode::kStatusAndQuestions, phase,
              "has both a status and questions; record one of them");
    }
    CheckMark(phase, finding);
    const size_t before = problems_.size();
    CheckQuestions(phase, finding);
    if (problems_.size() == before && !finding.status.has_value() && finding.mark.empty() &&
        AllNotApplicable(finding)) {
      Problem(InputProblemCode::kAllQuestionsNotApplicable, phase + ".questions",
              "marks every asked question not applicable; mark the control not applicable instead");
    }
  }

  void CheckMark(const std::string& phase, const PhaseFinding& finding) {
    if (!finding.mark.empty() && finding.status.has_value()) {
      Problem(InputProblemCode::kStatusAndMark, phase + ".mark",
              "stands beside a status; record one of them");
    }
    if (!finding.mark.empty() && !finding.questions.empty()) {
      Problem(InputProblemCode::kStatusAndQuestions, phase,
              "has both a mark and questions; record one of them");
    }
    const bool known_status = !finding.status.has_value() || IsKnown(*finding.status);
    if (!known_status) {
      Problem(InputProblemCode::kStatusInvalid, phase + ".status",
              "is no status; give met, partially met or not met");
    } else if ((finding.status.has_value() || !finding.mark.empty()) &&
               MarkOf(profile_, control_, finding) == 0) {
      Problem(InputProblemCode::kMarkUnknown,
              phase + (finding.status.has_value() ? ".status" : ".mark"), MarksAllowed(finding));
    }
  }

  std::string MarksAllowed(const PhaseFinding& finding) const {
    std::string marks;
    for (const Mark& mark : profile_.ScaleOf(control_).marks) {
      marks += (marks.empty() ? "" : ", ") + Quoted(mark.id);
    }
    return (finding.status.has_value() ? std::string("partially met") : Quoted(finding.mark)) +
           " is no mark of control " + Quoted(profile_.controls()[control_].id) + "; give one of " +
           marks;
  }

  bool AllNotApplicable(const PhaseFinding& finding) const {
    const std::vector<QuestionRecord> questions = QuestionsOf(profile_, control_, finding);
    const PhaseRecord phase = {0, questions.empty() ? nullptr : questions.data()};
    return SummarizeFinding(profile_, control_, phase, NotApplicableMarks::kStand, nullptr)
        .all_not_applicable;
  }

  void CheckQuestions(const std::string& phase, const PhaseFinding& finding) {
    std::vector<bool> seen(profile_.controls()[control_].question_count, false);
    for (size_t i = 0; i < finding.questions.size(); ++i) {
      const QuestionOutcome& outcome = finding.questions[i];
      const std::string path = phase + ".questions[" + std::to_string(i) + "]";
      const Lookup found = profile_.FindQuestion(outcome.question);
      if (!CheckIdentity(path + ".question_id", outcome.question, found)) {
        continue;
      }
      const uint32_t offset = found.index - profile_.controls()[control_].first_question;
      if (seen[offset]) {
        Problem(InputProblemCode::kQuestionDuplicate, path + ".question_id",
                "question " + Quoted(outcome.question) + " appears twice in this phase");
      }
      seen[offset] = true;
      CheckOutcome(path, outcome);
      CheckGateAnswer(path, profile_.questions()[found.index], outcome);
    }
  }

  bool CheckIdentity(const std::string& path, std::string_view id, const Lookup& found) {
    if (found.membership == Membership::kOutOfScope) {
      Problem(InputProblemCode::kQuestionNotInScope, path,
              "question " + Quoted(id) + " is not asked at profile " + Quoted(profile_.id()));
      return false;
    }
    if (found.membership == Membership::kUnknown ||
        profile_.questions()[found.index].control != control_) {
      Problem(
          InputProblemCode::kQuestionUnknown, path,
          Quoted(id) + " is not a question of control " + Quoted(profile_.controls()[control_].id));
      return false;
    }
    return true;
  }

  void CheckOutcome(const std::string& path, const QuestionOutcome& outcome) {
    if (!IsKnown(outcome.outcome)) {
      Problem(InputProblemCode::kStatusInvalid, path + ".result", "is no outcome of a question");
    }
    if (outcome.outcome == Outcome::kNotApplicable && !outcome.has_justification) {
      Problem(
          InputProblemCode::kQuestionNotApplicableNeedsJustification, path + ".justification",
          "question " + Quoted(outcome.question) + " is not applicable without a justification");
    }
    if (outcome.outcome == Outcome::kNotApplicable && OnAnchor() &&
        rules_.anchor_not_applicable == AnchorNotApplicable::kRefuse) {
      Problem(InputProblemCode::kNotApplicableOnAnchor, path + ".result",
              "the control belongs to an anchor objective and always applies, with all of its "
              "questions");
    }
    if (outcome.outcome != Outcome::kNotApplicable && outcome.has_justification) {
      Problem(InputProblemCode::kQuestionJustificationUnexpected, path + ".justification",
              "is only for a question that is not applicable");
    }
  }

  // A misspelt answer would otherwise close what it should open.
  void CheckGateAnswer(const std::string& path, const CompiledQuestion& question,
                       const QuestionOutcome& outcome) {
    if (!question.gate || outcome.gate_answer.empty() ||
        std::find(question.answers.begin(), question.answers.end(), outcome.gate_answer) !=
            question.answers.end()) {
      return;
    }
    std::string known;
    for (const std::string& answer : question.answers) {
      known += (known.empty() ? "" : ", ") + Quoted(answer);
    }
    Problem(InputProblemCode::kGateAnswerUnknown, path + ".answer",
            Quoted(outcome.gate_answer) + " is no answer of gate " + Quoted(question.id) +
                "; give one of " + known);
  }

  void CheckAdjustment(bool findings_sound) {
    if (input_.adjustment < -1 || input_.adjustment > 1) {
      Problem(InputProblemCode::kAdjustmentOutOfRange, "adjustment.points",
              std::to_string(input_.adjustment) + " points; only -1, 0 and +1 are allowed");
      return;
    }
    if (input_.adjustment == 0) {
      return;
    }
    if (rules_.adjustment_reason == AdjustmentReason::kRequired && !input_.has_adjustment_reason) {
      Problem(InputProblemCode::kAdjustmentReasonRequired, "adjustment.reason",
              "is empty; an adjustment needs a written reason");
    }
    if (findings_sound) {
      CheckAdjustedPoints();
    }
  }

  void CheckAdjustedPoints() {
    const std::vector<QuestionRecord> theoretical =
        QuestionsOf(profile_, control_, input_.theoretical);
    const std::vector<QuestionRecord> practical = QuestionsOf(profile_, control_, input_.practical);
    const ChosenFinding chosen = ChooseFinding(profile_, control_,
                                               {MarkOf(profile_, control_, input_.theoretical),
                                                theoretical.empty() ? nullptr : theoretical.data()},
                                               {MarkOf(profile_, control_, input_.practical),
                                                practical.empty() ? nullptr : practical.data()});
    FindingSummary finding;
    if (chosen.phase != Phase::kNone) {
      finding =
          SummarizeFinding(profile_, control_, chosen.finding, NotApplicableMarks::kStand, nullptr);
    }
    const bool blank = !finding.present && !input_.overridden && !input_.not_applicable;
    if (blank && rules_.adjust_blank == AdjustBlank::kRefuse) {
      Problem(InputProblemCode::kAdjustmentOnBlank, "adjustment.points",
              "the control is blank; record a status or answers before adjusting");
      return;
    }
    if (rules_.adjustment_clamp != AdjustmentClamp::kRefuse || (!finding.present && !blank)) {
      return;
    }
    const CompiledScale& scale = profile_.ScaleOf(control_);
    const int32_t points =
        finding.present ? scale.marks[finding.mark - 1u].points : scale.minimum();
    const int32_t adjusted = points + input_.adjustment;
    if (adjusted > scale.maximum() || adjusted < scale.minimum()) {
      Problem(InputProblemCode::kAdjustmentOutsidePoints, "adjustment.points",
              "would leave " + std::to_string(scale.minimum()) + " to " +
                  std::to_string(scale.maximum()) + " points, which this rule set refuses");
    }
  }

  bool OnAnchor() const {
    return profile_.objectives()[profile_.controls()[control_].objective].anchor;
  }

  void CheckOverride() {
    if (!input_.overridden) {
      return;
    }
    if (!input_.has_override_reasoning) {
      Problem(InputProblemCode::kOverrideReasoningRequired, "override.reasoning",
              "is empty; an override needs written reasoning");
    }
    if (input_.not_applicable) {
      Problem(InputProblemCode::kOverrideWithNotApplicable, "override",
              "the control is also marked not applicable; record one of them");
    }
    if (OnAnchor() && rules_.anchor_override == AnchorOverride::kRefuse) {
      Problem(InputProblemCode::kOverrideOnAnchor, "override",
              "the control belongs to an anchor objective, which this rule set does not override");
    }
  }

  void CheckNotApplicable() {
    if (!input_.not_applicable) {
      return;
    }
    if (!input_.has_not_applicable_justification) {
      Problem(InputProblemCode::kNotApplicableJustificationRequired, "not_applicable.justification",
              "is empty; not applicable needs a written justification");
    }
    if (OnAnchor() && rules_.anchor_not_applicable == AnchorNotApplicable::kRefuse) {
      Problem(InputProblemCode::kNotApplicableOnAnchor, "not_applicable",
              "the control belongs to an anchor objective and always applies");
    }
  }

  const CompiledProfile& profile_;
  const RuleOptions& rules_;
  const uint32_t control_;
  const ControlInput& input_;
  std::vector<InputProblem> problems_;
};

// The same certificate: by the issuer's number, or in all that is known of it when it has none.
bool IsSame(const Certificate& a, const Certificate& b) {
  return a.kind == b.kind && a.number == b.number &&
         (!a.number.empty() || (a.issued_on == b.issued_on && a.expires_on == b.expires_on &&
                                a.revoked_on == b.revoked_on && a.scope == b.scope));
}

void CheckCertificate(const CompiledProfile& profile, const std::vector<Certificate>& certificates,
                      size_t index, std::vector<InputProblem>& problems) {
  const Certificate& certificate = certificates[index];
  const auto problem = [&](std::string_view field, std::string detail) {
    problems.push_back({InputProblemCode::kCertificateInvalid,
                        kNoControl,
                        "certificates[" + std::to_string(index) + "]." + std::string(field),
                        {},
                        std::move(detail)});
  };
  if (certificate.kind.empty()) {
    problem("kind", "is empty");
  } else if (const auto& kinds = profile.certificate_kinds();
             !std::binary_search(kinds.begin(), kinds.end(), certificate.kind)) {
    problem("kind", Quoted(certificate.kind) + " is no kind that a control of the scheme rests on");
  }
  if (certificate.expires_on < certificate.issued_on) {
    problem("expires_on", "is before issued_on");
  }
  if (certificate.revoked_on.has_value() && *certificate.revoked_on < certificate.issued_on) {
    problem("revoked_on", "is before issued_on");
  }
  if (!IsKnown(certificate.scope)) {
    problem("scope_verdict", "is no scope verdict");
  }
  const auto self = certificates.begin() + static_cast<std::ptrdiff_t>(index);
  if (std::any_of(certificates.begin(), self,
                  [&](const Certificate& earlier) { return IsSame(earlier, certificate); })) {
    problem("number", "the same certificate appears twice");
  }
}

// Why `control` cannot be one of a list of controls in scope, each once; nothing when it can.
// Remembers it.
std::optional<InputProblem> CheckControlId(const CompiledProfile& profile,
                                           const std::string& control, std::string field,
                                           std::vector<bool>& seen) {
  const auto problem = [&](InputProblemCode code, std::string detail) {
    return InputProblem{code, kNoControl, std::move(field), control, std::move(detail)};
  };
  const Lookup found = profile.FindControl(control);
  if (found.membership == Membership::kUnknown) {
    return problem(InputProblemCode::kControlUnknown,
                   Quoted(control) + " is not a control of the scheme");
  }
  if (found.membership == Membership::kOutOfScope) {
    return problem(
        InputProblemCode::kControlNotInScope,
        "control " + Quoted(control) + " is not assessed at profile " + Quoted(profile.id()));
  }
  if (seen[found.index]) {
    return problem(InputProblemCode::kControlDuplicate,
                   "control " + Quoted(control) + " appears twice");
  }
  seen[found.index] = true;
  return std::nullopt;
}

// Identity first: what an unknown control says cannot be judged.
std::vector<InputProblem> CheckControl(const CompiledProfile& profile, const ControlInput& input,
                                       std::vector<bool>& seen) {
  if (auto problem = CheckControlId(profile, input.control, "control_id", seen)) {
    return {*std::move(problem)};
  }
  return ControlValidator(profile, profile.FindControl(input.control).index, input).Run();
}

}  // namespace

std::string_view InputProblemReason(InputProblemCode code) {
  switch (code) {
    case InputProblemCode::kControlUnknown:
      return "CONTROL_UNKNOWN";
    case InputProblemCode::kControlNotInScope:
      return "CONTROL_NOT_IN_SCOPE";
    case InputProblemCode::kControlDuplicate:
      return "CONTROL_DUPLICATE";
    case InputProblemCode::kStatusAndQuestions:
      return "STATUS_AND_QUESTIONS";
    case InputProblemCode::kStatusAndMark:
      return "STATUS_AND_MARK";
    case InputProblemCode::kStatusInvalid:
      return "STATUS_INVALID";
    case InputProblemCode::kMarkUnknown:
      return "MARK_UNKNOWN";
    case InputProblemCode::kQuestionUnknown:
      return "QUESTION_UNKNOWN";
    case InputProblemCode::kQuestionNotInScope:
      return "QUESTION_NOT_IN_SCOPE";
    case InputProblemCode::kQuestionDuplicate:
      return "QUESTION_DUPLICATE";
    case InputProblemCode::kQuestionJustificationUnexpected:
      return "QUESTION_JUSTIFICATION_UNEXPECTED";
    case InputProblemCode::kQuestionNotApplicableNeedsJustification:
      return "QUESTION_NOT_APPLICABLE_NEEDS_JUSTIFICATION";
    case InputProblemCode::kAllQuestionsNotApplicable:
      return "ALL_QUESTIONS_NOT_APPLICABLE";
    case InputProblemCode::kAdjustmentOutOfRange:
      return "ADJUSTMENT_OUT_OF_RANGE";
    case InputProblemCode::kAdjustmentReasonRequired:
      return "ADJUSTMENT_REASON_REQUIRED";
    case InputProblemCode::kAdjustmentOnBlank:
      return "ADJUSTMENT_ON_BLANK";
    case InputProblemCode::kAdjustmentOutsidePoints:
      return "ADJUSTMENT_OUTSIDE_POINTS";
    case InputProblemCode::kOverrideReasoningRequired:
      return "OVERRIDE_REASONING_REQUIRED";
    case InputProblemCode::kOverrideWithNotApplicable:
      return "OVERRIDE_WITH_NOT_APPLICABLE";
    case InputProblemCode::kOverrideOnAnchor:
      return "OVERRIDE_ON_ANCHOR";
    case InputProblemCode::kNotApplicableJustificationRequired:
      return "NOT_APPLICABLE_JUSTIFICATION_REQUIRED";
    case InputProblemCode::kNotApplicableOnAnchor:
      return "NOT_APPLICABLE_ON_ANCHOR";
    case InputProblemCode::kGateAnswerUnknown:
      return "GATE_ANSWER_UNKNOWN";
    case InputProblemCode::kCertificateInvalid:
      return "CERTIFICATE_INVALID";
  }
  return "";
}

std::vector<InputProblem> ValidateCertificates(const CompiledProfile& profile,
                                               const std::vector<Certificate>& certificates) {
  std::vector<InputProblem> problems;
  for (size_t i = 0; i < certificates.size(); ++i) {
    CheckCertificate(profile, certificates, i, problems);
  }
  return problems;
}

std::vector<InputProblem> Validate(const CompiledProfile& profile, const AssessmentInput& input) {
  std::vector<InputProblem> problems = ValidateCertificates(profile, input.certificates);
  std::vector<bool> seen(profile.controls().size(), false);
  for (size_t i = 0; i < input.controls.size(); ++i) {
    for (InputProblem& problem : CheckControl(profile, input.controls[i], seen)) {
      problem.control_index = static_cast<int32_t>(i);
      problem.control = input.controls[i].control;
      problems.push_back(std::move(problem));
    }
  }
  std::vector<bool> overturned(profile.controls().size(), false);
  for (size_t i = 0; i < input.overturned_controls.size(); ++i) {
    auto problem = CheckControlId(profile, input.overturned_controls[i],
                                  "overturned_controls[" + std::to_string(i) + "]", overturned);
    if (problem.has_value()) {
      problems.push_back(*std::move(problem));
    }
  }
  return problems;
}

}  // namespace assay::scoring
