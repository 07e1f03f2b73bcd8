#include "services/catalogue/testing/model_two.h"

#include <utility>

#include "common/status/macros.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr char kScheme[] = R"json({
  "model_version": 2, "id": "two", "title": "Two", "owner": "Nobody",
  "default_catalogue": "c", "default_rule_set": "r", "notes": []
})json";

constexpr char kCatalogue[] = R"json({
  "model_version": 2, "id": "c", "title": "C", "sources": ["Synthetic."],
  "objectives": [
    {"id": "P", "title": "Prerequisite"}, {"id": "A", "title": "First"}, {"id": "B", "title": "Second"}
  ],
  "profiles": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}],
  "controls": [
    {"id": "p1", "objective": "P", "profiles": ["low", "high"], "title": "Certificate",
     "certificate_kinds": ["CYBER_ESSENTIALS", "CYBER_BASELINE"]},
    {"id": "a1", "objective": "A", "profiles": ["low", "high"], "title": "One"},
    {"id": "a2", "objective": "A", "profiles": ["high"], "title": "Two"},
    {"id": "b1", "objective": "B", "profiles": ["low", "high"], "title": "Three"},
    {"id": "b2", "objective": "B", "profiles": ["low", "high"], "title": "Four"}
  ]
})json";

constexpr char kQuestionSet[] = R"json({
  "model_version": 2, "id": "q", "title": "Q", "sources": ["Synthetic."], "catalogue": "c",
  "controls": [{"id": "a1", "title": "The first one", "catalogue_title": "One"}],
  "questions": [
    {"id": "a1.1", "control": "a1", "kind": "yes_no", "scored": true, "profiles": ["low", "high"],
     "title": "t", "indicator": "met"},
    {"id": "a1.2", "control": "a1", "kind": "yes_no", "scored": true, "profiles": ["high"],
     "title": "t", "indicator": "partially_met"},
    {"id": "a1.3", "control": "a1", "kind": "yes_no", "scored": true, "profiles": ["high"],
     "title": "t", "indicator": "not_met"}
  ]
})json";

constexpr char kRuleSet[] = R"json({
  "model_version": 2, "id": "r", "title": "R", "sources": ["Synthetic."], "catalogue": "c",
  "use": "certification",
  "scales": [
    {"id": "usual", "marks": [{"id": "yes", "points": 2}, {"id": "partly", "points": 1},
                              {"id": "no", "points": 0}]},
    {"id": "heavy", "marks": [{"id": "full", "points": 5}, {"id": "none", "points": 0}]}
  ],
  "default_scale": "usual",
  "items": [{"control": "b1", "scale": "heavy"}, {"control": "b2", "counts": false}],
  "derivation": "indicators",
  "thresholds": [{"profile": "low", "percent": 50}, {"profile": "high", "percent": 80}],
  "objectives": [
    {"objective": "P", "mandatory": true, "anchor": true},
    {"objective": "A", "mandatory": true, "anchor": false, "threshold_percent": 60,
     "item_shortfall_at_most": 1},
    {"objective": "B", "mandatory": false, "anchor": false}
  ],
  "fail_on_not_met": false,
  "outcomes": [
    {"id": "passed", "kind": "passed", "text": "Passed with {points} of {maximum}",
     "when": {"objectives_pass": true, "percent_at_least": 90, "requirements_met": true,
              "full_marks": ["b1"], "full_objectives": ["P"]}},
    {"id": "conditional", "kind": "conditional", "text": "Score {score}",
     "when": {"objectives_pass": true, "points_at_least": 3, "shortfall_at_most": 5,
              "item_shortfall_at_most": 1,
              "item_shortfall_exceptions": [{"control": "b1", "at_most": 5}]}},
    {"id": "failed", "kind": "failed", "text": "Failed: {objectives}"}
  ],
  "requirements": [
    {"profile": "low", "control": "a1", "mark": "partly"},
    {"profile": "high", "control": "a1", "mark": "yes"},
    {"profile": "high", "control": "b1", "mark": "full"}
  ],
  "score_base": -7,
  "review_reasons": [{"reason": "RATIFICATION", "profiles": ["high"]}],
  "validity": {"certificate_months": 36, "attestation_months": 12},
  "options": {"blank": "incomplete"},
  "result_strings": {"incomplete": "Incomplete", "separator": ", "}
})json";

}  // namespace

ModelTwoJson MakeModelTwo() {
  return {json::parse(kScheme), json::parse(kCatalogue), json::parse(kQuestionSet),
          json::parse(kRuleSet)};
}

absl::StatusOr<SchemeDocuments> ParseAll(const ModelTwoJson& json) {
  SchemeDocuments documents;
  ASSAY_ASSIGN_OR_RETURN(documents.scheme, ParseDocument("two", DocumentKind::kScheme,
                                                         "scheme.json", json.scheme.dump()));
  ASSAY_ASSIGN_OR_RETURN(
      Document catalogue,
      ParseDocument("two", DocumentKind::kCatalogue, "catalogue.json", json.catalogue.dump()));
  documents.catalogues.push_back(std::move(catalogue));
  if (!json.question_set.is_null()) {
    ASSAY_ASSIGN_OR_RETURN(Document set, ParseDocument("two", DocumentKind::kQuestionSet,
                                                       "questions.json", json.question_set.dump()));
    documents.question_sets.push_back(std::move(set));
  }
  ASSAY_ASSIGN_OR_RETURN(Document rules, ParseDocument("two", DocumentKind::kRuleSet, "rules.json",
                                                       json.rule_set.dump()));
  documents.rule_sets.push_back(std::move(rules));
  return documents;
}

}  // namespace assay::catalogue
