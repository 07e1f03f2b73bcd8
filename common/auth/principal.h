// Who is calling: what a verified token says. Made per call by TokenVerifier, never kept in a
// connection (gRPC's AuthContext is shared by all users of a channel).

#ifndef ASSAY_COMMON_AUTH_PRINCIPAL_H_
#define ASSAY_COMMON_AUTH_PRINCIPAL_H_

#include <string>

#include "absl/time/time.h"

#include "common/auth/role.h"

namespace assay::auth {

struct Principal {
  std::string subject;       // "ada@example.org" or "services/assay-scoring"; 1 to 128 bytes.
  std::string organisation;  // "organisations/<id>"
  RoleSet roles;             // At least one.
  absl::Time expires;        // The token's exp, without leeway.

  bool Has(Role role) const { return roles.Has(role); }
};

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_PRINCIPAL_H_
