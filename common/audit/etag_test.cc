#include "common/audit/etag.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"

namespace assay::audit {
namespace {

using ::testing::AllOf;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

const ChainHead kHead{7, std::string("\x01\xab") + std::string(30, '\xff')};

TEST(EtagTest, NamesSequenceAndTheBeginOfTheHash) {
  EXPECT_EQ(EtagOf(kHead), "7-01abffffffffffff");
}

TEST(EtagTest, ChecksWhatIsGiven) {
  EXPECT_THAT(CheckEtag(kHead, "7-01abffffffffffff"), IsOk());
  EXPECT_THAT(
      CheckEtag(kHead, ""),
      AllOf(HasReason(absl::StatusCode::kInvalidArgument, "ETAG_REQUIRED"), HasField("etag")));
  EXPECT_THAT(CheckEtag(kHead, "6-01abffffffffffff"),
              AllOf(HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"), HasField("etag"),
                    HasMetadata("current", "7-01abffffffffffff")));
}

}  // namespace
}  // namespace assay::audit
