// The parts of a rule set that its model versions share, and those of version 2. Internal to the
// domain: others use ParseDocument.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_RULES_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_RULES_H_

#include <string>
#include <string_view>

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/catalogue/domain/object_reader.h"

namespace assay::catalogue {

// Whether every option must be named (model version 1) or has a default (model version 2).
enum class OptionKeys { kRequired, kDefaulted };

// Fills in every option of `rules`, named or not.
void ReadOptions(ObjectReader reader, OptionKeys keys, v1::RuleSet& rules);

// A result string without placeholders: braces are refused.
std::string ReadPlainText(ObjectReader& reader, std::string_view key);

void ReadThresholds(ObjectReader& reader, v1::RuleSet& rules);

// The keys that an entry of `objectives` has in every model version; the caller finishes it.
void ReadObjectiveRule(ObjectReader& entry, v1::ObjectiveRule& rule);

// Everything of model version 2 behind `use`.
void ReadModel2(ObjectReader& reader, v1::RuleSet& rules);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_RULES_H_
