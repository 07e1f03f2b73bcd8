// Resource names: "collection/id[/collection/id...]", as in google.aip.dev/122.

#ifndef ASSAY_COMMON_IDS_RESOURCE_NAME_H_
#define ASSAY_COMMON_IDS_RESOURCE_NAME_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay {

inline constexpr size_t kMaxIdCharacters = 64;

// True for 1 to 64 of [a-z0-9._-], starting with a letter or digit.
bool IsValidId(std::string_view id);

// INVALID_ARGUMENT ID_INVALID naming `field` unless IsValidId(id).
absl::Status CheckId(std::string_view field, std::string_view id);

// Takes a name apart by a pattern such as "assessments/*/verdicts/*" and returns the parts at
// the stars, in order. INVALID_ARGUMENT RESOURCE_NAME_INVALID naming `field` when `name` has
// another shape or a part is not a valid id.
absl::StatusOr<std::vector<std::string>> ParseName(std::string_view field, std::string_view pattern,
                                                   std::string_view name);

// The reverse of ParseName: FormatName("assessments/*/verdicts/*", {"a", "b"}).
std::string FormatName(std::string_view pattern, std::initializer_list<std::string_view> ids);

// A name that may carry a revision, by its number or by an alias:
// "schemes/dcc/ruleSets/asr-2.1@3", "schemes/dcc/ruleSets/asr@current" (google.aip.dev/162).
struct RevisionedName {
  std::string name;       // Without the revision.
  uint32_t revision = 0;  // 0: no number given; without an alias the latest is meant.
  std::string alias;      // Empty: no alias given. What it names may change from day to day.
};

// True for an id (IsValidId) that starts with a letter, so that no revision number is one.
bool IsValidAlias(std::string_view alias);

// INVALID_ARGUMENT RESOURCE_NAME_INVALID naming `field` when the part behind '@' is neither a
// decimal number from 1 to 999999999 without leading zeros nor a valid alias.
absl::StatusOr<RevisionedName> SplitRevision(std::string_view field, std::string_view name);

}  // namespace assay

#endif  // ASSAY_COMMON_IDS_RESOURCE_NAME_H_
