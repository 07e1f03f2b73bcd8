#include "services/catalogue/drafts.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/frame.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// A value of an enum as an error shows it: its name, or the number when it has none.
template <typename Enum>
std::string ShownEnum(const std::string& name, Enum value) {
  return name.empty() ? absl::StrCat(static_cast<int>(value)) : name;
}

absl::StatusOr<DocumentKind> KindOf(const std::string& field, v1::DocumentKind kind) {
  switch (kind) {
    case v1::DOCUMENT_KIND_SCHEME:
      return DocumentKind::kScheme;
    case v1::DOCUMENT_KIND_CATALOGUE:
      return DocumentKind::kCatalogue;
    case v1::DOCUMENT_KIND_QUESTION_SET:
      return DocumentKind::kQuestionSet;
    case v1::DOCUMENT_KIND_RULE_SET:
      return DocumentKind::kRuleSet;
    default:
      return DocumentsInvalid(field + ".kind",
                              absl::StrCat("is ", ShownEnum(v1::DocumentKind_Name(kind), kind),
                                           "; one of DOCUMENT_KIND_SCHEME, _CATALOGUE, "
                                           "_QUESTION_SET and _RULE_SET is required"));
  }
}

// What errors call the file.
std::string LabelOf(const v1::DocumentDraft& draft, DocumentKind kind) {
  if (!draft.file_name().empty()) return Printable(draft.file_name());
  return absl::StrCat(ToAbsl(KindWord(kind)), "/", Printable(draft.document_id()));
}

absl::StatusOr<Imported> Import(const std::string& field, const v1::DocumentDraft& draft,
                                DocumentKind kind, const std::string& label, FrameSource frames) {
  ASSAY_ASSIGN_OR_RETURN(const Format format, FormatOf(field + ".format", draft.format()));
  if (draft.frame().empty()) return ToSchemeJson(format, kind, label, draft.content());
  if (kind != DocumentKind::kCatalogue) {
    return DocumentsInvalid(
        field + ".frame",
        absl::StrCat("is ", ToAbsl(Shown(draft.frame())), " on a document of kind ",
                     ToAbsl(KindWord(kind)), "; only a catalogue is imported over a frame"));
  }
  ASSAY_ASSIGN_OR_RETURN(const std::string frame, frames(field + ".frame", draft.frame()));
  Imported imported;
  ASSAY_ASSIGN_OR_RETURN(imported.json, ImportOverFrame(frame, format, label, draft.content()));
  return imported;
}

// `wanted` is the id that the request names, or empty.
absl::Status CheckDocumentId(const std::string& label, const DocumentName& name,
                             const std::string& wanted) {
  const auto require = [&](const std::string& id) -> absl::Status {
    if (name.id == id) return absl::OkStatus();
    return SchemeFileInvalid({label, "id"}, Quoted(name.id),
                             absl::StrCat(Quoted(id), " is required, as the request says"));
  };
  if (name.kind == DocumentKind::kScheme) ASSAY_RETURN_IF_ERROR(require(name.scheme));
  return wanted.empty() ? absl::OkStatus() : require(wanted);
}

absl::StatusOr<Draft> ReadDraft(const std::string& scheme, const std::string& field,
                                const v1::DocumentDraft& draft, FrameSource frames) {
  ASSAY_ASSIGN_OR_RETURN(const DocumentKind kind, KindOf(field, draft.kind()));
  if (draft.file_name().size() > kMaxFileNameBytes) {
    return DocumentsInvalid(field + ".file_name",
                            absl::StrCat("is ", draft.file_name().size(), " bytes long; at most ",
                                         kMaxFileNameBytes, " are allowed"));
  }
  const std::string label = LabelOf(draft, kind);
  ASSAY_ASSIGN_OR_RETURN(Imported imported, Import(field, draft, kind, label, frames));
  Draft read;
  read.losses = std::move(imported.losses);
  ASSAY_ASSIGN_OR_RETURN(read.document, ParseDocument(scheme, kind, label, imported.json));
  ASSAY_RETURN_IF_ERROR(CheckDocumentId(label, read.document.name, draft.document_id()));
  return read;
}

}  // namespace

absl::StatusOr<Format> FormatOf(std::string_view field, v1::DocumentFormat format) {
  switch (format) {
    case v1::DOCUMENT_FORMAT_JSON:
      return Format::kJson;
    case v1::DOCUMENT_FORMAT_YAML:
      return Format::kYaml;
    case v1::DOCUMENT_FORMAT_CSV:
      return Format::kCsv;
    case v1::DOCUMENT_FORMAT_OSCAL_JSON:
      return Format::kOscalJson;
    default:
      return FormatUnknown(field, ShownEnum(v1::DocumentFormat_Name(format), format));
  }
}

absl::StatusOr<std::vector<Draft>> ReadDrafts(const std::string& scheme,
                                              const v1::PublishRevisionsRequest& request,
                                              FrameSource frames) {
  if (request.documents().empty() || request.documents_size() > kMaxDrafts) {
    return DocumentsInvalid("documents", absl::StrCat("are ", request.documents_size(), "; 1 to ",
                                                      kMaxDrafts, " are required"));
  }
  std::vector<Draft> drafts;
  std::set<DocumentName> seen;
  for (int i = 0; i < request.documents_size(); ++i) {
    const std::string field = absl::StrCat("documents[", i, "]");
    ASSAY_ASSIGN_OR_RETURN(Draft draft, ReadDraft(scheme, field, request.documents(i), frames));
    if (!seen.insert(draft.document.name).second) {
      return DocumentsInvalid(field, absl::StrCat("is ", ResourceName(draft.document.name),
                                                  ", which stands before it already"));
    }
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

v1::ConversionLoss ToProto(const Loss& loss) {
  v1::ConversionLoss message;
  message.set_field(loss.field);
  message.set_first(loss.first);
  message.set_count(static_cast<uint32_t>(loss.count));
  message.set_what(loss.what);
  return message;
}

}  // namespace assay::catalogue
