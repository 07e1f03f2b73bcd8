#include "services/catalogue/publisher.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/actor.h"
#include "common/idempotency/idempotent_command.h"
#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/lookup.h"
#include "services/catalogue/stored_documents.h"

namespace assay::catalogue {
namespace {

absl::Status CheckCounts(const SchemeDocuments& documents) {
  for (const auto* list : {&documents.catalogues, &documents.question_sets, &documents.rule_sets}) {
    if (list->size() <= kMaxDocumentsPerKind) continue;
    return TooMany("TOO_MANY_DOCUMENTS",
                   absl::StrCat("documents of kind ", ToAbsl(KindWord(list->front().name.kind))),
                   kMaxDocumentsPerKind);
  }
  return absl::OkStatus();
}

// A misfit among the drafts is the caller's to mend; without one, whatever else no longer fits is
// named together.
absl::Status Judge(const std::vector<Misfit>& misfits, const std::vector<Draft>& drafts,
                   const std::map<DocumentName, std::string>& labels) {
  std::vector<std::string> names;
  std::vector<std::string> problems;
  for (const Misfit& misfit : misfits) {
    const bool is_draft = std::any_of(drafts.begin(), drafts.end(), [&](const Draft& draft) {
      return draft.document.name == misfit.name;
    });
    if (is_draft) return misfit.status;
    names.push_back(labels.at(misfit.name));
    problems.emplace_back(FromAbsl(misfit.status.message()));
  }
  return names.empty() ? absl::OkStatus() : DependentDocumentsMisfit(names, problems);
}

std::vector<std::string> WarningsOf(const Draft& draft, const PutResult& result) {
  std::vector<std::string> warnings;
  if (!result.added && result.number < result.latest) {
    warnings.push_back(absl::StrCat("This content is revision ", result.number, "; revision ",
                                    result.latest, " stays the latest."));
  }
  const auto* set = std::get_if<v1::QuestionSet>(&draft.document.message);
  if (set == nullptr) return warnings;
  for (const v1::QuestionSetControl& control : set->controls()) {
    if (control.catalogue_title().empty()) continue;
    warnings.push_back(absl::StrCat("Control ", control.id(), " is called '", control.title(),
                                    "' here and '", control.catalogue_title(),
                                    "' in the catalogue, as the publisher confirmed."));
  }
  return warnings;
}

v1::PublishedDocument ToProto(const Draft& draft, const PutResult& result) {
  v1::PublishedDocument published;
  published.set_name(ResourceName(result.name));
  if (result.name.kind != DocumentKind::kScheme) {
    published.set_name(RevisionName(result.name, result.number));
  }
  published.set_revision(result.number);
  published.set_digest(ToHex(draft.document.digest));
  published.set_added(result.added);
  for (const Loss& loss : draft.losses) *published.add_losses() = catalogue::ToProto(loss);
  for (std::string& warning : WarningsOf(draft, result)) {
    published.add_warnings(std::move(warning));
  }
  return published;
}

absl::Status CheckNewAlias(const v1::SetAliasRequest& request) {
  ASSAY_RETURN_IF_ERROR(RefusePinned("document", request.document()));
  if (!IsValidAlias(request.alias()) || request.alias() == kLatestAlias) {
    return AliasIdInvalid(request.alias());
  }
  return absl::OkStatus();
}

// The day from which an entry holds.
absl::StatusOr<EpochDays> EffectiveFrom(const v1::SetAliasRequest& request, EpochDays today) {
  if (request.effective_from().empty()) return today;
  ASSAY_ASSIGN_OR_RETURN(const EpochDays day,
                         ParseDate("effective_from", request.effective_from()));
  if (day < today) return AliasDatePast(request.effective_from(), FormatDate(today));
  return day;
}

}  // namespace

absl::StatusOr<std::string> Publisher::FrameJson(const std::string& field,
                                                 const std::string& name) {
  const std::shared_ptr<const Registry> registry = live_.snapshot();
  ASSAY_ASSIGN_OR_RETURN(const FoundDocument<v1::Catalogue> found,
                         FindDocument(*registry, kCatalogues, field, name, DateOf(clock_.Now())));
  uint32_t number = found.number;
  if (!found.pinned) {
    const auto& revisions = found.document->revisions;
    const auto frame = std::find_if(revisions.rbegin(), revisions.rend(),
                                    [](const auto& revision) { return revision.second->frame(); });
    number = frame == revisions.rend() ? 0 : frame->first;
  }
  if (number == 0 || !found.document->revisions.at(number)->frame()) {
    return CatalogueIsNoFrame(field, name);
  }
  ASSAY_ASSIGN_OR_RETURN(StoredRevision stored, documents_.GetRevision(found.name, number));
  return std::move(stored.canonical);
}

absl::Status Publisher::CheckScheme(storage::Reader& reader, const std::string& scheme,
                                    const std::vector<Draft>& drafts) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<StoredRevision> latest,
                         documents_.LatestRevisions(reader, scheme));
  DocumentsByName merged;
  for (const StoredRevision& stored : latest) {
    ASSAY_ASSIGN_OR_RETURN(merged[stored.name], ParseStored(stored));
  }
  for (const Draft& draft : drafts) {
    ASSAY_ASSIGN_OR_RETURN(const PutResult result, documents_.FindRevision(reader, draft.document));
    // An earlier revision does not become the latest again.
    if (!result.added && result.number < result.latest) continue;
    merged.insert_or_assign(draft.document.name, draft.document);
  }
  const DocumentName own = {.scheme = scheme, .kind = DocumentKind::kScheme, .id = scheme};
  if (!merged.contains(own)) return SchemeDocumentMissing(scheme);
  if (latest.empty() && live_.snapshot()->schemes().size() >= kMaxSchemes) {
    return TooMany("TOO_MANY_DOCUMENTS", "schemes", kMaxSchemes);
  }
  std::map<DocumentName, std::string> labels;
  for (const auto& [name, document] : merged) labels[name] = document.file;
  const SchemeDocuments documents = ByKind(std::move(merged));
  ASSAY_RETURN_IF_ERROR(CheckCounts(documents));
  return Judge(FindMisfits(documents), drafts, labels);
}

