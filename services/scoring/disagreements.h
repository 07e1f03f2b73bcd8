// What happens when the two evaluators do not agree: it is counted and logged.

#ifndef ASSAY_SERVICES_SCORING_DISAGREEMENTS_H_
#define ASSAY_SERVICES_SCORING_DISAGREEMENTS_H_

#include <string_view>

#include "common/log/logger.h"
#include "common/metrics/metrics.h"

namespace prometheus {
class Counter;
}

namespace assay::scoring {

// Thread-safe. `logger` and `metrics` must outlive it.
class Disagreements {
 public:
  // Adds `assay_scoring_evaluator_disagreements_total` to the metrics page.
  Disagreements(Logger& logger, metrics::Metrics& metrics);

  // `inputs_digest`: SHA-256 of the canonical inputs, 64 hexadecimal digits. `what` says what
  // differs in ids and numbers; no text of anybody's.
  void Report(std::string_view inputs_digest, std::string_view what);

 private:
  Logger& logger_;
  prometheus::Counter& counter_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_DISAGREEMENTS_H_
