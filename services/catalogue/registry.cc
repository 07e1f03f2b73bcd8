#include "services/catalogue/registry.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/time/timestamp.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/stored_documents.h"

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

template <typename Message>
void Put(Shelf<Message>& shelf, const StoredRevision& stored, Message message) {
  message.set_name(absl::StrCat(message.name(), "@", stored.number));
  message.mutable_revision()->set_number(stored.number);
  *message.mutable_revision()->mutable_create_time() = ToTimestamp(stored.create_time);
  ShelvedDocument<Message>& document = shelf[stored.name.id];
  document.revisions.emplace(stored.number, std::make_shared<const Message>(std::move(message)));
  document.summary = std::make_shared<const Message>(Summarise(document.latest()));
}

void Put(SchemeShelves& shelves, const StoredRevision& stored, DocumentMessage message) {
  switch (stored.name.kind) {
    case DocumentKind::kScheme:
      if (stored.number < shelves.scheme_revision) return;
      shelves.scheme_revision = stored.number;
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

// The aliases of a document; null when there is no such document.
template <typename Message>
Aliases* FindAliases(Shelf<Message>& shelf, const std::string& id) {
  const auto found = shelf.find(id);
  return found == shelf.end() ? nullptr : &found->second.aliases;
}

Aliases* FindAliases(SchemeShelves& shelves, const DocumentName& name) {
  switch (name.kind) {
    case DocumentKind::kScheme:
      return nullptr;
    case DocumentKind::kCatalogue:
      return FindAliases(shelves.catalogues, name.id);
    case DocumentKind::kQuestionSet:
      return FindAliases(shelves.question_sets, name.id);
    case DocumentKind::kRuleSet:
      return FindAliases(shelves.rule_sets, name.id);
  }
  return nullptr;
}

}  // namespace

const StoredAliasEntry* EntryInForce(const AliasHistory& history, EpochDays day) {
  const StoredAliasEntry* in_force = nullptr;
  for (const auto& [number, entry] : history) {
    if (entry.effective_from > day) continue;
    if (in_force == nullptr || entry.effective_from >= in_force->effective_from) in_force = &entry;
  }
  return in_force;
}

absl::StatusOr<Registry> Registry::Build(const std::vector<StoredRevision>& revisions,
                                         const std::vector<StoredAliasEntry>& aliases) {
  return Registry().With(revisions, aliases);
}

absl::StatusOr<Registry> Registry::With(const std::vector<StoredRevision>& revisions,
                                        const std::vector<StoredAliasEntry>& aliases) const {
  Registry registry = *this;
  for (const StoredRevision& stored : revisions) {
    ASSAY_ASSIGN_OR_RETURN(Document document, ParseStored(stored));
    Put(registry.schemes_[stored.name.scheme], stored, std::move(document.message));
  }
  for (const StoredAliasEntry& entry : aliases) {
    Aliases* known = FindAliases(registry.schemes_[entry.document.scheme], entry.document);
    if (known == nullptr) {
      return StoredDocumentCorrupt(ResourceName(entry.document), "has an alias and no revision");
    }
    (*known)[entry.alias].emplace(entry.number, entry);
  }
  return registry;
}

}  // namespace assay::catalogue
