#include "tools/assayctl/commands/score_stream.h"

#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "common/ids/id_source.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreStreamRequest;
using scoring::v1::ScoreStreamResponse;
using ::testing::HasSubstr;

// Answers each request with its correlation id as result string; "bad" ones with an error.
class FakeScoring final : public scoring::v1::ScoringService::Service {
 public:
  grpc::Status ScoreStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<ScoreStreamResponse, ScoreStreamRequest>* stream) override {
    ++streams_;
    ScoreStreamRequest request;
    for (int count = 0; stream->Read(&request); ++count) {
      if (count == break_after_) return grpc::Status(grpc::StatusCode::INTERNAL, "broken");
      ScoreStreamResponse response;
      response.set_correlation_id(request.correlation_id());
      if (request.correlation_id() == "bad") {
        *response.mutable_error() =
            ToRpcStatus(ErrorBuilder(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN")
                            .Message("control 9 is unknown")
                            .Build());
      } else {
        response.mutable_verdict()->set_result_string(request.correlation_id());
      }
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  int break_after_ = -1;
  int streams_ = 0;
};

std::vector<nlohmann::json> Lines(const std::string& text) {
  std::vector<nlohmann::json> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    lines.push_back(nlohmann::json::parse(line.begin(), line.end()));
  }
  return lines;
}

std::string Request(const std::string& id) {
  return absl::StrCat(R"({"correlation_id":")", id, R"(","request":{"basis":{"profile":"L1"}}})",
                      "\n");
}

class ScoreStreamTest : public ::testing::Test {
 protected:
  FakeScoring scoring_;
  FakeServer server_{{&scoring_}};
  ToolRunner tool_{server_.address()};
};

TEST_F(ScoreStreamTest, AnswersLineByLineInOrder) {
  std::string input;
  for (int i = 0; i < 2000; ++i) input += Request(absl::StrCat("r", i));
  const RunResult result = tool_.Run({"score", "--stream"}, input);
  EXPECT_EQ(result.code, 0) << result.err;
  const auto lines = Lines(result.out);
  ASSERT_EQ(lines.size(), 2000u);
  for (int i = 0; i < 2000; ++i) {
    ASSERT_EQ(lines[i]["correlation_id"], absl::StrCat("r", i));
    ASSERT_EQ(lines[i]["verdict"]["result_string"], absl::StrCat("r", i));
  }
}

TEST_F(ScoreStreamTest, PutsAnErrorLineInThePlaceOfABadLine) {
  const RunResult result = tool_.Run({"score", "--stream"}, Request("a") + "\n{\"correlation\":\n" +
                                                                Request("bad") + Request("b"));
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.err, "2 of 4 lines failed\n");
  const auto lines = Lines(result.out);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0]["correlation_id"], "a");
  EXPECT_EQ(lines[1]["error"]["code"], 3);
  EXPECT_EQ(lines[1]["error"]["details"][0]["reason"], "LINE_INVALID");
  EXPECT_EQ(lines[1]["error"]["details"][0]["metadata"]["line"], "3");
  EXPECT_EQ(lines[2]["correlation_id"], "bad");
  EXPECT_EQ(lines[2]["error"]["details"][0]["reason"], "CONTROL_UNKNOWN");
  EXPECT_EQ(lines[3]["verdict"]["result_string"], "b");
}

TEST_F(ScoreStreamTest, IsQuietAboutNothing) {
  const RunResult result = tool_.Run({"score", "--stream"}, "");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "");
}

TEST_F(ScoreStreamTest, KeepsWhatWasAnsweredWhenTheStreamBreaks) {
  scoring_.break_after_ = 2;
  std::string input;
  for (int i = 0; i < 1000; ++i) input += Request(absl::StrCat("r", i));
  const RunResult result = tool_.Run({"score", "--stream"}, input);
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("INTERNAL"));
  EXPECT_EQ(Lines(result.out).size(), 2u);
}

TEST_F(ScoreStreamTest, DoesNotGoWithExplain) {
  EXPECT_EQ(tool_.Run({"score", "--stream", "--explain"}, "").code, 2);
}

TEST(ScoreStream, EndsWithFourWhenNobodyIsThere) {
  ToolRunner tool("");
  EXPECT_EQ(tool.Run({"score", "--stream"}, Request("a")).code, 4);
}

TEST_F(ScoreStreamTest, OpensAnotherStreamWhenOneIsFull) {
  testing_kit::TempDir folder;
  std::string input;
  for (int i = 0; i < 7; ++i) input += Request(absl::StrCat("r", i));
  const int descriptor = ::open(folder.Write("in", input).c_str(), O_RDONLY | O_CLOEXEC);
  std::ostringstream out;
  std::ostringstream err;
  FakeClock clock;
  FakeIdSource ids;
  Context context(
      {.in = descriptor, .out = out, .err = err}, [](const std::string&) { return std::string(); },
      clock, ids);
  context.options().addresses.fill(server_.address());
  ASSERT_THAT(context.Settle(), testing_kit::IsOk());
  StreamTotals totals;
  EXPECT_THAT(
      ScoreStream(context, descriptor, {.requests_per_stream = 3, .pending_lines = 1}, totals),
      testing_kit::IsOk());
  ::close(descriptor);
  EXPECT_EQ(scoring_.streams_, 3);
  EXPECT_EQ(totals.answered, 7);
  const auto lines = Lines(out.str());
  ASSERT_EQ(lines.size(), 7u);
  EXPECT_EQ(lines[6]["correlation_id"], "r6");
}

}  // namespace
}  // namespace assay::assayctl