absl::StatusOr<v1::PublishRevisionsResponse> Publisher::Validate(const std::string& scheme,
                                                                 const std::vector<Draft>& drafts) {
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(CheckScheme(*snapshot, scheme, drafts));
  v1::PublishRevisionsResponse response;
  for (const Draft& draft : drafts) {
    ASSAY_ASSIGN_OR_RETURN(const PutResult result,
                           documents_.FindRevision(*snapshot, draft.document));
    *response.add_documents() = ToProto(draft, result);
  }
  return response;
}

absl::StatusOr<v1::PublishRevisionsResponse> Publisher::Publish(
    const rpc::CallContext& call, const v1::PublishRevisionsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ParseName("parent", "schemes/*", request.parent()));
  const std::string& scheme = ids[0];
  if (!request.validate_only()) {
    ASSAY_RETURN_IF_ERROR(idempotency::CheckRequestId(request.request_id()));
  }
  idempotency::IdempotentCommand<v1::PublishRevisionsResponse> command(
      store_, clock_, call.principal.subject, call.method, request);
  if (!request.validate_only()) {
    ASSAY_ASSIGN_OR_RETURN(std::optional<v1::PublishRevisionsResponse> answer,
                           command.FirstAnswer(*store_.Snapshot()));
    if (answer.has_value()) {
      // The first call may have committed without knowing it, or still be about to serve.
      ASSAY_RETURN_IF_ERROR(Serve(*answer));
      return *std::move(answer);
    }
  }
  ASSAY_ASSIGN_OR_RETURN(
      const std::vector<Draft> drafts,
      ReadDrafts(scheme, request, [this](const std::string& field, const std::string& name) {
        return FrameJson(field, name);
      }));
  if (request.validate_only()) return Validate(scheme, drafts);
  const absl::Time now = clock_.Now();
  const audit::Actor actor = audit::ActorOf(call.principal);
  ASSAY_ASSIGN_OR_RETURN(
      v1::PublishRevisionsResponse answer,
      command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::PublishRevisionsResponse> {
        ASSAY_RETURN_IF_ERROR(CheckScheme(tx, scheme, drafts));
        v1::PublishRevisionsResponse response;
        for (const Draft& draft : drafts) {
          ASSAY_ASSIGN_OR_RETURN(const PutResult result,
                                 documents_.PutRevision(tx, draft.document, actor, now));
          *response.add_documents() = ToProto(draft, result);
        }
        return response;
      }));
  ASSAY_RETURN_IF_ERROR(Serve(answer));
  return answer;
}

