// engine_bench: what each step from the bytes of a ScoreRequest to those of its answer takes on one
// core, and how many assessments a core scores without gRPC around it; prints one JSON object.
// README.md describes the output.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <malloc.h>

#include "CLI/CLI.hpp"
#include "absl/time/time.h"
#include "google/protobuf/arena.h"
#include "nlohmann/json.hpp"

#include "common/auth/principal.h"
#include "common/ids/hex.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/scoring/agreement.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/convert_record.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/counterfactual.h"
#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/margin.h"
#include "services/scoring/score.h"
#include "services/scoring/second_evaluator/evaluate.h"
#include "tools/bench/scenario.h"
#include "tools/bench/shipped_catalogue.h"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;
using nlohmann::ordered_json;

constexpr double kNanosPerSecond = 1e9;
constexpr int kRepetitions = 5;     // Of each step; the median counts.
constexpr int kMeasuredBases = 16;  // For the memory of one.

void DieUnless(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::abort();
}

// Nanoseconds of one `step`, which is run for about `seconds`.
double Nanos(double seconds, const std::function<void()>& step) {
  step();  // Memory that is used again is there from now on.
  std::vector<double> means;
  for (int i = 0; i < kRepetitions; ++i) {
    const absl::Time started = SystemClock().Now();
    int64_t runs = 0;
    double elapsed = 0;
    for (int64_t batch = 1; elapsed < seconds / kRepetitions; batch *= 2) {
      for (int64_t run = 0; run < batch; ++run) step();
      runs += batch;
      elapsed = absl::ToDoubleSeconds(SystemClock().Now() - started);
    }
    means.push_back(elapsed / static_cast<double>(runs) * kNanosPerSecond);
  }
  std::sort(means.begin(), means.end());  // The median of them is least moved by other work.
  return means[means.size() / 2];
}

// The objects of a scoring service without its server, and a call to make them work.
class Bench {
 public:
  explicit Bench(double seconds)
      : seconds_(seconds),
        logger_("engine_bench", Severity::kError, SystemClock()),
        metrics_(*metrics::Metrics::Create("engine_bench", "")),
        resolver_(catalogue_, SystemClock()),
        disagreements_(logger_, *metrics_),
        scorer_(resolver_, disagreements_),
        request_(catalogue_.Request()) {
    DieUnless(scorer_.Score(Call(), request_, scored_));
  }

  ordered_json Steps() {
    const scoring::Basis& basis = *scored_.basis;
    const std::string bytes = request_.SerializeAsString();
    ordered_json steps;
    Time("parse_request", steps, [&] {
      google::protobuf::Arena arena(ArenaOptions());
      google::protobuf::Arena::CreateMessage<v1::ScoreRequest>(&arena)->ParseFromString(bytes);
    });
    Time("parse_request_without_arena", steps, [&] { v1::ScoreRequest().ParseFromString(bytes); });
    Time("resolve_basis", steps,
         [&] { DieUnless(resolver_.Resolve(Call(), request_.basis()).status()); });
    scoring::Record record;
    Time("convert_and_validate", steps, [&] {
      if (!scoring::ToRecordQuickly(basis.profile, request_, record)) std::abort();
    });
    scoring::Evaluation evaluation;
    Time("evaluate", steps,
         [&] { scoring::EvaluateInto(basis.profile, scored_.record, evaluation); });
    scoring::second::Result second;
    Time("evaluate_second", steps,
         [&] { scoring::second::Evaluate(basis.second, scored_.record, second); });
    Time("compare_evaluators", steps, [&] {
      if (scoring::Disagreement(basis.profile, scored_.evaluation, scored_.second)) std::abort();
    });
    std::string canonical;
    Time("canonical_bytes", steps, [&] {
      scoring::WriteCanonicalResult(basis.profile, scored_.record, scored_.evaluation,
                                    basis.digests, scored_.digest_version, canonical);
    });
    Time("sha256", steps, [&] { Sha256(canonical); });
    scoring::CounterfactualFinder finder;
    scoring::Counterfactuals counterfactuals;
    Time("counterfactuals", steps,
         [&] { finder.Find(basis.profile, scored_.record, scored_.evaluation, counterfactuals); });
    scoring::Margins margins;
    Time("margins", steps, [&] { ComputeMargins(margins); });
    TimeView("summary", scoring::Detail::kSummary, steps);
    TimeView("full", scoring::Detail::kFull, steps);
    return steps;
  }

