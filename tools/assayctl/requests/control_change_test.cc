#include "tools/assayctl/requests/control_change.h"

#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace assay::assayctl {
namespace {

using testing_kit::EqualsProto;
using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

TEST(BuildControlChange, RecordsAStatusInThePhaseThatIsNamed) {
  EXPECT_THAT(BuildControlChange({.control = "2300", .status = "partial", .phase = "practical"}),
              IsOkAndHolds(EqualsProto(R"pb(
                result {
                  control_id: "2300"
                  practical { status: CONTROL_STATUS_PARTIALLY_MET }
                }
                update_mask { paths: "practical" })pb")));
}

TEST(BuildControlChange, RecordsTheTheoreticalPhaseUnlessToldOtherwise) {
  EXPECT_THAT(BuildControlChange({.control = "2300", .status = "not_met"}),
              IsOkAndHolds(EqualsProto(R"pb(
                result {
                  control_id: "2300"
                  theoretical { status: CONTROL_STATUS_NOT_MET }
                }
                update_mask { paths: "theoretical" })pb")));
}

TEST(BuildControlChange, SetsSeveralFieldsAndClearsOthers) {
  EXPECT_THAT(BuildControlChange({.control = "2300",
                                  .adjust = -1,
                                  .reason = "overstated",
                                  .overridden = true,
                                  .reasoning = "compensated",
                                  .clear = {"not_applicable", "practical"}}),
              IsOkAndHolds(EqualsProto(R"pb(
                result {
                  control_id: "2300"
                  adjustment { points: -1 reason: "overstated" }
                  override { reasoning: "compensated" }
                }
                update_mask {
                  paths: "adjustment"
                  paths: "override"
                  paths: "not_applicable"
                  paths: "practical"
                })pb")));
}

TEST(BuildControlChange, LeavesTheRulesToTheService) {
  // No reasoning, and an adjustment out of range: refused there, not here.
  EXPECT_THAT(BuildControlChange({.control = "2300", .adjust = 2, .overridden = true}),
              IsOkAndHolds(EqualsProto(R"pb(
                result {
                  control_id: "2300"
                  adjustment { points: 2 }
                  override {}
                }
                update_mask { paths: "adjustment" paths: "override" })pb")));
}

TEST(BuildControlChange, RefusesFlagsThatMakeNoSense) {
  const RecordArguments cases[] = {
      {.status = "met"},                                           // No control.
      {.control = "2300"},                                         // Nothing to record.
      {.control = "2300", .status = "good"},                       //
      {.control = "2300", .status = "met", .phase = "final"},      //
      {.control = "2300", .status = "met", .reason = "r"},         // Explains nothing.
      {.control = "2300", .status = "met", .reasoning = "r"},      //
      {.control = "2300", .status = "met", .justification = "r"},  //
      {.control = "2300", .clear = {"status"}},                    //
      {.control = "2300", .overridden = true, .clear = {"override"}},
      {.control = "2300", .clear = {"override", "override"}},
  };
  for (const RecordArguments& arguments : cases) {
    EXPECT_THAT(BuildControlChange(arguments),
                HasReason(absl::StatusCode::kInvalidArgument, "RECORD_INVALID"));
  }
}

}  // namespace
}  // namespace assay::assayctl
