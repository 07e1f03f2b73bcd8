// Roles by name, and sets of them.

#ifndef ASSAY_COMMON_AUTH_ROLE_H_
#define ASSAY_COMMON_AUTH_ROLE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/access/v1/access.pb.h"

namespace assay::auth {

using access::v1::Role;

// "review_lead" for ROLE_REVIEW_LEAD, the form tokens and errors use.
std::string RoleName(Role role);

// nullopt for a name that is no role, and for "unspecified".
std::optional<Role> ParseRole(std::string_view name);

// A set of roles in one word.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (Role role : roles) Add(role);
  }

  constexpr void Add(Role role) { bits_ |= uint32_t{1} << static_cast<int>(role); }
  constexpr bool Has(Role role) const { return (bits_ >> static_cast<int>(role) & 1) != 0; }
  constexpr bool Intersects(RoleSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

  // Names in the order of the enum's numbers.
  std::vector<std::string> Names() const;
  // Names joined by ", ".
  std::string ToString() const;

  friend constexpr bool operator==(RoleSet, RoleSet) = default;

 private:
  uint32_t bits_ = 0;
};

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_ROLE_H_
