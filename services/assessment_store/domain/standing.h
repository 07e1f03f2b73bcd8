// What a caller is to an assessment: the second gate, behind the method's role.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_STANDING_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_STANDING_H_

#include <optional>
#include <string>
#include <string_view>

#include "common/auth/principal.h"

namespace assay::assessment_store {

enum class Standing {
  kNone,      // To this caller the assessment does not exist.
  kReader,    // May read.
  kSupplier,  // The assessed organisation: own answers.
  kAssessor,  // The certification body: everything about results.
};

// The strongest standing the caller has. Pure.
Standing StandingOf(const auth::Principal& caller, std::string_view supplier,
                    std::string_view certification_body);

// The one organisation whose assessments the caller may list, or nullopt for all of them.
std::optional<std::string> VisibleOrganisation(const auth::Principal& caller);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_STANDING_H_
