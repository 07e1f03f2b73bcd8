#include "services/catalogue/storage/catalogue_store.h"

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

}  // namespace

absl::StatusOr<PutResult> CatalogueStore::PutRevision(storage::Transaction& transaction,
                                                      const Document& document, absl::Time now) {
  PutResult result{.name = document.name};
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> head,
                         transaction.Get(HeadKey(document.name)));
  if (head.has_value()) {
    ASSAY_ASSIGN_OR_RETURN(result.latest, DecodeHead(*head));
  }
  const std::string digest_key = DigestKey(document.name, document.digest);
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> known, transaction.Get(digest_key));
  if (known.has_value()) {
    ASSAY_ASSIGN_OR_RETURN(result.number, DecodeNumber(*known));
    return result;
  }
  const std::string resource = ResourceName(document.name);
  if (result.latest >= kMaxRevisions) {
    return TooMany("TOO_MANY_REVISIONS", "revisions of " + resource, kMaxRevisions);
  }
  result.number = ++result.latest;
  result.added = true;
  const StoredRevision revision{.name = document.name,
                                .number = result.number,
                                .create_time = now,
                                .digest = document.digest,
                                .canonical = document.canonical};
  ASSAY_RETURN_IF_ERROR(transaction.Put(HeadKey(document.name), EncodeHead(result.latest)));
  ASSAY_RETURN_IF_ERROR(
      transaction.Put(RevisionKey(document.name, result.number), EncodeRevision(revision)));
  ASSAY_RETURN_IF_ERROR(transaction.Put(digest_key, EncodeNumber(result.number)));
  audit::EventDraft event;
  event.aggregate =
      ResourceName({.scheme = document.name.scheme, .kind = DocumentKind::kScheme, .id = {}});
  event.time = now;
  event.actor.subject = std::string(kSystemSubject);
  event.type = std::string(kRevisionAddedEvent);
  event.body = EventBody(resource, document.digest, result.number);
  ASSAY_RETURN_IF_ERROR(audit::Append(transaction, ids_, std::move(event)).status());
  return result;
}

absl::StatusOr<std::vector<PutResult>> CatalogueStore::PutRevisions(
    const SchemeDocuments& documents, absl::Time now) {
  std::vector<const Document*> all = {&documents.scheme};
  for (const auto* list : {&documents.catalogues, &documents.question_sets, &documents.rule_sets}) {
    for (const Document& document : *list) all.push_back(&document);
  }
  std::vector<PutResult> results;
  ASSAY_RETURN_IF_ERROR(store_.Transact([&](storage::Transaction& transaction) -> absl::Status {
    results.clear();  // The closure may run again.
    for (const Document* document : all) {
      ASSAY_ASSIGN_OR_RETURN(PutResult result, PutRevision(transaction, *document, now));
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

}  // namespace assay::catalogue
