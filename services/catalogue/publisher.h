// Publishes revisions and moves aliases: checked, committed, then served.

#ifndef ASSAY_SERVICES_CATALOGUE_PUBLISHER_H_
#define ASSAY_SERVICES_CATALOGUE_PUBLISHER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "common/ids/id_source.h"
#include "common/rpc/call.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/catalogue/drafts.h"
#include "services/catalogue/live_registry.h"
#include "services/catalogue/storage/catalogue_store.h"

namespace assay::catalogue {

// Thread-safe. Everything it is given must outlive it. Commits to disk: call it on the worker pool.
class Publisher {
 public:
  Publisher(storage::Store& store, IdSource& ids, const Clock& clock, LiveRegistry& live)
      : store_(store), documents_(store, ids), clock_(clock), live_(live) {}

  // Meaning and errors are those of catalogue_service.proto. Two publishers of one scheme at once
  // are checked one after the other: what the first published is what the second must fit.
  absl::StatusOr<v1::PublishRevisionsResponse> Publish(const rpc::CallContext& call,
                                                       const v1::PublishRevisionsRequest& request);

  absl::StatusOr<v1::Alias> SetAlias(const rpc::CallContext& call,
                                     const v1::SetAliasRequest& request);

 private:
  // Whether the drafts make a valid scheme together with the latest revisions of everything else.
  absl::Status CheckScheme(storage::Reader& reader, const std::string& scheme,
                           const std::vector<Draft>& drafts);
  absl::StatusOr<v1::PublishRevisionsResponse> Validate(const std::string& scheme,
                                                        const std::vector<Draft>& drafts);
  absl::StatusOr<std::string> FrameJson(const std::string& field, const std::string& name);
  // Serve what a committed answer says was added, or the entries of an alias. What is served
  // already stays as it is.
  absl::Status Serve(const v1::PublishRevisionsResponse& response);
  absl::Status ServeAlias(const DocumentName& document, const std::string& alias);

  storage::Store& store_;
  CatalogueStore documents_;
  const Clock& clock_;
  LiveRegistry& live_;
};

// An alias as the API shows it on `today`.
v1::Alias ToProto(const AliasHistory& history, EpochDays today);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_PUBLISHER_H_
