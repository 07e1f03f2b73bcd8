#include "services/scoring/engine/score_control.h"

#include <algorithm>

#include "services/scoring/engine/certificates.h"

namespace assay::scoring {
namespace {

ControlState StateOfMark(const CompiledScale& scale, uint8_t mark) {
  if (mark == 1) {
    return ControlState::kMet;
  }
  return mark == scale.marks.size() ? ControlState::kNotMet : ControlState::kPartiallyMet;
}

ControlState StateOfPoints(const CompiledScale& scale, int32_t points) {
  if (points >= scale.maximum()) {
    return ControlState::kMet;
  }
  return points > scale.minimum() ? ControlState::kPartiallyMet : ControlState::kNotMet;
}

ReasonCode FindingReason(const FindingSummary& finding, Derivation derivation, size_t marks) {
  if (finding.from_mark) {
    return ReasonCode::kStatusRecorded;
  }
  if (derivation == Derivation::kIndicators) {
    return finding.mark == 1       ? ReasonCode::kIndicatorsMet
           : finding.mark == marks ? ReasonCode::kIndicatorsNotMet
                                   : ReasonCode::kIndicatorsPartiallyMet;
  }
  if (finding.questions_met == 0) {
    return ReasonCode::kNoQuestionMeets;
  }
  return finding.questions_unmet == 0 ? ReasonCode::kAllQuestionsMeet
                                      : ReasonCode::kSomeQuestionsMeet;
}

// Applies the rules in their order, each replacing what stood before it. Adds at most seven
// reasons: FLAG_OVERTURNED or one of override or N/A, which exclude each other; one of the finding,
// QUESTION_OPEN, two of the adjustment, two of the certificate.
class ControlScorer {
 public:
  ControlScorer(const CompiledScale& scale, const RuleOptions& rules, Derivation derivation,
                const ControlFacts& facts)
      : scale_(scale),
        rules_(rules),
        derivation_(derivation),
        facts_(facts),
        overturned_((facts.flags & kOverturnedFlag) != 0),
        overridden_((facts.flags & kOverriddenFlag) != 0 && !overturned_),
        not_applicable_((facts.flags & kNotApplicableFlag) != 0 && !overturned_),
        overrides_(overridden_ && rules.overrides == OverrideRule::kHonoured) {
    result_.maximum = scale.maximum();
    result_.points = scale.minimum();
    result_.phase = facts.phase;
  }

  ControlResult Run() {
    if (facts_.flag_overturned) {
      result_.reasons.Add(ReasonCode::kFlagOverturned);
    }
    ApplyFinding();
    blank_ = !result_.base_known && !overrides_ && !not_applicable_;
    if (blank_) {
      ApplyBlank();
    }
    ApplyAdjustment();
    if (!blank_ || !result_.open) {
      ApplyCertificate();
    }
    ApplyOverride();
    ApplyNotApplicable();
    return result_;
  }

 private:
  void ApplyFinding() {
    const FindingSummary& finding = facts_.finding;
    result_.base_known = finding.present;
    if (!finding.present) {
      return;
    }
    result_.mark = finding.mark;
    result_.base_points = scale_.marks[finding.mark - 1u].points;
    result_.points = result_.base_points;
    result_.state = StateOfMark(scale_, finding.mark);
    result_.reasons.Add(FindingReason(finding, derivation_, scale_.marks.size()));
    if (facts_.mode == Mode::kProvisional && finding.open_questions > 0) {
      result_.open = true;
      result_.reasons.Add(ReasonCode::kQuestionOpen);
    }
  }

  void ApplyBlank() {
    result_.open = facts_.mode == Mode::kProvisional || rules_.blank == BlankRule::kIncomplete;
    result_.state = result_.open ? ControlState::kBlank : ControlState::kNotMet;
    result_.reasons.Add(result_.open ? ReasonCode::kBlankOpen : ReasonCode::kBlankNotMet);
  }

  // Has nothing to act on where no base is known, save a blank that counts under adjust_blank.
  void ApplyAdjustment() {
    if (facts_.adjustment == 0) {
      return;
    }
    const bool adjustable_blank = blank_ && rules_.adjust_blank == AdjustBlank::kAllow;
    if (!result_.base_known && (!adjustable_blank || result_.open)) {
      if (overturned_ && !adjustable_blank) {
        result_.reasons.Add(ReasonCode::kAdjustmentDropped);
      }
      return;
    }
    const int32_t wanted = result_.points + facts_.adjustment;
    const int32_t clamped = std::clamp(wanted, scale_.minimum(), scale_.maximum());
    // Validation refuses what was recorded so; an overturn can bring it about.
    if (overturned_ && clamped != wanted && rules_.adjustment_clamp == AdjustmentClamp::kRefuse) {
      result_.reasons.Add(ReasonCode::kAdjustmentDropped);
      return;
    }
    result_.reasons.Add(facts_.adjustment > 0 ? ReasonCode::kAdjustedUp
                                              : ReasonCode::kAdjustedDown);
    if (clamped != wanted) {
      result_.reasons.Add(ReasonCode::kAdjustmentClamped);
    }
    SetPoints(clamped);
  }

