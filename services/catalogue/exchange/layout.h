// How a person reads a document: the order of its keys, and what stands on one line.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_LAYOUT_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_LAYOUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"

namespace assay::catalogue {

// The keys of an object in the order in which FORMAT.md describes them; keys this build does not
// know follow in byte order.
std::vector<std::string> KeysInReadingOrder(const nlohmann::json& object);

// Whether FORMAT.md gives `key` a text or a list of texts. False for keys it does not know.
bool HoldsText(std::string_view key);

// Whether a list entry stands on one line: a scalar, or an object without lists of objects.
bool FitsOnOneLine(const nlohmann::json& entry);

// JSON as the shipped files are written: two spaces a level, an entry of a list on one line.
std::string WriteJson(const nlohmann::json& document);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_LAYOUT_H_
