#include "tools/assayctl/requests/decision.h"

#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace assay::assayctl {
namespace {

using testing_kit::EqualsProto;
using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

TEST(BuildDecision, Upholds) {
  EXPECT_THAT(BuildDecision({.uphold = true, .reason = "sound"}),
              IsOkAndHolds(EqualsProto("kind: DECISION_KIND_UPHOLD reason: 'sound'")));
}

TEST(BuildDecision, OverturnsNamedControlsAndKeepsTheirTextsWhole) {
  EXPECT_THAT(BuildDecision({.overturn = {"2300=a=b", "2301=c"}, .reason = "no proof"}),
              IsOkAndHolds(EqualsProto(R"pb(
                kind: DECISION_KIND_OVERTURN
                reason: "no proof"
                controls { control_id: "2300" reason: "a=b" }
                controls { control_id: "2301" reason: "c" })pb")));
}

TEST(BuildDecision, ReturnsNamedControls) {
  EXPECT_THAT(BuildDecision({.give_back = {"2300=since when?"}, .reason = "unclear"}),
              IsOkAndHolds(EqualsProto(R"pb(
                kind: DECISION_KIND_RETURN
                reason: "unclear"
                controls { control_id: "2300" reason: "since when?" })pb")));
}

TEST(BuildDecision, RefusesNoneSeveralOrHalf) {
  const DecideArguments cases[] = {
      {.reason = "r"},
      {.uphold = true, .overturn = {"2300=x"}, .reason = "r"},
      {.overturn = {"2300=x"}, .give_back = {"2301=y"}, .reason = "r"},
      {.overturn = {"2300"}, .reason = "r"},
      {.overturn = {"2300="}, .reason = "r"},
      {.give_back = {"=x"}, .reason = "r"},
  };
  for (const DecideArguments& arguments : cases) {
    EXPECT_THAT(BuildDecision(arguments),
                HasReason(absl::StatusCode::kInvalidArgument, "DECISION_ARGUMENTS_INVALID"));
  }
}

}  // namespace
}  // namespace assay::assayctl
