// The caller of a call as the actor of an event.

#ifndef ASSAY_COMMON_AUDIT_ACTOR_H_
#define ASSAY_COMMON_AUDIT_ACTOR_H_

#include "common/audit/event_log.h"
#include "common/auth/principal.h"

namespace assay::audit {

// A service acts for no organisation.
inline Actor ActorOf(const auth::Principal& principal) {
  return {.subject = principal.subject,
          .organisation = principal.Has(access::v1::ROLE_SERVICE) ? "" : principal.organisation,
          .roles = principal.roles.Names()};
}

}  // namespace assay::audit

#endif  // ASSAY_COMMON_AUDIT_ACTOR_H_
