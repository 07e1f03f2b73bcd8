#include "tools/assayctl/conformance/vector.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/conformance/compare.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/json.h"

namespace assay::assayctl {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr char kSchemesFolder[] = "schemes";
constexpr size_t kDigestDigits = 64;

absl::Status Invalid(std::string_view place, std::string_view problem) {
  return UsageError("VECTOR_INVALID", absl::StrCat(ToAbsl(place), ": ", ToAbsl(problem)));
}

// Refuses keys that `known` does not have.
template <size_t kSize>
absl::Status CheckKeys(const ordered_json& object, std::string_view place,
                       const std::array<std::string_view, kSize>& known) {
  if (!object.is_object()) return Invalid(place, "is no object");
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      return Invalid(place, absl::StrCat("has an unknown key \"", key, "\""));
    }
  }
  return absl::OkStatus();
}

// The text under `key`; "" when it may be left out and is.
absl::StatusOr<std::string> Text(const ordered_json& object, std::string_view place,
                                 const std::string& key, bool required) {
  if (!object.contains(key) && !required) return std::string();
  if (!object.contains(key) || !object[key].is_string() || object[key].get<std::string>().empty()) {
    return Invalid(place, absl::StrCat(key, " must be a text that is not empty"));
  }
  return object[key].get<std::string>();
}

bool IsVectorName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxVectorNameBytes &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                  absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '_' ||
                  c == '-';
         });
}

absl::StatusOr<absl::StatusCode> ParseCode(std::string_view place, const std::string& name) {
  constexpr int kLastCode = static_cast<int>(absl::StatusCode::kUnauthenticated);
  for (int number = 1; number <= kLastCode; ++number) {
    const auto code = static_cast<absl::StatusCode>(number);
    if (absl::StatusCodeToString(code) == name) return code;
  }
  return Invalid(place, absl::StrCat("\"", name, "\" is no status code such as INVALID_ARGUMENT"));
}

absl::StatusOr<ExpectedError> ParseExpectedError(const ordered_json& json, std::string_view place) {
  const std::string at = absl::StrCat(ToAbsl(place), " expect_error");
  ASSAY_RETURN_IF_ERROR(
      CheckKeys(json, at, std::array<std::string_view, 3>{"code", "reason", "field"}));
  ExpectedError error;
  ASSAY_ASSIGN_OR_RETURN(const std::string code, Text(json, at, "code", /*required=*/true));
  ASSAY_ASSIGN_OR_RETURN(error.code, ParseCode(at, code));
  ASSAY_ASSIGN_OR_RETURN(error.reason, Text(json, at, "reason", /*required=*/false));
  ASSAY_ASSIGN_OR_RETURN(error.field, Text(json, at, "field", /*required=*/false));
  return error;
}

absl::StatusOr<std::string> Digest(const ordered_json& json, std::string_view place,
                                   const std::string& key) {
  // A request without a question set has an empty digest there.
  if (!json.contains(key) || json[key] == "") return std::string();
  ASSAY_ASSIGN_OR_RETURN(std::string digest, Text(json, place, key, /*required=*/true));
  const bool hex = digest.size() == kDigestDigits &&
                   digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!hex) return Invalid(place, absl::StrCat(key, " must be 64 digits of 0-9 a-f"));
  return digest;
}

absl::StatusOr<DocumentDigests> ParseDigests(const ordered_json& json, std::string_view place) {
  const std::string at = absl::StrCat(ToAbsl(place), " digests");
  ASSAY_RETURN_IF_ERROR(CheckKeys(
      json, at, std::array<std::string_view, 3>{"catalogue", "question_set", "rule_set"}));
  DocumentDigests digests;
  ASSAY_ASSIGN_OR_RETURN(digests.catalogue, Digest(json, at, "catalogue"));
  ASSAY_ASSIGN_OR_RETURN(digests.question_set, Digest(json, at, "question_set"));
  ASSAY_ASSIGN_OR_RETURN(digests.rule_set, Digest(json, at, "rule_set"));
  return digests;
}

absl::StatusOr<std::vector<std::string>> ParseFolders(const ordered_json& json,
                                                      std::string_view place) {
  std::vector<std::string> folders;
  if (!json.is_array()) return Invalid(place, "scheme_files must be a list of folder names");
  for (const ordered_json& entry : json) {
    if (!entry.is_string() || !IsVectorName(entry.get<std::string>()) ||
        entry.get<std::string>()[0] == '.') {
      return Invalid(place, "scheme_files must be a list of folder names");
    }
    folders.push_back(entry.get<std::string>());
  }
  return folders;
}

