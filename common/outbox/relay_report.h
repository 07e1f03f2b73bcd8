// Makes a relay's troubles visible: log lines and gauges.

#ifndef ASSAY_COMMON_OUTBOX_RELAY_REPORT_H_
#define ASSAY_COMMON_OUTBOX_RELAY_REPORT_H_

#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/outbox/relay.h"

namespace assay::outbox {

// Options with observers that log and publish. Logged are the first failure of an aggregate
// (WARNING) and each failure that no retry cures (ERROR). Gauges: assay_outbox_pending,
// assay_outbox_oldest_age_seconds, assay_outbox_stuck_aggregates, assay_outbox_permanent_failures.
// Both arguments must outlive the relay.
RelayOptions ReportTo(const Logger& logger, metrics::Metrics& metrics);

}  // namespace assay::outbox

#endif  // ASSAY_COMMON_OUTBOX_RELAY_REPORT_H_
