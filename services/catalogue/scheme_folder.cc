#include "services/catalogue/scheme_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr char kSchemeFile[] = "scheme.json";
constexpr char kExtension[] = ".json";

struct KindFolder {
  const char* folder;
  DocumentKind kind;
  std::vector<Document> SchemeDocuments::*list;
};

constexpr KindFolder kKindFolders[] = {
    {"catalogues", DocumentKind::kCatalogue, &SchemeDocuments::catalogues},
    {"question-sets", DocumentKind::kQuestionSet, &SchemeDocuments::question_sets},
    {"rule-sets", DocumentKind::kRuleSet, &SchemeDocuments::rule_sets},
};

// What is in a folder, sorted by name, without names that begin with a dot.
absl::StatusOr<std::vector<fs::path>> ListFolder(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string()[0] != '.') entries.push_back(it->path());
  }
  if (error) return SchemeDirUnreadable(folder.string(), error.message());
  std::sort(entries.begin(), entries.end());
  return entries;
}

// The whole file, or its first kMaxFileBytes + 1 bytes: enough for the parser to refuse it.
absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return SchemeDirUnreadable(path.string(), "cannot be opened");
  std::string text(kMaxFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return SchemeDirUnreadable(path.string(), "cannot be read to its end");
  text.resize(static_cast<size_t>(file.gcount()));
  return text;
}

// Reads one file; `label` is its path below the scheme directory, `id` what it must call itself.
absl::StatusOr<Document> ReadDocument(const fs::path& path, const std::string& label,
                                      const std::string& scheme, DocumentKind kind,
                                      const std::string& id) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSAY_ASSIGN_OR_RETURN(Document document, ParseDocument(scheme, kind, label, text));
  if (document.name.id != id) {
    return SchemeFileInvalid({label, "id"}, Quoted(document.name.id),
                             absl::StrCat("\"", id, "\" is required, as the file is named"));
  }
  return document;
}

absl::StatusOr<std::vector<Document>> ReadKind(const fs::path& folder, const std::string& scheme,
                                               const KindFolder& kind) {
  std::vector<Document> documents;
  ASSAY_ASSIGN_OR_RETURN(const std::vector<fs::path> files, ListFolder(folder));
  const std::string folder_label = absl::StrCat(scheme, "/", kind.folder);
  if (files.size() > kMaxDocumentsPerKind) {
    return TooMany("TOO_MANY_DOCUMENTS", absl::StrCat("files in ", folder_label),
                   kMaxDocumentsPerKind);
  }
  for (const fs::path& file : files) {
    const std::string label = absl::StrCat(folder_label, "/", file.filename().string());
    if (file.extension() != kExtension || !IsValidId(file.stem().string())) {
      return SchemeFileInvalid({label, ""}, Quoted(Printable(file.filename().string())),
                               "a file <id>.json is required here");
    }
    ASSAY_ASSIGN_OR_RETURN(Document document,
                           ReadDocument(file, label, scheme, kind.kind, file.stem().string()));
    documents.push_back(std::move(document));
  }
  // Files sort with their extension: "a-1.json" before "a.json". Documents sort by id.
  std::sort(documents.begin(), documents.end(),
            [](const Document& a, const Document& b) { return a.name.id < b.name.id; });
  return documents;
}

absl::StatusOr<SchemeDocuments> ReadScheme(const fs::path& folder) {
  const std::string scheme = folder.filename().string();
  if (!IsValidId(scheme)) {
    return SchemeFileInvalid({scheme, ""}, Quoted(Printable(scheme)),
                             "a folder named by the scheme's id is required");
  }
  SchemeDocuments documents;
  ASSAY_ASSIGN_OR_RETURN(documents.scheme,
                         ReadDocument(folder / kSchemeFile, scheme + "/" + kSchemeFile, scheme,
                                      DocumentKind::kScheme, scheme));
  ASSAY_ASSIGN_OR_RETURN(const std::vector<fs::path> entries, ListFolder(folder));
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    if (name == kSchemeFile) continue;
    const auto* kind = std::find_if(std::begin(kKindFolders), std::end(kKindFolders),
                                    [&](const KindFolder& known) { return name == known.folder; });
    if (kind == std::end(kKindFolders)) {
      return SchemeFileInvalid({absl::StrCat(scheme, "/", name), ""}, "an unknown name",
                               "known here: scheme.json, catalogues, question-sets, rule-sets");
    }
    ASSAY_ASSIGN_OR_RETURN(documents.*(kind->list), ReadKind(entry, scheme, *kind));
  }
  ASSAY_RETURN_IF_ERROR(ValidateScheme(documents));
  return documents;
}

}  // namespace

absl::StatusOr<std::vector<SchemeDocuments>> ReadSchemeDir(const std::string& scheme_dir) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<fs::path> entries, ListFolder(scheme_dir));
  std::vector<SchemeDocuments> schemes;
  for (const fs::path& entry : entries) {
    std::error_code error;
    const bool is_folder = fs::is_directory(entry, error);
    if (error) return SchemeDirUnreadable(entry.string(), error.message());
    if (!is_folder) continue;
    if (schemes.size() == kMaxSchemes) {
      return TooMany("TOO_MANY_DOCUMENTS", "schemes in the scheme directory", kMaxSchemes);
    }
    ASSAY_ASSIGN_OR_RETURN(SchemeDocuments documents, ReadScheme(entry));
    schemes.push_back(std::move(documents));
  }
  return schemes;
}

}  // namespace assay::catalogue
