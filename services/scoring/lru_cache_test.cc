#include "services/scoring/lru_cache.h"

#include <gtest/gtest.h>

namespace assay::scoring {
namespace {

TEST(LruCacheTest, ForgetsTheLeastRecentlyUsedAtItsLimit) {
  LruCache<int> cache(2);
  cache.Put("a", 1);
  cache.Put("b", 2);
  ASSERT_NE(cache.Find("a"), nullptr);  // Now b is the oldest.
  cache.Put("c", 3);
  EXPECT_EQ(cache.size(), 2u);
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_EQ(*cache.Find("a"), 1);
  EXPECT_EQ(*cache.Find("c"), 3);
}

TEST(LruCacheTest, ReplacesAValueInPlace) {
  LruCache<int> cache(2);
  cache.Put("a", 1);
  cache.Put("b", 2);
  cache.Put("a", 3);
  EXPECT_EQ(cache.size(), 2u);
  EXPECT_EQ(*cache.Find("a"), 3);
}

}  // namespace
}  // namespace assay::scoring
