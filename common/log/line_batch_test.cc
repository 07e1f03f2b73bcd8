#include "common/log/line_batch.h"

#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/log/logger.h"
#include "common/time/fake_clock.h"

namespace assay {
namespace {

// Both ends of a pipe; reading waits for what is written.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writer() const { return ends_[1]; }

  // What one write brought, at most.
  std::string Read() const {
    std::array<char, 65536> bytes{};
    const ssize_t length = read(ends_[0], bytes.data(), bytes.size());
    return length < 0 ? "" : std::string(bytes.data(), static_cast<size_t>(length));
  }

  // Reading no longer waits: what has not been written by now is not there.
  std::string ReadNow() const {
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    std::string all;
    for (std::string part = Read(); !part.empty(); part = Read()) all += part;
    fcntl(ends_[0], F_SETFL, 0);
    return all;
  }

 private:
  std::array<int, 2> ends_{};
};

std::string Line(size_t bytes) { return std::string(bytes - 1, 'x') + "\n"; }

TEST(LineBatchTest, TheDestructorWritesWhatIsLeft) {
  const Pipe pipe;
  {
    LineBatch batch(pipe.writer());
    batch.Append("one\n");
    batch.Append("two\n");
  }
  EXPECT_EQ(pipe.ReadNow(), "one\ntwo\n");
}

TEST(LineBatchTest, ALoneLineIsWrittenAfterAWhile) {
  const Pipe pipe;
  LineBatch batch(pipe.writer());
  batch.Append("alone\n");
  EXPECT_EQ(pipe.Read(), "alone\n");
  batch.Append("again\n");
  EXPECT_EQ(pipe.Read(), "again\n");
}

TEST(LineBatchTest, AFullBatchIsWrittenAtOnceAndALineIsNeverCut) {
  const Pipe pipe;
  LineBatch batch(pipe.writer());
  batch.Append(Line(kLineBatchBytes));
  EXPECT_EQ(pipe.ReadNow().size(), kLineBatchBytes);
  batch.Append(Line(kLineBatchBytes + 1));
  EXPECT_EQ(pipe.ReadNow().size(), kLineBatchBytes + 1);
}

TEST(LineBatchTest, ALineThatDoesNotFitSendsTheOthersAhead) {
  const Pipe pipe;
  LineBatch batch(pipe.writer());
  batch.Append("first\n");
  batch.Append(Line(kLineBatchBytes - 1));
  EXPECT_EQ(pipe.Read(), "first\n");
}

TEST(LineBatchTest, FlushWritesAtOnce) {
  const Pipe pipe;
  LineBatch batch(pipe.writer());
  batch.Append("now\n");
  batch.Flush();
  EXPECT_EQ(pipe.ReadNow(), "now\n");
}

TEST(LineBatchTest, LinesOfManyThreadsAllArriveWhole) {
  constexpr int kThreads = 4;
  constexpr int kLines = 100;
  const Pipe pipe;
  {
    LineBatch batch(pipe.writer());
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&batch] {
        for (int line = 0; line < kLines; ++line) batch.Append("a line of some words\n");
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::string expected;
  for (int i = 0; i < kThreads * kLines; ++i) expected += "a line of some words\n";
  EXPECT_EQ(pipe.ReadNow(), expected);
}

TEST(LineBatchTest, AReaderThatHasGoneHarmsNothing) {
  signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  LineBatch batch(ends[1]);
  batch.Append("to nobody\n");
  batch.Flush();
  close(ends[1]);
}

TEST(BatchedLoggerTest, AWarningIsWrittenAtOnceWithAllBeforeIt) {
  const Pipe pipe;
  const FakeClock clock;
  const Logger logger("assay-test", Severity::kInfo, clock, pipe.writer(),
                      Logger::Writing::kBatched);
  logger.Log(Severity::kInfo, "earlier");
  logger.Log(Severity::kWarning, "worse");
  const std::string log = pipe.ReadNow();
  EXPECT_LT(log.find("earlier"), log.find("worse"));
  EXPECT_THAT(log, ::testing::HasSubstr("worse"));
}

TEST(BatchedLoggerTest, TheEndOfTheLoggerLosesNothing) {
  const Pipe pipe;
  const FakeClock clock;
  {
    const Logger logger("assay-test", Severity::kInfo, clock, pipe.writer(),
                        Logger::Writing::kBatched);
    logger.Log(Severity::kInfo, "last words");
  }
  EXPECT_THAT(pipe.ReadNow(), ::testing::HasSubstr("last words"));
}

}  // namespace
}  // namespace assay
