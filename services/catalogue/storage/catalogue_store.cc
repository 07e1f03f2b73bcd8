#include "services/catalogue/storage/catalogue_store.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/event_log.h"
#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// The event's body: canonical JSON as in data/FORMAT.md. Names and digests need no escaping.
std::string EventBody(const std::string& resource, const std::string& digest, uint32_t number) {
  return absl::StrCat(R"({"digest":")", ToHex(digest), R"(","document":")", resource,
                      R"(","revision":)", number, "}");
}

// The body of an alias's event, in the same form.
std::string AliasEventBody(const StoredAliasEntry& entry) {
  return absl::StrCat(R"({"alias":")", entry.alias, R"(","document":")",
                      ResourceName(entry.document), R"(","effective_from":")",
                      FormatDate(entry.effective_from), R"(","entry":)", entry.number,
                      R"(,"revision":)", entry.revision, "}");
}

absl::StatusOr<std::vector<StoredAliasEntry>> ScanAliasEntries(storage::Reader& reader,
                                                               const storage::ScanRange& range) {
  std::vector<StoredAliasEntry> entries;
  absl::Status problem;
  ASSAY_RETURN_IF_ERROR(reader.Scan(range, [&](std::string_view key, std::string_view value) {
    absl::StatusOr<StoredAliasEntry> entry = DecodeAliasEntry(key, value);
    problem = entry.status();
    if (entry.ok()) entries.push_back(*std::move(entry));
    return problem.ok();
  }));
  ASSAY_RETURN_IF_ERROR(problem);
  return entries;
}

absl::StatusOr<StoredRevision> ReadRevision(storage::Reader& reader, const DocumentName& name,
                                            uint32_t number) {
  const std::string key = RevisionKey(name, number);
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value, reader.Get(key));
  if (!value.has_value()) {
    return StoredDocumentCorrupt(absl::StrCat(ResourceName(name), "@", number), "is not there");
  }
  return DecodeRevision(key, *value);
}

// Whether the alias, which has `entries` entries, may get another one.
absl::Status CheckAliasRoom(storage::Transaction& transaction, const StoredAliasEntry& entry,
                            size_t entries) {
  if (entries >= kMaxAliasEntries) {
    return TooMany("TOO_MANY_ALIASES", absl::StrCat("entries of alias ", entry.alias),
                   kMaxAliasEntries);
  }
  if (entries > 0) return absl::OkStatus();
  size_t aliases = 0;
  ASSAY_RETURN_IF_ERROR(
      transaction.Scan(AliasHeadsOf(entry.document), [&](std::string_view, std::string_view) {
        ++aliases;
        return true;
      }));
  if (aliases < kMaxAliasesPerDocument) return absl::OkStatus();
  return TooMany("TOO_MANY_ALIASES", "aliases of " + ResourceName(entry.document),
                 kMaxAliasesPerDocument);
}

}  // namespace

absl::Status CatalogueStore::AppendEvent(storage::Transaction& transaction,
                                         const DocumentName& document, const audit::Actor& actor,
                                         absl::Time now, std::string_view type, std::string body) {
  audit::EventDraft event;
  event.aggregate =
      ResourceName({.scheme = document.scheme, .kind = DocumentKind::kScheme, .id = {}});
  event.time = now;
  event.actor = actor;
  event.type = std::string(type);
  event.body = std::move(body);
  return audit::Append(transaction, ids_, std::move(event)).status();
}

absl::StatusOr<PutResult> CatalogueStore::FindRevision(storage::Reader& reader,
                                                       const Document& document) {
  PutResult result{.name = document.name};
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> head, reader.Get(HeadKey(document.name)));
  if (head.has_value()) {
    ASSAY_ASSIGN_OR_RETURN(result.latest, DecodeHead(*head));
  }
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> known,
                         reader.Get(DigestKey(document.name, document.digest)));
  if (known.has_value()) {
    ASSAY_ASSIGN_OR_RETURN(result.number, DecodeNumber(*known));
    return result;
  }
  if (result.latest >= kMaxRevisions) {
    return TooMany("TOO_MANY_REVISIONS", "revisions of " + ResourceName(document.name),
                   kMaxRevisions);
  }
  result.number = ++result.latest;
  result.added = true;
  return result;
}

absl::StatusOr<PutResult> CatalogueStore::PutRevision(storage::Transaction& transaction,
                                                      const Document& document,
                                                      const audit::Actor& actor, absl::Time now) {
  ASSAY_ASSIGN_OR_RETURN(PutResult result, FindRevision(transaction, document));
  if (!result.added) return result;
  const StoredRevision revision{.name = document.name,
                                .number = result.number,
                                .create_time = now,
                                .digest = document.digest,
                                .canonical = document.canonical};
  ASSAY_RETURN_IF_ERROR(transaction.Put(HeadKey(document.name), EncodeHead(result.latest)));
  ASSAY_RETURN_IF_ERROR(
      transaction.Put(RevisionKey(document.name, result.number), EncodeRevision(revision)));
  ASSAY_RETURN_IF_ERROR(
      transaction.Put(DigestKey(document.name, document.digest), EncodeNumber(result.number)));
  ASSAY_RETURN_IF_ERROR(
      AppendEvent(transaction, document.name, actor, now, kRevisionAddedEvent,
                  EventBody(ResourceName(document.name), document.digest, result.number)));
  return result;
}

