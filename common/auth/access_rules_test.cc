#include "common/auth/access_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/rpc/testing/echo.pb.h"
#include "common/testing/status_matchers.h"

namespace assay::auth {
namespace {

using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::testing::AllOf;
using ::testing::ElementsAre;

constexpr char kEcho[] = "assay.rpc.testing.EchoService";

Principal With(RoleSet roles) {
  // Naming a message type links its file, and with it the services' descriptors, into the test.
  rpc::testing::EchoRequest::descriptor();
  return {.subject = "ada", .organisation = "organisations/acme", .roles = roles, .expires = {}};
}

auto RuleMissing(std::string_view method) {
  return AllOf(HasReason(absl::StatusCode::kFailedPrecondition, "ACCESS_RULE_MISSING"),
               HasMetadata("method", method));
}

TEST(AccessRulesTest, AnyOfTheNamedRolesPasses) {
  const auto rules = AccessRules::ForServices({kEcho});
  ASSERT_THAT(rules, IsOk());
  const char* method = "/assay.rpc.testing.EchoService/Echo";
  EXPECT_THAT(rules->Check(method, With({access::v1::ROLE_SUPPLIER})), IsOk());
  EXPECT_THAT(rules->Check(method, With({access::v1::ROLE_SERVICE})), IsOk());
  EXPECT_THAT(
      rules->Check(method, With({access::v1::ROLE_AUDITOR, access::v1::ROLE_OPERATOR})),
      AllOf(HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"),
            HasMetadata("method", method), HasMetadata("required_roles", "supplier, service"),
            HasMetadata("own_roles", "auditor, operator")));
}

TEST(AccessRulesTest, AnyAuthenticatedPassesAll) {
  const auto rules = AccessRules::ForServices({kEcho});
  ASSERT_THAT(rules, IsOk());
  EXPECT_THAT(rules->Check("/assay.rpc.testing.EchoService/EchoOnWorker",
                           With({access::v1::ROLE_OPERATOR})),
              IsOk());
}

TEST(AccessRulesTest, AMethodNobodyDeclaredIsDenied) {
  const auto rules = AccessRules::ForServices({kEcho});
  ASSERT_THAT(rules, IsOk());
  EXPECT_THAT(
      rules->Check("/assay.rpc.testing.EchoService/None", With({access::v1::ROLE_SUPPLIER})),
      HasReason(absl::StatusCode::kPermissionDenied, "METHOD_HAS_NO_RULE"));
}

TEST(AccessRulesTest, AMethodWithoutAUsableRuleIsRefused) {
  EXPECT_THAT(AccessRules::ForServices({"assay.rpc.testing.OpenService"}),
              RuleMissing("/assay.rpc.testing.OpenService/Open"));
  EXPECT_THAT(AccessRules::ForServices({"assay.rpc.testing.EmptyRuleService"}),
              RuleMissing("/assay.rpc.testing.EmptyRuleService/Empty"));
  EXPECT_THAT(AccessRules::ForServices({"assay.rpc.testing.UnspecifiedRuleService"}),
              RuleMissing("/assay.rpc.testing.UnspecifiedRuleService/Unspecified"));
  EXPECT_THAT(AccessRules::ForServices({"assay.rpc.testing.Nowhere"}),
              HasReason(absl::StatusCode::kFailedPrecondition, "SERVICE_UNKNOWN"));
}

TEST(AccessRulesTest, KnowsWhatItCovers) {
  const auto rules = AccessRules::ForServices({kEcho});
  ASSERT_THAT(rules, IsOk());
  EXPECT_TRUE(rules->Covers(kEcho));
  EXPECT_FALSE(rules->Covers("assay.rpc.testing.OpenService"));
  EXPECT_THAT(rules->Methods(), ElementsAre("/assay.rpc.testing.EchoService/Assess",
                                            "/assay.rpc.testing.EchoService/Echo",
                                            "/assay.rpc.testing.EchoService/EchoOnWorker",
                                            "/assay.rpc.testing.EchoService/EchoStream"));
}

TEST(RoleTest, NamesGoBothWays) {
  EXPECT_EQ(RoleName(access::v1::ROLE_CATALOGUE_PUBLISHER), "catalogue_publisher");
  EXPECT_EQ(ParseRole("catalogue_publisher"), access::v1::ROLE_CATALOGUE_PUBLISHER);
  for (const char* name : {"", "unspecified", "Supplier", "ROLE_SUPPLIER", "role_supplier"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(ParseRole(name), std::nullopt);
  }
}

}  // namespace
}  // namespace assay::auth
