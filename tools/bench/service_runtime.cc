#include "tools/bench/service_runtime.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <utility>

#include <unistd.h>

#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/config/service_options.h"
#include "common/ids/id_source.h"
#include "common/time/clock.h"

namespace assay::bench {
namespace {

constexpr char kService[] = "assay-scoring";

template <typename T>
T ValueOrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::cerr << value.status() << "\n";
    std::abort();
  }
  return *std::move(value);
}

int OpenNamelessFile() {
  std::string name = (std::filesystem::temp_directory_path() / "assay-bench-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) {
    std::cerr << "cannot make a file in " << std::filesystem::temp_directory_path() << "\n";
    std::abort();
  }
  unlink(name.c_str());
  return descriptor;
}

}  // namespace

ServiceRuntime::ServiceRuntime()
    : log_descriptor_(OpenNamelessFile()),
      logger_(kService, Severity::kInfo, SystemClock(), log_descriptor_, Logger::Writing::kBatched),
      keys_(SystemClock()),
      verifier_(keys_.MakeVerifier()),
      metrics_(ValueOrDie(metrics::Metrics::Create(kService, ""))),
      access_(ValueOrDie(
          auth::AccessRules::ForServices({scoring::v1::ScoringService::service_full_name()}))),
      pool_(config::kDefaultWorkerThreads, config::kDefaultWorkerQueue),
      runtime_{.verifier = *verifier_,
               .access = access_,
               .pool = pool_,
               .metrics = *metrics_,
               .logger = logger_,
               .clock = SystemClock(),
               .ids = SystemIdSource()} {}

ServiceRuntime::~ServiceRuntime() {
  pool_.Stop();
  close(log_descriptor_);
}

std::string ServiceRuntime::MintToken() const {
  return keys_.Mint("ada@example.org", "organisations/cert-body", {access::v1::ROLE_ASSESSOR});
}

}  // namespace assay::bench
