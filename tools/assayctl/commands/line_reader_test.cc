#include "tools/assayctl/commands/line_reader.h"

#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "gtest/gtest.h"

#include "common/testing/temp_dir.h"

namespace assay::assayctl {
namespace {

std::vector<Line> ReadAll(const std::string& text, size_t max_line_bytes) {
  testing_kit::TempDir folder;
  const int descriptor = ::open(folder.Write("in", text).c_str(), O_RDONLY | O_CLOEXEC);
  LineReader reader(descriptor, max_line_bytes);
  std::vector<Line> lines;
  Line line;
  while (reader.Next(line)) lines.push_back(line);
  EXPECT_TRUE(reader.status().ok()) << reader.status();
  ::close(descriptor);
  return lines;
}

TEST(LineReader, NumbersLinesAndTakesALastOneWithoutBreak) {
  const std::vector<Line> lines = ReadAll("one\n\nthree", kMaxLineBytes);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, "one");
  EXPECT_EQ(lines[1].text, "");
  EXPECT_EQ(lines[2].text, "three");
  EXPECT_EQ(lines[2].number, 3);
}

TEST(LineReader, FindsNothingInNothing) { EXPECT_TRUE(ReadAll("", kMaxLineBytes).empty()); }

TEST(LineReader, TakesALineAtTheLimitAndSkipsOneBeyondIt) {
  const std::vector<Line> lines = ReadAll("12345\n123456\nnext\n", 5);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, "12345");
  EXPECT_FALSE(lines[0].too_long);
  EXPECT_TRUE(lines[1].too_long);
  EXPECT_EQ(lines[1].text, "");
  EXPECT_EQ(lines[2].text, "next");
  EXPECT_EQ(lines[2].number, 3);
}

TEST(LineReader, JoinsLinesThatSpanManyReads) {
  const std::string long_line(300'000, 'x');
  const std::vector<Line> lines = ReadAll(long_line + "\nend\n", kMaxLineBytes);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text, long_line);
  EXPECT_EQ(lines[1].text, "end");
}

TEST(LineReader, StopsWaiting) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  LineReader reader(ends[0]);
  std::thread stopper([&reader] { reader.Stop(); });
  Line line;
  EXPECT_FALSE(reader.Next(line)) << "nothing was ever written";
  stopper.join();
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace assay::assayctl
