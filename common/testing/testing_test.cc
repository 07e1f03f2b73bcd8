#include <cstdlib>
#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

#include "common/status/error.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace assay::testing_kit {
namespace {

using ::testing::AllOf;
using ::testing::Not;
using ::testing::SizeIs;

absl::Status Example() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "TEXT_BAD")
      .Message("bad")
      .Metadata("length", "7")
      .Field("text", "is bad")
      .Build();
}

TEST(StatusMatchersTest, SeeCodeReasonFieldAndMetadata) {
  EXPECT_THAT(Example(), AllOf(StatusIs(absl::StatusCode::kInvalidArgument),
                               HasReason(absl::StatusCode::kInvalidArgument, "TEXT_BAD"),
                               HasField("text"), HasMetadata("length", "7"), Not(IsOk())));
  EXPECT_THAT(Example(), Not(HasReason(absl::StatusCode::kInternal, "TEXT_BAD")));
  EXPECT_THAT(Example(), Not(HasReason(absl::StatusCode::kInvalidArgument, "OTHER")));
  EXPECT_THAT(Example(), Not(HasField("other")));
  EXPECT_THAT(Example(), Not(HasMetadata("length", "8")));
}

TEST(StatusMatchersTest, WorkOnStatusOr) {
  const absl::StatusOr<std::string> value = std::string("abc");
  EXPECT_THAT(value, AllOf(IsOk(), IsOkAndHolds("abc"), IsOkAndHolds(SizeIs(3))));
  EXPECT_THAT(value, Not(IsOkAndHolds("abd")));
  const absl::StatusOr<std::string> error = Example();
  EXPECT_THAT(error, AllOf(HasReason(absl::StatusCode::kInvalidArgument, "TEXT_BAD"),
                           Not(IsOkAndHolds("abc"))));
}

TEST(StatusMatchersTest, FailuresTellTheWholeStatus) {
  EXPECT_EQ(Describe(Example()), "INVALID_ARGUMENT TEXT_BAD: bad");
  EXPECT_EQ(Describe(absl::OkStatus()), "OK");
}

TEST(ProtoMatchersTest, CompareMessagesAndText) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(3);
  EXPECT_THAT(retry, EqualsProto("retry_delay { seconds: 3 }"));
  EXPECT_THAT(retry, EqualsProto(retry));
  EXPECT_THAT(retry, Not(EqualsProto("retry_delay { seconds: 4 }")));
  EXPECT_THAT(retry, Not(EqualsProto(google::rpc::BadRequest())));
}

TEST(ProtoMatchersTest, MakesMessagesFromText) {
  EXPECT_EQ(ParseText<google::rpc::RetryInfo>("retry_delay { seconds: 3 }").retry_delay().seconds(),
            3);
  EXPECT_DEATH(ParseText<google::rpc::RetryInfo>("retry { }"), "not a google.rpc.RetryInfo");
}

TEST(TempDirTest, IsGoneAfterwards) {
  std::string path;
  {
    const TempDir dir;
    path = dir.path();
    EXPECT_EQ(ReadFileOrDie(dir.Write("a", "bytes")), "bytes");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(EnvironmentSeedTest, ComesFromTheEnvironmentOrIsFixed) {
  unsetenv("ASSAY_TEST_SEED");
  const uint64_t fixed = EnvironmentSeed();
  EXPECT_EQ(EnvironmentSeed(), fixed);
  setenv("ASSAY_TEST_SEED", "42", 1);
  EXPECT_EQ(EnvironmentSeed(), 42u);
  unsetenv("ASSAY_TEST_SEED");
}

}  // namespace
}  // namespace assay::testing_kit
