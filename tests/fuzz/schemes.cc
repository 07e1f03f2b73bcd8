#include "tests/fuzz/schemes.h"

#include <string>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"

#include "services/catalogue/domain/validate.h"
#include "services/catalogue/testing/model_two.h"
#include "services/scoring/convert_documents.h"
#include "tests/fuzz/harness.h"

namespace assay::fuzz {
namespace {

using catalogue::Document;
using catalogue::DocumentKind;
using catalogue::SchemeDocuments;

template <typename T>
T Must(absl::StatusOr<T> value) {
  Require(value.ok(), "a document of the repository is accepted", value.status().ToString());
  return *std::move(value);
}

Document DccDocument(DocumentKind kind, const std::string& path) {
  return Must(ParseDocument("dcc", kind, path, RepositoryFile(path)));
}

SchemeDocuments Checked(SchemeDocuments documents) {
  const absl::Status status = ValidateScheme(documents);
  Require(status.ok(), "a scheme of the repository is accepted", status.ToString());
  return documents;
}

SchemeDocuments DccWith(const std::string& question_set) {
  const std::string folder = "services/catalogue/data/dcc/";
  SchemeDocuments documents;
  documents.scheme = DccDocument(DocumentKind::kScheme, folder + "scheme.json");
  documents.catalogues = {
      DccDocument(DocumentKind::kCatalogue, folder + "catalogues/def-stan-05-138-i4.json")};
  documents.question_sets = {DccDocument(DocumentKind::kQuestionSet, question_set)};
  documents.rule_sets = {DccDocument(DocumentKind::kRuleSet, folder + "rule-sets/asr-2.1.json")};
  return Checked(std::move(documents));
}

}  // namespace

SchemeDocuments ModelTwoDocuments(bool with_questions) {
  catalogue::ModelTwoJson json = catalogue::MakeModelTwo();
  if (!with_questions) json.question_set = nullptr;
  return Checked(Must(ParseAll(json)));
}

SchemeDocuments DccDocuments() {
  return DccWith("services/catalogue/data/dcc/question-sets/level-0.json");
}

SchemeDocuments DccWithLevelOneQuestions() {
  return DccWith("tests/data/synthetic-l1-question-set.json");
}

scoring::SchemeDefinition DefinitionOf(const SchemeDocuments& documents) {
  namespace wire = ::assay::catalogue::v1;
  const wire::QuestionSet* set = nullptr;
  if (!documents.question_sets.empty()) {
    set = &std::get<wire::QuestionSet>(documents.question_sets.front().message);
  }
  return Must(scoring::ToDefinition(std::get<wire::Catalogue>(documents.catalogues.front().message),
                                    set,
                                    std::get<wire::RuleSet>(documents.rule_sets.front().message)));
}

}  // namespace assay::fuzz
