// From the names in a request to a compiled basis, with as few questions to the catalogue as can
// be.
//
// At most kMaxCompiledBases compiled combinations are kept; names only lead to them and keep none
// alive. A combination of pinned names ("...@3") never changes meaning and is known until it or
// what it leads to falls out of the cache. A name without a revision means the latest one and is
// asked for again every kAliasLifetime; while one caller asks, others go on with the old meaning
// for kAliasGrace, so a new revision is seen at most that much later and a catalogue that is away
// is asked but now and then. Failures are not remembered.

#ifndef ASSAY_SERVICES_SCORING_BASIS_RESOLVER_H_
#define ASSAY_SERVICES_SCORING_BASIS_RESOLVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/scoring/basis.h"
#include "services/scoring/clients/catalogue_client.h"
#include "services/scoring/limits.h"
#include "services/scoring/lru_cache.h"

namespace assay::scoring {

// Thread-safe. Never calls the catalogue holding its lock.
class BasisResolver {
 public:
  // Both must outlive this.
  BasisResolver(CatalogueClient& catalogue, const Clock& clock);

  // What Resolve would answer at once; null when it would ask the catalogue. A hint: another call
  // may come in between.
  std::shared_ptr<const Basis> FindCached(const v1::ScoringBasis& basis) const
      ASSAY_EXCLUDES(mutex_);

  // INVALID_ARGUMENT RESOURCE_NAME_INVALID, TEXT_TOO_LONG or PROFILE_UNKNOWN with fields below
  // `basis`; FAILED_PRECONDITION DOCUMENTS_DO_NOT_MATCH or DOCUMENT_NOT_SUPPORTED; the
  // catalogue's own errors.
  absl::StatusOr<std::shared_ptr<const Basis>> Resolve(const rpc::CallContext& call,
                                                       const v1::ScoringBasis& basis)
      ASSAY_EXCLUDES(mutex_);

 private:
  struct Resolved {
    std::string compiled_key;
    absl::Time expires;
  };
  struct Fetched {
    std::string compiled_key;
    std::shared_ptr<const Basis> basis;
  };
  // Null when the catalogue has to be asked, which the caller then does.
  std::shared_ptr<const Basis> FindFresh(const std::string& key) ASSAY_EXCLUDES(mutex_);
  absl::StatusOr<Fetched> Fetch(const rpc::CallContext& call, const v1::ScoringBasis& basis)
      ASSAY_EXCLUDES(mutex_);
  // Null when it is no longer kept. Marks it as used.
  std::shared_ptr<const Basis> FindCompiled(const std::string& key) const ASSAY_REQUIRES(mutex_);

  CatalogueClient& catalogue_;
  const Clock& clock_;
  mutable Mutex mutex_;
  // By the names of a request.
  mutable LruCache<Resolved> names_ ASSAY_GUARDED_BY(mutex_){kMaxResolvedNames};
  // By pinned names, digests and profile.
  mutable LruCache<std::shared_ptr<const Basis>> compiled_ ASSAY_GUARDED_BY(mutex_){
      kMaxCompiledBases};
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_BASIS_RESOLVER_H_
