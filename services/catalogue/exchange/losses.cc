#include "services/catalogue/exchange/losses.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// "a[3].b" as "a[].b".
std::string WithoutPositions(std::string_view path) {
  std::string field;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) field.push_back(c);
    if (c == '[') inside = true;
  }
  return field;
}

std::string Join(const std::string& path, const std::string& key) {
  return path.empty() ? key : absl::StrCat(path, ".", key);
}

// Documents are at most kMaxJsonDepth deep, so recursion is bounded.
void Compare(const std::string& path, const nlohmann::json& before, const nlohmann::json& after,
             LossList& losses) {
  if (before == after) return;
  if (before.is_object() && after.is_object()) {
    for (const auto& [key, value] : before.items()) {
      const auto found = after.find(key);
      if (found == after.end()) {
        losses.Add(Join(path, key), "not carried over");
      } else {
        Compare(Join(path, key), value, *found, losses);
      }
    }
    for (const auto& [key, value] : after.items()) {
      if (!before.contains(key)) losses.Add(Join(path, key), "added");
    }
    return;
  }
  if (before.is_array() && after.is_array()) {
    const size_t common = std::min(before.size(), after.size());
    for (size_t i = 0; i < common; ++i) {
      Compare(absl::StrCat(path, "[", i, "]"), before[i], after[i], losses);
    }
    for (size_t i = common; i < before.size(); ++i) {
      losses.Add(absl::StrCat(path, "[", i, "]"), "not carried over");
    }
    for (size_t i = common; i < after.size(); ++i) {
      losses.Add(absl::StrCat(path, "[", i, "]"), "added");
    }
    return;
  }
  losses.Add(path, "changed");
}

}  // namespace

void LossList::Add(std::string_view path, std::string_view what) {
  const std::string field = WithoutPositions(path);
  for (Loss& loss : losses_) {
    if (loss.field == field && loss.what == what) {
      ++loss.count;
      return;
    }
  }
  if (losses_.size() < kMaxLosses) {
    losses_.push_back(
        {.field = field, .first = std::string(path), .count = 1, .what = std::string(what)});
    return;
  }
  if (losses_.size() == kMaxLosses) {
    losses_.push_back({.field = "further fields",
                       .first = std::string(path),
                       .count = 0,
                       .what = "not listed one by one"});
  }
  ++losses_.back().count;
}

void AddDifferences(const nlohmann::json& before, const nlohmann::json& after, LossList& losses) {
  Compare("", before, after, losses);
}

}  // namespace assay::catalogue
