// Whole verdicts and what-ifs, as the scoring service gives them, against what must hold of every
// one of them. Everything of the service but its wire runs: documents by name, both views, changes
// laid over inputs, differences and their causes.

#ifndef ASSAY_TESTS_FUZZ_VERDICTS_H_
#define ASSAY_TESTS_FUZZ_VERDICTS_H_

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/auth/principal.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "common/time/fake_clock.h"
#include "services/catalogue/domain/document.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/score.h"
#include "tests/fuzz/harness.h"

namespace assay::fuzz {

// The names by which `documents` are scored with, those that DefinitionOf() takes.
scoring::v1::ScoringBasis BasisOf(const catalogue::SchemeDocuments& documents,
                                  std::string_view profile);

// Not thread-safe.
class Verdicts {
 public:
  Verdicts();

  // Makes the documents known to the service. Before the first Check().
  void Publish(const catalogue::SchemeDocuments& documents);

  // Scores the request in both views and with chosen changes of its inputs. A property that does
  // not hold ends the process. False when the request is refused.
  bool Check(const scoring::v1::ScoreRequest& request, const scoring::CompiledProfile& profile,
             Choices changes);

 private:
  void CheckWhatIf(const scoring::v1::ScoreRequest& request, const scoring::v1::Verdict& verdict,
                   const scoring::CompiledProfile& profile, Choices& changes);

  const FakeClock clock_;
  const auth::Principal caller_;
  const std::atomic<bool> cancelled_ = false;
  const rpc::CallContext call_;
  const std::unique_ptr<metrics::Metrics> metrics_;
  Logger logger_;
  scoring::FakeCatalogueClient catalogue_;
  scoring::BasisResolver resolver_;
  scoring::Disagreements disagreements_;
  const scoring::Scorer scorer_;
};

}  // namespace assay::fuzz

#endif  // ASSAY_TESTS_FUZZ_VERDICTS_H_
