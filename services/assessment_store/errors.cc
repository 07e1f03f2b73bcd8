#include "services/assessment_store/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/error.h"
#include "common/text/view.h"
#include "services/assessment_store/limits.h"

namespace assay::assessment_store {
namespace {

constexpr auto kPrecondition = absl::StatusCode::kFailedPrecondition;

// "2300, 2301 and 7 more"
std::string JoinControls(const std::vector<std::string>& controls) {
  if (controls.size() <= kMaxListedControls) return absl::StrJoin(controls, ", ");
  const std::vector<std::string> head(controls.begin(),
                                      controls.begin() + static_cast<long>(kMaxListedControls));
  return absl::StrCat(absl::StrJoin(head, ", "), " and ", controls.size() - kMaxListedControls,
                      " more");
}

}  // namespace

absl::Status AssessmentNotFound(std::string_view id, std::string_view field) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND")
      .Message(absl::StrCat("assessments/", ToAbsl(id),
                            " does not exist or is not one of your organisation's"))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Field(field, "names no assessment that you may see")
      .Build();
}

absl::Status AssessmentAlreadyExists(std::string_view id) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "ASSESSMENT_ALREADY_EXISTS")
      .Message(absl::StrCat("assessment_id '", ToAbsl(id),
                            "' is taken; give another one, or none to have one made"))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Field("assessment_id", "is taken")
      .Build();
}

absl::Status VerdictNotFound(std::string_view id, std::string_view digest) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "VERDICT_NOT_FOUND")
      .Message(absl::StrCat("assessments/", ToAbsl(id), " has no verdict ", ToAbsl(digest)))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Metadata("result_digest", digest)
      .Field("name", "names no verdict of this assessment")
      .Build();
}

absl::Status AssessmentIdInvalid(std::string_view id) {
  return InvalidField("ID_INVALID", "assessment_id",
                      absl::StrCat("is '", ToAbsl(id), "'; 1 to ", kMaxAssessmentIdCharacters,
                                   " of a-z, 0-9, '_' and '-', starting with a letter or digit, "
                                   "are required"));
}

absl::Status SupplierIsCertificationBody(std::string_view organisation) {
  return InvalidField("SUPPLIER_IS_CERTIFICATION_BODY", "assessment.certification_body",
                      absl::StrCat("is '", ToAbsl(organisation),
                                   "', the supplier itself; nobody assesses the own organisation"));
}

absl::Status RuleSetNotForAssessment(std::string_view rule_set, std::string_view why) {
  const std::string problem =
      absl::StrCat("is '", ToAbsl(rule_set), "', which ", ToAbsl(why),
                   "; a rule set for certification that this release can run is required");
  return ErrorBuilder(kPrecondition, "RULE_SET_NOT_FOR_ASSESSMENT")
      .Message(absl::StrCat("assessment.pins.rule_set ", problem))
      .Metadata("rule_set", rule_set)
      .Field("assessment.pins.rule_set", problem)
      .Build();
}

absl::Status VerdictIncomplete(std::string_view id) {
  return ErrorBuilder(kPrecondition, "VERDICT_INCOMPLETE")
      .Message(absl::StrCat("assessments/", ToAbsl(id),
                            " has blank controls and its rule set leaves the verdict open while "
                            "there are any; assess them, then submit"))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Build();
}

absl::Status SubmissionTooLarge(std::string_view what, size_t count, size_t limit) {
  return ErrorBuilder(kPrecondition, "SUBMISSION_TOO_LARGE")
      .Message(absl::StrCat("the submission has ", count, " ", ToAbsl(what), "; at most ", limit,
                            " can be reviewed"))
      .Metadata("what", what)
      .Metadata("count", absl::StrCat(count))
      .Metadata("limit", absl::StrCat(limit))
      .Build();
}

absl::Status OutboxMessageMalformed(std::string_view message, std::string_view destination) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "OUTBOX_MESSAGE_MALFORMED")
      .Message(absl::StrCat("outbox message ", ToAbsl(message), " for '", ToAbsl(destination),
                            "' does not decode"))
      .Metadata("message", message)
      .Build();
}

absl::Status AssessmentNotOpen(std::string_view id, std::string_view state) {
  return ErrorBuilder(kPrecondition, "ASSESSMENT_NOT_OPEN")
      .Message(absl::StrCat("assessments/", ToAbsl(id), " is ", ToAbsl(state),
                            "; results can be recorded, confirmed and submitted only while it is "
                            "IN_ASSESSMENT or RETURNED"))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Metadata("state", state)
      .Build();
}

