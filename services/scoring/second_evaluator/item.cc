#include "services/scoring/second_evaluator/item.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace assay::scoring::second {
namespace {

// What one phase recorded of one item.
struct Finding {
  uint8_t mark = 0;  // As in ControlRecord: 0 none, k the k-th mark.
  const std::vector<QuestionRecord>* questions = nullptr;  // All of the profile; may be empty.
  bool overturned = false;  // Questions marked not applicable count as without an outcome.

  QuestionRecord Of(uint32_t question) const {
    QuestionRecord recorded = (*questions)[question];
    if (overturned && recorded.outcome == Outcome::kNotApplicable) {
      recorded.outcome = Outcome::kUnanswered;
    }
    return recorded;
  }
};

// Section 2, "present".
bool IsPresent(const Finding& finding, const Item& item) {
  if (finding.mark != 0) return true;
  if (finding.questions->empty()) return false;
  for (uint32_t q = item.questions.first; q < item.questions.end; ++q) {
    if (!finding.Of(q).empty()) return true;
  }
  return false;
}

// Section 2, option `phase`: the phase whose finding counts, which need not be present.
bool TakesPractical(const Scheme& scheme, const Finding& practical, const Item& item) {
  switch (scheme.options().phase) {
    case PhaseRule::kPracticalOnly:
      return true;
    case PhaseRule::kTheoreticalOnly:
      return false;
    case PhaseRule::kLatest:
      break;
  }
  return IsPresent(practical, item);
}

// Section 2, "Asked".
bool IsAsked(const Scheme& scheme, const Finding& finding, uint32_t question) {
  const Question& asked = scheme.questions()[question];
  if (asked.asked == Question::Asked::kAlways) return true;
  if (asked.asked == Question::Asked::kNever) return false;
  if (!IsAsked(scheme, finding, asked.gate)) return false;
  const QuestionRecord gate = finding.Of(asked.gate);
  if (gate.outcome == Outcome::kNotApplicable) return true;
  const auto begin = scheme.opening_answers().begin();
  const auto first = begin + asked.opening_answers.first;
  const auto end = begin + asked.opening_answers.end;
  return gate.gate_answer != 0 && std::find(first, end, gate.gate_answer) != end;
}

struct Saying {
  enum Kind : uint8_t { kLeftOut, kMeets, kDoesNotMeet } kind = kLeftOut;
  bool open = false;
};

// Section 2, "What an asked question says".
Saying WhatItSays(const Question& question, const QuestionRecord& recorded,
                  QuestionNotApplicableRule rule) {
  if (recorded.outcome == Outcome::kNotApplicable) {
    const bool meets = question.scored && rule == QuestionNotApplicableRule::kCountsAsMet;
    return {meets ? Saying::kMeets : Saying::kLeftOut, false};
  }
  if (question.is_gate && recorded.gate_answer == 0) return {Saying::kDoesNotMeet, true};
  if (!question.scored) return {Saying::kLeftOut, false};
  if (recorded.outcome == Outcome::kUnanswered) return {Saying::kDoesNotMeet, true};
  return {recorded.outcome == Outcome::kMeets ? Saying::kMeets : Saying::kDoesNotMeet, false};
}

// A statement about every and some question of a set, met one by one.
struct Column {
  bool any = false;
  bool any_meets = false;
  bool all_meet = true;

