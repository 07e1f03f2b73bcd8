// JSON as scheme files may use it, and its canonical form.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_STRICT_JSON_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_STRICT_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace assay::catalogue {

// RFC 8259 in UTF-8, and stricter: at most kMaxFileBytes, at most kMaxJsonDepth objects and arrays
// inside one another, no key twice in one object, no fraction or exponent, no whole number outside
// 64 bits. INVALID_ARGUMENT SCHEME_FILE_INVALID otherwise, naming the first offending place.
absl::StatusOr<nlohmann::json> ParseStrictJson(std::string_view file, std::string_view text);

// One sequence of bytes for one content: keys sorted by their bytes, no whitespace, whole numbers
// in decimal, UTF-8 unescaped except `"`, `\` and the control characters U+0000 to U+001F (as \b
// \t \n \f \r where they exist, else \u00xx in lower case). Never longer than the text it was
// parsed from. `json` must come from ParseStrictJson.
std::string CanonicalJson(const nlohmann::json& json);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_STRICT_JSON_H_
