#include "common/auth/role.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "common/text/view.h"

namespace assay::auth {
namespace {

constexpr size_t kPrefixBytes = std::string_view("ROLE_").size();
static_assert(access::v1::Role_MAX < 32, "RoleSet has 32 bits");
using NamesByNumber = std::array<std::string, access::v1::Role_MAX + 1>;

// Empty for numbers that are no role. Kept, since every call's log line names its caller's roles.
const NamesByNumber& AllNames() {
  static const NamesByNumber* const names = [] {
    auto* made = new NamesByNumber();
    for (int number = access::v1::Role_MIN; number <= access::v1::Role_MAX; ++number) {
      if (!access::v1::Role_IsValid(number)) continue;
      (*made)[static_cast<size_t>(number)] = RoleName(static_cast<Role>(number));
    }
    return made;
  }();
  return *names;
}

}  // namespace

std::string RoleName(Role role) {
  return absl::AsciiStrToLower(access::v1::Role_Name(role).substr(kPrefixBytes));
}

std::optional<Role> ParseRole(std::string_view name) {
  for (const char c : name) {
    if ((c < 'a' || c > 'z') && c != '_') return std::nullopt;
  }
  Role role = access::v1::ROLE_UNSPECIFIED;
  if (!access::v1::Role_Parse(absl::StrCat("ROLE_", absl::AsciiStrToUpper(ToAbsl(name))), &role) ||
      role == access::v1::ROLE_UNSPECIFIED) {
    return std::nullopt;
  }
  return role;
}

std::vector<std::string> RoleSet::Names() const {
  const NamesByNumber& all = AllNames();
  std::vector<std::string> names;
  for (size_t number = 0; number < all.size(); ++number) {
    if (!all[number].empty() && Has(static_cast<Role>(number))) names.push_back(all[number]);
  }
  return names;
}

std::string RoleSet::ToString() const {
  const NamesByNumber& all = AllNames();
  std::string joined;
  for (size_t number = 0; number < all.size(); ++number) {
    if (all[number].empty() || !Has(static_cast<Role>(number))) continue;
    if (!joined.empty()) joined += ", ";
    joined += all[number];
  }
  return joined;
}

}  // namespace assay::auth
