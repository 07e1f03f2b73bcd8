// The catalogue as the assessment store needs it: which controls are in scope, and which rule sets
// assessments are made under.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_CATALOGUE_CLIENT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_CATALOGUE_CLIENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "common/rpc/call.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace assay::rpc {
class TokenSource;
}  // namespace assay::rpc

namespace assay::assessment_store {

// Control ids in catalogue order.
using Scope = std::vector<std::string>;

// Thread-safe. Calls block, never longer than the call they are made for; errors are the
// catalogue's own.
class CatalogueClient {
 public:
  virtual ~CatalogueClient() = default;

  // The controls of `profile` in a pinned catalogue ("schemes/dcc/catalogues/x@1"). Never null.
  virtual absl::StatusOr<std::shared_ptr<const Scope>> ScopeOf(const rpc::CallContext& call,
                                                               std::string_view catalogue,
                                                               std::string_view profile) = 0;

  // Why no assessment may be made under a pinned rule set ("schemes/dcc/ruleSets/x@1"), as the
  // rest of a sentence; empty when one may. A rule set must be for certification, and must not
  // promise what no part of this release does.
  virtual absl::StatusOr<std::string> WhyNotFor(const rpc::CallContext& call,
                                                std::string_view rule_set) = 0;
};

// Over gRPC, remembering the scopes it has read: a pinned revision never changes. Keeps at most
// kMaxCachedScopes and then starts anew. `tokens` must outlive it.
inline constexpr size_t kMaxCachedScopes = 256;
std::unique_ptr<CatalogueClient> MakeCatalogueClient(std::shared_ptr<grpc::Channel> channel,
                                                     rpc::TokenSource& tokens);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_CATALOGUE_CLIENT_H_
