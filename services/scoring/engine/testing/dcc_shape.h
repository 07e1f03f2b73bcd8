// For tests: the Defence Cyber Certification scheme in the engine's terms, with its real shape
// (148 controls, their objectives and level sets), and inputs to start from.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TESTING_DCC_SHAPE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TESTING_DCC_SHAPE_H_

#include <string>
#include <string_view>

#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

RuleSetDefinition AsrV21();
RuleSetDefinition AsrPreV21();

// No questions; tests add their own. Titles are placeholders.
SchemeDefinition DccScheme(RuleSetDefinition rules = AsrV21());

// Throws when the definition has problems.
CompiledProfile MustCompile(const SchemeDefinition& scheme, std::string_view profile);

// 2026-06-01, the date of every sample input.
inline constexpr EpochDay kAsOf = 20605;

// Issued a month before kAsOf, covers.
Certificate ValidCertificate(std::string kind);

// FINAL at kAsOf with both certificates valid and every control of the profile directly Met in the
// theoretical phase.
AssessmentInput AllMet(const CompiledProfile& profile);

// The input of a control; adds a blank one when there is none.
ControlInput& InputOf(AssessmentInput& input, std::string_view control);
// The input of the index-th control of an objective at the profile.
ControlInput& InputAt(AssessmentInput& input, const CompiledProfile& profile,
                      std::string_view objective, uint32_t index);

const ControlResult& ResultOf(const Evaluation& evaluation, const CompiledProfile& profile,
                              std::string_view control);
const ObjectiveResult& ObjectiveOf(const Evaluation& evaluation, const CompiledProfile& profile,
                                   std::string_view objective);

// Each with the text it requires.
void MarkNotApplicable(ControlInput& control);
void MarkOverridden(ControlInput& control);
void Adjust(ControlInput& control, int32_t points);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TESTING_DCC_SHAPE_H_
