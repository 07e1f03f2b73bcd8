// What the catalogue serves: every revision of every document, parsed once, in memory.

#ifndef ASSAY_SERVICES_CATALOGUE_REGISTRY_H_
#define ASSAY_SERVICES_CATALOGUE_REGISTRY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/storage/layout.h"

namespace assay::catalogue {

// One document: its revisions by number (never empty), and its latest as lists show it.
template <typename Message>
struct ShelvedDocument {
  std::map<uint32_t, Message> revisions;
  Message summary;

  const Message& latest() const { return revisions.rbegin()->second; }
};

// Documents of one kind, by id.
template <typename Message>
using Shelf = std::map<std::string, ShelvedDocument<Message>, std::less<>>;

struct SchemeShelves {
  v1::Scheme scheme;  // The latest; schemes have no revisions in the API.
  Shelf<v1::Catalogue> catalogues;
  Shelf<v1::QuestionSet> question_sets;
  Shelf<v1::RuleSet> rule_sets;
};

// Immutable, hence thread-safe.
class Registry {
 public:
  // Names are stamped with revision numbers. DATA_LOSS STORED_DOCUMENT_CORRUPT when a stored
  // revision does not parse.
  static absl::StatusOr<Registry> Build(const std::vector<StoredRevision>& revisions);

  // By scheme id.
  const std::map<std::string, SchemeShelves, std::less<>>& schemes() const { return schemes_; }

 private:
  std::map<std::string, SchemeShelves, std::less<>> schemes_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_REGISTRY_H_
