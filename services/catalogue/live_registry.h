// The registry as it is now: readers take a snapshot, publishing puts a new one in its place.

#ifndef ASSAY_SERVICES_CATALOGUE_LIVE_REGISTRY_H_
#define ASSAY_SERVICES_CATALOGUE_LIVE_REGISTRY_H_

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"

#include "common/status/macros.h"
#include "common/sync/mutex.h"
#include "services/catalogue/registry.h"

namespace assay::catalogue {

// Thread-safe. A snapshot never changes and stays valid as long as it is held.
class LiveRegistry {
 public:
  explicit LiveRegistry(Registry registry)
      : current_(std::make_shared<const Registry>(std::move(registry))) {}

  std::shared_ptr<const Registry> snapshot() const {
    MutexLock lock(mutex_);
    return current_;
  }

  // Adds what was committed to the store. Of two at once each keeps what the other added.
  absl::Status Add(const std::vector<StoredRevision>& revisions,
                   const std::vector<StoredAliasEntry>& aliases) {
    for (;;) {
      const std::shared_ptr<const Registry> before = snapshot();
      ASSAY_ASSIGN_OR_RETURN(Registry grown, before->With(revisions, aliases));
      auto next = std::make_shared<const Registry>(std::move(grown));
      MutexLock lock(mutex_);
      if (current_ != before) continue;
      current_ = std::move(next);
      return absl::OkStatus();
    }
  }

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const Registry> current_ ASSAY_GUARDED_BY(mutex_);
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_LIVE_REGISTRY_H_
