#include "services/scoring/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

TEST(ScoringOptionsTest, NeedsTheAddressOfTheCatalogue) {
  ScoringOptions options;
  const config::ServiceTraits traits = ScoringTraits(options);
  EXPECT_THAT(traits.validate_own(), IsOk());
  options.catalogue.clear();
  EXPECT_THAT(traits.validate_own(),
              HasReason(absl::StatusCode::kInvalidArgument, "OPTION_INVALID"));
  EXPECT_THAT(traits.validate_own(), HasField("catalogue"));
}

TEST(ScoringOptionsTest, KeepsNothingOnDiskAndCallsOthers) {
  ScoringOptions options;
  const config::ServiceTraits traits = ScoringTraits(options);
  EXPECT_FALSE(traits.needs_data_dir);
  EXPECT_TRUE(traits.needs_service_key);
}

}  // namespace
}  // namespace assay::scoring
