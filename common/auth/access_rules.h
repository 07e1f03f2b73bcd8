// Which roles may call which method: read from the protos' (assay.access.v1.access) options.
// Deny by default: a service with a method that has no rule cannot be served.

#ifndef ASSAY_COMMON_AUTH_ACCESS_RULES_H_
#define ASSAY_COMMON_AUTH_ACCESS_RULES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/auth/principal.h"

namespace assay::auth {

// Immutable and thread-safe.
class AccessRules {
 public:
  // Reads the options of "assay.catalogue.v1.CatalogueService" and so on from the protos linked
  // into the binary. FAILED_PRECONDITION ACCESS_RULE_MISSING (metadata `method`) for a method
  // without a rule, with an empty one or one that names ROLE_UNSPECIFIED; SERVICE_UNKNOWN for a
  // service that is not linked in.
  static absl::StatusOr<AccessRules> ForServices(const std::vector<std::string>& services);

  // `method` is "/assay.catalogue.v1.CatalogueService/GetScheme". PERMISSION_DENIED
  // ROLE_NOT_ALLOWED with metadata method, required_roles and own_roles, or METHOD_HAS_NO_RULE.
  absl::Status Check(std::string_view method, const Principal& principal) const;

  // True when every method of `service` has a rule here.
  bool Covers(std::string_view service) const;

  // All methods with a rule, in order of their names.
  std::vector<std::string> Methods() const;

 private:
  struct Rule {
    RoleSet roles;
    bool any_authenticated = false;
  };
  std::map<std::string, Rule, std::less<>> rules_;  // By method.
  std::vector<std::string> services_;
};

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_ACCESS_RULES_H_
