// Every error the catalogue service gives birth to.

#ifndef ASSAY_SERVICES_CATALOGUE_ERRORS_H_
#define ASSAY_SERVICES_CATALOGUE_ERRORS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace assay::catalogue {

// `text` with every byte outside printable ASCII as '?': for names and messages that come from
// outside and may not be UTF-8, which no error detail can carry.
std::string Printable(std::string_view text);

// A place inside a scheme file, for example {"dcc/catalogues/x.json", "controls[17].profiles[2]"}.
// An empty path is the document as a whole.
struct FilePlace {
  std::string_view file;
  std::string_view path;
};

// INVALID_ARGUMENT SCHEME_FILE_INVALID; metadata file, path, value, allowed.
absl::Status SchemeFileInvalid(const FilePlace& place, std::string_view value,
                               std::string_view allowed);

// INVALID_ARGUMENT QUESTION_SET_TITLE_MISMATCH: the set and the catalogue mean different controls
// by the same id. Metadata file, path, control, title, catalogue_title.
absl::Status QuestionSetTitleMismatch(const FilePlace& place, std::string_view control,
                                      std::string_view title, std::string_view catalogue_title);

// FAILED_PRECONDITION SCHEME_DIR_UNREADABLE: a file or folder cannot be read.
absl::Status SchemeDirUnreadable(std::string_view path, std::string_view why);

// NOT_FOUND SCHEME_NOT_FOUND, CATALOGUE_NOT_FOUND, QUESTION_SET_NOT_FOUND, RULE_SET_NOT_FOUND.
// `reason` is one of these; `field` is the request field that holds `name`.
absl::Status ResourceNotFound(std::string_view reason, std::string_view field,
                              std::string_view name);

// NOT_FOUND REVISION_NOT_FOUND: the document exists, the revision does not.
absl::Status RevisionNotFound(std::string_view field, std::string_view name, uint32_t revision,
                              uint32_t latest);

// DATA_LOSS STORED_DOCUMENT_CORRUPT: a stored revision cannot be what was written.
absl::Status StoredDocumentCorrupt(std::string_view what, std::string_view why);

// INVALID_ARGUMENT DOCUMENTS_INVALID: the documents of a request to publish are none, too many, or
// one of them cannot be one.
absl::Status DocumentsInvalid(std::string_view field, std::string_view problem);

// INVALID_ARGUMENT SCHEME_DOCUMENT_MISSING: the scheme is new and its own document is not there.
absl::Status SchemeDocumentMissing(std::string_view scheme);

// FAILED_PRECONDITION DEPENDENT_DOCUMENTS_MISFIT: published documents would no longer fit. `names`
// are theirs, with revisions, `problems` what would be wrong with each.
absl::Status DependentDocumentsMisfit(const std::vector<std::string>& names,
                                      const std::vector<std::string>& problems);

// FAILED_PRECONDITION CATALOGUE_IS_NO_FRAME: requirements cannot be imported over it.
absl::Status CatalogueIsNoFrame(std::string_view field, std::string_view name);

// NOT_FOUND ALIAS_NOT_FOUND; `name` is the document's.
absl::Status AliasNotFound(std::string_view field, std::string_view name, std::string_view alias);

// FAILED_PRECONDITION ALIAS_NOT_IN_FORCE: every entry lies in the future, the first from
// `first_date` on.
absl::Status AliasNotInForce(std::string_view field, std::string_view name, std::string_view alias,
                             std::string_view first_date);

// INVALID_ARGUMENT ALIAS_ID_INVALID.
absl::Status AliasIdInvalid(std::string_view alias);

// INVALID_ARGUMENT ALIAS_DATE_PAST.
absl::Status AliasDatePast(std::string_view date, std::string_view today);

// INVALID_ARGUMENT KINDS_DIFFER: two documents that cannot be compared.
absl::Status KindsDiffer(std::string_view base, std::string_view other);

// INVALID_ARGUMENT RESOURCE_NAME_INVALID: `name` is not one of what `want` says.
absl::Status NameUnfit(std::string_view field, std::string_view name, std::string_view want);

// INVALID_ARGUMENT FORMAT_UNKNOWN; `value` is what the request says.
absl::Status FormatUnknown(std::string_view field, std::string_view value);

// RESOURCE_EXHAUSTED TOO_MANY_REVISIONS, TOO_MANY_DOCUMENTS or TOO_MANY_ALIASES.
absl::Status TooMany(std::string_view reason, std::string_view what, uint64_t limit);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_ERRORS_H_
