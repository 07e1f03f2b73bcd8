#include "services/assessment_store/domain/standing.h"

namespace assay::assessment_store {
namespace {

// Roles that read every assessment. A procurement reader is among them because the only method
// open to it here is GetVerdict.
bool ReadsAll(const auth::Principal& caller) {
  return caller.roles.Intersects({access::v1::ROLE_REVIEWER, access::v1::ROLE_REVIEW_LEAD,
                                  access::v1::ROLE_AUDITOR, access::v1::ROLE_PROCUREMENT_READER,
                                  access::v1::ROLE_SERVICE});
}

}  // namespace

Standing StandingOf(const auth::Principal& caller, std::string_view supplier,
                    std::string_view certification_body) {
  const bool is_body = caller.organisation == certification_body;
  const bool is_supplier = caller.organisation == supplier;
  if (is_body && caller.Has(access::v1::ROLE_ASSESSOR)) return Standing::kAssessor;
  if (is_supplier && caller.Has(access::v1::ROLE_SUPPLIER)) return Standing::kSupplier;
  if (ReadsAll(caller)) return Standing::kReader;
  if ((is_body || is_supplier) && caller.Has(access::v1::ROLE_PLATFORM)) return Standing::kReader;
  return Standing::kNone;
}

std::optional<std::string> VisibleOrganisation(const auth::Principal& caller) {
  if (ReadsAll(caller)) return std::nullopt;
  return caller.organisation;
}

}  // namespace assay::assessment_store
