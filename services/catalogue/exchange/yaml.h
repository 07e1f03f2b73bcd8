// YAML with the keys of the JSON; the subset that means one thing to everybody.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_YAML_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_YAML_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace assay::catalogue {

// One document, at most kMaxFileBytes long and kMaxJsonDepth deep. Unquoted `true` and `false` are
// booleans, unquoted whole numbers of 64 bits without leading zero are numbers, everything else is
// text; so `yes`, `on`, `0001`, `1.5` and `2024-05-14` are texts. Refused: a number or boolean
// where the model has a text, anchors, aliases, tags, keys given twice, keys that are not text,
// empty values and null. SCHEME_FILE_INVALID with "line L, column C".
absl::StatusOr<nlohmann::json> ReadYaml(std::string_view file, std::string_view content);

// A text that ReadYaml and YAML 1.1 and 1.2 readers read alike: whatever one of them could take for
// something else is quoted. `document` is what ParseStrictJson gives, without null.
std::string WriteYaml(const nlohmann::json& document);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_YAML_H_
