#include "common/log/logger.h"

#include <array>
#include <limits>
#include <string>

#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "common/time/fake_clock.h"

namespace assay {
namespace {

// Both ends of a pipe, and what came through.
class LoggerTest : public ::testing::Test {
 protected:
  ~LoggerTest() override {
    close(ends_[0]);
    close(ends_[1]);
  }

  std::string ReadLine() {
    std::array<char, 65536> bytes{};
    const ssize_t length = read(ends_[0], bytes.data(), bytes.size());
    return std::string(bytes.data(), static_cast<size_t>(length));
  }

  static std::array<int, 2> OpenPipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    return ends;
  }

  const std::array<int, 2> ends_ = OpenPipe();
  FakeClock clock_;
  Logger logger_{"assay-test", Severity::kInfo, clock_, ends_[1]};
};

TEST_F(LoggerTest, WritesOneJsonObjectALine) {
  logger_.Log(Severity::kWarning, "call",
              {{"method", "/a.B/C"}, {"latency_us", 12}, {"cached", true}});
  EXPECT_EQ(ReadLine(),
            "{\"time\":\"2026-06-01T09:00:00.000000Z\",\"severity\":\"WARNING\","
            "\"service\":\"assay-test\",\"message\":\"call\",\"method\":\"/a.B/C\","
            "\"latency_us\":12,\"cached\":true}\n");
}

TEST_F(LoggerTest, EscapesWhatWouldBreakTheLine) {
  const std::string odd = "a\"b\\c\nd\xC3\xA9\xFF\x01";
  logger_.Log(Severity::kInfo, odd);
  const std::string line = ReadLine();
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["message"], "a\"b\\c\nd\xC3\xA9\xEF\xBF\xBD\x01");
}

TEST_F(LoggerTest, DropsLinesBelowTheMinimum) {
  logger_.Log(Severity::kDebug, "hidden");
  logger_.Log(Severity::kError, "shown");
  EXPECT_THAT(ReadLine(), ::testing::Not(::testing::HasSubstr("hidden")));
}

TEST_F(LoggerTest, CutsTextPastTheLimit) {
  const std::string at_limit(kMaxLogTextBytes, 'x');
  logger_.Log(Severity::kInfo, at_limit);
  EXPECT_EQ(nlohmann::json::parse(ReadLine())["message"], at_limit);
  logger_.Log(Severity::kInfo, at_limit + "y");
  EXPECT_EQ(nlohmann::json::parse(ReadLine())["message"], at_limit + "...");
}

TEST_F(LoggerTest, KeepsLargeNumbers) {
  logger_.Log(Severity::kInfo, "n", {{"value", std::numeric_limits<int64_t>::min()}});
  EXPECT_THAT(ReadLine(), ::testing::HasSubstr("\"value\":-9223372036854775808"));
}

TEST_F(LoggerTest, TheTimeOfEachLineIsItsOwn) {
  const auto time_of_next = [this](absl::Duration later) {
    clock_.Advance(later);
    logger_.Log(Severity::kInfo, "tick");
    return nlohmann::json::parse(ReadLine())["time"].get<std::string>();
  };
  EXPECT_EQ(time_of_next(absl::Microseconds(7)), "2026-06-01T09:00:00.000007Z");
  EXPECT_EQ(time_of_next(absl::Microseconds(999'992)), "2026-06-01T09:00:00.999999Z");
  EXPECT_EQ(time_of_next(absl::Microseconds(1)), "2026-06-01T09:00:01.000000Z");
  EXPECT_EQ(time_of_next(absl::Hours(24)), "2026-06-02T09:00:01.000000Z");
}

TEST(SeverityTest, NamesAreParsedInLowerCaseOnly) {
  EXPECT_EQ(ParseSeverity("warning"), Severity::kWarning);
  EXPECT_EQ(ParseSeverity("WARNING"), std::nullopt);
  EXPECT_EQ(ParseSeverity(""), std::nullopt);
}

}  // namespace
}  // namespace assay
