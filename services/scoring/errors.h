// Every error that is born in the scoring service. Errors of the catalogue pass through as they
// are.

#ifndef ASSAY_SERVICES_SCORING_ERRORS_H_
#define ASSAY_SERVICES_SCORING_ERRORS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

#include "services/scoring/engine/profile.h"

namespace assay::scoring {

// One thing that is wrong with recorded inputs.
struct InputIssue {
  // What `field` starts from: the recorded inputs, or the request that holds them.
  enum class Root { kInputs, kRequest };

  std::string reason;   // UPPER_SNAKE; see README.md.
  std::string control;  // Empty when it is not one of a control.
  std::string field;    // "controls[3].override.reasoning", "overturned_controls[1]".
  std::string message;
  Root root = Root::kInputs;
};

// INVALID_ARGUMENT with the reason of the first issue, metadata `control` when it has one, and
// each issue as a field violation, below `inputs` unless it is one of the request. `issues` is not
// empty.
absl::Status InputsRefused(const std::vector<InputIssue>& issues);

// INVALID_ARGUMENT PROFILE_UNKNOWN, field basis.profile, metadata catalogue, profile, known.
absl::Status ProfileUnknown(std::string_view catalogue, std::string_view profile,
                            const std::vector<std::string>& known);

// INVALID_ARGUMENT RESOURCE_NAME_INVALID naming a required field that is missing.
absl::Status NameMissing(std::string_view field, std::string_view shape);

// INVALID_ARGUMENT MODE_INVALID or VIEW_INVALID: a number that is no value of the enum.
absl::Status ModeInvalid(int number);
absl::Status ViewInvalid(int number);

// INVALID_ARGUMENT of a list that must have 1 to `limit` entries: FIELD_REQUIRED when it has none,
// TOO_MANY when it has more. OK otherwise.
absl::Status CheckEntries(std::string_view field, int count, size_t limit);

// INVALID_ARGUMENT of one change of a WhatIf, field `changes[index]...`: CHANGE_EMPTY when it says
// nothing, CONTROL_NOT_RECORDED or CERTIFICATE_NOT_RECORDED when it clears what is not there.
absl::Status ChangeEmpty(size_t index);
absl::Status NothingToClear(size_t index, std::string_view control);
absl::Status NoCertificatesToClear(size_t index, std::string_view kind);

// `status`, which is not OK, said of one part of a request: its message begins with `part`, its
// fields with `prefix`. All else is kept.
absl::Status InPart(std::string_view part, std::string_view prefix, const absl::Status& status);

// INVALID_ARGUMENT TEXT_TOO_LONG.
absl::Status TextTooLong(std::string_view field, size_t limit);

// FAILED_PRECONDITION DOCUMENTS_DO_NOT_MATCH: `document` belongs to another catalogue.
absl::Status BelongsToOtherCatalogue(std::string_view document, std::string_view its_catalogue,
                                     std::string_view catalogue);

// FAILED_PRECONDITION DOCUMENTS_DO_NOT_MATCH: the question set means another control by an id.
absl::Status ControlTitleDiffers(std::string_view question_set, std::string_view control,
                                 std::string_view its_title, std::string_view title);

// FAILED_PRECONDITION DOCUMENTS_DO_NOT_MATCH: they contradict one another. `problems` not empty.
absl::Status DocumentsContradict(const std::vector<DefinitionProblem>& problems);

// FAILED_PRECONDITION DOCUMENT_NOT_SUPPORTED: written for a newer scoring service.
absl::Status DocumentNotSupported(std::string_view document, std::string_view what);

// FAILED_PRECONDITION CATALOGUE_IS_FRAME: it has no controls until a licensee's are imported.
absl::Status CatalogueIsFrame(std::string_view catalogue);

// INVALID_ARGUMENT DIGEST_VERSION_INVALID, field digest_version.
absl::Status DigestVersionInvalid(uint32_t version);

// INTERNAL EVALUATORS_DISAGREE with metadata `inputs_digest`: the two evaluators came to different
// results, so there is none.
absl::Status EvaluatorsDisagree(std::string_view inputs_digest);

// UNAVAILABLE CATALOGUE_UNAVAILABLE with RetryInfo and metadata `cause` (the code of `status`): the
// catalogue could not be asked. What it answers about the names it was asked for (NOT_FOUND,
// INVALID_ARGUMENT, FAILED_PRECONDITION, DATA_LOSS) and CANCELLED come back as they are; a refusal
// of our own token must not look like one of the caller's.
absl::Status FromCatalogue(const absl::Status& status);

// DATA_LOSS CATALOGUE_ANSWER_INVALID: the catalogue sent a document that cannot be one.
absl::Status CatalogueAnswerInvalid(std::string_view document, std::string_view what);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ERRORS_H_
