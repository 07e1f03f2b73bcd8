// The forms of texts and ids that every format shares, and how errors show what they found.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_TEXT_FORM_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_TEXT_FORM_H_

#include <string>
#include <string_view>

#include "nlohmann/json.hpp"

namespace assay::catalogue {

// Whether `id` has the form of a member id: 1 to kMaxMemberIdCharacters of A-Z a-z 0-9 . _ -,
// starting with a letter or digit.
bool HasMemberIdForm(std::string_view id);

// What an error says where a member id is required.
std::string MemberIdRequired();

// Whether `text` holds a control character: a byte below 0x20, or 0x7F.
bool HasControlCharacters(std::string_view text);

// `text` as an error shows it: in quotes, escaped to ASCII, cut at 80 bytes. Takes any bytes.
std::string Shown(std::string_view text);

// The name of what a value is or, for a scalar, the value.
std::string ShownValue(const nlohmann::json& value);

// `text` in double quotes as it is: for ids, words and texts of a document that has been parsed.
std::string Quoted(std::string_view text);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_TEXT_FORM_H_