  void ApplyCertificate() {
    if (!facts_.certificate.has_value()) {
      return;
    }
    result_.reasons.Add(*facts_.certificate);
    if (*facts_.certificate == ReasonCode::kAnchorCertificateValid) {
      return;
    }
    if (rules_.anchor_certificate == AnchorCertificate::kRecord) {
      result_.reasons.Add(ReasonCode::kAnchorCertificateRecordedOnly);
      return;
    }
    SetPoints(scale_.minimum());
  }

  void ApplyOverride() {
    if (!overridden_) {
      return;
    }
    if (!overrides_) {
      result_.reasons.Add(ReasonCode::kOverrideIgnored);
      return;
    }
    result_.reasons.Add(ReasonCode::kOverriddenToMet);
    result_.open = false;
    SetPoints(scale_.maximum());
  }

  void ApplyNotApplicable() {
    if (!not_applicable_) {
      return;
    }
    result_.reasons.Add(ReasonCode::kNotApplicableLeavesSet);
    result_.state = ControlState::kNotApplicable;
    result_.open = false;
    result_.points = 0;
    result_.maximum = 0;
  }

  void SetPoints(int32_t points) {
    result_.points = points;
    result_.state = StateOfPoints(scale_, points);
  }

  const CompiledScale& scale_;
  const RuleOptions& rules_;
  const Derivation derivation_;
  const ControlFacts& facts_;
  const bool overturned_;
  const bool overridden_;  // Recorded and not overturned, as the next.
  const bool not_applicable_;
  const bool overrides_;  // Overridden, and the rule set honours it.
  bool blank_ = false;
  ControlResult result_;
};

bool MarksNotApplicable(const PhaseRecord& phase, uint32_t questions) {
  return phase.questions != nullptr &&
         std::any_of(phase.questions, phase.questions + questions,
                     [](const QuestionRecord& record) {
                       return record.outcome == Outcome::kNotApplicable;
                     });
}

// Of a record whose finding is a mark or nothing.
ControlFacts FactsOf(const ControlRecord& record, Mode mode, PhaseRule rule) {
  ControlFacts facts;
  facts.mode = mode;
  facts.adjustment = int32_t{record.adjustment};
  facts.flags = record.flags;
  if (record.practical != 0 && rule != PhaseRule::kTheoreticalOnly) {
    facts.phase = Phase::kPractical;
    facts.finding.mark = record.practical;
  } else if (record.theoretical != 0 && rule != PhaseRule::kPracticalOnly) {
    facts.phase = Phase::kTheoretical;
    facts.finding.mark = record.theoretical;
  }
  facts.finding.present = facts.phase != Phase::kNone;
  facts.finding.from_mark = facts.finding.present;
  return facts;
}

// The control of the last place.
void AddToRuns(const CompiledControl& control, ControlTables& tables) {
  const auto index = static_cast<uint32_t>(tables.places.size() - 1);
  const ControlPlace place = tables.places.back();
  std::vector<ControlRun>& runs = tables.runs;
  if (runs.empty() || runs.back().objective != control.objective ||
      runs.back().scale != place.scale || runs.back().special != place.special) {
    runs.push_back({.first = index,
                    .end = index,
                    .objective = control.objective,
                    .scale = place.scale,
                    .special = place.special});
  }
  ++runs.back().end;
}

ScaleTable BuildTable(const CompiledProfile& profile, const CompiledScale& scale, Mode mode,
                      std::optional<ReasonCode> certificate) {
  const auto marks = static_cast<uint8_t>(scale.marks.size());
  ScaleTable table(marks);
  ControlRecord record;
  for (record.theoretical = 0; record.theoretical <= marks; ++record.theoretical) {
    for (record.practical = 0; record.practical <= marks; ++record.practical) {
      for (record.adjustment = -1; record.adjustment <= 1; ++record.adjustment) {
        for (record.flags = 0; record.flags < kOverturnedFlag; ++record.flags) {
          ControlFacts facts = FactsOf(record, mode, profile.rules().phase);
          facts.certificate = certificate;
          table.Set(table.IndexOf(record),
                    ScoreFacts(scale, profile.rules(), profile.derivation(), facts));
        }
      }
    }
  }
  return table;
}

// One for each scale, empty for those not in `wanted`.
std::vector<ScaleTable> BuildTablesOf(const CompiledProfile& profile,
                                      const std::vector<bool>& wanted, Mode mode,
                                      std::optional<ReasonCode> certificate) {
  std::vector<ScaleTable> tables(wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) {
      tables[i] = BuildTable(profile, profile.scales()[i], mode, certificate);
    }
  }
  return tables;
}

}  // namespace