// Reads back what was committed: the answer may be that of another call with the same request id.
absl::Status Publisher::Serve(const v1::PublishRevisionsResponse& response) {
  std::vector<StoredRevision> added;
  for (const v1::PublishedDocument& published : response.documents()) {
    if (!published.added()) continue;
    ASSAY_ASSIGN_OR_RETURN(const RevisionedName named, SplitRevision("name", published.name()));
    const std::optional<DocumentName> name = ParseResourceName(named.name);
    if (!name.has_value()) return StoredDocumentCorrupt(published.name(), "names no document");
    ASSAY_ASSIGN_OR_RETURN(StoredRevision revision,
                           documents_.GetRevision(*name, published.revision()));
    added.push_back(std::move(revision));
  }
  return added.empty() ? absl::OkStatus() : live_.Add(added, {});
}

absl::StatusOr<v1::Alias> Publisher::SetAlias(const rpc::CallContext& call,
                                              const v1::SetAliasRequest& request) {
  ASSAY_RETURN_IF_ERROR(idempotency::CheckRequestId(request.request_id()));
  idempotency::IdempotentCommand<v1::Alias> command(store_, clock_, call.principal.subject,
                                                    call.method, request);
  ASSAY_ASSIGN_OR_RETURN(std::optional<v1::Alias> answer, command.FirstAnswer(*store_.Snapshot()));
  if (answer.has_value()) {
    if (const auto document = ParseResourceName(request.document())) {
      ASSAY_RETURN_IF_ERROR(ServeAlias(*document, request.alias()));
    }
    return *std::move(answer);
  }
  ASSAY_RETURN_IF_ERROR(CheckNewAlias(request));
  const absl::Time now = clock_.Now();
  const EpochDays today = DateOf(now);
  StoredAliasEntry entry;
  entry.alias = request.alias();
  entry.revision = request.revision();
  ASSAY_ASSIGN_OR_RETURN(entry.effective_from, EffectiveFrom(request, today));
  const std::shared_ptr<const Registry> registry = live_.snapshot();
  ASSAY_ASSIGN_OR_RETURN(entry.document,
                         VisitDocument(*registry, "document", request.document(), today,
                                       [&](const auto& found) -> absl::StatusOr<DocumentName> {
                                         if (found.document->revisions.contains(request.revision()))
                                           return found.name;
                                         return RevisionNotFound(
                                             "revision", request.document(), request.revision(),
                                             found.document->revisions.rbegin()->first);
                                       }));
  const audit::Actor actor = audit::ActorOf(call.principal);
  ASSAY_ASSIGN_OR_RETURN(answer,
                         command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::Alias> {
                           ASSAY_ASSIGN_OR_RETURN(const std::vector<StoredAliasEntry> entries,
                                                  documents_.AddAliasEntry(tx, entry, actor, now));
                           AliasHistory history;
                           for (const StoredAliasEntry& known : entries)
                             history.emplace(known.number, known);
                           return ToProto(history, today);
                         }));
  ASSAY_RETURN_IF_ERROR(ServeAlias(entry.document, entry.alias));
  return *std::move(answer);
}

absl::Status Publisher::ServeAlias(const DocumentName& document, const std::string& alias) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<StoredAliasEntry> entries,
                         documents_.AliasEntries(*store_.Snapshot(), document, alias));
  return live_.Add({}, entries);
}

v1::Alias ToProto(const AliasHistory& history, EpochDays today) {
  const StoredAliasEntry& first = history.begin()->second;
  const std::string document = ResourceName(first.document);
  v1::Alias alias;
  alias.set_name(absl::StrCat(document, "/aliases/", first.alias));
  for (const auto& [number, entry] : history) {
    v1::AliasEntry& shown = *alias.add_entries();
    shown.set_revision(entry.revision);
    shown.set_effective_from(FormatDate(entry.effective_from));
    *shown.mutable_create_time() = ToTimestamp(entry.create_time);
    shown.set_creator(entry.creator);
  }
  const StoredAliasEntry* in_force = EntryInForce(history, today);
  if (in_force != nullptr) alias.set_in_force(absl::StrCat(document, "@", in_force->revision));
  return alias;
}

}  // namespace assay::catalogue
