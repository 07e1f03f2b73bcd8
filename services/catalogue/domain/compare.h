// Says how two documents of one kind differ.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_COMPARE_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_COMPARE_H_

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// Everything of the answer but the names, at most kMaxChanges changes of values. Both are parsed
// documents of the same kind. The errors of ParseStrictJson when a canonical form is none.
absl::StatusOr<v1::CompareRevisionsResponse> CompareDocuments(const Document& base,
                                                              const Document& other);

// Adds the differences of two values to `changes`, each cut at kMaxComparedValueBytes, in byte
// order of keys and in the order of `other` inside lists. Entries of a list that all have ids of
// their own (id, control, objective, profile, reason, or profile and control) are matched by them;
// other lists are one value. Null stands for a value that is not there.
void AddChanges(const std::string& path, const nlohmann::json* before, const nlohmann::json* after,
                std::vector<v1::ValueChange>& changes);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_COMPARE_H_
