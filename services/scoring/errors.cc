#include "services/scoring/errors.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/error.h"
#include "common/status/rename_fields.h"
#include "common/text/view.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

ErrorBuilder DoNotMatch() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "DOCUMENTS_DO_NOT_MATCH");
}

absl::Status EnumInvalid(std::string_view reason, std::string_view field, int number) {
  const std::string message = absl::StrCat(number, " is not a value of this enum");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, reason)
      .Message(absl::StrCat(ToAbsl(field), ": ", message))
      .Field(field, message)
      .Build();
}

}  // namespace

absl::Status InputsRefused(const std::vector<InputIssue>& issues) {
  const InputIssue& first = issues.front();
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, first.reason);
  std::string message = absl::StrCat(first.field, ": ", first.message);
  if (!first.control.empty()) {
    message = absl::StrCat("control ", first.control, ": ", message);
    error.Metadata("control", first.control);
  }
  if (issues.size() > 1) {
    absl::StrAppend(&message, " (and ", issues.size() - 1, " more)");
  }
  error.Message(message);
  for (const InputIssue& issue : issues) {
    error.Field(absl::StrCat(issue.root == InputIssue::Root::kInputs ? "inputs." : "", issue.field),
                absl::StrCat(issue.reason, ": ", issue.message));
  }
  return error.Build();
}

absl::Status ProfileUnknown(std::string_view catalogue, std::string_view profile,
                            const std::vector<std::string>& known) {
  const std::string all = absl::StrJoin(known, ", ");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN")
      .Message(absl::StrCat("the catalogue has no profile '", ToAbsl(profile), "'; it has ", all))
      .Metadata("catalogue", catalogue)
      .Metadata("profile", profile)
      .Metadata("known", all)
      .Field("basis.profile", absl::StrCat("must be one of ", all))
      .Build();
}

absl::Status NameMissing(std::string_view field, std::string_view shape) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID")
      .Message(absl::StrCat(ToAbsl(field), " is missing; give ", ToAbsl(shape)))
      .Field(field, absl::StrCat("is missing; give ", ToAbsl(shape)))
      .Build();
}

absl::Status ModeInvalid(int number) { return EnumInvalid("MODE_INVALID", "mode", number); }
absl::Status ViewInvalid(int number) { return EnumInvalid("VIEW_INVALID", "view", number); }

absl::Status CheckEntries(std::string_view field, int count, size_t limit) {
  if (count == 0) {
    return InvalidField("FIELD_REQUIRED", field,
                        absl::StrCat("is empty; 1 to ", limit, " entries are required"));
  }
  if (static_cast<size_t>(count) > limit) {
    return InvalidField("TOO_MANY", field,
                        absl::StrCat("has ", count, " entries; at most ", limit, " are allowed"));
  }
  return absl::OkStatus();
}

absl::Status ChangeEmpty(size_t index) {
  return InvalidField("CHANGE_EMPTY", absl::StrCat("changes[", index, "]"),
                      "says nothing; give one of replace, clear, certificate, clear_certificates "
                      "and as_of");
}

absl::Status NothingToClear(size_t index, std::string_view control) {
  const std::string field = absl::StrCat("changes[", index, "].clear");
  const std::string problem =
      absl::StrCat("nothing is recorded about control '", ToAbsl(control),
                   "' at this point; name one that the inputs or an earlier change record");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "CONTROL_NOT_RECORDED")
      .Message(absl::StrCat(field, ": ", problem))
      .Metadata("control", control)
      .Field(field, problem)
      .Build();
}

absl::Status NoCertificatesToClear(size_t index, std::string_view kind) {
  const std::string field = absl::StrCat("changes[", index, "].clear_certificates");
  const std::string problem =
      absl::StrCat("no certificate of kind '", ToAbsl(kind),
                   "' is recorded at this point; name a kind that the inputs or an earlier change "
                   "record");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "CERTIFICATE_NOT_RECORDED")
      .Message(absl::StrCat(field, ": ", problem))
      .Metadata("kind", kind)
      .Field(field, problem)
      .Build();
}

