#include "tools/assayctl/output/error.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "common/status/error.h"

namespace assay::assayctl {
namespace {

std::string Plain(const absl::Status& status) { return RenderError(status, Style::Plain()); }

TEST(RenderError, SaysCodeReasonMessageFieldsAndMetadata) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "OVERRIDE_REASONING_REQUIRED")
          .Message("control 2300: override has no reasoning; give one of 1 to 4000 characters")
          .Metadata("control", "2300")
          .Field("changes[3].result.override.reasoning", "is empty")
          .Field("changes[4].result.override.reasoning", "is empty")
          .Build();
  EXPECT_EQ(Plain(status),
            "error: INVALID_ARGUMENT OVERRIDE_REASONING_REQUIRED\n"
            "  control 2300: override has no reasoning; give one of 1 to 4000 characters\n"
            "  field changes[3].result.override.reasoning: is empty\n"
            "  field changes[4].result.override.reasoning: is empty\n"
            "  control = 2300\n");
}

TEST(RenderError, AsksWhetherTheServiceIsRunning) {
  const absl::Status status =
      AtService(absl::UnavailableError("connection refused"), "scoring", "127.0.0.1:7402");
  EXPECT_EQ(Plain(status),
            "error: UNAVAILABLE\n"
            "  connection refused\n"
            "  hint: is the service running at 127.0.0.1:7402 (scoring)? `assayctl status` shows "
            "all of them\n");
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kUnreachable);
}

TEST(RenderError, DoesNotAskThatOfAServiceThatHasAnswered) {
  const absl::Status status =
      AtService(ErrorBuilder(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN")
                    .Message("the commit failed")
                    .Build(),
                "assessment-store", "127.0.0.1:7403");
  EXPECT_EQ(Plain(status),
            "error: UNAVAILABLE COMMIT_OUTCOME_UNKNOWN\n"
            "  the commit failed\n"
            "  hint: repeat the command with the same --request-id to find out\n");
}

TEST(RenderError, SaysWhenToTryAgain) {
  const absl::Status status = ErrorBuilder(absl::StatusCode::kResourceExhausted, "SERVER_BUSY")
                                  .Message("busy")
                                  .RetryAfter(absl::Milliseconds(100))
                                  .Build();
  EXPECT_EQ(Plain(status),
            "error: RESOURCE_EXHAUSTED SERVER_BUSY\n"
            "  busy\n"
            "  hint: try again after 100ms\n");
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kRefused);
}

TEST(RenderError, SaysHowToGiveAToken) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING").Message("none").Build();
  EXPECT_EQ(HintFor(status), "say who you are: --as NAME, --token-file FILE, or ASSAY_TOKEN");
}

TEST(RenderError, ColorsOnlyLabels) {
  EXPECT_EQ(RenderError(UsageError("FLAGS_INVALID", "give one"), Style::Colored()),
            "\x1b[31merror:\x1b[0m INVALID_ARGUMENT \x1b[1mFLAGS_INVALID\x1b[0m\n"
            "  give one\n");
}

TEST(RenderError, TakesTheSteeringOutOfWhatServersSay) {
  EXPECT_EQ(Plain(absl::InternalError("\x1b[2Jgone")), "error: INTERNAL\n  ?[2Jgone\n");
}

TEST(ExitCodeOf, TellsUsageFromRefusal) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kOk);
  EXPECT_EQ(ExitCodeOf(UsageError("X", "y")), ExitCode::kUsage);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("from a service")), ExitCode::kRefused);
}

}  // namespace
}  // namespace assay::assayctl
