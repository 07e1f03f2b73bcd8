// Checks that the documents of a scheme fit together. ParseDocument has checked each by itself.
//
// Errors: INVALID_ARGUMENT SCHEME_FILE_INVALID with the place and what would be right;
// INVALID_ARGUMENT QUESTION_SET_TITLE_MISMATCH when a question set calls a control by another
// title than the catalogue does.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_VALIDATE_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_VALIDATE_H_

#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// Finds the members of a catalogue by id. Points into the catalogue, which must outlive it.
struct CatalogueIndex {
  std::unordered_map<std::string_view, size_t> objectives;  // Position in the catalogue.
  std::unordered_map<std::string_view, size_t> profiles;
  std::unordered_map<std::string_view, const v1::Control*> controls;
};

// Ids are unique; controls name known objectives and profiles, are grouped by objective in the
// catalogue's order and then rise by id; their profiles are in the catalogue's order; every profile
// has a control (scoring an empty one would pass with nothing assessed).
absl::StatusOr<CatalogueIndex> ValidateCatalogue(std::string_view file,
                                                 const v1::Catalogue& catalogue);

// Controls are known, unique, called as in the catalogue and asked about; questions have unique ids
// `NNNN.k` of their control, are asked only in profiles that contain it, and depend on an earlier
// gate of the same control that is asked wherever they are, on answers that the gate lists (each
// list names an answer once); in every profile in which a control has
// a question, one is scored and asked without condition.
absl::Status ValidateQuestionSet(std::string_view file, const v1::QuestionSet& set,
                                 const CatalogueIndex& catalogue);

// One threshold for every profile, one rule for every objective, none twice or unknown.
absl::Status ValidateRuleSet(std::string_view file, const v1::RuleSet& rules,
                             const CatalogueIndex& catalogue);

// All of the above for every document, and: ids of documents of one kind are unique, the catalogue
// that a document names is in the scheme, and the scheme's defaults exist and belong together.
absl::Status ValidateScheme(const SchemeDocuments& documents);

// Checks a list of profile ids: known, each once, in the catalogue's order. `path` is the list's.
absl::Status ValidateProfiles(std::string_view file, std::string_view path,
                              const google::protobuf::RepeatedPtrField<std::string>& profiles,
                              const CatalogueIndex& catalogue);

// `text` in double quotes, for error values.
std::string Quoted(std::string_view text);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_VALIDATE_H_
