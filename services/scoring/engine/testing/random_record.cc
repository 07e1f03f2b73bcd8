#include "services/scoring/engine/testing/random_record.h"

#include <string>
#include <vector>

#include "services/scoring/engine/finding.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

// In percent, one draw for a whole record.
struct Rates {
  uint32_t good;  // Best marks and questions that meet.
  uint32_t questions;
  uint32_t blank;
  uint32_t practical;
  uint32_t adjusted;
  uint32_t flagged;
  uint32_t question_not_applicable;
  uint32_t overturned;

  explicit Rates(Random& random)
      : good(random.Chance(40) ? 97 + random.Below(4) : random.Below(101)),
        questions(random.Chance(30) ? 0 : random.Below(101)),
        blank(random.Chance(60) ? 0 : random.Below(40)),
        practical(random.Chance(40) ? 0 : random.Below(101)),
        adjusted(random.Chance(50) ? 0 : random.Below(60)),
        flagged(random.Chance(40) ? 0 : random.Below(60)),
        question_not_applicable(random.Chance(50) ? 0 : random.Below(40)),
        overturned(random.Chance(60) ? 0 : random.Below(60)) {}
};

class RecordMaker {
 public:
  RecordMaker(const CompiledProfile& profile, Random& random, Record& record)
      : profile_(profile), random_(random), rates_(random), record_(record) {}

  void Make() {
    record_.mode = random_.Chance(30) ? Mode::kProvisional : Mode::kFinal;
    record_.as_of = kAsOf;
    MakeCertificates();
    record_.controls.assign(profile_.controls().size(), ControlRecord());
    record_.theoretical_questions.clear();
    record_.practical_questions.clear();
    for (uint32_t i = 0; i < profile_.controls().size(); ++i) {
      MakeControl(i);
    }
  }

 private:
  void MakeCertificates() {
    record_.certificates.clear();
    int32_t number = 0;
    for (const std::string& kind : profile_.certificate_kinds()) {
      for (uint32_t n = random_.Below(3); n > 0; --n) {
        Certificate& certificate = record_.certificates.emplace_back();
        certificate.kind = kind;
        certificate.number = std::to_string(++number);
        const bool stands = random_.Chance(60);
        certificate.issued_on = kAsOf - (stands ? random_.Between(0, 2) : random_.Between(-2, 5));
        certificate.expires_on =
            certificate.issued_on + (stands ? random_.Between(2, 4) : random_.Between(0, 6));
        if (!stands && random_.Chance(30)) {
          certificate.revoked_on = certificate.issued_on + random_.Between(0, 4);
        }
        certificate.scope =
            stands ? ScopeVerdict::kCovers : static_cast<ScopeVerdict>(random_.Below(3));
      }
    }
  }

  void MakeControl(uint32_t index) {
    ControlRecord& control = record_.controls[index];
    if (!random_.Chance(rates_.blank)) {
      MakeFinding(index, control.theoretical, record_.theoretical_questions);
      if (random_.Chance(rates_.practical)) {
        MakeFinding(index, control.practical, record_.practical_questions);
      }
    }
    if (random_.Chance(rates_.adjusted)) {
      control.adjustment = random_.Chance(50) ? int8_t{1} : int8_t{-1};
    }
    if (random_.Chance(rates_.flagged)) {
      control.flags = random_.Chance(50) ? kOverriddenFlag : kNotApplicableFlag;
    }
    if (random_.Chance(rates_.overturned)) {
      control.flags |= kOverturnedFlag;
    }
    MakeValid(profile_, index, record_);
  }

  void MakeFinding(uint32_t index, uint8_t& mark, std::vector<QuestionRecord>& questions) {
    const CompiledControl& control = profile_.controls()[index];
    if (control.question_count == 0 || !random_.Chance(rates_.questions)) {
      const size_t marks = profile_.ScaleOf(index).marks.size();
      mark =
          random_.Chance(rates_.good) ? uint8_t{1} : static_cast<uint8_t>(1 + random_.Below(marks));
      return;
    }
    const bool first = questions.empty();
    questions.resize(profile_.questions().size());
    bool any = false;
    for (uint32_t i = 0; i < control.question_count; ++i) {
      const uint32_t question = control.first_question + i;
      questions[question] = MakeQuestion(profile_.questions()[question]);
      any |= !questions[question].empty();
    }
    if (first && !any) {
      questions.clear();  // Nothing was said yet.
    }
  }

  QuestionRecord MakeQuestion(const CompiledQuestion& question) {
    QuestionRecord record;
    if (random_.Chance(rates_.question_not_applicable)) {
      record.outcome = Outcome::kNotApplicable;
    } else if (random_.Chance(rates_.good)) {
      record.outcome = Outcome::kMeets;
    } else {
      record.outcome = static_cast<Outcome>(random_.Below(3));
    }
    if (question.gate && random_.Chance(80)) {
      record.gate_answer = static_cast<uint8_t>(1 + random_.Below(question.answers.size()));
    }
    return record;
  }

  const CompiledProfile& profile_;
  Random& random_;
  const Rates rates_;
  Record& record_;
};

// Of a control in a phase, or null.
QuestionRecord* QuestionsIn(std::vector<QuestionRecord>& questions,
                            const CompiledControl& control) {
  return questions.empty() ? nullptr : questions.data() + control.first_question;
}

