// What the catalogue serves: every revision of every document and every alias, in memory.

#ifndef ASSAY_SERVICES_CATALOGUE_REGISTRY_H_
#define ASSAY_SERVICES_CATALOGUE_REGISTRY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "common/time/timestamp.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/storage/layout.h"

namespace assay::catalogue {

// The entries of one alias by number, never empty.
using AliasHistory = std::map<uint32_t, StoredAliasEntry>;

// The entry that holds on a day: of those whose day has come the one with the latest, of two for
// one day the one added later. Null when all lie in the future.
const StoredAliasEntry* EntryInForce(const AliasHistory& history, EpochDays day);

// Aliases of a document, by id.
using Aliases = std::map<std::string, AliasHistory, std::less<>>;

// One document: its revisions by number (never empty), its latest as lists show it, its aliases.
template <typename Message>
struct ShelvedDocument {
  std::map<uint32_t, std::shared_ptr<const Message>> revisions;
  std::shared_ptr<const Message> summary;
  Aliases aliases;

  const Message& latest() const { return *revisions.rbegin()->second; }
};

// Documents of one kind, by id.
template <typename Message>
using Shelf = std::map<std::string, ShelvedDocument<Message>, std::less<>>;

struct SchemeShelves {
  uint32_t scheme_revision = 0;
  v1::Scheme scheme;  // The latest; schemes have no revisions in the API.
  Shelf<v1::Catalogue> catalogues;
  Shelf<v1::QuestionSet> question_sets;
  Shelf<v1::RuleSet> rule_sets;
};

// Immutable, hence thread-safe. Copies share the documents.
class Registry {
 public:
  // Names are stamped with revision numbers. DATA_LOSS STORED_DOCUMENT_CORRUPT when a stored
  // revision does not parse, or an alias is of a document that does not exist.
  static absl::StatusOr<Registry> Build(const std::vector<StoredRevision>& revisions,
                                        const std::vector<StoredAliasEntry>& aliases);

  // This registry and more. What it has already stays as it is; the order of additions does not
  // matter.
  absl::StatusOr<Registry> With(const std::vector<StoredRevision>& revisions,
                                const std::vector<StoredAliasEntry>& aliases) const;

  // By scheme id.
  const std::map<std::string, SchemeShelves, std::less<>>& schemes() const { return schemes_; }

 private:
  std::map<std::string, SchemeShelves, std::less<>> schemes_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_REGISTRY_H_
