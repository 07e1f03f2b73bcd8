#include "common/outbox/relay_report.h"

#include <string>

#include "prometheus/gauge.h"
#include "prometheus/registry.h"

#include "common/status/error.h"
#include "common/text/view.h"

namespace assay::outbox {
namespace {

prometheus::Gauge& MakeGauge(metrics::Metrics& metrics, const std::string& name,
                             const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(metrics.registry()).Add({});
}

}  // namespace

RelayOptions ReportTo(const Logger& logger, metrics::Metrics& metrics) {
  RelayOptions options;
  options.on_failure = [&logger](const std::string& aggregate, const absl::Status& status,
                                 uint64_t failures) {
    const bool permanent = IsPermanentDeliveryError(status);
    if (!permanent && failures > 1) return;
    logger.Log(permanent ? Severity::kError : Severity::kWarning,
               permanent ? "a message cannot be delivered; it is kept and tried again"
                         : "a message waits for its receiver",
               {{"aggregate", aggregate},
                {"attempts", failures},
                {"code", absl::StatusCodeToString(status.code())},
                {"reason", ErrorReason(status)},
                {"error", FromAbsl(status.message())}});
  };
  auto& pending = MakeGauge(metrics, "assay_outbox_pending", "Messages not yet delivered");
  auto& age = MakeGauge(metrics, "assay_outbox_oldest_age_seconds",
                        "Age of the oldest message not yet delivered");
  auto& stuck =
      MakeGauge(metrics, "assay_outbox_stuck_aggregates", "Aggregates whose last delivery failed");
  auto& permanent = MakeGauge(metrics, "assay_outbox_permanent_failures",
                              "Of these, with an error that no retry cures");
  options.on_pass = [&pending, &age, &stuck, &permanent](const RelayStats& stats) {
    pending.Set(static_cast<double>(stats.pending));
    age.Set(absl::ToDoubleSeconds(stats.oldest_age));
    stuck.Set(static_cast<double>(stats.stuck_aggregates));
    permanent.Set(static_cast<double>(stats.permanent_failures));
  };
  return options;
}

}  // namespace assay::outbox
