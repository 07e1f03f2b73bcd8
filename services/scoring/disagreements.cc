#include "services/scoring/disagreements.h"

#include <prometheus/counter.h>
#include <prometheus/registry.h>

namespace assay::scoring {

Disagreements::Disagreements(Logger& logger, metrics::Metrics& metrics)
    : logger_(logger),
      counter_(prometheus::BuildCounter()
                   .Name("assay_scoring_evaluator_disagreements_total")
                   .Help("Assessments for which the two evaluators came to different results.")
                   .Register(metrics.registry())
                   .Add({})) {}

void Disagreements::Report(std::string_view inputs_digest, std::string_view what) {
  counter_.Increment();
  logger_.Log(Severity::kError, "evaluators disagree",
              {{"inputs_digest", inputs_digest}, {"difference", what}});
}

}  // namespace assay::scoring