  void Add(Saying::Kind kind) {
    any = true;
    any_meets = any_meets || kind == Saying::kMeets;
    all_meet = all_meet && kind == Saying::kMeets;
  }
};

// What the asked questions of one finding say together, those left out apart.
struct Sayings {
  Column all;
  Column met;
  Column partially_met;
  bool failing_present = false;
  bool any_open = false;
};

void AddSaying(const Question& question, Saying saying, Sayings& together) {
  if (saying.kind == Saying::kLeftOut) return;
  together.any_open = together.any_open || saying.open;
  together.all.Add(saying.kind);
  // Only an open unscored gate says anything without being scored.
  if (!question.scored) {
    together.failing_present = true;
    return;
  }
  switch (question.indicator) {
    case Indicator::kMet:
      together.met.Add(saying.kind);
      break;
    case Indicator::kPartiallyMet:
      together.partially_met.Add(saying.kind);
      break;
    case Indicator::kNotMet:
      if (saying.kind == Saying::kDoesNotMeet) together.failing_present = true;
      break;
    case Indicator::kNone:
      break;
  }
}

Sayings AskTheQuestions(const Scheme& scheme, const Finding& finding, const Item& item) {
  Sayings together;
  for (uint32_t q = item.questions.first; q < item.questions.end; ++q) {
    if (!IsAsked(scheme, finding, q)) continue;
    const Question& question = scheme.questions()[q];
    AddSaying(question,
              WhatItSays(question, finding.Of(q), scheme.options().question_not_applicable),
              together);
  }
  return together;
}

// Section 2, "Derivation": the position of the mark in a scale of `marks` marks.
uint32_t DeriveByAllMeet(const Sayings& together, uint32_t marks) {
  if (together.all.any && together.all.all_meet) return 0;
  if (!together.all.any_meets) return marks - 1;
  return marks == 3 ? 1 : marks - 1;
}

uint32_t DeriveByIndicators(const Sayings& together, uint32_t marks) {
  if (together.failing_present) return marks - 1;
  if (together.met.any && together.met.all_meet) return 0;
  if (marks == 3 && together.partially_met.any && together.partially_met.all_meet) return 1;
  return marks - 1;
}

// Section 1, "Mark and state". The results below are written in place: an item's is only ever
// replaced, step by step, and this loop runs for every item of every verdict.
void SetMark(const Scheme& scheme, const Item& item, uint32_t mark, ItemResult& out) {
  out.points = scheme.mark_points()[item.marks.first + mark];
  out.state = mark == 0                       ? State::kMet
              : mark + 1 == item.marks.size() ? State::kNotMet
                                              : State::kPartiallyMet;
}

void SetNotMet(const Item& item, ItemResult& out) {
  out.points = item.minimum;
  out.state = State::kNotMet;
}

State StateOfPoints(const Item& item, int32_t points) {
  if (points == item.maximum) return State::kMet;
  return points == item.minimum ? State::kNotMet : State::kPartiallyMet;
}

// Section 2, "Derivation", with step 2 of section 3.
void SetDerived(const Scheme& scheme, const Finding& finding, const Item& item, Mode mode,
                ItemResult& out) {
  const Sayings together = AskTheQuestions(scheme, finding, item);
  const uint32_t marks = item.marks.size();
  SetMark(scheme, item,
          scheme.derivation() == Derivation::kAllMeet ? DeriveByAllMeet(together, marks)
                                                      : DeriveByIndicators(together, marks),
          out);
  out.open = mode == Mode::kProvisional && together.any_open;
}

// Section 3, step 1.
void SetBlank(const Scheme& scheme, const Item& item, Mode mode, ItemResult& out) {
  SetNotMet(item, out);
  if (mode == Mode::kFinal && scheme.options().blank == BlankRule::kNotMet) return;
  out.state = State::kBlank;
  out.open = true;
}

// Section 3, step 3, for an item whose adjustment counts. One that leads outside under
// `adjustment_clamp: refuse` is left only where an item was overturned, and is dropped.
void Adjust(const Scheme& scheme, const Item& item, int32_t adjustment, ItemResult& out) {
  const int32_t wanted = out.points + adjustment;
  const int32_t held = std::clamp(wanted, item.minimum, item.maximum);
  if (held != wanted && scheme.options().adjustment_clamp == AdjustmentClamp::kRefuse) return;
  out.points = held;
  out.state = StateOfPoints(item, held);
}

// Section 3, step 4: whether `certificate` is one that `item` looks for and stands at `as_of`.
bool Stands(const Scheme& scheme, const Item& item, const Certificate& certificate,
            EpochDay as_of) {
  if (certificate.scope != ScopeVerdict::kCovers) return false;
  if (as_of < certificate.issued_on || as_of > certificate.expires_on) return false;
  if (certificate.revoked_on.has_value() && *certificate.revoked_on <= as_of) return false;
  for (uint32_t k = item.certificate_kinds.first; k < item.certificate_kinds.end; ++k) {
    if (scheme.certificate_kinds()[k] == certificate.kind) return true;
  }
  return false;
}

bool LacksCertificate(const Scheme& scheme, const Item& item, const Record& record) {
  if (item.certificate_kinds.size() == 0) return false;
  if (scheme.options().anchor_certificate != AnchorCertificate::kEnforce) return false;
  for (const Certificate& certificate : record.certificates) {
    if (Stands(scheme, item, certificate, record.as_of)) return false;
  }
  return true;
}

// Section 2 and steps 1 to 4 of section 3.
void ScoreFinding(const Scheme& scheme, const Record& record, const Item& item,
                  const ControlRecord& control, ItemResult& out) {
  // The phase is chosen from what was recorded; an overturn only then takes away from it.
  Finding finding = {control.practical, &record.practical_questions};
  if (!TakesPractical(scheme, finding, item)) {
    finding = {control.theoretical, &record.theoretical_questions};
  }
  finding.overturned = (control.flags & kOverturnedFlag) != 0;

  bool adjustable = true;
  if (finding.mark != 0) {
    SetMark(scheme, item, finding.mark - 1u, out);
  } else if (IsPresent(finding, item)) {
    SetDerived(scheme, finding, item, record.mode, out);
  } else {
    SetBlank(scheme, item, record.mode, out);
    if (out.open) return;
    adjustable = scheme.options().adjust_blank == AdjustBlank::kAllow;
  }
  if (control.adjustment != 0 && adjustable) Adjust(scheme, item, control.adjustment, out);
  if (LacksCertificate(scheme, item, record)) SetNotMet(item, out);
}

// Sections 2 and 3. Steps 6 and 5 stand first: each replaces all that would stand before it.
void ScoreItem(const Scheme& scheme, const Record& record, const Item& item,
               const ControlRecord& control, ItemResult& out) {
  out.open = false;
  out.maximum = item.maximum;
  const bool overturned = (control.flags & kOverturnedFlag) != 0;
  if (!overturned && (control.flags & kNotApplicableFlag) != 0) {
    out.state = State::kNotApplicable;
    out.points = 0;
    out.maximum = 0;
  } else if (!overturned && (control.flags & kOverriddenFlag) != 0 &&
             scheme.options().overrides == OverrideRule::kHonoured) {
    out.state = State::kMet;
    out.points = item.maximum;
  } else {
    ScoreFinding(scheme, record, item, control, out);
  }
}

}  // namespace

void ScoreItems(const Scheme& scheme, const Record& record, std::vector<ItemResult>& out) {
  out.resize(scheme.items().size());
  for (size_t k = 0; k < out.size(); ++k) {
    ScoreItem(scheme, record, scheme.items()[k], record.controls[k], out[k]);
  }
}

}  // namespace assay::scoring::second