// What is expected, one way or the other.
absl::Status ParseExpectation(const ordered_json& json, std::string_view place, Vector& vector) {
  if (json.contains("expect") == json.contains("expect_error")) {
    return Invalid(place, "must have either expect or expect_error");
  }
  if (json.contains("expect_error")) {
    ASSAY_ASSIGN_OR_RETURN(vector.expect_error, ParseExpectedError(json["expect_error"], place));
    return absl::OkStatus();
  }
  vector.expect = json["expect"];
  if (vector.expect.empty()) return Invalid(place, "expect is empty: it would always pass");
  return CheckExpectation(vector.expect, *scoring::v1::Verdict::descriptor(),
                          absl::StrCat(ToAbsl(place), " expect"));
}

absl::StatusOr<Vector> ParseVector(const std::string& file, const ordered_json& json) {
  Vector vector;
  vector.file = file;
  ASSAY_RETURN_IF_ERROR(
      CheckKeys(json, file,
                std::array<std::string_view, 8>{"name", "pins", "source", "scheme_files", "score",
                                                "digests", "expect", "expect_error"}));
  ASSAY_ASSIGN_OR_RETURN(vector.name, Text(json, file, "name", /*required=*/true));
  if (!IsVectorName(vector.name)) {
    return Invalid(file, absl::StrCat("name \"", vector.name, "\" must be 1 to ",
                                      kMaxVectorNameBytes, " of a-z 0-9 . _ -"));
  }
  const std::string place = absl::StrCat(file, " (", vector.name, ")");
  ASSAY_ASSIGN_OR_RETURN(vector.pins, Text(json, place, "pins", /*required=*/true));
  ASSAY_ASSIGN_OR_RETURN(vector.source, Text(json, place, "source", /*required=*/true));
  if (json.contains("scheme_files")) {
    ASSAY_ASSIGN_OR_RETURN(vector.scheme_files, ParseFolders(json["scheme_files"], place));
  }
  if (!json.contains("score")) return Invalid(place, "has no score");
  ASSAY_RETURN_IF_ERROR(ParseJson(place + " score", json["score"].dump(), vector.score));
  if (json.contains("digests")) {
    ASSAY_ASSIGN_OR_RETURN(vector.digests, ParseDigests(json["digests"], place));
  }
  ASSAY_RETURN_IF_ERROR(ParseExpectation(json, place, vector));
  return vector;
}

bool IsVectorFile(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_regular_file(error) && entry.path().extension() == ".json";
}

bool IsPassedOver(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  return name[0] == '.' || name == kSchemesFolder;
}

}  // namespace

absl::StatusOr<std::vector<Vector>> ParseVectors(const std::string& file, std::string_view text) {
  const ordered_json json =
      ordered_json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return Invalid(file, "is not JSON");
  std::vector<Vector> vectors;
  if (!json.is_array()) {
    ASSAY_ASSIGN_OR_RETURN(Vector vector, ParseVector(file, json));
    vectors.push_back(std::move(vector));
    return vectors;
  }
  for (size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_object()) return Invalid(absl::StrCat(file, " [", i, "]"), "is no object");
    ASSAY_ASSIGN_OR_RETURN(Vector vector, ParseVector(file, json[i]));
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

absl::StatusOr<std::vector<std::string>> FindVectorFiles(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  while (!error && it != fs::recursive_directory_iterator()) {
    if (IsPassedOver(*it)) {
      it.disable_recursion_pending();
    } else if (IsVectorFile(*it)) {
      files.push_back(it->path().string());
    }
    it.increment(error);
  }
  if (error) {
    return UsageError("FILE_UNREADABLE",
                      absl::StrCat("cannot read folder ", folder, ": ", error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::Status CheckNames(const std::vector<Vector>& vectors) {
  std::set<std::string> names;
  for (const Vector& vector : vectors) {
    if (!names.insert(vector.name).second) {
      return Invalid(vector.file, absl::StrCat("another vector is named ", vector.name, " too"));
    }
  }
  return absl::OkStatus();
}

bool MatchesGlob(std::string_view pattern, std::string_view name) {
  // Goes back to the last star only: no pattern takes more than |pattern| * |name| steps.
  size_t p = 0;
  size_t n = 0;
  size_t star = std::string_view::npos;
  size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace assay::assayctl
