#include "common/auth/role.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/text/view.h"

namespace assay::auth {
namespace {

constexpr size_t kPrefixBytes = std::string_view("ROLE_").size();

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
  static_assert(access::v1::Role_MAX < 32, "RoleSet has 32 bits");
  std::vector<std::string> names;
  for (int number = access::v1::Role_MIN; number <= access::v1::Role_MAX; ++number) {
    const Role role = static_cast<Role>(number);
    if (access::v1::Role_IsValid(number) && Has(role)) names.push_back(RoleName(role));
  }
  return names;
}

std::string RoleSet::ToString() const { return absl::StrJoin(Names(), ", "); }

}  // namespace assay::auth
