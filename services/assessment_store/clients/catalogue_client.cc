#include "services/assessment_store/clients/catalogue_client.h"

#include <algorithm>
#include <map>
#include <utility>

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/rpc/client.h"
#include "common/status/macros.h"
#include "common/sync/mutex.h"

namespace assay::assessment_store {
namespace {

using Stub = catalogue::v1::CatalogueService::StubInterface;

// Of what a rule set may say about review and outcomes, the part that submissions and reviews do
// not act on yet.
std::string_view WhyNot(const catalogue::v1::RuleSet& rules) {
  if (rules.use() != catalogue::v1::RULE_SET_USE_CERTIFICATION) return "is for comparison";
  if (rules.separation_of_duties() != catalogue::v1::SEPARATION_OF_DUTIES_POLICY_STRICT) {
    return "has another separation_of_duties than strict, which reviews do not act on yet";
  }
  if (rules.sampling_per_thousand() != 0) return "has sampling, which reviews do not act on yet";
  if (rules.reviews_required() != 1) {
    return "has more than one review, which reviews do not act on yet";
  }
  if (rules.review_reasons_size() > 0) {
    return "has ratification, which submissions do not act on yet";
  }
  for (const catalogue::v1::OutcomeRule& outcome : rules.outcomes()) {
    if (outcome.kind() != catalogue::v1::OUTCOME_KIND_PASSED &&
        outcome.kind() != catalogue::v1::OUTCOME_KIND_FAILED) {
      return "has outcomes that neither pass nor fail, which submissions do not act on yet";
    }
  }
  return {};
}

class GrpcCatalogueClient final : public CatalogueClient {
 public:
  GrpcCatalogueClient(std::shared_ptr<grpc::Channel> channel, rpc::TokenSource& tokens)
      : stub_(catalogue::v1::CatalogueService::NewStub(std::move(channel))), tokens_(tokens) {}

  absl::StatusOr<std::shared_ptr<const Scope>> ScopeOf(const rpc::CallContext& call,
                                                       std::string_view catalogue,
                                                       std::string_view profile) override {
    const std::pair<std::string, std::string> key(catalogue, profile);
    {
      MutexLock lock(mutex_);
      const auto found = scopes_.find(key);
      if (found != scopes_.end()) return found->second;
    }
    catalogue::v1::GetCatalogueRequest request;
    request.set_name(key.first);
    catalogue::v1::Catalogue document;
    ASSAY_RETURN_IF_ERROR(rpc::ClientCall(rpc::CallFor(call, tokens_), *stub_, &Stub::GetCatalogue,
                                          request, document));
    auto scope = std::make_shared<Scope>();
    for (const auto& control : document.controls()) {
      const auto& profiles = control.profiles();
      if (std::find(profiles.begin(), profiles.end(), key.second) != profiles.end()) {
        scope->push_back(control.id());
      }
    }
    MutexLock lock(mutex_);
    if (scopes_.size() >= kMaxCachedScopes) scopes_.clear();
    scopes_[key] = scope;
    return std::shared_ptr<const Scope>(std::move(scope));
  }

  absl::StatusOr<std::string> WhyNotFor(const rpc::CallContext& call,
                                        std::string_view rule_set) override {
    catalogue::v1::GetRuleSetRequest request;
    request.set_name(std::string(rule_set));
    catalogue::v1::RuleSet document;
    ASSAY_RETURN_IF_ERROR(
        rpc::ClientCall(rpc::CallFor(call, tokens_), *stub_, &Stub::GetRuleSet, request, document));
    return std::string(WhyNot(document));
  }

 private:
  const std::unique_ptr<Stub> stub_;
  rpc::TokenSource& tokens_;
  Mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Scope>> scopes_
      ASSAY_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<CatalogueClient> MakeCatalogueClient(std::shared_ptr<grpc::Channel> channel,
                                                     rpc::TokenSource& tokens) {
  return std::make_unique<GrpcCatalogueClient>(std::move(channel), tokens);
}

}  // namespace assay::assessment_store
