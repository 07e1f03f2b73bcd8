#include "services/scoring/basis_resolver.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

class BasisResolverTest : public ::testing::Test {
 protected:
  static v1::ScoringBasis Latest() {
    v1::ScoringBasis basis;
    basis.set_catalogue(kCatalogueName);
    basis.set_rule_set(kRuleSetName);
    basis.set_profile("L1");
    return basis;
  }

  static v1::ScoringBasis Pinned() {
    v1::ScoringBasis basis = Latest();
    basis.set_catalogue(std::string(kCatalogueName) + "@1");
    basis.set_rule_set(std::string(kRuleSetName) + "@1");
    return basis;
  }

  absl::StatusOr<std::shared_ptr<const Basis>> Resolve(const v1::ScoringBasis& basis) {
    return resolver_.Resolve(
        rpc::CallContext("/test", principal_, absl::InfiniteFuture(), "", cancelled_), basis);
  }

  FakeCatalogueClient catalogue_;
  FakeClock clock_;
  BasisResolver resolver_{catalogue_, clock_};
  const auth::Principal principal_{};
  const std::atomic<bool> cancelled_ = false;
};

TEST_F(BasisResolverTest, PinsWhatTheCatalogueAnswers) {
  v1::ScoringBasis basis = Latest();
  basis.set_question_set(kQuestionSetName);
  const auto resolved = Resolve(basis);
  ASSERT_THAT(resolved, IsOk());
  const v1::Pins& pins = (*resolved)->pins;
  EXPECT_EQ(pins.catalogue(), std::string(kCatalogueName) + "@1");
  EXPECT_EQ(pins.rule_set(), std::string(kRuleSetName) + "@1");
  EXPECT_EQ(pins.question_set(), std::string(kQuestionSetName) + "@1");
  EXPECT_EQ(pins.catalogue_digest().size(), 64u);
  EXPECT_EQ((*resolved)->digests.rule_set.size(), 32u);
  EXPECT_EQ((*resolved)->profile.controls().size(), 101u);
  EXPECT_EQ((*resolved)->profile.questions().size(), 3u);
}

TEST_F(BasisResolverTest, AsksForPinnedNamesOnce) {
  ASSERT_THAT(Resolve(Pinned()), IsOk());
  clock_.Advance(absl::Hours(24));
  EXPECT_NE(resolver_.FindCached(Pinned()), nullptr);
  ASSERT_THAT(Resolve(Pinned()), IsOk());
  EXPECT_EQ(catalogue_.calls(), 2);
}

TEST_F(BasisResolverTest, AsksForTheLatestAgainAfterItsLifetime) {
  ASSERT_THAT(Resolve(Latest()), IsOk());
  clock_.Advance(kAliasLifetime - absl::Milliseconds(1));
  ASSERT_THAT(Resolve(Latest()), IsOk());
  EXPECT_EQ(catalogue_.calls(), 2);
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(resolver_.FindCached(Latest()), nullptr);
  ASSERT_THAT(Resolve(Latest()), IsOk());
  EXPECT_EQ(catalogue_.calls(), 4);
}

// An alias may name another revision tomorrow.
TEST_F(BasisResolverTest, AsksForAnAliasAgainAfterItsLifetime) {
  v1::ScoringBasis basis = Pinned();
  basis.set_rule_set(std::string(kRuleSetName) + "@current");
  const auto resolved = Resolve(basis);
  ASSERT_THAT(resolved, IsOk());
  EXPECT_EQ((*resolved)->pins.rule_set(), std::string(kRuleSetName) + "@1");
  clock_.Advance(kAliasLifetime);
  EXPECT_EQ(resolver_.FindCached(basis), nullptr);
  ASSERT_THAT(Resolve(basis), IsOk());
  EXPECT_EQ(catalogue_.calls(), 4);
}

TEST_F(BasisResolverTest, SeesANewRevisionAndKeepsTheOldOneByItsName) {
  const auto before = Resolve(Latest());
  RuleSetDefinition rules = AsrV21();
  rules.thresholds[1].percent = 90;
  catalogue_.Publish(kRuleSetName, RuleSetMessage(rules));
  clock_.Advance(kAliasLifetime);
  const auto after = Resolve(Latest());
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ((*after)->pins.rule_set(), std::string(kRuleSetName) + "@2");
  EXPECT_EQ((*after)->profile.threshold_percent(), 90);
  EXPECT_EQ((*before)->profile.threshold_percent(), 80);
  EXPECT_EQ((*Resolve(Pinned()))->profile.threshold_percent(), 80);
}

TEST_F(BasisResolverTest, TwoNamesOfTheSameDocumentsShareOneCompilation) {
  EXPECT_EQ(*Resolve(Latest()), *Resolve(Pinned()));
}

// The caller that finds a name expired asks; until it has an answer the others go on.
TEST_F(BasisResolverTest, GoesOnWithTheOldMeaningWhileTheCatalogueIsAway) {
  ASSERT_THAT(Resolve(Latest()), IsOk());
  clock_.Advance(kAliasLifetime);
  catalogue_.FailWith(absl::UnavailableError("away"));
  EXPECT_THAT(Resolve(Latest()), testing_kit::StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Resolve(Latest()), IsOk());
  EXPECT_EQ(catalogue_.calls(), 3);
  clock_.Advance(kAliasGrace);
  EXPECT_THAT(Resolve(Latest()), testing_kit::StatusIs(absl::StatusCode::kUnavailable));
}