ControlResult ScoreFacts(const CompiledScale& scale, const RuleOptions& rules,
                         Derivation derivation, const ControlFacts& facts) {
  return ControlScorer(scale, rules, derivation, facts).Run();
}

ControlResult ScoreControl(const CompiledProfile& profile, const Record& record, uint32_t control,
                           std::vector<QuestionResult>& questions) {
  return ScoreControlAs(profile, record, control, record.controls[control], questions);
}

// The phase is chosen by what was recorded: overturning a question N/A must not bring back an
// earlier phase's finding.
ControlResult ScoreControlAs(const CompiledProfile& profile, const Record& record, uint32_t control,
                             const ControlRecord& recorded,
                             std::vector<QuestionResult>& questions) {
  const CompiledControl& compiled = profile.controls()[control];
  const PhaseRecord theoretical = TheoreticalOf(profile, record, control);
  const PhaseRecord practical = PracticalOf(profile, record, control);
  const bool overturned = (recorded.flags & kOverturnedFlag) != 0;
  ControlFacts facts;
  facts.mode = record.mode;
  facts.adjustment = int32_t{recorded.adjustment};
  facts.flags = recorded.flags;
  facts.flag_overturned =
      overturned && ((recorded.flags & (kOverriddenFlag | kNotApplicableFlag)) != 0 ||
                     MarksNotApplicable(theoretical, compiled.question_count) ||
                     MarksNotApplicable(practical, compiled.question_count));
  const ChosenFinding chosen = ChooseFinding(profile, control, theoretical, practical);
  facts.phase = chosen.phase;
  const auto first = static_cast<uint32_t>(questions.size());
  if (chosen.phase != Phase::kNone) {
    facts.finding = SummarizeFinding(
        profile, control, chosen.finding,
        overturned ? NotApplicableMarks::kTakenAway : NotApplicableMarks::kStand, &questions);
  }
  if (!compiled.certificate_kinds.empty()) {
    facts.certificate =
        CertificateStanding(record.certificates, compiled.certificate_kinds, record.as_of);
  }
  ControlResult result =
      ScoreFacts(profile.ScaleOf(control), profile.rules(), profile.derivation(), facts);
  result.first_question_result = first;
  result.question_result_count = static_cast<uint32_t>(questions.size()) - first;
  return result;
}

ControlResult ScoreMarks(const CompiledProfile& profile, const Record& record, uint32_t control,
                         const ControlRecord& recorded) {
  const CompiledControl& compiled = profile.controls()[control];
  std::optional<ReasonCode> certificate;
  if (!compiled.certificate_kinds.empty()) {
    certificate =
        CertificateStanding(record.certificates, compiled.certificate_kinds, record.as_of);
    if (certificate == ReasonCode::kAnchorCertificateValid) {
      const ScaleTable& table = profile.tables().certified_of(record.mode)[compiled.scale];
      return table.result(table.IndexOf(recorded));
    }
  }
  ControlFacts facts = FactsOf(recorded, record.mode, profile.rules().phase);
  facts.certificate = certificate;
  return ScoreFacts(profile.ScaleOf(control), profile.rules(), profile.derivation(), facts);
}

ControlTables BuildTables(const CompiledProfile& profile) {
  ControlTables tables;
  std::vector<bool> plain(profile.scales().size());
  std::vector<bool> certified(profile.scales().size());
  for (const CompiledControl& control : profile.controls()) {
    const bool has_certificates = !control.certificate_kinds.empty();
    const bool special = has_certificates || !control.counts;
    tables.places.push_back({.scale = static_cast<uint16_t>(control.scale),
                             .special = special,
                             .has_questions = control.question_count > 0});
    AddToRuns(control, tables);
    if (has_certificates) {
      certified[control.scale] = true;
    } else if (!special) {
      plain[control.scale] = true;
    }
  }
  tables.final = BuildTablesOf(profile, plain, Mode::kFinal, std::nullopt);
  tables.provisional = BuildTablesOf(profile, plain, Mode::kProvisional, std::nullopt);
  constexpr ReasonCode kStands = ReasonCode::kAnchorCertificateValid;
  tables.final_certified = BuildTablesOf(profile, certified, Mode::kFinal, kStands);
  tables.provisional_certified = BuildTablesOf(profile, certified, Mode::kProvisional, kStands);
  return tables;
}

}  // namespace assay::scoring
