#include "services/scoring/basis_resolver.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/scoring/convert_documents.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/errors.h"

namespace assay::scoring {
namespace {

// Line feeds occur in no valid name or profile.
std::string NamesKey(const v1::ScoringBasis& basis) {
  return absl::StrCat(basis.catalogue(), "\n", basis.rule_set(), "\n", basis.question_set(), "\n",
                      basis.profile());
}

std::string CompiledKey(const v1::Pins& pins, std::string_view profile) {
  return absl::StrCat(pins.catalogue(), "\n", pins.catalogue_digest(), "\n", pins.rule_set(), "\n",
                      pins.rule_set_digest(), "\n", pins.question_set(), "\n",
                      pins.question_set_digest(), "\n", ToAbsl(profile));
}

// Whether the name is pinned: by a revision number, since an alias may name another revision
// tomorrow. `pattern` is "schemes/*/catalogues/*".
absl::StatusOr<bool> CheckName(std::string_view field, std::string_view pattern,
                               const std::string& name) {
  if (name.empty()) {
    return NameMissing(field, pattern);
  }
  if (CountCharacters(name) > kMaxDocumentNameCharacters) {
    return TextTooLong(field, kMaxDocumentNameCharacters);
  }
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName revisioned, SplitRevision(field, name));
  ASSAY_RETURN_IF_ERROR(ParseName(field, pattern, revisioned.name).status());
  return revisioned.revision != 0;
}

// Whether all names are pinned.
absl::StatusOr<bool> CheckBasis(const v1::ScoringBasis& basis) {
  ASSAY_ASSIGN_OR_RETURN(const bool catalogue,
                         CheckName("basis.catalogue", "schemes/*/catalogues/*", basis.catalogue()));
  ASSAY_ASSIGN_OR_RETURN(const bool rule_set,
                         CheckName("basis.rule_set", "schemes/*/ruleSets/*", basis.rule_set()));
  bool question_set = true;
  if (!basis.question_set().empty()) {
    ASSAY_ASSIGN_OR_RETURN(question_set, CheckName("basis.question_set", "schemes/*/questionSets/*",
                                                   basis.question_set()));
  }
  if (CountCharacters(basis.profile()) > kMaxInputIdCharacters) {
    return TextTooLong("basis.profile", kMaxInputIdCharacters);
  }
  return catalogue && rule_set && question_set;
}

// The raw digest of a document that the catalogue sent, whose name must carry its revision.
template <typename Document>
absl::StatusOr<std::string> DigestOf(const Document& document) {
  const std::optional<std::string> digest = FromHex(document.revision().digest());
  if (!digest.has_value() || digest->size() != kSha256Bytes) {
    return CatalogueAnswerInvalid(document.name(), "has no SHA-256 digest");
  }
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName name, SplitRevision("name", document.name()));
  if (name.revision == 0) {
    return CatalogueAnswerInvalid(document.name(), "does not name its revision");
  }
  return *digest;
}

template <typename Document>
absl::Status Pin(const Document& document, std::string& pin, std::string& pin_digest,
                 std::string& raw_digest) {
  ASSAY_ASSIGN_OR_RETURN(raw_digest, DigestOf(document));
  pin = document.name();
  pin_digest = document.revision().digest();
  return absl::OkStatus();
}

absl::Status CheckProfile(const catalogue::v1::Catalogue& catalogue, std::string_view profile) {
  std::vector<std::string> known;
  for (const auto& candidate : catalogue.profiles()) {
    if (candidate.id() == profile) {
      return absl::OkStatus();
    }
    known.push_back(candidate.id());
  }
  return ProfileUnknown(catalogue.name(), profile, known);
}

struct Documents {
  catalogue::v1::Catalogue catalogue;
  catalogue::v1::RuleSet rule_set;
  std::optional<catalogue::v1::QuestionSet> question_set;

  const catalogue::v1::QuestionSet* questions() const {
    return question_set.has_value() ? &*question_set : nullptr;
  }
};

absl::StatusOr<Documents> FetchDocuments(CatalogueClient& client, const rpc::CallContext& call,
                                         const v1::ScoringBasis& basis) {
  Documents documents;
  ASSAY_ASSIGN_OR_RETURN(documents.catalogue, client.GetCatalogue(call, basis.catalogue()));
  ASSAY_ASSIGN_OR_RETURN(documents.rule_set, client.GetRuleSet(call, basis.rule_set()));
  if (!basis.question_set().empty()) {
    ASSAY_ASSIGN_OR_RETURN(documents.question_set,
                           client.GetQuestionSet(call, basis.question_set()));
  }
  return documents;
}