// Names and pinned names alike: a name that still leads somewhere keeps nothing alive.
TEST_F(BasisResolverTest, KeepsNoMoreCompiledBasesThanItsLimit) {
  const auto revision = [](size_t number) {
    v1::ScoringBasis basis = Pinned();
    basis.set_rule_set(std::string(kRuleSetName) + "@" + std::to_string(number));
    return basis;
  };
  for (size_t i = 2; i <= kMaxCompiledBases + 1; ++i) {
    RuleSetDefinition rules = AsrV21();
    rules.thresholds[1].percent = static_cast<int32_t>(i);
    catalogue_.Publish(kRuleSetName, RuleSetMessage(rules));
  }
  std::vector<std::weak_ptr<const Basis>> bases;
  for (size_t i = 1; i <= kMaxCompiledBases; ++i) {
    const auto resolved = Resolve(revision(i));
    ASSERT_THAT(resolved, IsOk());
    bases.push_back(*resolved);
  }
  for (size_t i = 1; i <= kMaxCompiledBases; ++i) {
    EXPECT_NE(resolver_.FindCached(revision(i)), nullptr);
  }
  // One more; the first was used last, so the second goes.
  ASSERT_THAT(Resolve(revision(1)), IsOk());
  ASSERT_THAT(Resolve(revision(kMaxCompiledBases + 1)), IsOk());
  EXPECT_FALSE(bases[0].expired());
  EXPECT_TRUE(bases[1].expired());
  EXPECT_EQ(resolver_.FindCached(revision(2)), nullptr);
  const int calls = catalogue_.calls();
  ASSERT_THAT(Resolve(revision(2)), IsOk());
  EXPECT_EQ(catalogue_.calls(), calls + 2);
}

TEST_F(BasisResolverTest, KnowsNoMoreNamesThanItsLimit) {
  const auto alias = [](size_t number) {
    v1::ScoringBasis basis = Pinned();
    basis.set_rule_set(std::string(kRuleSetName) + "@name-" + std::to_string(number));
    return basis;
  };
  for (size_t i = 1; i <= kMaxResolvedNames; ++i) {
    ASSERT_THAT(Resolve(alias(i)), IsOk());
  }
  ASSERT_NE(resolver_.FindCached(alias(1)), nullptr);
  ASSERT_THAT(Resolve(alias(kMaxResolvedNames + 1)), IsOk());
  EXPECT_NE(resolver_.FindCached(alias(1)), nullptr);
  EXPECT_EQ(resolver_.FindCached(alias(2)), nullptr);
}

TEST_F(BasisResolverTest, DoesNotRememberFailures) {
  catalogue_.FailWith(absl::UnavailableError("away"));
  EXPECT_THAT(Resolve(Pinned()), testing_kit::StatusIs(absl::StatusCode::kUnavailable));
  catalogue_.FailWith(absl::OkStatus());
  EXPECT_THAT(Resolve(Pinned()), IsOk());
}

TEST_F(BasisResolverTest, PassesTheCataloguesOwnErrorsOn) {
  v1::ScoringBasis basis = Latest();
  basis.set_rule_set(std::string(kRuleSetName) + "@7");
  EXPECT_THAT(Resolve(basis), HasReason(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND"));
}

TEST_F(BasisResolverTest, RefusesMissingAndMisshapenNames) {
  struct Case {
    std::string_view field;
    std::string value;
  };
  const Case cases[] = {
      {"catalogue", ""}, {"catalogue", "schemes/dcc"}, {"catalogue", "schemes/dcc/catalogues/x@0"},
      {"rule_set", ""},  {"rule_set", kCatalogueName}, {"question_set", kRuleSetName}};
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.field) + " '" + c.value + "'");
    v1::ScoringBasis basis = Latest();
    const auto* descriptor = v1::ScoringBasis::descriptor();
    basis.GetReflection()->SetString(&basis, descriptor->FindFieldByName(std::string(c.field)),
                                     c.value);
    const auto resolved = Resolve(basis);
    EXPECT_THAT(resolved, HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
    EXPECT_THAT(resolved, HasField("basis." + std::string(c.field)));
  }
  EXPECT_EQ(catalogue_.calls(), 0);
}

TEST_F(BasisResolverTest, HoldsTheLengthOfNamesAndProfiles) {
  v1::ScoringBasis basis = Latest();
  basis.set_profile(std::string(kMaxInputIdCharacters, 'x'));
  EXPECT_THAT(Resolve(basis), HasReason(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN"));
  basis.set_profile(std::string(kMaxInputIdCharacters + 1, 'x'));
  EXPECT_THAT(Resolve(basis), HasReason(absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG"));
  basis = Latest();
  basis.set_catalogue(std::string(kMaxDocumentNameCharacters + 1, 'x'));
  EXPECT_THAT(Resolve(basis), HasReason(absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG"));
}

TEST_F(BasisResolverTest, RefusesAnUnknownProfile) {
  v1::ScoringBasis basis = Latest();
  basis.set_profile("L9");
  const auto resolved = Resolve(basis);
  EXPECT_THAT(resolved, HasReason(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN"));
  EXPECT_THAT(resolved, HasField("basis.profile"));
  EXPECT_THAT(resolved, testing_kit::HasMetadata("known", "L0, L1, L2, L3"));
}

TEST_F(BasisResolverTest, RefusesDocumentsThatContradictOneAnother) {
  catalogue::v1::RuleSet rules = RuleSetMessage(AsrV21());
  rules.mutable_objectives()->RemoveLast();
  catalogue_.Publish(kRuleSetName, rules);
  EXPECT_THAT(Resolve(Latest()),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENTS_DO_NOT_MATCH"));
}

}  // namespace
}  // namespace assay::scoring
