#include <map>
#include <set>
#include <utility>
#include <vector>

#include "common/status/macros.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// By resource name, as documents refer to catalogues.
using CatalogueIndexes = std::map<std::string, CatalogueIndex>;

absl::StatusOr<const CatalogueIndex*> FindCatalogue(std::string_view file,
                                                    const CatalogueIndexes& indexes,
                                                    const std::string& name) {
  const auto found = indexes.find(name);
  if (found == indexes.end()) {
    return SchemeFileInvalid({file, "catalogue"}, Quoted(name),
                             "the id of a catalogue of the same scheme is required");
  }
  return &found->second;
}

absl::Status CheckDefaults(const SchemeDocuments& documents, const CatalogueIndexes& indexes) {
  const auto& scheme = std::get<v1::Scheme>(documents.scheme.message);
  if (!indexes.contains(scheme.default_catalogue())) {
    return SchemeFileInvalid({documents.scheme.file, "default_catalogue"},
                             Quoted(scheme.default_catalogue()),
                             "the id of a catalogue of the scheme is required");
  }
  for (const Document& document : documents.rule_sets) {
    const auto& rules = std::get<v1::RuleSet>(document.message);
    if (rules.name() == scheme.default_rule_set() &&
        rules.catalogue() == scheme.default_catalogue()) {
      return absl::OkStatus();
    }
  }
  return SchemeFileInvalid({documents.scheme.file, "default_rule_set"},
                           Quoted(scheme.default_rule_set()),
                           "the id of a rule set of the scheme, for the default catalogue, is "
                           "required");
}

// Collects the first problem of each document.
class SchemeCheck {
 public:
  explicit SchemeCheck(const SchemeDocuments& documents) : documents_(documents) {}

  std::vector<Misfit> Run() {
    for (const auto* list :
         {&documents_.catalogues, &documents_.question_sets, &documents_.rule_sets}) {
      CheckUniqueIds(*list);
    }
    // With ids that stand twice, nothing else would be sure to speak of the right document.
    if (!misfits_.empty()) return std::move(misfits_);
    CheckCatalogues();
    for (const Document& document : documents_.question_sets) Note(document, CheckSet(document));
    for (const Document& document : documents_.rule_sets) Note(document, CheckRules(document));
    for (const Document& document : documents_.question_sets) Note(document, CheckJoins(document));
    if (broken_.empty()) Note(documents_.scheme, CheckDefaults(documents_, indexes_));
    return std::move(misfits_);
  }

 private:
  void Note(const Document& document, absl::Status status) {
    if (status.ok()) return;
    for (const Misfit& known : misfits_) {
      if (known.name == document.name) return;
    }
    misfits_.push_back({document.name, std::move(status)});
  }

  void CheckUniqueIds(const std::vector<Document>& documents) {
    std::set<std::string> seen;
    for (const Document& document : documents) {
      if (seen.insert(document.name.id).second) continue;
      Note(document, SchemeFileInvalid({document.file, "id"}, Quoted(document.name.id),
                                       "no other document of the kind may have the id"));
    }
  }

  void CheckCatalogues() {
    for (const Document& document : documents_.catalogues) {
      const auto& catalogue = std::get<v1::Catalogue>(document.message);
      absl::StatusOr<CatalogueIndex> index = ValidateCatalogue(document.file, catalogue);
      if (index.ok()) {
        indexes_[catalogue.name()] = *std::move(index);
      } else {
        broken_.insert(catalogue.name());
        Note(document, index.status());
      }
    }
  }

  absl::Status CheckSet(const Document& document) const {
    const auto& set = std::get<v1::QuestionSet>(document.message);
    if (broken_.contains(set.catalogue())) return absl::OkStatus();
    ASSAY_ASSIGN_OR_RETURN(const CatalogueIndex* index,
                           FindCatalogue(document.file, indexes_, set.catalogue()));
    return ValidateQuestionSet(document.file, set, *index);
  }

  absl::Status CheckRules(const Document& document) const {
    const auto& rules = std::get<v1::RuleSet>(document.message);
    if (broken_.contains(rules.catalogue())) return absl::OkStatus();
    ASSAY_ASSIGN_OR_RETURN(const CatalogueIndex* index,
                           FindCatalogue(document.file, indexes_, rules.catalogue()));
    return ValidateRuleSet(document.file, rules, *index);
  }

  // Whoever assesses picks any rule set and any question set of a catalogue: all pairs must fit.
  absl::Status CheckJoins(const Document& document) const {
    const auto& set = std::get<v1::QuestionSet>(document.message);
    if (broken_.contains(set.catalogue())) return absl::OkStatus();
    for (const Document& other : documents_.rule_sets) {
      const auto& rules = std::get<v1::RuleSet>(other.message);
      if (rules.catalogue() != set.catalogue()) continue;
      ASSAY_RETURN_IF_ERROR(ValidateJoin(document.file, set, rules));
    }
    return absl::OkStatus();
  }

  const SchemeDocuments& documents_;
  CatalogueIndexes indexes_;
  std::set<std::string> broken_;  // Names of catalogues that are misfits.
  std::vector<Misfit> misfits_;
};

}  // namespace

std::vector<Misfit> FindMisfits(const SchemeDocuments& documents) {
  return SchemeCheck(documents).Run();
}

absl::Status ValidateScheme(const SchemeDocuments& documents) {
  const std::vector<Misfit> misfits = FindMisfits(documents);
  return misfits.empty() ? absl::OkStatus() : misfits.front().status;
}

}  // namespace assay::catalogue
