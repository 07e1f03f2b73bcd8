#include "common/rpc/traceparent.h"

#include <string>

#include "gtest/gtest.h"

namespace assay::rpc {
namespace {

// The example of W3C Trace Context, section 3.2.
constexpr char kExample[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceparentTest, AcceptsTheStandardsExample) {
  EXPECT_TRUE(IsTraceparent(kExample));
  EXPECT_EQ(TraceId(kExample), "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(TraceparentTest, RefusesOtherShapes) {
  const std::string example = kExample;
  for (const std::string& text : {
           std::string(),
           example.substr(1),
           example + "0",
           "01" + example.substr(2),
           "00-4BF92F3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" + std::string(),
           std::string("00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
           std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
           std::string("00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"),
           std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"),
       }) {
    EXPECT_FALSE(IsTraceparent(text)) << text;
  }
}

TEST(TraceparentTest, NewOnesAreValidAndDiffer) {
  FakeIdSource ids;
  const std::string first = NewTraceparent(ids);
  EXPECT_TRUE(IsTraceparent(first)) << first;
  EXPECT_NE(first, NewTraceparent(ids));
}

}  // namespace
}  // namespace assay::rpc
