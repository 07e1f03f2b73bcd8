#include "services/catalogue/registry.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "common/time/timestamp.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// What a list shows of a document.
v1::Catalogue Summarise(v1::Catalogue catalogue) {
  catalogue.clear_controls();
  return catalogue;
}
v1::QuestionSet Summarise(v1::QuestionSet set) {
  set.clear_controls();
  set.clear_questions();
  return set;
}
v1::RuleSet Summarise(v1::RuleSet rules) { return rules; }

// Revisions come with rising numbers, so the last one put is the latest.
template <typename Message>
void Put(Shelf<Message>& shelf, const StoredRevision& stored, Message message) {
  message.set_name(absl::StrCat(message.name(), "@", stored.number));
  message.mutable_revision()->set_number(stored.number);
  *message.mutable_revision()->mutable_create_time() = ToTimestamp(stored.create_time);
  ShelvedDocument<Message>& document = shelf[stored.name.id];
  document.summary = Summarise(message);
  document.revisions[stored.number] = std::move(message);
}

void Put(SchemeShelves& shelves, const StoredRevision& stored, DocumentMessage message) {
  switch (stored.name.kind) {
    case DocumentKind::kScheme:
      shelves.scheme = std::get<v1::Scheme>(std::move(message));
      break;
    case DocumentKind::kCatalogue:
      Put(shelves.catalogues, stored, std::get<v1::Catalogue>(std::move(message)));
      break;
    case DocumentKind::kQuestionSet:
      Put(shelves.question_sets, stored, std::get<v1::QuestionSet>(std::move(message)));
      break;
    case DocumentKind::kRuleSet:
      Put(shelves.rule_sets, stored, std::get<v1::RuleSet>(std::move(message)));
      break;
  }
}

}  // namespace

absl::StatusOr<Registry> Registry::Build(const std::vector<StoredRevision>& revisions) {
  Registry registry;
  for (const StoredRevision& stored : revisions) {
    const std::string name = absl::StrCat(ResourceName(stored.name), "@", stored.number);
    absl::StatusOr<Document> document =
        ParseDocument(stored.name.scheme, stored.name.kind, name, stored.canonical);
    if (!document.ok()) {
      return StoredDocumentCorrupt(name, FromAbsl(document.status().message()));
    }
    if (document->name != stored.name) {
      return StoredDocumentCorrupt(name, "the content calls itself otherwise");
    }
    Put(registry.schemes_[stored.name.scheme], stored, std::move(document->message));
  }
  return registry;
}

}  // namespace assay::catalogue