  // The figures of the engine alone, without messages.
  ordered_json Rates() {
    const scoring::CompiledProfile& profile = scored_.basis->profile;
    scoring::DecisionScratch scratch;
    scoring::CounterfactualFinder finder;
    scoring::Counterfactuals counterfactuals;
    scoring::Margins margins;
    const auto score = [&] { DieUnless(scorer_.ScoreRecord(scored_)); };
    return {{"verdict_only_per_second",
             Rate([&] { scoring::DecideOnly(profile, scored_.record, scratch); })},
            {"verdict_twice_with_digest_per_second", Rate(score)},
            {"fully_explained_per_second", Rate([&] {
               score();
               finder.Find(profile, scored_.record, scored_.evaluation, counterfactuals);
               ComputeMargins(margins);
             })}};
  }

  // Bytes of the heap that one compiled combination of documents and profile keeps.
  int64_t BasisBytes() {
    std::vector<std::shared_ptr<const scoring::Basis>> kept;
    kept.reserve(kMeasuredBases);
    const auto resolve = [&] {
      scoring::BasisResolver resolver(catalogue_, SystemClock());
      kept.push_back(*resolver.Resolve(Call(), request_.basis()));
    };
    resolve();  // What is allocated once only.
    const size_t before = mallinfo2().uordblks;
    for (int i = 1; i < kMeasuredBases; ++i) resolve();
    return static_cast<int64_t>(mallinfo2().uordblks - before) / (kMeasuredBases - 1);
  }

 private:
  static google::protobuf::ArenaOptions ArenaOptions() {
    static char block[size_t{64} * 1024];
    google::protobuf::ArenaOptions options;
    options.initial_block = block;
    options.initial_block_size = sizeof(block);
    return options;
  }

  rpc::CallContext Call() const {
    return {"/engine_bench", principal_, absl::InfiniteFuture(), "", cancelled_};
  }

  int64_t Rate(const std::function<void()>& step) const {
    return std::llround(kNanosPerSecond / Nanos(seconds_, step));
  }

  // With the shortest paths, as a full verdict has them.
  void ComputeMargins(scoring::Margins& margins) const {
    scoring::ComputeMargins(scored_.basis->profile, scored_.evaluation.tallies,
                            scored_.evaluation.controls, scoring::WantPath::kYes, margins);
  }

  void Time(const char* name, ordered_json& steps, const std::function<void()>& step) const {
    steps[name] = std::llround(Nanos(seconds_, step));
    std::cerr << name << " " << steps[name] << " ns\n";
  }

  void TimeView(const std::string& view, scoring::Detail detail, ordered_json& steps) {
    Time(("fill_" + view).c_str(), steps, [&] {
      google::protobuf::Arena arena(ArenaOptions());
      scoring::FillVerdict(scored_, detail,
                           *google::protobuf::Arena::CreateMessage<v1::Verdict>(&arena));
    });
    v1::Verdict verdict;
    scoring::FillVerdict(scored_, detail, verdict);
    std::string bytes;
    Time(("serialise_" + view).c_str(), steps, [&] { verdict.SerializeToString(&bytes); });
  }

  const double seconds_;
  const auth::Principal principal_;
  const std::atomic<bool> cancelled_ = false;
  Logger logger_;
  const std::unique_ptr<metrics::Metrics> metrics_;
  ShippedCatalogue catalogue_;
  scoring::BasisResolver resolver_;
  scoring::Disagreements disagreements_;
  scoring::Scorer scorer_;
  const v1::ScoreRequest request_;
  scoring::Scored scored_;
};

int Run(double seconds) {
  Bench bench(seconds);
  ordered_json report = {
      {"benchmark", "engine_bench"}, {"profile", kProfile}, {"controls", kLevel3Controls}};
  report["rates"] = bench.Rates();
  report["step_ns"] = bench.Steps();
  report["bytes_per_cached_basis"] = bench.BasisBytes();
  std::cout << report.dump(2) << "\n";
  return 0;
}

}  // namespace
}  // namespace assay::bench

int main(int argc, char** argv) {
  CLI::App app("What each step of a scoring takes on one core");
  double seconds = 0.5;
  app.add_option("--seconds", seconds, "Length of each measurement")
      ->check(CLI::Range(0.01, 60.0))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return assay::bench::Run(seconds);
}
