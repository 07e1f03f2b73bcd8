// Every error the catalogue service gives birth to.

#ifndef ASSAY_SERVICES_CATALOGUE_ERRORS_H_
#define ASSAY_SERVICES_CATALOGUE_ERRORS_H_

#include <cstdint>
#include <string>
#include <string_view>

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

// RESOURCE_EXHAUSTED TOO_MANY_REVISIONS or TOO_MANY_DOCUMENTS.
absl::Status TooMany(std::string_view reason, std::string_view what, uint64_t limit);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_ERRORS_H_
