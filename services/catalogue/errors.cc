#include "services/catalogue/errors.h"

#include <string>

#include "absl/strings/str_cat.h"

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
  const std::string problem = absl::StrCat("is '", ToAbsl(title), "' for control ", ToAbsl(control),
                                           "; the catalogue calls it '", ToAbsl(catalogue_title),
                                           "': confirm with the publisher which control is meant");
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

absl::Status TooMany(std::string_view reason, std::string_view what, uint64_t limit) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, reason)
      .Message(absl::StrCat(ToAbsl(what), ": at most ", limit, " are allowed"))
      .Metadata("what", what)
      .Metadata("limit", std::to_string(limit))
      .Build();
}

}  // namespace assay::catalogue
