// The shipped scheme as a starting point for tests that spoil it in one place.

#ifndef ASSAY_SERVICES_CATALOGUE_TESTING_SHIPPED_H_
#define ASSAY_SERVICES_CATALOGUE_TESTING_SHIPPED_H_

#include <string>

#include "nlohmann/json.hpp"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// The four documents as JSON, to be changed and then parsed.
struct ShippedJson {
  nlohmann::json scheme;
  nlohmann::json catalogue;
  nlohmann::json question_set;
  nlohmann::json rule_set;          // asr-2.1
  nlohmann::json earlier_rule_set;  // asr-pre-2.1

  nlohmann::json& of(DocumentKind kind);
};

// `data_dir` is services/catalogue/data. Ends the process when a file cannot be read.
ShippedJson LoadShipped(const std::string& data_dir);

// Parses all five; the first error otherwise. Nothing is validated across documents.
absl::StatusOr<SchemeDocuments> ParseAll(ShippedJson json);

// Writes all five below `scheme_dir`/dcc, as ReadSchemeDir expects them.
void WriteAll(ShippedJson json, const std::string& scheme_dir);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_TESTING_SHIPPED_H_
