#include "common/metrics/metrics.h"

#include <array>
#include <exception>

#include "prometheus/counter.h"
#include "prometheus/exposer.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"

#include "common/status/error.h"

namespace assay::metrics {
namespace {

constexpr int kExposerThreads = 2;
constexpr size_t kStatusCodes = 17;  // OK to UNAUTHENTICATED.

const prometheus::Histogram::BucketBoundaries kLatencyBoundsSeconds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
    0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};

}  // namespace

struct Metrics::Families {
  prometheus::Family<prometheus::Counter>& requests;
  prometheus::Family<prometheus::Histogram>& latency;
  prometheus::Family<prometheus::Gauge>& in_flight;
};

namespace {

class MethodMetricsImpl final : public MethodMetrics {
 public:
  MethodMetricsImpl(const std::string& method, prometheus::Family<prometheus::Counter>& requests,
                    prometheus::Histogram& latency, prometheus::Gauge& in_flight)
      : latency_(latency), in_flight_(in_flight) {
    for (size_t code = 0; code < kStatusCodes; ++code) {
      by_code_[code] =
          &requests.Add({{"method", method},
                         {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}});
    }
  }

  void Started() override { in_flight_.Increment(); }

  void Finished(absl::StatusCode code, absl::Duration latency) override {
    in_flight_.Decrement();
    size_t index = static_cast<size_t>(code);
    if (index >= kStatusCodes) index = static_cast<size_t>(absl::StatusCode::kUnknown);
    by_code_[index]->Increment();
    latency_.Observe(absl::ToDoubleSeconds(latency));
  }

 private:
  std::array<prometheus::Counter*, kStatusCodes> by_code_{};
  prometheus::Histogram& latency_;
  prometheus::Gauge& in_flight_;
};

}  // namespace

Metrics::Metrics(std::string_view service)
    : registry_(std::make_shared<prometheus::Registry>()),
      families_(new Families{
          prometheus::BuildCounter()
              .Name("assay_rpc_requests_total")
              .Help("Calls ended, by method and status code")
              .Labels({{"service", std::string(service)}})
              .Register(*registry_),
          prometheus::BuildHistogram()
              .Name("assay_rpc_latency_seconds")
              .Help("Time from a call's arrival to its answer")
              .Labels({{"service", std::string(service)}})
              .Register(*registry_),
          prometheus::BuildGauge()
              .Name("assay_rpc_in_flight")
              .Help("Calls under way")
              .Labels({{"service", std::string(service)}})
              .Register(*registry_),
      }) {}

Metrics::~Metrics() = default;

absl::StatusOr<std::unique_ptr<Metrics>> Metrics::Create(std::string_view service,
                                                         std::string_view address) {
  std::unique_ptr<Metrics> metrics(new Metrics(service));
  if (address.empty()) return metrics;
  try {  // The exposer has no other way to say that the address is taken.
    metrics->exposer_ =
        std::make_unique<prometheus::Exposer>(std::string(address), kExposerThreads);
    metrics->exposer_->RegisterCollectable(metrics->registry_);
  } catch (const std::exception& error) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "METRICS_ADDRESS_UNAVAILABLE")
        .Message("cannot serve metrics at " + std::string(address) + ": " + error.what())
        .Metadata("address", address)
        .Build();
  }
  return metrics;
}

MethodMetrics& Metrics::Method(std::string_view method) {
  MutexLock lock(mutex_);
  auto it = methods_.find(method);
  if (it == methods_.end()) {
    const std::string name(method);
    it = methods_
             .emplace(name, std::make_unique<MethodMetricsImpl>(
                                name, families_->requests,
                                families_->latency.Add({{"method", name}}, kLatencyBoundsSeconds),
                                families_->in_flight.Add({{"method", name}})))
             .first;
  }
  return *it->second;
}

std::string Metrics::Page() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

int Metrics::port() const {
  if (exposer_ == nullptr) return 0;
  const std::vector<int> ports = exposer_->GetListeningPorts();
  return ports.empty() ? 0 : ports.front();
}

}  // namespace assay::metrics
