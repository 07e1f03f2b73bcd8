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
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// Finds the members of a catalogue by id. Points into the catalogue, which must outlive it.
struct CatalogueIndex {
  const v1::Catalogue* catalogue = nullptr;
  std::unordered_map<std::string_view, size_t> objectives;  // Position in the catalogue.
  std::unordered_map<std::string_view, size_t> profiles;
  std::unordered_map<std::string_view, const v1::Control*> controls;
};

// Ids are unique; controls name known objectives and profiles, are grouped by objective in the
// catalogue's order and then rise by id; their profiles are in the catalogue's order; every profile
// has a control (scoring an empty one would pass with nothing assessed) unless it is a frame.
absl::StatusOr<CatalogueIndex> ValidateCatalogue(std::string_view file,
                                                 const v1::Catalogue& catalogue);

// Controls are known, unique, called as in the catalogue (or confirmed by the catalogue's title)
// and asked about; questions have unique ids `NNNN.k` of their control, are asked only in profiles
// that contain it, and depend on an earlier gate of the same control that is asked wherever they
// are, on answers that the gate lists (each list names an answer once); in every profile in which a
// control has a question, one is scored and asked without condition.
absl::Status ValidateQuestionSet(std::string_view file, const v1::QuestionSet& set,
                                 const CatalogueIndex& catalogue);

// One threshold for every profile, one rule for every objective, none twice or unknown. A rule set
// of model version 2 also means one thing only: see ValidateScales and ValidateOutcomes.
absl::Status ValidateRuleSet(std::string_view file, const v1::RuleSet& rules,
                             const CatalogueIndex& catalogue);

// Scales fall from a first mark with the most points to a last one with fewer; every item has a
// known scale; requirements name a mark of it, for a profile that contains the control, once.
absl::Status ValidateScales(std::string_view file, const v1::RuleSet& rules,
                            const CatalogueIndex& catalogue);

// No outcome stands behind one whose conditions follow from its own, the best ones stand first, the
// last one takes what is left, `objectives_pass` does not stand alone where no objective can fail,
// and what conditions name exists. Every profile has something that counts, every anchor a
// counting control in every profile.
absl::Status ValidateOutcomes(std::string_view file, const v1::RuleSet& rules,
                              const CatalogueIndex& catalogue);

// Whether the outcomes of the set's questions can be turned into marks by `rules`: at most
// kMaxMarksWithQuestions marks on a control with questions, and, where marks are derived from
// indicators, an indicator on every scored question. Both are for the same catalogue.
absl::Status ValidateJoin(std::string_view file, const v1::QuestionSet& set,
                          const v1::RuleSet& rules);

// A document that does not fit into its scheme, and why.
struct Misfit {
  DocumentName name;
  absl::Status status;
};

// All of the above for every document, and: ids of documents of one kind are unique, the catalogue
// that a document names is in the scheme, and the scheme's defaults exist and belong together.
// The first problem of each document that has one. Where ids stand twice, only that is reported.
// Documents of a catalogue that is a misfit itself are not looked at, nor then are the defaults.
std::vector<Misfit> FindMisfits(const SchemeDocuments& documents);

// The first misfit's status.
absl::Status ValidateScheme(const SchemeDocuments& documents);

// Whether every id of `inner` is in `outer`.
bool Within(const google::protobuf::RepeatedPtrField<std::string>& inner,
            const google::protobuf::RepeatedPtrField<std::string>& outer);

// Checks a list of profile ids: known, each once, in the catalogue's order. `path` is the list's.
absl::Status ValidateProfiles(std::string_view file, std::string_view path,
                              const google::protobuf::RepeatedPtrField<std::string>& profiles,
                              const CatalogueIndex& catalogue);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_VALIDATE_H_
