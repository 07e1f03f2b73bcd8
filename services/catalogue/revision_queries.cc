#include "services/catalogue/revision_queries.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/compare.h"
#include "services/catalogue/drafts.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/exchange.h"
#include "services/catalogue/lookup.h"
#include "services/catalogue/publisher.h"
#include "services/catalogue/stored_documents.h"

namespace assay::catalogue {
namespace {

template <typename Message>
v1::RevisionEntry EntryOf(const Message& message) {
  v1::RevisionEntry entry;
  entry.set_name(message.name());
  entry.set_title(message.title());
  *entry.mutable_revision() = message.revision();
  return entry;
}

// The extension of a file in a format.
std::string_view ExtensionOf(Format format) {
  switch (format) {
    case Format::kJson:
      return ".json";
    case Format::kYaml:
      return ".yaml";
    case Format::kCsv:
      return ".csv";
    case Format::kOscalJson:
      return ".oscal.json";
  }
  return "";
}

}  // namespace

absl::StatusOr<v1::ListRevisionsResponse> RevisionQueries::ListRevisions(
    const rpc::CallContext& call, const v1::ListRevisionsRequest& request) {
  ASSAY_RETURN_IF_ERROR(RefusePinned("name", request.name()));
  const std::shared_ptr<const Registry> registry = live_.snapshot();
  return VisitDocument(
      *registry, "name", request.name(), DateOf(clock_.Now()),
      [&](const auto& found) -> absl::StatusOr<v1::ListRevisionsResponse> {
        ASSAY_ASSIGN_OR_RETURN(
            paging::Page page,
            paging::Page::Of(request, paging::Binding(call.method, request.name(), "")));
        ASSAY_ASSIGN_OR_RETURN(const uint64_t before, page.Sequence());
        v1::ListRevisionsResponse response;
        const auto& revisions = found.document->revisions;
        auto last = revisions.rend();
        for (auto it = revisions.rbegin(); it != revisions.rend(); ++it) {
          if (before != 0 && it->first >= before) continue;
          v1::RevisionEntry entry = EntryOf(*it->second);
          if (!page.Take(entry.ByteSizeLong())) {
            ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                                   page.Next(std::to_string(last->first)));
            return response;
          }
          *response.add_revisions() = std::move(entry);
          last = it;
        }
        return response;
      });
}

absl::StatusOr<v1::ListAliasesResponse> RevisionQueries::ListAliases(
    const rpc::CallContext& call, const v1::ListAliasesRequest& request) {
  ASSAY_RETURN_IF_ERROR(RefusePinned("parent", request.parent()));
  const std::shared_ptr<const Registry> registry = live_.snapshot();
  const EpochDays today = DateOf(clock_.Now());
  return VisitDocument(
      *registry, "parent", request.parent(), today,
      [&](const auto& found) -> absl::StatusOr<v1::ListAliasesResponse> {
        ASSAY_ASSIGN_OR_RETURN(
            paging::Page page,
            paging::Page::Of(request, paging::Binding(call.method, request.parent(), "")));
        v1::ListAliasesResponse response;
        ASSAY_ASSIGN_OR_RETURN(
            *response.mutable_next_page_token(),
            ListPage(
                found.document->aliases, std::move(page),
                [&](const AliasHistory& history) { return ToProto(history, today).ByteSizeLong(); },
                [&](const AliasHistory& history) {
                  *response.add_aliases() = ToProto(history, today);
                }));
        return response;
      });
}

absl::StatusOr<Document> RevisionQueries::Load(std::string_view field, const std::string& name) {
  const std::shared_ptr<const Registry> registry = live_.snapshot();
  FoundRevision place;
  if (std::count(name.begin(), name.end(), '/') == 1) {
    ASSAY_ASSIGN_OR_RETURN(place, FindSchemeDocument(*registry, field, name));
  } else {
    ASSAY_ASSIGN_OR_RETURN(place,
                           VisitDocument(*registry, field, name, DateOf(clock_.Now()),
                                         [](const auto& found) -> absl::StatusOr<FoundRevision> {
                                           return FoundRevision{found.name, found.number};
                                         }));
  }
  ASSAY_ASSIGN_OR_RETURN(const StoredRevision stored,
                         documents_.GetRevision(place.name, place.number));
  return ParseStored(stored);
}

absl::StatusOr<v1::CompareRevisionsResponse> RevisionQueries::Compare(
    const rpc::CallContext&, const v1::CompareRevisionsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const Document base, Load("base", request.base()));
  ASSAY_ASSIGN_OR_RETURN(const Document other, Load("other", request.other()));
  if (base.name.kind != other.name.kind) return KindsDiffer(base.file, other.file);
  ASSAY_ASSIGN_OR_RETURN(v1::CompareRevisionsResponse response, CompareDocuments(base, other));
  response.set_base(base.file);
  response.set_other(other.file);
  return response;
}

absl::StatusOr<v1::ExportDocumentResponse> RevisionQueries::Export(
    const rpc::CallContext&, const v1::ExportDocumentRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const Format format, FormatOf("format", request.format()));
  ASSAY_ASSIGN_OR_RETURN(const Document document, Load("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(Exported exported,
                         FromSchemeJson(format, document.name.kind, document.canonical));
  v1::ExportDocumentResponse response;
  response.set_name(document.file);
  response.set_content(std::move(exported.text));
  for (const Loss& loss : exported.losses) *response.add_losses() = ToProto(loss);
  response.set_file_name(absl::StrCat(document.name.id, ToAbsl(ExtensionOf(format))));
  return response;
}

}  // namespace assay::catalogue