absl::Status InPart(std::string_view part, std::string_view prefix, const absl::Status& status) {
  absl::Status in_part(status.code(), absl::StrCat(ToAbsl(part), ": ", status.message()));
  status.ForEachPayload([&in_part](absl::string_view url, const absl::Cord& payload) {
    in_part.SetPayload(url, payload);
  });
  return RenameFields(std::move(in_part), [prefix](std::string_view field) {
    return absl::StrCat(ToAbsl(prefix), ToAbsl(field));
  });
}

absl::Status TextTooLong(std::string_view field, size_t limit) {
  const std::string message = absl::StrCat("is longer than ", limit, " characters");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG")
      .Message(absl::StrCat(ToAbsl(field), " ", message))
      .Field(field, message)
      .Build();
}

absl::Status BelongsToOtherCatalogue(std::string_view document, std::string_view its_catalogue,
                                     std::string_view catalogue) {
  return DoNotMatch()
      .Message(absl::StrCat(ToAbsl(document), " is for ", ToAbsl(its_catalogue), ", not for ",
                            ToAbsl(catalogue)))
      .Metadata("document", document)
      .Metadata("its_catalogue", its_catalogue)
      .Metadata("catalogue", catalogue)
      .Build();
}

absl::Status ControlTitleDiffers(std::string_view question_set, std::string_view control,
                                 std::string_view its_title, std::string_view title) {
  return DoNotMatch()
      .Message(absl::StrCat(ToAbsl(question_set), " calls control ", ToAbsl(control), " '",
                            ToAbsl(its_title), "', the catalogue '", ToAbsl(title), "'"))
      .Metadata("document", question_set)
      .Metadata("control", control)
      .Build();
}

absl::Status DocumentsContradict(const std::vector<DefinitionProblem>& problems) {
  const DefinitionProblem& first = problems.front();
  ErrorBuilder error = DoNotMatch();
  error.Message(
      absl::StrCat("catalogue, question set and rule set contradict one another: ", first.path, " ",
                   first.message, " (", problems.size(), " problems in all)"));
  error.Metadata("path", first.path);
  return error.Build();
}

absl::Status DocumentNotSupported(std::string_view document, std::string_view what) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED")
      .Message(absl::StrCat(ToAbsl(document), ": ", ToAbsl(what),
                            " is not known to this version of the scoring service"))
      .Metadata("document", document)
      .Metadata("what", what)
      .Build();
}

absl::Status CatalogueIsFrame(std::string_view catalogue) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CATALOGUE_IS_FRAME")
      .Message(absl::StrCat(ToAbsl(catalogue),
                            " is a frame without controls; publish it with the requirements of "
                            "the licensee's own file before scoring by it"))
      .Metadata("catalogue", catalogue)
      .Build();
}

absl::Status DigestVersionInvalid(uint32_t version) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "DIGEST_VERSION_INVALID")
      .Message(absl::StrCat("digest version ", version,
                            " is not known, or is 1 and the rule set's model version is not"))
      .Field("digest_version", absl::StrCat("is ", version,
                                            "; give 0 or 2, or 1 for a rule set of model version "
                                            "1"))
      .Build();
}

absl::Status EvaluatorsDisagree(std::string_view inputs_digest) {
  return ErrorBuilder(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE")
      .Message("two independent evaluators came to different results; no verdict is issued")
      .Metadata("inputs_digest", inputs_digest)
      .Build();
}

absl::Status FromCatalogue(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kCancelled:
      return status;
    default:
      return ErrorBuilder(absl::StatusCode::kUnavailable, "CATALOGUE_UNAVAILABLE")
          .Message(absl::StrCat("the catalogue service cannot be asked: ", status.message()))
          .Metadata("cause", absl::StatusCodeToString(status.code()))
          .RetryAfter(kCatalogueRetryDelay)
          .Build();
  }
}

absl::Status CatalogueAnswerInvalid(std::string_view document, std::string_view what) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "CATALOGUE_ANSWER_INVALID")
      .Message(absl::StrCat("the catalogue's answer for ", ToAbsl(document), " ", ToAbsl(what)))
      .Metadata("document", document)
      .Build();
}

}  // namespace assay::scoring
