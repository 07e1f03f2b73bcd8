#include "tools/assayctl/requests/scheme_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

namespace fs = std::filesystem;
using catalogue::v1::DocumentDraft;
using catalogue::v1::DocumentFormat;
using catalogue::v1::DocumentKind;

struct Kind {
  std::string_view word;
  std::string_view folder;
  DocumentKind kind;
};
constexpr std::array<Kind, 4> kKinds = {{
    {"scheme", "", catalogue::v1::DOCUMENT_KIND_SCHEME},
    {"catalogue", "catalogues", catalogue::v1::DOCUMENT_KIND_CATALOGUE},
    {"question-set", "question-sets", catalogue::v1::DOCUMENT_KIND_QUESTION_SET},
    {"rule-set", "rule-sets", catalogue::v1::DOCUMENT_KIND_RULE_SET},
}};

struct Ending {
  std::string_view text;
  DocumentFormat format;
};
// Longer ones first.
constexpr std::array<Ending, 5> kEndings = {{
    {".oscal.json", catalogue::v1::DOCUMENT_FORMAT_OSCAL_JSON},
    {".json", catalogue::v1::DOCUMENT_FORMAT_JSON},
    {".yaml", catalogue::v1::DOCUMENT_FORMAT_YAML},
    {".yml", catalogue::v1::DOCUMENT_FORMAT_YAML},
    {".csv", catalogue::v1::DOCUMENT_FORMAT_CSV},
}};

absl::Status Invalid(const std::string& path, std::string_view problem) {
  return UsageError("DRAFT_INVALID", absl::StrCat(path, ": ", ToAbsl(problem)));
}

const Ending* EndingOf(std::string_view name) {
  const auto it = std::find_if(kEndings.begin(), kEndings.end(),
                               [name](const Ending& e) { return name.ends_with(e.text); });
  return it == kEndings.end() ? nullptr : &*it;
}

// With the names of all folders: "." and "x/" show none of their own.
fs::path Absolute(const std::string& text) {
  std::error_code error;
  const fs::path path = fs::absolute(text, error).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

// Where a file stands in a scheme's folder; nothing for any other file.
struct Place {
  DocumentKind kind;
  std::string document_id;  // Empty for the scheme itself.
  std::string scheme;       // Empty when the path does not show it.
};

std::optional<Place> PlaceOf(const std::string& text) {
  const fs::path path = Absolute(text);
  const std::string name = path.filename().string();
  const std::string folder = path.parent_path().filename().string();
  const Ending* ending = EndingOf(name);
  if (ending == nullptr) return std::nullopt;
  const std::string stem = name.substr(0, name.size() - ending->text.size());
  if (stem == "scheme") return Place{catalogue::v1::DOCUMENT_KIND_SCHEME, "", folder};
  for (const Kind& kind : kKinds) {
    if (!kind.folder.empty() && folder == kind.folder) {
      return Place{kind.kind, stem, path.parent_path().parent_path().filename().string()};
    }
  }
  return std::nullopt;
}

absl::StatusOr<DocumentKind> KindOf(const DraftArguments& arguments, const std::string& path,
                                    DocumentFormat format) {
  for (const Kind& kind : kKinds) {
    if (arguments.kind == kind.word) return kind.kind;
  }
  if (!arguments.kind.empty()) {
    return Invalid(path, absl::StrCat("--kind ", arguments.kind,
                                      " is none of scheme, catalogue, question-set, rule-set"));
  }
  if (const auto place = PlaceOf(path); place.has_value()) return place->kind;
  const bool catalogue_only =
      format == catalogue::v1::DOCUMENT_FORMAT_OSCAL_JSON || !arguments.frame.empty();
  if (catalogue_only) return catalogue::v1::DOCUMENT_KIND_CATALOGUE;
  return Invalid(path,
                 "its name does not say what it is; give --kind, or put it into a folder named "
                 "catalogues, question-sets or rule-sets");
}

absl::StatusOr<DocumentFormat> FormatOf(const DraftArguments& arguments, const std::string& path) {
  if (!arguments.format.empty()) return ParseFormat(arguments.format);
  if (const Ending* ending = EndingOf(path); ending != nullptr) return ending->format;
  return Invalid(path, "does not end in .json, .yaml, .yml, .csv or .oscal.json; give --format");
}

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// The scheme files right in `folder`.
std::vector<std::string> FilesIn(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;  // Vanished meanwhile: no file.
    const fs::path& path = it->path();
    if (it->is_regular_file(ignored) && !IsHidden(path) && EndingOf(path.string()) != nullptr &&
        PlaceOf(path.string()).has_value()) {
      files.push_back(path.string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExpandPaths(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& text : paths) {
    std::error_code error;
    if (!fs::is_directory(text, error)) {
      files.push_back(text);
      continue;
    }
    const size_t before = files.size();
    const fs::path folder = Absolute(text);
    for (const fs::path& part :
         {folder, folder / "catalogues", folder / "question-sets", folder / "rule-sets"}) {
      const std::vector<std::string> found = FilesIn(part);
      files.insert(files.end(), found.begin(), found.end());
    }
    if (files.size() == before) {
      return UsageError("NO_FILES", absl::StrCat("folder ", text, " has no scheme files"));
    }
  }
  return files;
}

absl::StatusOr<DocumentDraft> BuildDraft(const DraftArguments& arguments, const std::string& path,
                                         std::string content) {
  DocumentDraft draft;
  ASSAY_ASSIGN_OR_RETURN(const DocumentFormat format, FormatOf(arguments, path));
  ASSAY_ASSIGN_OR_RETURN(const DocumentKind kind, KindOf(arguments, path, format));
  draft.set_kind(kind);
  draft.set_format(format);
  draft.set_document_id(arguments.id);
  const auto place = PlaceOf(path);
  if (arguments.id.empty() && place.has_value() && place->kind == kind) {
    draft.set_document_id(place->document_id);
  }
  draft.set_content(std::move(content));
  draft.set_file_name(fs::path(path).filename().string());
  draft.set_frame(arguments.frame);
  return draft;
}

absl::StatusOr<std::string> SchemeOf(const DraftArguments& arguments,
                                     const std::vector<std::string>& paths) {
  if (!arguments.scheme.empty()) return arguments.scheme;
  std::string scheme;
  for (const std::string& path : paths) {
    const auto place = PlaceOf(path);
    if (!place.has_value() || place->scheme.empty()) continue;
    if (!scheme.empty() && scheme != place->scheme) {
      return UsageError("SCHEME_UNCLEAR", absl::StrCat("the files are of schemes ", scheme, " and ",
                                                       place->scheme, "; publish one at a time"));
    }
    scheme = place->scheme;
  }
  if (scheme.empty()) {
    return UsageError("SCHEME_UNCLEAR",
                      "the files do not stand in a scheme's folder; give --scheme");
  }
  return scheme;
}

absl::StatusOr<DocumentFormat> ParseFormat(std::string_view word) {
  if (word == "json") return catalogue::v1::DOCUMENT_FORMAT_JSON;
  if (word == "yaml") return catalogue::v1::DOCUMENT_FORMAT_YAML;
  if (word == "csv") return catalogue::v1::DOCUMENT_FORMAT_CSV;
  if (word == "oscal" || word == "oscal-json") return catalogue::v1::DOCUMENT_FORMAT_OSCAL_JSON;
  return UsageError("DRAFT_INVALID", absl::StrCat("format \"", ToAbsl(word),
                                                  "\" is none of json, yaml, csv and oscal"));
}

}  // namespace assay::assayctl
