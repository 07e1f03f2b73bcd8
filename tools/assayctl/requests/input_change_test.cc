#include "tools/assayctl/requests/input_change.h"

#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace assay::assayctl {
namespace {

using scoring::v1::WhatIfRequest;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::ParseText;

WhatIfRequest Recorded() {
  return ParseText<WhatIfRequest>(
      R"pb(
        request {
          inputs {
            controls {
              control_id: "2300"
              theoretical { status: CONTROL_STATUS_MET }
              practical { status: CONTROL_STATUS_NOT_MET }
              not_applicable { justification: "No." }
            }
            controls {
              control_id: "2301"
              theoretical { status: CONTROL_STATUS_PARTIALLY_MET }
            }
          }
        })pb");
}

std::string Changes(const WhatIfArguments& arguments) {
  WhatIfRequest request = Recorded();
  EXPECT_THAT(AppendChanges(arguments, request), IsOk());
  request.clear_request();
  return request.ShortDebugString();
}

TEST(AppendChanges, ReplacesARecordByAFindingOfThePhaseThatIsScored) {
  EXPECT_EQ(Changes({.met = {"2300"}, .status = {"2301=not_met"}, .mark = {"9=largely"}}),
            "changes { replace { control_id: \"2300\" practical { status: CONTROL_STATUS_MET } } } "
            "changes { replace { control_id: \"2301\" theoretical { status: CONTROL_STATUS_NOT_MET "
            "} } } "
            "changes { replace { control_id: \"9\" theoretical { mark: \"largely\" } } }");
}

TEST(AppendChanges, LaysFlagsOverWhatIsRecorded) {
  EXPECT_EQ(Changes({.not_applicable = {"2301=No VoIP."}}),
            "changes { replace { control_id: \"2301\" theoretical { status: "
            "CONTROL_STATUS_PARTIALLY_MET } not_applicable { justification: \"No VoIP.\" } } }");
}

TEST(AppendChanges, PutsSeveralFlagsOfOneControlTogether) {
  EXPECT_EQ(Changes({.status = {"2301=not_met"}, .overridden = {"2301=a=b"}}),
            "changes { replace { control_id: \"2301\" theoretical { status: CONTROL_STATUS_NOT_MET "
            "} override { reasoning: \"a=b\" } } }");
}

TEST(AppendChanges, ForgetsAndMovesTheDay) {
  EXPECT_EQ(Changes({.clear = {"2300"}, .as_of = "2027-01-01"}),
            "changes { clear: \"2300\" } changes { as_of: \"2027-01-01\" }");
}

TEST(AppendChanges, RefusesFlagsThatSayNothingOrContradictEachOther) {
  const WhatIfArguments wrong[] = {
      {.met = {""}},
      {.status = {"2300"}},
      {.status = {"=met"}},
      {.status = {"2300=good"}},
      {.mark = {"2300="}},
      {.not_applicable = {"2300"}},
      {.overridden = {"2300="}},
      {.clear = {""}},
      {.met = {"2300", "2300"}},
      {.met = {"2300"}, .status = {"2300=met"}},
      {.met = {"2300"}, .clear = {"2300"}},
      {.overridden = {"2300=x"}, .clear = {"2300"}},
  };
  for (const WhatIfArguments& arguments : wrong) {
    WhatIfRequest request = Recorded();
    EXPECT_THAT(AppendChanges(arguments, request),
                HasReason(absl::StatusCode::kInvalidArgument, "CHANGE_INVALID"));
  }
}

}  // namespace
}  // namespace assay::assayctl