// Pins and digests; the profile is compiled later, if need be.
absl::StatusOr<PinnedDocuments> PinDocuments(const Documents& documents) {
  PinnedDocuments pinned;
  v1::Pins& pins = pinned.pins;
  DocumentDigests& digests = pinned.digests;
  ASSAY_RETURN_IF_ERROR(Pin(documents.catalogue, *pins.mutable_catalogue(),
                            *pins.mutable_catalogue_digest(), digests.catalogue));
  ASSAY_RETURN_IF_ERROR(Pin(documents.rule_set, *pins.mutable_rule_set(),
                            *pins.mutable_rule_set_digest(), digests.rule_set));
  if (documents.question_set.has_value()) {
    ASSAY_RETURN_IF_ERROR(Pin(*documents.question_set, *pins.mutable_question_set(),
                              *pins.mutable_question_set_digest(), digests.question_set));
  }
  return pinned;
}

absl::StatusOr<std::shared_ptr<const Basis>> CompileDocuments(const Documents& documents,
                                                              const PinnedDocuments& pinned,
                                                              std::string_view profile) {
  ASSAY_RETURN_IF_ERROR(CheckProfile(documents.catalogue, profile));
  ASSAY_ASSIGN_OR_RETURN(
      const SchemeDefinition definition,
      ToDefinition(documents.catalogue, documents.questions(), documents.rule_set));
  CompileResult result = Compile(definition, profile);
  if (!result.profile.has_value()) {
    return DocumentsContradict(result.problems);
  }
  return std::make_shared<const Basis>(*std::move(result.profile),
                                       second::Scheme(definition, profile), pinned);
}

}  // namespace

BasisResolver::BasisResolver(CatalogueClient& catalogue, const Clock& clock)
    : catalogue_(catalogue), clock_(clock) {}

std::shared_ptr<const Basis> BasisResolver::FindCompiled(const std::string& key) const {
  const std::shared_ptr<const Basis>* compiled = compiled_.Find(key);
  return compiled == nullptr ? nullptr : *compiled;
}

std::shared_ptr<const Basis> BasisResolver::FindCached(const v1::ScoringBasis& basis) const {
  const std::string key = NamesKey(basis);
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  const Resolved* resolved = names_.Find(key);
  return resolved != nullptr && now < resolved->expires ? FindCompiled(resolved->compiled_key)
                                                        : nullptr;
}

std::shared_ptr<const Basis> BasisResolver::FindFresh(const std::string& key) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  Resolved* resolved = names_.Find(key);
  if (resolved == nullptr) {
    return nullptr;
  }
  if (now < resolved->expires) {
    return FindCompiled(resolved->compiled_key);
  }
  resolved->expires = now + kAliasGrace;
  return nullptr;
}

absl::StatusOr<std::shared_ptr<const Basis>> BasisResolver::Resolve(const rpc::CallContext& call,
                                                                    const v1::ScoringBasis& basis) {
  const std::string key = NamesKey(basis);
  if (std::shared_ptr<const Basis> fresh = FindFresh(key)) {
    return fresh;
  }
  ASSAY_ASSIGN_OR_RETURN(const bool pinned, CheckBasis(basis));
  ASSAY_ASSIGN_OR_RETURN(Fetched fetched, Fetch(call, basis));
  const absl::Time expires = pinned ? absl::InfiniteFuture() : clock_.Now() + kAliasLifetime;
  MutexLock lock(mutex_);
  names_.Put(key, {std::move(fetched.compiled_key), expires});
  return std::move(fetched.basis);
}

absl::StatusOr<BasisResolver::Fetched> BasisResolver::Fetch(const rpc::CallContext& call,
                                                            const v1::ScoringBasis& basis) {
  ASSAY_ASSIGN_OR_RETURN(const Documents documents, FetchDocuments(catalogue_, call, basis));
  ASSAY_ASSIGN_OR_RETURN(const PinnedDocuments pinned, PinDocuments(documents));
  std::string key = CompiledKey(pinned.pins, basis.profile());
  {
    MutexLock lock(mutex_);
    if (std::shared_ptr<const Basis> compiled = FindCompiled(key)) {
      return Fetched{std::move(key), std::move(compiled)};
    }
  }
  ASSAY_ASSIGN_OR_RETURN(std::shared_ptr<const Basis> made,
                         CompileDocuments(documents, pinned, basis.profile()));
  MutexLock lock(mutex_);
  compiled_.Put(key, made);
  return Fetched{std::move(key), std::move(made)};
}

}  // namespace assay::scoring
