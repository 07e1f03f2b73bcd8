#include <map>

#include "common/status/macros.h"
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

absl::Status CheckUniqueIds(const std::vector<Document>& documents) {
  std::map<std::string, const Document*> seen;
  for (const Document& document : documents) {
    if (!seen.emplace(document.name.id, &document).second) {
      return SchemeFileInvalid({document.file, "id"}, Quoted(document.name.id),
                               "no other document of the kind may have the id");
    }
  }
  return absl::OkStatus();
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

}  // namespace

absl::Status ValidateScheme(const SchemeDocuments& documents) {
  for (const auto* list : {&documents.catalogues, &documents.question_sets, &documents.rule_sets}) {
    ASSAY_RETURN_IF_ERROR(CheckUniqueIds(*list));
  }
  CatalogueIndexes indexes;
  for (const Document& document : documents.catalogues) {
    const auto& catalogue = std::get<v1::Catalogue>(document.message);
    ASSAY_ASSIGN_OR_RETURN(indexes[catalogue.name()], ValidateCatalogue(document.file, catalogue));
  }
  for (const Document& document : documents.question_sets) {
    const auto& set = std::get<v1::QuestionSet>(document.message);
    ASSAY_ASSIGN_OR_RETURN(const CatalogueIndex* index,
                           FindCatalogue(document.file, indexes, set.catalogue()));
    ASSAY_RETURN_IF_ERROR(ValidateQuestionSet(document.file, set, *index));
  }
  for (const Document& document : documents.rule_sets) {
    const auto& rules = std::get<v1::RuleSet>(document.message);
    ASSAY_ASSIGN_OR_RETURN(const CatalogueIndex* index,
                           FindCatalogue(document.file, indexes, rules.catalogue()));
    ASSAY_RETURN_IF_ERROR(ValidateRuleSet(document.file, rules, *index));
  }
  return CheckDefaults(documents, indexes);
}

}  // namespace assay::catalogue
