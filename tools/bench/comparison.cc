#include "tools/bench/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <utility>

#include "CLI/CLI.hpp"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;
using nlohmann::ordered_json;

constexpr double kMinSeconds = 0.01;
constexpr double kMaxSeconds = 60;
constexpr int kMaxRounds = 100;
constexpr int kMaxCallers = 1024;

// Of all rounds of one contender.
struct Rounds {
  std::vector<double> rates;
  std::vector<double> cpu_us;
  LoadResult total;
};

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// To so many parts of one: 100 for two decimals. Divided last, so that it prints short.
double Rounded(double value, double parts) { return std::round(value * parts) / parts; }

LoadResult RunOnce(LoadClient& client, Load load, int callers, const v1::ScoreRequest& request,
                   absl::Duration length) {
  return load == Load::kUnary ? client.Score(request, callers, length)
                              : client.ScoreStream(request, callers, length);
}

ordered_json Report(const Rounds& rounds) {
  return {{"calls_per_second", std::llround(Median(rounds.rates))},
          {"p50_us", Percentile(rounds.total.latencies_us, 50)},
          {"p99_us", Percentile(rounds.total.latencies_us, 99)},
          {"cpu_us_per_call", Rounded(Median(rounds.cpu_us), 100)},
          {"errors", rounds.total.errors}};
}

void AddRatios(const Rounds& first, const Rounds& other, ordered_json& report) {
  const double rate = Median(first.rates);
  report["ratio"] = rate > 0 ? Rounded(Median(other.rates) / rate, 1000) : 0;
  report["more_cpu_us_per_call"] = Rounded(Median(other.cpu_us) - Median(first.cpu_us), 100);
}

}  // namespace

std::optional<int> ParseBenchOptions(int argc, const char* const* argv, const char* description,
                                     BenchOptions& options) {
  CLI::App app(description);
  double seconds = absl::ToDoubleSeconds(options.length);
  app.add_option("--seconds", seconds, "Length of one run")
      ->check(CLI::Range(kMinSeconds, kMaxSeconds))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "Runs of each server under each load")
      ->check(CLI::Range(1, kMaxRounds))
      ->capture_default_str();
  app.add_option("--callers", options.callers, "Concurrent callers, comma separated")
      ->delimiter(',')
      ->check(CLI::Range(1, kMaxCallers))
      ->capture_default_str();
  app.add_option("--streams", options.streams, "Concurrent streams, comma separated")
      ->delimiter(',')
      ->check(CLI::Range(1, kMaxCallers))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  options.length = absl::Seconds(seconds);
  return std::nullopt;
}

ordered_json Compare(const std::vector<Contender>& contenders, Load load, int callers,
                     const v1::ScoreRequest& request, const BenchOptions& options) {
  std::vector<Rounds> all(contenders.size());
  for (int round = 0; round < options.rounds; ++round) {
    for (size_t i = 0; i < contenders.size(); ++i) {
      const LoadResult result =
          RunOnce(*contenders[i].client, load, callers, request, options.length);
      all[i].rates.push_back(result.CallsPerSecond());
      all[i].cpu_us.push_back(result.CpuMicrosPerCall());
      Merge(result, all[i].total);
    }
  }
  const bool full = request.view() == v1::VERDICT_VIEW_FULL;
  ordered_json report = {{"view", full ? "full" : "summary"},
                         {load == Load::kUnary ? "callers" : "streams", callers}};
  for (size_t i = 0; i < contenders.size(); ++i) {
    ordered_json& of = report[contenders[i].name] = Report(all[i]);
    if (i > 0) AddRatios(all[0], all[i], of);
  }
  std::cerr << report.dump() << "\n";
  return report;
}

bool HasErrors(const ordered_json& comparisons) {
  for (const ordered_json& comparison : comparisons) {
    for (const ordered_json& contender : comparison) {
      if (contender.is_object() && contender.value("errors", int64_t{0}) != 0) return true;
    }
  }
  return false;
}

}  // namespace assay::bench
