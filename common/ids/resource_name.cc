#include "common/ids/resource_name.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "common/status/error.h"
#include "common/text/view.h"

namespace assay {
namespace {

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

absl::Status NameInvalid(std::string_view field, std::string_view name, std::string_view want) {
  const std::string problem =
      absl::StrCat("is '", ToAbsl(name), "'; ", ToAbsl(want), " is required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("value", name)
      .Field(field, problem)
      .Build();
}

}  // namespace

bool IsValidId(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdCharacters) return false;
  for (const char c : id) {
    if (!IsIdCharacter(c)) return false;
  }
  return (id[0] >= 'a' && id[0] <= 'z') || (id[0] >= '0' && id[0] <= '9');
}

absl::Status CheckId(std::string_view field, std::string_view id) {
  if (IsValidId(id)) return absl::OkStatus();
  const std::string problem =
      absl::StrCat("is '", ToAbsl(id), "'; 1 to ", kMaxIdCharacters,
                   " of a-z, 0-9, '.', '_' and '-', starting with a letter or digit, are required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "ID_INVALID")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("value", id)
      .Field(field, problem)
      .Build();
}

absl::StatusOr<std::vector<std::string>> ParseName(std::string_view field, std::string_view pattern,
                                                   std::string_view name) {
  const std::vector<absl::string_view> want = absl::StrSplit(ToAbsl(pattern), '/');
  const std::vector<absl::string_view> have = absl::StrSplit(ToAbsl(name), '/');
  if (have.size() != want.size()) return NameInvalid(field, name, pattern);
  std::vector<std::string> ids;
  for (size_t i = 0; i < want.size(); ++i) {
    if (want[i] != "*") {
      if (have[i] != want[i]) return NameInvalid(field, name, pattern);
      continue;
    }
    if (!IsValidId({have[i].data(), have[i].size()})) return NameInvalid(field, name, pattern);
    ids.emplace_back(have[i]);
  }
  return ids;
}

std::string FormatName(std::string_view pattern, std::initializer_list<std::string_view> ids) {
  std::string name;
  auto id = ids.begin();
  for (const char c : pattern) {
    if (c != '*') {
      name.push_back(c);
    } else if (id != ids.end()) {
      name.append(*id++);
    }
  }
  return name;
}

bool IsValidAlias(std::string_view alias) {
  return IsValidId(alias) && alias[0] >= 'a' && alias[0] <= 'z';
}

absl::StatusOr<RevisionedName> SplitRevision(std::string_view field, std::string_view name) {
  const size_t at = name.find('@');
  if (at == std::string_view::npos) return RevisionedName{std::string(name), 0, ""};
  const std::string_view suffix = name.substr(at + 1);
  if (IsValidAlias(suffix)) {
    return RevisionedName{std::string(name.substr(0, at)), 0, std::string(suffix)};
  }
  uint32_t revision = 0;
  const bool plain = !suffix.empty() && suffix.size() <= 9 && suffix[0] != '0' &&
                     suffix.find_first_not_of("0123456789") == std::string_view::npos;
  if (!plain || !absl::SimpleAtoi(ToAbsl(suffix), &revision)) {
    return NameInvalid(field, name,
                       "a name followed by @ and a revision number from 1 or an alias");
  }
  return RevisionedName{std::string(name.substr(0, at)), revision, ""};
}

}  // namespace assay
