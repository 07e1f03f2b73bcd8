// One profile of a scheme, checked and flattened for scoring.
//
// Controls of an objective stand side by side, so do the questions of a control; everything is
// addressed by its index here, which is also its index in an Evaluation.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_PROFILE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_PROFILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/engine/control_tables.h"
#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/definition_problems.h"

namespace assay::scoring {

// Compile() refuses a definition beyond these. They are what the catalogue publishes at most
// (services/catalogue/limits.h), so that a document it accepted is never refused here and nothing
// larger is ever compiled. They keep every sum of points far inside int32_t, every count inside
// twelve bits (tally.h), the work of one evaluation and the memory of a profile small.
inline constexpr size_t kMaxObjectives = 64;
inline constexpr size_t kMaxControls = 2'000;
inline constexpr size_t kMaxQuestions = 10'000;
inline constexpr size_t kMaxQuestionsPerControl = 100;
inline constexpr size_t kMaxGateAnswers = 64;
inline constexpr size_t kMinMarks = 2;
inline constexpr size_t kMaxMarks = 16;
inline constexpr size_t kMaxScales = 16;
inline constexpr size_t kMaxOutcomes = 16;
inline constexpr int32_t kMaxPoints = 1'000;
// Of a scale whose items have question outcomes.
inline constexpr size_t kMaxMarksOfQuestions = 3;

inline constexpr int32_t kNoGate = -1;
inline constexpr int32_t kNoLimit = INT32_MAX;

struct CompiledQuestion {
  std::string id;
  uint32_t control = 0;
  bool gate = false;
  bool scored = true;
  Indicator indicator = Indicator::kNone;
  int32_t asked_when_gate = kNoGate;  // Index of the gate question, or kNoGate: always asked.
  uint64_t asked_when_answers = 0;    // Bit k: answer k of the gate opens it.
  std::vector<std::string> answers;   // Of a gate.
};

struct CompiledScale {
  std::string id;
  std::vector<Mark> marks;  // Best first.
  int32_t maximum() const { return marks.front().points; }
  int32_t minimum() const { return marks.back().points; }
};

struct CompiledControl {
  std::string id;
  std::string title;
  uint32_t objective = 0;
  uint32_t first_question = 0;
  uint32_t question_count = 0;
  uint32_t scale = 0;
  bool counts = true;
  std::vector<std::string> certificate_kinds;  // Empty: rests on no certificate.
};

struct CompiledObjective {
  std::string id;
  std::string title;
  uint32_t first_control = 0;
  uint32_t control_count = 0;
  uint32_t counting_count = 0;  // Of these; 0: not assessed at this profile.
  bool mandatory = true;
  bool anchor = false;
  int32_t threshold_percent = 0;
  int32_t item_shortfall_at_most = kNoLimit;
};

// An outcome with its conditions on single controls turned into the least points each may have.
struct CompiledOutcome {
  std::string id;
  OutcomeKind kind = OutcomeKind::kFailed;
  std::string text;
  bool objectives_pass = false;
  int32_t percent_at_least = 0;
  int32_t points_at_least = 0;
  int32_t shortfall_at_most = kNoLimit;
  // By control; empty when there is no such condition. A control that is N/A is passed over.
  std::vector<int32_t> least_points;
};

enum class Membership : uint8_t { kUnknown, kOutOfScope, kInScope };

struct Lookup {
  Membership membership = Membership::kUnknown;
  uint32_t index = 0;  // Of the control or question; only when kInScope.
};

// Immutable once compiled, so safe to share between threads. Copyable and movable.
class CompiledProfile {
 public:
  const std::string& id() const { return id_; }
  const RuleOptions& rules() const { return rules_; }
  const ResultTexts& texts() const { return texts_; }
  // The profile's; an objective may have its own.
  int32_t threshold_percent() const { return threshold_percent_; }
  uint32_t model_version() const { return model_version_; }
  Derivation derivation() const { return derivation_; }
  // Points, or base less shortfall.
  std::optional<int32_t> score_base() const { return score_base_; }
  // Positions in the rule set's list of the rules that send every assessment at this profile to
  // review.
  const std::vector<uint32_t>& ratification() const { return ratification_; }

  const std::vector<CompiledObjective>& objectives() const { return objectives_; }
  const std::vector<CompiledControl>& controls() const { return controls_; }
  const std::vector<CompiledQuestion>& questions() const { return questions_; }
  const std::vector<CompiledScale>& scales() const { return scales_; }
  // Best first; the last has no conditions.
  const std::vector<CompiledOutcome>& outcomes() const { return outcomes_; }
  const CompiledScale& ScaleOf(uint32_t control) const { return scales_[controls_[control].scale]; }
  // Whether any outcome or objective limits single controls.
  bool has_item_limits() const { return has_item_limits_; }
  // What each control record without questions or certificates comes to, worked out once.
  const ControlTables& tables() const { return tables_; }

  // O(log n).
  Lookup FindControl(std::string_view id) const { return Find(control_index_, id); }
  Lookup FindQuestion(std::string_view id) const { return Find(question_index_, id); }

  // Kinds of certificate that controls of the scheme rest on, at any profile; sorted, each once.
  const std::vector<std::string>& certificate_kinds() const { return certificate_kinds_; }

 private:
  friend class ProfileCompiler;

  // Every id of the scheme, in and out of scope, sorted.
  struct IndexEntry {
    std::string id;
    Lookup lookup;
  };
  static Lookup Find(const std::vector<IndexEntry>& index, std::string_view id);

  std::string id_;
  RuleOptions rules_;
  ResultTexts texts_;
  int32_t threshold_percent_ = 0;
  uint32_t model_version_ = 2;
  Derivation derivation_ = Derivation::kAllMeet;
  std::optional<int32_t> score_base_;
  std::vector<uint32_t> ratification_;
  bool has_item_limits_ = false;
  std::vector<CompiledObjective> objectives_;
  std::vector<CompiledControl> controls_;
  std::vector<CompiledQuestion> questions_;
  std::vector<CompiledScale> scales_;
  std::vector<CompiledOutcome> outcomes_;
  ControlTables tables_;
  std::vector<IndexEntry> control_index_;
  std::vector<IndexEntry> question_index_;
  std::vector<std::string> certificate_kinds_;
};

// Exactly one of the two is set: a profile, or at least one problem.
struct CompileResult {
  std::optional<CompiledProfile> profile;
  std::vector<DefinitionProblem> problems;
};

// Checks the whole definition and flattens what `profile` assesses. Problems come in the order of
// the definition.
CompileResult Compile(const SchemeDefinition& definition, std::string_view profile);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_PROFILE_H_
