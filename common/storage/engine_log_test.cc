#include "common/storage/engine_log.h"

#include "gtest/gtest.h"

namespace assay::storage {
namespace {

TEST(EngineLogTest, IsOneJsonLine) {
  EXPECT_EQ(EngineLogLine("ERROR", "path \"a\\b\"\nsecond\xC3"),
            "{\"severity\":\"ERROR\",\"component\":\"rocksdb\","
            "\"message\":\"path \\\"a\\\\b\\\"?second?\"}\n");
}

TEST(EngineLogTest, CutsLongMessages) {
  const size_t empty = EngineLogLine("WARNING", "").size();
  EXPECT_EQ(EngineLogLine("WARNING", std::string(kMaxEngineLogBytes, 'x')).size(),
            empty + kMaxEngineLogBytes);
  EXPECT_EQ(EngineLogLine("WARNING", std::string(kMaxEngineLogBytes + 1, 'x')).size(),
            empty + kMaxEngineLogBytes);
}

}  // namespace
}  // namespace assay::storage
