// The quick way from a request to a record against the slow one, which says what is wrong.
//
// Properties over random requests with a fixed seed: whatever the quick way accepts, Validate()
// accepts, and both make the same record.

#include "services/scoring/convert_record.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "services/scoring/convert_inputs.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

constexpr uint64_t kSeed = 20260601;

// The record that the slow way makes, or nothing where it refuses.
std::optional<Record> Slowly(const CompiledProfile& profile, const v1::ScoreRequest& request) {
  ConvertedInputs converted = ToInput(request.inputs(), AsOf::kRequired);
  AddOverturnedControls(request.overturned_controls(), converted);
  if (!CheckInputs(profile, converted).empty()) {
    return std::nullopt;
  }
  return ToRecord(profile, converted.input);
}

struct Counts {
  int quick = 0;    // Accepted by both.
  int slow = 0;     // Accepted by the slow way alone.
  int refused = 0;  // By both.
};

void Compare(const CompiledProfile& profile, const v1::ScoreRequest& request, Counts& counts) {
  static Record record;  // Used again and again, as a server does.
  const bool quick = ToRecordQuickly(profile, request, record);
  const std::optional<Record> expected = Slowly(profile, request);
  if (!quick) {
    (expected.has_value() ? counts.slow : counts.refused) += 1;
    return;
  }
  ++counts.quick;
  ASSERT_TRUE(expected.has_value()) << "accepted what is refused:\n" << request.DebugString();
  record.mode = expected->mode;  // Set by the caller.
  ASSERT_EQ(record, *expected) << request.DebugString();
}

// Without the rarer things that the quick way leaves to the other.
void Simplify(Random& random, v1::ScoreRequest& request) {
  request.clear_overturned_controls();
  for (v1::ControlInput& control : *request.mutable_inputs()->mutable_controls()) {
    for (v1::Finding* finding : {control.mutable_theoretical(), control.mutable_practical()}) {
      if (!finding->questions().empty()) {
        finding->clear_questions();
        control.clear_adjustment();
      }
    }
    if (random.Chance(50)) {
      control.clear_adjustment();
    }
  }
}

TEST(ConvertRecordTest, MakesTheRecordThatTheSlowWayMakesAndAcceptsNothingElse) {
  Counts counts;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(kSeed + seed));
    Random random(kSeed + seed);
    const SchemeDefinition scheme = RandomScheme(random);
    const CompiledProfile profile = MustCompile(scheme, random.OneOf(scheme.profiles));
    if (profile.controls().empty()) {
      continue;
    }
    for (int i = 0; i < 60; ++i) {
      v1::ScoreRequest request = RandomRequest(profile, random);
      if (random.Chance(70)) {
        Simplify(random, request);
      }
      for (uint32_t n = random.Below(3); n > 0 && request.inputs().controls_size() > 0; --n) {
        Tamper(profile, random, request);
      }
      ASSERT_NO_FATAL_FAILURE(Compare(profile, request, counts));
    }
  }
  // All three kinds are there in numbers that show something.
  EXPECT_GT(counts.quick, 1'000);
  EXPECT_GT(counts.slow, 1'000);
  EXPECT_GT(counts.refused, 1'000);
}

TEST(ConvertRecordTest, TakesARealAssessmentQuicklyHoweverItIsOrdered) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L3");
  Counts counts;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(kSeed + seed);
    v1::ScoreRequest request = ToWire(AllMet(profile));
    auto& controls = *request.mutable_inputs()->mutable_controls();
    for (int i = 0; i < 20; ++i) {
      const auto at = [&] { return static_cast<int>(random.Below(144)); };
      controls.SwapElements(at(), at());
      controls[at()].mutable_theoretical()->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
    }
    ASSERT_NO_FATAL_FAILURE(Compare(profile, request, counts));
    Tamper(profile, random, request);
    ASSERT_NO_FATAL_FAILURE(Compare(profile, request, counts));
  }
  EXPECT_GE(counts.quick, 300);
  EXPECT_GT(counts.refused, 50);
}

TEST(ConvertRecordTest, AnEmptyListOfControlsIsAllBlank) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  v1::ScoreRequest request;
  request.mutable_inputs()->set_as_of("2026-06-01");
  Counts counts;
  ASSERT_NO_FATAL_FAILURE(Compare(profile, request, counts));
  EXPECT_EQ(counts.quick, 1);
}

}  // namespace
}  // namespace assay::scoring