absl::StatusOr<std::vector<PutResult>> CatalogueStore::PutRevisions(
    const SchemeDocuments& documents, absl::Time now) {
  std::vector<const Document*> all = {&documents.scheme};
  for (const auto* list : {&documents.catalogues, &documents.question_sets, &documents.rule_sets}) {
    for (const Document& document : *list) all.push_back(&document);
  }
  audit::Actor system;
  system.subject = std::string(kSystemSubject);
  std::vector<PutResult> results;
  ASSAY_RETURN_IF_ERROR(store_.Transact([&](storage::Transaction& transaction) -> absl::Status {
    results.clear();  // The closure may run again.
    for (const Document* document : all) {
      ASSAY_ASSIGN_OR_RETURN(PutResult result, PutRevision(transaction, *document, system, now));
      results.push_back(std::move(result));
    }
    return absl::OkStatus();
  }));
  return results;
}

absl::StatusOr<std::vector<StoredRevision>> CatalogueStore::ListRevisions() {
  std::vector<StoredRevision> revisions;
  absl::Status problem;
  const std::unique_ptr<storage::Reader> reader = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(
      reader->Scan(AllRevisions(), [&](std::string_view key, std::string_view value) {
        absl::StatusOr<StoredRevision> revision = DecodeRevision(key, value);
        problem = revision.status();
        if (revision.ok()) revisions.push_back(*std::move(revision));
        return problem.ok();
      }));
  ASSAY_RETURN_IF_ERROR(problem);
  return revisions;
}

absl::StatusOr<std::vector<StoredAliasEntry>> CatalogueStore::ListAliasEntries() {
  return ScanAliasEntries(*store_.Snapshot(), AllAliasEntries());
}

absl::StatusOr<StoredRevision> CatalogueStore::GetRevision(const DocumentName& name,
                                                           uint32_t number) {
  return ReadRevision(*store_.Snapshot(), name, number);
}

absl::StatusOr<std::vector<StoredRevision>> CatalogueStore::LatestRevisions(
    storage::Reader& reader, const std::string& scheme) {
  std::vector<std::string> heads;
  ASSAY_RETURN_IF_ERROR(reader.Scan(HeadsOf(scheme), [&](std::string_view key, std::string_view) {
    heads.emplace_back(key);
    return true;
  }));
  std::vector<StoredRevision> revisions;
  for (const std::string& key : heads) {
    ASSAY_ASSIGN_OR_RETURN(const DocumentName name, DecodeHeadKey(key));
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> head, reader.Get(key));
    if (!head.has_value()) continue;  // Only ever added: the snapshot saw it a moment ago.
    ASSAY_ASSIGN_OR_RETURN(const uint32_t latest, DecodeHead(*head));
    ASSAY_ASSIGN_OR_RETURN(StoredRevision revision, ReadRevision(reader, name, latest));
    revisions.push_back(std::move(revision));
  }
  return revisions;
}

absl::StatusOr<std::vector<StoredAliasEntry>> CatalogueStore::AliasEntries(
    storage::Reader& reader, const DocumentName& document, std::string_view alias) {
  return ScanAliasEntries(reader, AliasEntriesOf(document, alias));
}

absl::StatusOr<std::vector<StoredAliasEntry>> CatalogueStore::AddAliasEntry(
    storage::Transaction& transaction, StoredAliasEntry entry, const audit::Actor& actor,
    absl::Time now) {
  ASSAY_ASSIGN_OR_RETURN(std::vector<StoredAliasEntry> entries,
                         AliasEntries(transaction, entry.document, entry.alias));
  const auto same_day = std::find_if(
      entries.rbegin(), entries.rend(),
      [&](const StoredAliasEntry& known) { return known.effective_from == entry.effective_from; });
  if (same_day != entries.rend() && same_day->revision == entry.revision) return entries;
  ASSAY_RETURN_IF_ERROR(CheckAliasRoom(transaction, entry, entries.size()));
  entry.number = static_cast<uint32_t>(entries.size()) + 1;
  entry.create_time = absl::FromUnixMicros(absl::ToUnixMicros(now));
  entry.creator = actor.subject;
  // Written unchanged, so that of two commands on one document the second is run again: what a scan
  // visits is not validated.
  const std::string head_key = HeadKey(entry.document);
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> head, transaction.Get(head_key));
  if (!head.has_value()) {
    return StoredDocumentCorrupt(ResourceName(entry.document), "has no head row");
  }
  ASSAY_RETURN_IF_ERROR(transaction.Put(head_key, *head));
  ASSAY_RETURN_IF_ERROR(
      transaction.Put(AliasHeadKey(entry.document, entry.alias), EncodeNumber(entry.number)));
  ASSAY_RETURN_IF_ERROR(transaction.Put(AliasEntryKey(entry.document, entry.alias, entry.number),
                                        EncodeAliasEntry(entry)));
  ASSAY_RETURN_IF_ERROR(
      AppendEvent(transaction, entry.document, actor, now, kAliasSetEvent, AliasEventBody(entry)));
  entries.push_back(std::move(entry));
  return entries;
}

}  // namespace assay::catalogue
