#include "services/scoring/engine/reasons.h"

#include <set>

#include <gtest/gtest.h>

namespace assay::scoring {
namespace {

TEST(ReasonsTest, NamesAreUnique) {
  std::set<std::string_view> names;
  for (int code = 0; code <= 255; ++code) {
    const std::string_view name = ReasonName(static_cast<ReasonCode>(code));
    if (!name.empty()) {
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
  EXPECT_EQ(names.size(), 50u);
}

TEST(ReasonsTest, AListKeepsOrderAndItsCapacity) {
  ReasonList reasons;
  for (size_t i = 0; i < ReasonList::kCapacity; ++i) {
    reasons.Add(ReasonCode::kStatusRecorded);
  }
  EXPECT_EQ(reasons.size(), ReasonList::kCapacity);
  reasons.Add(ReasonCode::kAdjustedUp);
  EXPECT_EQ(reasons.size(), ReasonList::kCapacity);
  EXPECT_FALSE(reasons.Has(ReasonCode::kAdjustedUp));
}

}  // namespace
}  // namespace assay::scoring
