// Reads --scheme_dir: one folder per scheme, laid out as data/FORMAT.md says.
//
//   <scheme_dir>/<scheme>/scheme.json
//   <scheme_dir>/<scheme>/catalogues/<id>.json
//   <scheme_dir>/<scheme>/question-sets/<id>.json
//   <scheme_dir>/<scheme>/rule-sets/<id>.json

#ifndef ASSAY_SERVICES_CATALOGUE_SCHEME_FOLDER_H_
#define ASSAY_SERVICES_CATALOGUE_SCHEME_FOLDER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// Every scheme under `scheme_dir`, parsed and validated, by id; documents by id. Names that begin
// with a dot and plain files beside the scheme folders are passed over; anything else that does not
// belong there is refused, since a misspelt folder would otherwise be a scheme without rules.
//
// FAILED_PRECONDITION SCHEME_DIR_UNREADABLE; RESOURCE_EXHAUSTED TOO_MANY_DOCUMENTS; the errors of
// ParseDocument and ValidateScheme.
absl::StatusOr<std::vector<SchemeDocuments>> ReadSchemeDir(const std::string& scheme_dir);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_SCHEME_FOLDER_H_
