#include "services/catalogue/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/error.h"
#include "common/text/view.h"

namespace assay::catalogue {
namespace {

std::string Describe(const FilePlace& place) {
  if (place.path.empty()) return Printable(place.file);
  return absl::StrCat(Printable(place.file), ": ", ToAbsl(place.path));
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string printable(text);
  for (char& c : printable) {
    if (c < 0x20 || c > 0x7E) c = '?';
  }
  return printable;
}

absl::Status SchemeFileInvalid(const FilePlace& place, std::string_view value,
                               std::string_view allowed) {
  const std::string problem = absl::StrCat("is ", ToAbsl(value), "; ", ToAbsl(allowed));
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID")
      .Message(absl::StrCat(Describe(place), " ", problem))
      .Metadata("file", Printable(place.file))
      .Metadata("path", place.path)
      .Metadata("value", value)
      .Metadata("allowed", allowed)
      .Field(place.path, problem)
      .Build();
}

absl::Status QuestionSetTitleMismatch(const FilePlace& place, std::string_view control,
                                      std::string_view title, std::string_view catalogue_title) {
  const std::string problem =
      absl::StrCat("is '", ToAbsl(title), "' for control ", ToAbsl(control),
                   "; the catalogue calls it '", ToAbsl(catalogue_title),
                   "'; where the id is right all the same, confirm with \"catalogue_title\": \"",
                   ToAbsl(catalogue_title), "\" beside the title (model version 2)");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "QUESTION_SET_TITLE_MISMATCH")
      .Message(absl::StrCat(Describe(place), " ", problem))
      .Metadata("file", Printable(place.file))
      .Metadata("path", place.path)
      .Metadata("control", control)
      .Metadata("title", title)
      .Metadata("catalogue_title", catalogue_title)
      .Field(place.path, problem)
      .Build();
}

absl::Status SchemeDirUnreadable(std::string_view path, std::string_view why) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "SCHEME_DIR_UNREADABLE")
      .Message(absl::StrCat("cannot read ", Printable(path), ": ", ToAbsl(why)))
      .Metadata("path", Printable(path))
      .Build();
}

absl::Status ResourceNotFound(std::string_view reason, std::string_view field,
                              std::string_view name) {
  const std::string problem = absl::StrCat("names '", ToAbsl(name), "', which does not exist");
  return ErrorBuilder(absl::StatusCode::kNotFound, reason)
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("name", name)
      .Field(field, problem)
      .Build();
}

absl::Status RevisionNotFound(std::string_view field, std::string_view name, uint32_t revision,
                              uint32_t latest) {
  const std::string problem =
      absl::StrCat("names revision ", revision, " of '", ToAbsl(name),
                   "', which does not exist; there are revisions 1 to ", latest);
  return ErrorBuilder(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("name", name)
      .Metadata("revision", std::to_string(revision))
      .Metadata("latest_revision", std::to_string(latest))
      .Field(field, problem)
      .Build();
}

absl::Status StoredDocumentCorrupt(std::string_view what, std::string_view why) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT")
      .Message(absl::StrCat(ToAbsl(what), ": ", ToAbsl(why)))
      .Metadata("document", what)
      .Build();
}

absl::Status DocumentsInvalid(std::string_view field, std::string_view problem) {
  return InvalidField("DOCUMENTS_INVALID", field, problem);
}

absl::Status SchemeDocumentMissing(std::string_view scheme) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "SCHEME_DOCUMENT_MISSING")
      .Message(absl::StrCat("schemes/", ToAbsl(scheme),
                            " is new: a document of kind scheme is required among the documents"))
      .Metadata("scheme", scheme)
      .Field("documents", "holds no document of kind scheme, which a new scheme needs")
      .Build();
}

absl::Status DependentDocumentsMisfit(const std::vector<std::string>& names,
                                      const std::vector<std::string>& problems) {
  ErrorBuilder error(absl::StatusCode::kFailedPrecondition, "DEPENDENT_DOCUMENTS_MISFIT");
  error.Message(absl::StrCat("would no longer fit: ", absl::StrJoin(names, ", "), "; ",
                             problems.front(),
                             "; publish their next revisions in the same request"));
  error.Metadata("documents", absl::StrJoin(names, ", "));
  for (size_t i = 0; i < names.size(); ++i) {
    error.Field("documents", absl::StrCat("do not hold the next revision of ", names[i],
                                          ", which would no longer fit: ", problems[i]));
  }
  return error.Build();
}

absl::Status CatalogueIsNoFrame(std::string_view field, std::string_view name) {
  const std::string problem = absl::StrCat("names ", ToAbsl(name),
                                           ", which is no frame; requirements are imported over a "
                                           "catalogue whose file says \"frame\": true");
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CATALOGUE_IS_NO_FRAME")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("name", name)
      .Field(field, problem)
      .Build();
}

absl::Status AliasNotFound(std::string_view field, std::string_view name, std::string_view alias) {
  const std::string problem =
      absl::StrCat("names alias '", ToAbsl(alias), "' of '", ToAbsl(name),
                   "', which does not exist; ListAliases names those that do");
  return ErrorBuilder(absl::StatusCode::kNotFound, "ALIAS_NOT_FOUND")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("name", name)
      .Metadata("alias", alias)
      .Field(field, problem)
      .Build();
}

absl::Status AliasNotInForce(std::string_view field, std::string_view name, std::string_view alias,
                             std::string_view first_date) {
  const std::string problem = absl::StrCat("names alias '", ToAbsl(alias), "' of '", ToAbsl(name),
                                           "', which is in force from ", ToAbsl(first_date), " on");
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "ALIAS_NOT_IN_FORCE")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("name", name)
      .Metadata("alias", alias)
      .Metadata("first_date", first_date)
      .Field(field, problem)
      .Build();
}

absl::Status AliasIdInvalid(std::string_view alias) {
  return InvalidField("ALIAS_ID_INVALID", "alias",
                      absl::StrCat("is '", ToAbsl(alias),
                                   "'; 1 to 64 of a-z, 0-9, '.', '_' and '-', starting with a "
                                   "letter, are required, and not 'latest', which always names "
                                   "the latest revision"));
}

absl::Status AliasDatePast(std::string_view date, std::string_view today) {
  return InvalidField("ALIAS_DATE_PAST", "effective_from",
                      absl::StrCat("is ", ToAbsl(date), "; today, ", ToAbsl(today),
                                   ", or a later day is required"));
}

absl::Status KindsDiffer(std::string_view base, std::string_view other) {
  return InvalidField("KINDS_DIFFER", "other",
                      absl::StrCat("is ", ToAbsl(other), "; a document of the same kind as ",
                                   ToAbsl(base), " is required"));
}

absl::Status FormatUnknown(std::string_view field, std::string_view value) {
  return InvalidField("FORMAT_UNKNOWN", field,
                      absl::StrCat("is ", ToAbsl(value),
                                   "; one of DOCUMENT_FORMAT_JSON, _YAML, _CSV and _OSCAL_JSON is "
                                   "required"));
}

absl::Status NameUnfit(std::string_view field, std::string_view name, std::string_view want) {
  const std::string problem =
      absl::StrCat("is '", ToAbsl(name), "'; ", ToAbsl(want), " is required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("value", name)
      .Field(field, problem)
      .Build();
}

absl::Status TooMany(std::string_view reason, std::string_view what, uint64_t limit) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, reason)
      .Message(absl::StrCat(ToAbsl(what), ": at most ", limit, " are allowed"))
      .Metadata("what", what)
      .Metadata("limit", std::to_string(limit))
      .Build();
}

}  // namespace assay::catalogue
