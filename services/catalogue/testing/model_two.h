// A small scheme of model version 2 that uses every key, as a starting point for tests that spoil
// it in one place. Synthetic: it belongs to no standard.

#ifndef ASSAY_SERVICES_CATALOGUE_TESTING_MODEL_TWO_H_
#define ASSAY_SERVICES_CATALOGUE_TESTING_MODEL_TWO_H_

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// Objectives P (anchor: control p1, bound to two kinds of certificate), A (a1, a2) and B (b1, b2);
// profiles low (without a2) and high. The set asks about a1 by indicators.
struct ModelTwoJson {
  nlohmann::json scheme;
  nlohmann::json catalogue;
  nlohmann::json question_set;
  nlohmann::json rule_set;
};

ModelTwoJson MakeModelTwo();

// Parses all four as scheme "two"; the first error otherwise. Files are called "scheme.json",
// "catalogue.json", "questions.json" and "rules.json".
absl::StatusOr<SchemeDocuments> ParseAll(const ModelTwoJson& json);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_TESTING_MODEL_TWO_H_
