#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/catalogue/domain/compare.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

std::string Shown(const json* value) {
  if (value == nullptr) return "";
  // Cut before a multi-byte character would be split: escapes are ASCII.
  std::string text = value->dump(-1, ' ', /*ensure_ascii=*/true);
  if (text.size() > kMaxComparedValueBytes) text = text.substr(0, kMaxComparedValueBytes) + "...";
  return text;
}

void Add(const std::string& path, const json* before, const json* after,
         std::vector<v1::ValueChange>& changes) {
  v1::ValueChange& change = changes.emplace_back();
  change.set_path(path);
  change.set_before(Shown(before));
  change.set_after(Shown(after));
}

// What a list entry is known by, or nullopt.
std::optional<std::string> IdentityOf(const json& entry) {
  if (!entry.is_object()) return std::nullopt;
  const auto text = [&](const char* key) -> std::optional<std::string> {
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  };
  if (auto id = text("id")) return id;
  const auto profile = text("profile");
  const auto control = text("control");
  if (profile.has_value() && control.has_value()) return absl::StrCat(*profile, "/", *control);
  for (const auto& identity : {control, text("objective"), profile, text("reason")}) {
    if (identity.has_value()) return identity;
  }
  return std::nullopt;
}

// The entries of a list by what they are known by, and their order.
struct Members {
  std::vector<std::string> order;
  std::map<std::string, const json*> by_id;
};

std::optional<Members> MembersOf(const json& list) {
  if (!list.is_array()) return std::nullopt;
  Members members;
  for (const json& entry : list) {
    const std::optional<std::string> id = IdentityOf(entry);
    if (!id.has_value() || !members.by_id.emplace(*id, &entry).second) return std::nullopt;
    members.order.push_back(*id);
  }
  return members;
}

// The ids of `members` that `others` have too, in their order.
json CommonOrder(const Members& members, const Members& others) {
  json order = json::array();
  for (const std::string& id : members.order) {
    if (others.by_id.contains(id)) order.push_back(id);
  }
  return order;
}

const json* Find(const Members& members, const std::string& id) {
  const auto found = members.by_id.find(id);
  return found == members.by_id.end() ? nullptr : found->second;
}

void AddMembers(const std::string& path, const Members& before, const Members& after,
                std::vector<v1::ValueChange>& changes) {
  for (const std::string& id : before.order) {
    if (!after.by_id.contains(id)) {
      Add(absl::StrCat(path, "[", id, "]"), before.by_id.at(id), nullptr, changes);
    }
  }
  for (const std::string& id : after.order) {
    AddChanges(absl::StrCat(path, "[", id, "]"), Find(before, id), after.by_id.at(id), changes);
  }
  const json order_before = CommonOrder(before, after);
  const json order_after = CommonOrder(after, before);
  if (order_before != order_after) Add(path, &order_before, &order_after, changes);
}

void AddKeys(const std::string& path, const json& before, const json& after,
             std::vector<v1::ValueChange>& changes) {
  std::set<std::string> keys;
  for (const json* object : {&before, &after}) {
    for (const auto& [key, value] : object->items()) keys.insert(key);
  }
  for (const std::string& key : keys) {
    const auto old_value = before.find(key);
    const auto new_value = after.find(key);
    AddChanges(path.empty() ? key : absl::StrCat(path, ".", key),
               old_value == before.end() ? nullptr : &*old_value,
               new_value == after.end() ? nullptr : &*new_value, changes);
  }
}

}  // namespace

void AddChanges(const std::string& path, const json* before, const json* after,
                std::vector<v1::ValueChange>& changes) {
  if (before == nullptr && after == nullptr) return;
  if (before == nullptr || after == nullptr) return Add(path, before, after, changes);
  if (*before == *after) return;
  if (before->is_object() && after->is_object()) return AddKeys(path, *before, *after, changes);
  const std::optional<Members> old_members = MembersOf(*before);
  const std::optional<Members> new_members = MembersOf(*after);
  if (old_members.has_value() && new_members.has_value()) {
    return AddMembers(path, *old_members, *new_members, changes);
  }
  Add(path, before, after, changes);
}

}  // namespace assay::catalogue
