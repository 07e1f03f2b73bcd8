#include "common/status/error.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/status/grpc_status.h"
#include "common/status/rename_fields.h"

namespace assay {
namespace {

absl::Status Example() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "ADJUSTMENT_OUT_OF_RANGE")
      .Message("adjustment is 2; -1, 0 or +1 is allowed")
      .Metadata("control", "2300")
      .Field("changes[0].adjustment.points", "is 2; -1, 0 or +1 is allowed")
      .RetryAfter(absl::Milliseconds(1500))
      .Build();
}

TEST(ErrorBuilderTest, CarriesReasonMetadataAndFields) {
  const absl::Status status = Example();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "ADJUSTMENT_OUT_OF_RANGE");
  EXPECT_EQ(ErrorMetadata(status, "control"), "2300");
  EXPECT_EQ(ErrorMetadata(status, "absent"), std::nullopt);
  ASSERT_EQ(ErrorFields(status).size(), 1u);
  EXPECT_EQ(ErrorFields(status)[0].field, "changes[0].adjustment.points");
}

TEST(RenameFieldsTest, RenamesFieldsAndKeepsTheRest) {
  const absl::Status renamed =
      RenameFields(Example(), [](std::string_view field) { return "mine." + std::string(field); });
  EXPECT_EQ(ErrorFields(renamed)[0].field, "mine.changes[0].adjustment.points");
  EXPECT_EQ(ErrorFields(renamed)[0].description, ErrorFields(Example())[0].description);
  EXPECT_EQ(ErrorReason(renamed), ErrorReason(Example()));
  const absl::Status plain = absl::NotFoundError("x");
  EXPECT_EQ(RenameFields(plain, [](std::string_view) { return std::string(); }), plain);
}

TEST(GrpcStatusTest, RoundTripKeepsCodeMessageAndDetails) {
  const absl::Status status = Example();
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(status)), status);
  EXPECT_EQ(FromRpcStatus(ToRpcStatus(status)), status);
}

TEST(GrpcStatusTest, OkAndPlainStatusesPass) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
  const grpc::Status plain(grpc::StatusCode::UNIMPLEMENTED, "no such method");
  EXPECT_EQ(FromGrpcStatus(plain), absl::UnimplementedError("no such method"));
  EXPECT_EQ(ErrorReason(FromGrpcStatus(plain)), "");
}

TEST(ErrorBuilderTest, LongValuesAreCutAtACharacterBoundary) {
  // One ASCII byte shifts the two-byte characters so that the limit falls inside one.
  std::string text = "a";
  while (text.size() < kMaxErrorDetailBytes + 10) text += "\xC3\xA9";
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInternal, "X").Metadata("value", text).Build();
  const std::string cut = ErrorMetadata(status, "value").value();
  EXPECT_EQ(cut, text.substr(0, kMaxErrorDetailBytes - 1) + "...");
}

TEST(ErrorBuilderTest, AMessageThatQuotesTooMuchIsCut) {
  const std::string fits(2 * kMaxErrorDetailBytes, 'm');
  const auto build = [](const std::string& message) {
    return ErrorBuilder(absl::StatusCode::kInternal, "X").Message(message).Build();
  };
  EXPECT_EQ(build(fits).message(), fits);
  EXPECT_EQ(build(fits + "m").message(), fits + "...");
}

TEST(ErrorBuilderTest, DetailsPastTheLimitAreDropped) {
  ErrorBuilder builder(absl::StatusCode::kInvalidArgument, "MANY");
  for (size_t i = 0; i < kMaxErrorDetails + 1; ++i) builder.Field("f", "d");
  EXPECT_EQ(ErrorFields(builder.Build()).size(), kMaxErrorDetails);
}

}  // namespace
}  // namespace assay
