// What deploy/quickstart shows: the three samples come out as their names say.

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "tests/journey/actors.h"
#include "tests/journey/deployment.h"
#include "tests/journey/sample.h"

namespace assay::journey {
namespace {

using assessment_store::v1::ASSESSMENT_STATE_FAILED;
using assessment_store::v1::ASSESSMENT_STATE_IN_REVIEW;
using assessment_store::v1::ASSESSMENT_STATE_PASSED;
using scoring::v1::ObjectiveResult;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_kit::IsOk;

// DOMAIN section 2: controls of CE, A, B, C, D at Level 1.
constexpr int kControlsAtLevel1 = 101;

TEST(SamplesTest, ComeOutAsTheirNamesSay) {
  Deployment deployment;
  ASSERT_TRUE(deployment.StartAll());
  Assessor clean(deployment, LoadSample("sample-clean-pass"));
  Assessor one_not_met(deployment, LoadSample("sample-one-not-met"));
  Assessor overridden(deployment, LoadSample("sample-override"));
  for (Assessor* assessor : {&clean, &one_not_met, &overridden}) {
    SCOPED_TRACE(assessor->sample().assessment_id);
    ASSERT_THAT(assessor->sample().changes, SizeIs(kControlsAtLevel1));
    ASSERT_THAT(assessor->CreateAndSubmit(), IsOk());
  }

  EXPECT_EQ(clean.assessment().state(), ASSESSMENT_STATE_PASSED);
  auto verdict = clean.Verdict();
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->verdict().result_string(), "Passed");
  EXPECT_THAT(verdict->verdict().review_triggers(), IsEmpty());

  EXPECT_EQ(one_not_met.assessment().state(), ASSESSMENT_STATE_FAILED);
  verdict = one_not_met.Verdict();
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->verdict().result_string(), "Failed on objective(s): B");
  EXPECT_THAT(verdict->verdict().review_triggers(), IsEmpty());
  int not_met = 0;
  for (const ObjectiveResult& objective : verdict->verdict().objectives()) {
    EXPECT_TRUE(objective.threshold_reached()) << objective.objective();
    not_met += objective.not_met();
  }
  EXPECT_EQ(not_met, 1);

  EXPECT_EQ(overridden.assessment().state(), ASSESSMENT_STATE_IN_REVIEW);
  verdict = overridden.Verdict();
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->verdict().result_string(), "Passed");
  EXPECT_THAT(verdict->verdict().review_triggers(), SizeIs(2));

  Reviewer ravi(deployment);
  ASSERT_THAT(ravi.Await(ItemName(overridden.assessment())), IsOk());
  auto waiting = ravi.Waiting();
  ASSERT_THAT(waiting, IsOk());
  ASSERT_THAT(*waiting, SizeIs(1));
  EXPECT_EQ((*waiting)[0].assessment(), overridden.assessment().name());
}

}  // namespace
}  // namespace assay::journey
