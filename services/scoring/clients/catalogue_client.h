// What scoring asks of the catalogue service.

#ifndef ASSAY_SERVICES_SCORING_CLIENTS_CATALOGUE_CLIENT_H_
#define ASSAY_SERVICES_SCORING_CLIENTS_CATALOGUE_CLIENT_H_

#include <string>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "common/rpc/call.h"

namespace assay::scoring {

// Names are resource names with or without "@{revision}"; the latest revision is meant without.
// What is returned always names its own revision and digest. Errors are the catalogue's own, or
// UNAVAILABLE CATALOGUE_UNAVAILABLE. Calls wait for the answer within the deadline of `call`.
// Thread-safe.
class CatalogueClient {
 public:
  virtual ~CatalogueClient() = default;

  virtual absl::StatusOr<catalogue::v1::Catalogue> GetCatalogue(const rpc::CallContext& call,
                                                                const std::string& name) = 0;
  virtual absl::StatusOr<catalogue::v1::QuestionSet> GetQuestionSet(const rpc::CallContext& call,
                                                                    const std::string& name) = 0;
  virtual absl::StatusOr<catalogue::v1::RuleSet> GetRuleSet(const rpc::CallContext& call,
                                                            const std::string& name) = 0;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CLIENTS_CATALOGUE_CLIENT_H_
