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

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// Compile() refuses a definition beyond these. They keep every sum of points far inside int32_t
// and the work of one evaluation small.
inline constexpr size_t kMaxObjectives = 256;
inline constexpr size_t kMaxControls = 10'000;
inline constexpr size_t kMaxQuestions = 50'000;
inline constexpr size_t kMaxQuestionsPerControl = 100;

inline constexpr int32_t kNoGate = -1;

struct CompiledQuestion {
  std::string id;
  uint32_t control = 0;
  bool gate = false;
  bool scored = true;
  int32_t asked_when_gate = kNoGate;  // Index of the gate question, or kNoGate: always asked.
  std::vector<std::string> asked_when_answers;
  std::vector<std::string> answers;  // Of a gate; empty: any answer is taken.
};

struct CompiledControl {
  std::string id;
  std::string title;
  uint32_t objective = 0;
  uint32_t first_question = 0;
  uint32_t question_count = 0;
  std::string certificate_kind;  // Empty: rests on no certificate.
};

struct CompiledObjective {
  std::string id;
  std::string title;
  uint32_t first_control = 0;
  uint32_t control_count = 0;  // 0: not assessed at this profile.
  bool mandatory = true;
  bool anchor = false;
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
  const PointValues& points() const { return points_; }
  const ResultTexts& texts() const { return texts_; }
  int32_t threshold_percent() const { return threshold_percent_; }

  const std::vector<CompiledObjective>& objectives() const { return objectives_; }
  const std::vector<CompiledControl>& controls() const { return controls_; }
  const std::vector<CompiledQuestion>& questions() const { return questions_; }

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
  PointValues points_;
  ResultTexts texts_;
  int32_t threshold_percent_ = 0;
  std::vector<CompiledObjective> objectives_;
  std::vector<CompiledControl> controls_;
  std::vector<CompiledQuestion> questions_;
  std::vector<IndexEntry> control_index_;
  std::vector<IndexEntry> question_index_;
  std::vector<std::string> certificate_kinds_;
};

// What is wrong with a definition: where ("questions[12].asked_when.gate") and what.
struct DefinitionProblem {
  std::string path;
  std::string message;

  friend bool operator==(const DefinitionProblem&, const DefinitionProblem&) = default;
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
