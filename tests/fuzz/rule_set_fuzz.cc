// Rule sets from arbitrary bytes: whatever the catalogue would publish, scoring can score by.
//
// The first byte chooses the documents beside the rule set, and whether the rest is its file ('A'
// to 'C') or choices of what to change in a sound one ('D' to 'F', edits.h). Properties:
//   - whatever is refused is refused properly (RequireRefusal);
//   - a rule set that is accepted beside its scheme converts and compiles for every profile of it;
//   - both evaluators then agree on records chosen by the input.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "nlohmann/json.hpp"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/testing/model_two.h"
#include "services/scoring/convert_documents.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/proof/agree.h"
#include "tests/fuzz/edits.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/schemes.h"

namespace assay::scoring {
namespace {

using catalogue::DocumentKind;
using catalogue::SchemeDocuments;
using fuzz::Require;

constexpr int kRecords = 3;

// The documents that a rule set is laid beside; rule sets of their own are left out.
const std::vector<SchemeDocuments>& Schemes() {
  static const auto* const kSchemes = new std::vector<SchemeDocuments>{
      fuzz::ModelTwoDocuments(true), fuzz::ModelTwoDocuments(false), fuzz::DccDocuments()};
  return *kSchemes;
}

// What publishing asks for, but for the scheme's own choice of a default rule set: the input may
// call its rule set what it likes.
bool IsPublishable(const SchemeDocuments& documents) {
  bool fits = true;
  for (const catalogue::Misfit& misfit : FindMisfits(documents)) {
    fuzz::RequireRefusal(misfit.status);
    fits = fits && misfit.name.kind == DocumentKind::kScheme;
  }
  return fits;
}

void CheckScores(const SchemeDefinition& definition, std::string_view text) {
  Random random(std::hash<std::string_view>()(text));
  for (const std::string& id : definition.profiles) {
    const CompileResult compiled = Compile(definition, id);
    Require(compiled.profile.has_value(), "what can be published compiles",
            compiled.problems.empty()
                ? id
                : compiled.problems.front().path + ": " + compiled.problems.front().message);
    Pair pair(definition, id);
    for (int i = 0; i < kRecords; ++i) {
      const auto difference = pair.Disagreement(RandomRecord(pair.profile(), random));
      Require(!difference.has_value(), "both evaluators agree", difference.value_or(""));
    }
  }
}

void CheckRuleSet(SchemeDocuments documents, std::string_view text) {
  const auto parsed =
      ParseDocument(documents.scheme.name.scheme, DocumentKind::kRuleSet, "rules.json", text);
  if (!parsed.ok()) {
    fuzz::RequireRefusal(parsed.status());
    return;
  }
  documents.rule_sets = {*parsed};
  if (!IsPublishable(documents)) return;
  namespace wire = ::assay::catalogue::v1;
  const auto& catalogue = std::get<wire::Catalogue>(documents.catalogues.front().message);
  const auto& rules = std::get<wire::RuleSet>(parsed->message);
  std::vector<const wire::QuestionSet*> sets = {nullptr};
  for (const catalogue::Document& set : documents.question_sets) {
    sets.push_back(&std::get<wire::QuestionSet>(set.message));
  }
  for (const wire::QuestionSet* set : sets) {
    const auto definition = ToDefinition(catalogue, set, rules);
    Require(definition.ok(), "what can be published converts", definition.status().ToString());
    CheckScores(*definition, text);
  }
}

// The scheme's own rule set, changed.
std::string EditedRuleSet(const SchemeDocuments& documents, std::string_view bytes) {
  nlohmann::json json = nlohmann::json::parse(documents.rule_sets.front().canonical);
  fuzz::Choices choices(bytes);
  fuzz::EditJson(json, choices);
  return json.dump();
}

}  // namespace
}  // namespace assay::scoring

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > assay::fuzz::kMaxInputBytes) return 0;
  const auto& schemes = assay::scoring::Schemes();
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t choice = static_cast<uint8_t>(data[0] - 'A') % (2 * schemes.size());
  const auto& documents = schemes[choice % schemes.size()];
  if (choice < schemes.size()) {
    assay::scoring::CheckRuleSet(documents, bytes);
  } else {
    assay::scoring::CheckRuleSet(documents, assay::scoring::EditedRuleSet(documents, bytes));
  }
  return 0;
}
