#include "services/scoring/engine/model_one.h"

namespace assay::scoring {

void UseModelOne(const ModelOneTexts& texts, const ModelOnePoints& points,
                 RuleSetDefinition& rules) {
  rules.model_version = 1;
  rules.scales = {{"status",
                   {{"met", points.met},
                    {"partially_met", points.partially_met},
                    {"not_met", points.not_met}}}};
  rules.default_scale = "status";
  rules.derivation = Derivation::kAllMeet;
  rules.outcomes = {{"passed", OutcomeKind::kPassed, texts.pass, {.objectives_pass = true}},
                    {"failed", OutcomeKind::kFailed, texts.fail}};
  rules.texts = {texts.incomplete, texts.separator};
}

}  // namespace assay::scoring