void MakeQuestionsValid(const CompiledProfile& profile, uint32_t control, bool not_applicable_ok,
                        std::vector<QuestionRecord>& all) {
  const CompiledControl& compiled = profile.controls()[control];
  QuestionRecord* const questions = QuestionsIn(all, compiled);
  if (questions == nullptr) {
    return;
  }
  for (uint32_t i = 0; i < compiled.question_count && !not_applicable_ok; ++i) {
    if (questions[i].outcome == Outcome::kNotApplicable) {
      questions[i].outcome = Outcome::kMeets;
    }
  }
  if (!SummarizeFinding(profile, control, {0, questions}, NotApplicableMarks::kStand, nullptr)
           .all_not_applicable) {
    return;
  }
  for (uint32_t i = 0; i < compiled.question_count; ++i) {
    const CompiledQuestion& question = profile.questions()[compiled.first_question + i];
    if (question.scored && question.asked_when_gate == kNoGate) {
      questions[i].outcome = Outcome::kDoesNotMeet;
      return;
    }
  }
}

bool AdjustmentFits(const CompiledProfile& profile, uint32_t control, const Record& record) {
  const RuleOptions& rules = profile.rules();
  const ChosenFinding chosen =
      ChooseFinding(profile, control, TheoreticalOf(profile, record, control),
                    PracticalOf(profile, record, control));
  const bool present = chosen.phase != Phase::kNone;
  const bool flagged =
      (record.controls[control].flags & (kOverriddenFlag | kNotApplicableFlag)) != 0;
  if (!present && !flagged && rules.adjust_blank == AdjustBlank::kRefuse) {
    return false;
  }
  if (rules.adjustment_clamp != AdjustmentClamp::kRefuse || (!present && flagged)) {
    return true;
  }
  const CompiledScale& scale = profile.ScaleOf(control);
  int32_t points = scale.minimum();
  if (present) {
    const uint8_t mark =
        SummarizeFinding(profile, control, chosen.finding, NotApplicableMarks::kStand, nullptr)
            .mark;
    points = scale.marks[mark - 1u].points;
  }
  points += record.controls[control].adjustment;
  return points >= scale.minimum() && points <= scale.maximum();
}

PhaseFinding FindingOf(const CompiledProfile& profile, uint32_t control, uint8_t mark,
                       const std::vector<QuestionRecord>& questions) {
  PhaseFinding finding;
  if (mark != 0) {
    finding.mark = profile.ScaleOf(control).marks[mark - 1u].id;
  }
  const CompiledControl& compiled = profile.controls()[control];
  for (uint32_t i = 0; i < compiled.question_count && !questions.empty(); ++i) {
    const QuestionRecord& record = questions[compiled.first_question + i];
    const CompiledQuestion& question = profile.questions()[compiled.first_question + i];
    if (!record.empty()) {
      finding.questions.push_back(
          {question.id, record.outcome,
           record.gate_answer == 0 ? "" : question.answers[record.gate_answer - 1u],
           record.outcome == Outcome::kNotApplicable});
    }
  }
  return finding;
}

}  // namespace

void MakeValid(const CompiledProfile& profile, uint32_t control, Record& record) {
  ControlRecord& recorded = record.controls[control];
  const RuleOptions& rules = profile.rules();
  const bool anchor = profile.objectives()[profile.controls()[control].objective].anchor;
  const bool not_applicable_ok =
      !anchor || rules.anchor_not_applicable == AnchorNotApplicable::kAllow;
  if (!not_applicable_ok || (recorded.flags & kOverriddenFlag) != 0) {
    recorded.flags &= static_cast<uint8_t>(~kNotApplicableFlag);
  }
  if (anchor && rules.anchor_override == AnchorOverride::kRefuse) {
    recorded.flags &= static_cast<uint8_t>(~kOverriddenFlag);
  }
  MakeQuestionsValid(profile, control, not_applicable_ok, record.theoretical_questions);
  MakeQuestionsValid(profile, control, not_applicable_ok, record.practical_questions);
  if (recorded.adjustment != 0 && !AdjustmentFits(profile, control, record)) {
    recorded.adjustment = 0;
  }
}

void RandomRecordInto(const CompiledProfile& profile, Random& random, Record& record) {
  RecordMaker(profile, random, record).Make();
}

Record RandomRecord(const CompiledProfile& profile, Random& random) {
  Record record;
  RandomRecordInto(profile, random, record);
  return record;
}

AssessmentInput ToInput(const CompiledProfile& profile, const Record& record) {
  AssessmentInput input;
  input.mode = record.mode;
  input.as_of = record.as_of;
  input.certificates = record.certificates;
  for (uint32_t i = 0; i < record.controls.size(); ++i) {
    const ControlRecord& recorded = record.controls[i];
    ControlInput& control = input.controls.emplace_back();
    control.control = profile.controls()[i].id;
    control.theoretical = FindingOf(profile, i, recorded.theoretical, record.theoretical_questions);
    control.practical = FindingOf(profile, i, recorded.practical, record.practical_questions);
    control.adjustment = recorded.adjustment;
    control.has_adjustment_reason = recorded.adjustment != 0;
    if ((recorded.flags & kOverriddenFlag) != 0) {
      MarkOverridden(control);
    }
    if ((recorded.flags & kNotApplicableFlag) != 0) {
      MarkNotApplicable(control);
    }
    if ((recorded.flags & kOverturnedFlag) != 0) {
      input.overturned_controls.push_back(control.control);
    }
  }
  return input;
}

}  // namespace assay::scoring