absl::Status SubmissionNotInReview(std::string_view id, std::string_view state) {
  return ErrorBuilder(kPrecondition, "SUBMISSION_NOT_IN_REVIEW")
      .Message(absl::StrCat("assessments/", ToAbsl(id), " is ", ToAbsl(state),
                            "; only a submission that is IN_REVIEW can be recalled"))
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Metadata("state", state)
      .Build();
}

absl::Status ControlsNotConfirmed(const std::vector<std::string>& controls) {
  return ErrorBuilder(kPrecondition, "CONTROLS_NOT_CONFIRMED")
      .Message(absl::StrCat(controls.size(),
                            " controls are not confirmed: ", JoinControls(controls),
                            "; confirm each (a confirmed blank counts as Not Met)"))
      .Metadata("controls", JoinControls(controls))
      .Metadata("count", absl::StrCat(controls.size()))
      .Build();
}

absl::Status PhaseIncomplete(const std::vector<std::string>& without_theoretical,
                             const std::vector<std::string>& without_practical) {
  const bool theoretical_nearer = without_theoretical.size() <= without_practical.size();
  const auto& missing = theoretical_nearer ? without_theoretical : without_practical;
  const std::string_view phase = theoretical_nearer ? "theoretical" : "practical";
  return ErrorBuilder(kPrecondition, "PHASE_INCOMPLETE")
      .Message(absl::StrCat("neither phase covers every assessed control; without a ",
                            ToAbsl(phase), " finding: ", JoinControls(missing)))
      .Metadata("phase", phase)
      .Metadata("controls", JoinControls(missing))
      .Build();
}

absl::Status FieldNotAllowed(std::string_view field, std::string_view role, std::string_view may) {
  const std::string problem =
      absl::StrCat("may not be written by a ", ToAbsl(role), "; ", ToAbsl(may));
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "FIELD_NOT_ALLOWED")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("field", field)
      .Metadata("role", role)
      .Field(field, problem)
      .Build();
}

absl::Status OrganisationNotAllowed(std::string_view organisation) {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "ORGANISATION_NOT_ALLOWED")
      .Message(absl::StrCat("you act for ", ToAbsl(organisation),
                            ", which is neither the assessment's certification body nor its "
                            "supplier in the role you have"))
      .Metadata("organisation", organisation)
      .Build();
}

absl::Status FieldRequired(std::string_view field, std::string_view want) {
  return InvalidField("FIELD_REQUIRED", field,
                      absl::StrCat("is missing; ", ToAbsl(want), " is required"));
}

absl::Status TextLength(std::string_view field, size_t characters, size_t limit) {
  return InvalidField(
      "TEXT_LENGTH", field,
      absl::StrCat("has ", characters, " characters; 1 to ", limit, " are required"));
}

absl::Status TextTooLong(std::string_view field, size_t characters, size_t limit) {
  return InvalidField(
      "TEXT_LENGTH", field,
      absl::StrCat("has ", characters, " characters; at most ", limit, " are allowed"));
}

absl::Status TooMany(std::string_view field, size_t count, size_t limit) {
  return InvalidField("TOO_MANY", field,
                      absl::StrCat("has ", count, " entries; at most ", limit, " are allowed"));
}

absl::Status ChangeMaskInvalid(std::string_view field, std::string_view path) {
  return InvalidField("UPDATE_MASK_INVALID", field,
                      absl::StrCat("names '", ToAbsl(path),
                                   "'; theoretical, practical, adjustment, override and "
                                   "not_applicable are allowed"));
}

absl::Status ChangeEmpty(std::string_view field) {
  return InvalidField("CHANGE_EMPTY", field,
                      "changes nothing; give at least one of theoretical, practical, adjustment, "
                      "override, not_applicable, or name what to clear in update_mask");
}

absl::Status ControlDuplicate(std::string_view field, std::string_view control) {
  return InvalidField("CONTROL_DUPLICATE", field,
                      absl::StrCat("names control '", ToAbsl(control), "' a second time"));
}

absl::Status ControlUnknown(std::string_view field, std::string_view control,
                            std::string_view profile) {
  return InvalidField("CONTROL_NOT_IN_SCOPE", field,
                      absl::StrCat("is '", ToAbsl(control), "'; a control in scope at ",
                                   ToAbsl(profile), " is required"));
}

absl::Status ControlsRequired() {
  return InvalidField("CONTROLS_REQUIRED", "control_ids",
                      "is empty; name the controls to confirm, or set all");
}

absl::Status RecordMalformed(std::string_view what, std::string_view id) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "RECORD_MALFORMED")
      .Message(absl::StrCat("the stored ", ToAbsl(what), " of assessments/", ToAbsl(id),
                            " does not decode"))
      .Metadata("record", what)
      .Metadata("assessment", absl::StrCat("assessments/", ToAbsl(id)))
      .Build();
}

}  // namespace assay::assessment_store
