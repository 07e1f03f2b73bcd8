// The benchmarks run to their end and print what README.md promises. Never how fast.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace assay::bench {
namespace {

// What the program printed to stdout, parsed; it must end with 0.
nlohmann::json RunBench(const std::string& command) {
  FILE* const output = popen((command + " 2>/dev/null").c_str(), "r");
  std::string text;
  std::array<char, 4096> bytes{};
  for (size_t length = fread(bytes.data(), 1, bytes.size(), output); length > 0;
       length = fread(bytes.data(), 1, bytes.size(), output)) {
    text.append(bytes.data(), length);
  }
  EXPECT_EQ(pclose(output), 0) << command;
  return nlohmann::json::parse(text, nullptr, false);
}

void ExpectRatio(const nlohmann::json& comparison, const std::string& contender) {
  EXPECT_GT(comparison["echo"]["calls_per_second"], 0) << comparison;
  EXPECT_EQ(comparison["echo"]["errors"], 0) << comparison;
  EXPECT_GT(comparison[contender]["ratio"], 0) << comparison;
  EXPECT_EQ(comparison[contender]["errors"], 0) << comparison;
}

constexpr char kShort[] = " --seconds 0.1 --rounds 1";

TEST(BenchTest, ScoreBenchPrintsRatiosOfBothViewsUnaryAndStreamed) {
  const nlohmann::json report = RunBench(ASSAY_SCORE_BENCH + std::string(kShort));
  EXPECT_EQ(report["controls"], 144) << report;
  ASSERT_EQ(report["unary"].size(), 6u) << report;
  ASSERT_EQ(report["stream"].size(), 4u) << report;
  for (const auto& comparison : report["unary"]) {
    ExpectRatio(comparison, "wrapped");
    ExpectRatio(comparison, "score");
  }
  for (const auto& comparison : report["stream"]) ExpectRatio(comparison, "score");
}

TEST(BenchTest, EngineBenchPrintsRatesStepsAndMemory) {
  const nlohmann::json report = RunBench(ASSAY_ENGINE_BENCH + std::string(" --seconds 0.01"));
  EXPECT_GT(report["rates"]["verdict_only_per_second"], 0) << report;
  EXPECT_GT(report["rates"]["verdict_twice_with_digest_per_second"], 0) << report;
  EXPECT_GT(report["rates"]["fully_explained_per_second"], 0) << report;
  EXPECT_GT(report["step_ns"]["evaluate"], 0) << report;
  EXPECT_GT(report["step_ns"]["counterfactuals"], 0) << report;
  EXPECT_GT(report["step_ns"]["margins"], 0) << report;
  EXPECT_GT(report["bytes_per_cached_basis"], 0) << report;
}

TEST(BenchTest, RefusesOptionsThatMakeNoSense) {
  EXPECT_NE(system(ASSAY_SCORE_BENCH " --seconds 0 >/dev/null 2>&1"), 0);
  EXPECT_NE(system(ASSAY_SCORE_BENCH " --callers 0 >/dev/null 2>&1"), 0);
  EXPECT_NE(system(ASSAY_SCORE_BENCH " --rounds 101 >/dev/null 2>&1"), 0);
}

}  // namespace
}  // namespace assay::bench
