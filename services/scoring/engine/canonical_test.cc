#include "services/scoring/engine/canonical.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/model_one.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

DocumentDigests Digests() {
  return {std::string(32, '\x11'), std::string(32, '\x22'), std::string(32, '\x33')};
}

std::string Bytes(const CompiledProfile& profile, const AssessmentInput& input,
                  uint32_t version = kCanonicalVersion) {
  const Record record = ToRecord(profile, input);
  return CanonicalResultBytes(profile, record, Evaluate(profile, record), Digests(), version);
}

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += kDigits[value >> 4];
    hex += kDigits[value & 15];
  }
  return hex;
}

// A scheme small enough to write its bytes down: objective A, controls x (with gate and follow-up)
// and y, profile P at 80 %.
SchemeDefinition TinyScheme() {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}};
  scheme.controls = {{"x", "A", "X", {"P"}, {"KIND"}}, {"y", "A", "Y", {"P"}, {}}};
  scheme.questions = {{"x.1", "x", {"P"}, QuestionKind::kGate, false, std::nullopt, {"yes", "no"}},
                      {"x.2", "x", {"P"}, QuestionKind::kYesNo, true, std::nullopt}};
  scheme.rules.objectives = {{"A", true, true}};
  scheme.rules.thresholds = {{"P", 80}};
  UseModelOne({"Passed", "Failed on objective(s): {objectives}", "Incomplete", ", "}, {},
              scheme.rules);
  return scheme;
}

AssessmentInput TinyInput() {
  AssessmentInput input;
  input.as_of = 256;
  input.certificates = {{"KIND", 1, 300, 299, ScopeVerdict::kCovers}};
  input.controls.resize(2);
  input.controls[0].control = "x";
  input.controls[0].practical.questions = {{"x.1", Outcome::kUnanswered, "no"},
                                           {"x.2", Outcome::kMeets, "free text", false}};
  input.controls[1].control = "y";
  input.controls[1].theoretical.status = Status::kMet;
  Adjust(input.controls[1], -1);
  input.overturned_controls = {"y"};
  return input;
}

// Written by hand from CANONICAL.md: TinyInput under TinyScheme, as release 0.1 wrote it.
// clang-format off
constexpr const char* kFirstGolden[] = {
    "4153534159524553", "00000001",                          // Magic, version.
    "00000020", "1111111111111111111111111111111111111111111111111111111111111111",
    "00000020", "2222222222222222222222222222222222222222222222222222222222222222",
    "00000020", "3333333333333333333333333333333333333333333333333333333333333333",
    "00000001", "50", "00000050", "01", "00000100",           // P, 80 %, final, as_of.
    "00000001",                                              // Certificates: KIND, 1 to 300,
    "00000004", "4b494e44", "00000001", "0000012c",           // revoked on 299, covers.
    "01", "0000012b", "01",
    "00000002",                                              // Controls:
    "00000001", "78",                                        // x,
    "00", "00000000",                                        // nothing theoretical,
    "00", "00000002",                                        // practical:
    "00000003", "782e31", "00", "00000002", "6e6f",           // x.1 answered "no",
    "00000003", "782e32", "01", "00000000",                   // x.2 meets;
    "00000000", "00", "00", "00",                            // no adjustment, override, N/A, overturn:
    "01", "00", "02", "01", "00000002", "00000002", "00000002",  // Met, 2 of 2.
    "00000001", "79",                                        // y,
    "01", "00000000",                                        // theoretical Met,
    "00", "00000000",                                        // nothing practical,
    "ffffffff", "00", "00", "01",                            // adjusted by -1, overturned:
    "02", "00", "01", "01", "00000002", "00000001", "00000002",  // Partially Met, 1 of 2.
    "00000001",                                              // Objectives:
    "00000001", "41", "02",                                  // A failed,
    "00000001", "00000001", "00000000", "00000000", "00000000",  // 1 Met, 1 Partially Met,
    "00000003", "00000004", "00000004",                       // 3 of 4, 4 needed,
    "00", "01", "01", "01",                                  // 6a no, 6b yes, anchor, fails all.
    "02", "01", "00000001", "00000001", "41",                 // Failed on the anchor: A.
    "00000019", "4661696c6564206f6e206f626a6563746976652873293a2041",
};
// clang-format on

// The same in version 2, written by hand too.
// clang-format off
constexpr const char* kGolden[] = {
    "4153534159524553", "00000002",                          // Magic, version.
    "00000020", "1111111111111111111111111111111111111111111111111111111111111111",
    "00000020", "2222222222222222222222222222222222222222222222222222222222222222",
    "00000020", "3333333333333333333333333333333333333333333333333333333333333333",
    "00000001", "50", "01", "00000100",                       // P, final, as_of.
    "00000001",                                              // Certificates: KIND, 1 to 300,
    "00000004", "4b494e44", "00000001", "0000012c",           // revoked on 299, covers.
    "01", "0000012b", "01",
    "00000002",                                              // Controls:
    "00", "00", "00", "08",                                  // x: no marks; a finding is known,
    "21", "0002", "0002",                                    // practical, Met, 2 points.
    "01", "00", "ff", "0c",                                  // y: best mark, -1, overturned, known,
    "12", "0002", "0001",                                    // theoretical, Partially Met, 1 of 2.
    "00000002",                                              // Questions:
    "02", "00000003", "782e31", "00", "00000002", "6e6f",     // practical x.1 answered "no",
    "02", "00000003", "782e32", "01", "00000000",             // practical x.2 meets.
    "00000001",                                              // Objectives:
    "02", "1e",                                              // failed; all bits but the threshold,
    "0001", "0001", "0000", "0000", "0000",                   // 1 Met, 1 Partially Met,
    "00000003", "00000004", "00000004",                       // 3 of 4, 4 needed.
    "02", "00000006", "6661696c6564",                         // Failed by outcome "failed",
    "00000003", "00000004", "00000003", "01",                 // 3 of 4, score 3, on the anchor:
    "00000001", "00000001", "41",                             // A.
    "00000019", "4661696c6564206f6e206f626a6563746976652873293a2041",
};
// clang-format on

std::string Joined(std::span<const char* const> parts) {
  std::string joined;
  for (const char* part : parts) {
    joined += part;
  }
  return joined;
}

TEST(CanonicalTest, GoldenBytesOfVersionOne) {
  EXPECT_EQ(Hex(Bytes(MustCompile(TinyScheme(), "P"), TinyInput(), kFirstCanonicalVersion)),
            Joined(kFirstGolden));
}

TEST(CanonicalTest, GoldenBytesOfVersionTwo) {
  EXPECT_EQ(Hex(Bytes(MustCompile(TinyScheme(), "P"), TinyInput())), Joined(kGolden));
}

// What only model version 2 can say: marks of a scale of four, points beyond a byte, a score base,
// an item that does not count, an outcome of its own, INCOMPLETE without an outcome.
SchemeDefinition RatedScheme() {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}, {"B", "Empty"}};
  scheme.controls = {{"x", "A", "X", {"P"}, {}}, {"y", "A", "Y", {"P"}, {}}};
  scheme.rules.scales = {{"s", {{"a", 300}, {"b", 20}, {"c", 20}, {"d", 1}}}};
  scheme.rules.default_scale = "s";
  scheme.rules.items = {{.control = "y", .scale = "", .counts = false}};
  scheme.rules.objectives = {{"A", true, false}, {"B", true, false}};
  scheme.rules.thresholds = {{"P", 0}};
  scheme.rules.score_base = 10;
  scheme.rules.outcomes = {{"good", OutcomeKind::kRated, "{score}", {.shortfall_at_most = 290}},
                           {"bad", OutcomeKind::kRated, "bad", {}}};
  scheme.rules.texts = {"Open", ", "};
  return scheme;
}

// clang-format off
constexpr const char* kRatedGolden[] = {
    "4153534159524553", "00000002",
    "00000020", "1111111111111111111111111111111111111111111111111111111111111111",
    "00000000",                                              // No question set.
    "00000020", "3333333333333333333333333333333333333333333333333333333333333333",
    "00000001", "50", "01", "00000000", "00000000",           // P, final, day 0, no certificates.
    "00000002",                                              // Controls:
    "02", "00", "00", "08", "12", "0014", "0014",             // x: mark b, Partially Met, 20 points.
    "00", "04", "00", "09", "21", "0001", "012c",             // y: practical d, overridden, 300.
    "00000000",                                              // No questions.
    "00000002",                                              // Objectives:
    "01", "07", "0000", "0001", "0000", "0000", "0000",       // A passed; threshold, none Not Met,
    "00000014", "0000012c", "00000000",                       // in limits; 20 of 300, 0 needed.
    "03", "07", "0000", "0000", "0000", "0000", "0000",       // B is not assessed.
    "00000000", "00000000", "00000000",
    "05", "00000004", "676f6f64",                             // Rated "good":
    "00000014", "0000012c", "fffffef2", "00",                 // 20 of 300, score -270, no anchor,
    "00000000", "00000004", "2d323730",                       // no failed objective, "-270".
};
// clang-format on

TEST(CanonicalTest, GoldenBytesOfASchemeOfModelVersionTwo) {
  const CompiledProfile profile = MustCompile(RatedScheme(), "P");
  AssessmentInput input;
  input.controls.resize(2);
  input.controls[0].control = "x";
  input.controls[1].control = "y";
  input.controls[0].theoretical.mark = "b";
  input.controls[1].practical.mark = "d";
  MarkOverridden(input.controls[1]);
  const Record record = ToRecord(profile, input);
  DocumentDigests digests = Digests();
  digests.question_set.clear();
  EXPECT_EQ(Hex(CanonicalResultBytes(profile, record, Evaluate(profile, record), digests)),
            Joined(kRatedGolden));
}

TEST(CanonicalTest, AnIncompleteResultNamesNoOutcome) {
  const CompiledProfile profile = MustCompile(RatedScheme(), "P");
  AssessmentInput input;
  input.mode = Mode::kProvisional;
  const std::string hex = Hex(Bytes(profile, input));
  // Incomplete, no outcome; 0 points of 300 beside minimum points of both blanks.
  EXPECT_NE(hex.find("0300000000"
                     "00000001"
                     "0000012c"),
            std::string::npos)
      << hex;
}

TEST(CanonicalTest, OnlyRuleSetsOfModelVersionOneHaveTheFirstVersion) {
  const CompiledProfile first = MustCompile(TinyScheme(), "P");
  const CompiledProfile second = MustCompile(RatedScheme(), "P");
  EXPECT_TRUE(IsCanonicalVersion(first, 1));
  EXPECT_TRUE(IsCanonicalVersion(first, 2));
  EXPECT_FALSE(IsCanonicalVersion(second, 1));
  EXPECT_TRUE(IsCanonicalVersion(second, 2));
  for (const uint32_t unknown : {0u, 3u}) {
    EXPECT_FALSE(IsCanonicalVersion(first, unknown));
  }
}

TEST(CanonicalTest, WritingAgainReplacesWhatWasThere) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  const Record record = ToRecord(profile, TinyInput());
  const Evaluation evaluation = Evaluate(profile, record);
  std::string bytes = "of an earlier result";
  for (const uint32_t version : {1u, 2u}) {
    WriteCanonicalResult(profile, record, evaluation, Digests(), version, bytes);
    EXPECT_EQ(bytes, Bytes(profile, TinyInput(), version));
  }
}

TEST(CanonicalTest, TheOrderOfListsDoesNotMatter) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L2");
  AssessmentInput input = AllMet(profile);
  AssessmentInput shuffled = input;
  std::reverse(shuffled.controls.begin(), shuffled.controls.end());
  std::reverse(shuffled.certificates.begin(), shuffled.certificates.end());
  EXPECT_EQ(Bytes(profile, input), Bytes(profile, shuffled));

  const CompiledProfile tiny = MustCompile(TinyScheme(), "P");
  AssessmentInput turned = TinyInput();
  std::reverse(turned.controls[0].practical.questions.begin(),
               turned.controls[0].practical.questions.end());
  AssessmentInput both = TinyInput();
  both.overturned_controls = {"x", "y"};
  AssessmentInput both_turned = both;
  both_turned.overturned_controls = {"y", "x"};
  for (const uint32_t version : {1u, 2u}) {
    EXPECT_EQ(Bytes(tiny, both, version), Bytes(tiny, both_turned, version));
    EXPECT_EQ(Bytes(tiny, TinyInput(), version), Bytes(tiny, turned, version));
  }
}

TEST(CanonicalTest, WaysOfSayingNothingAreTheSame) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  AssessmentInput left_out = TinyInput();
  left_out.controls.erase(left_out.controls.begin());
  AssessmentInput empty = left_out;
  empty.controls.emplace_back().control = "x";
  AssessmentInput unanswered = empty;
  unanswered.controls.back().theoretical.questions = {{"x.2", Outcome::kUnanswered, "text"}};
  for (const uint32_t version : {1u, 2u}) {
    EXPECT_EQ(Bytes(profile, left_out, version), Bytes(profile, empty, version));
    EXPECT_EQ(Bytes(profile, left_out, version), Bytes(profile, unanswered, version));
  }
}

TEST(CanonicalTest, FreeTextAndItsPresenceDoNotMatter) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  AssessmentInput other = TinyInput();
  other.controls[0].practical.questions[1].gate_answer = "another free text";
  other.controls[1].has_adjustment_reason = false;
  for (const uint32_t version : {1u, 2u}) {
    EXPECT_EQ(Bytes(profile, TinyInput(), version), Bytes(profile, other, version));
  }
}

TEST(CanonicalTest, EveryRecordedFactMatters) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  const std::function<void(AssessmentInput&)> changes[] = {
      [](auto& in) { in.as_of += 1; },
      [](auto& in) { in.mode = Mode::kProvisional; },
      [](auto& in) { in.certificates[0].kind = "OTHER"; },
      [](auto& in) { in.certificates[0].issued_on += 1; },
      [](auto& in) { in.certificates[0].expires_on += 1; },
      [](auto& in) { in.certificates[0].revoked_on = std::nullopt; },
      [](auto& in) { in.certificates[0].scope = ScopeVerdict::kNotJudged; },
      [](auto& in) { in.certificates.push_back(in.certificates[0]); },
      [](auto& in) { in.controls[0].theoretical.status = Status::kNotMet; },
      [](auto& in) { in.controls[0].practical.questions[0].gate_answer = "yes"; },
      [](auto& in) { in.controls[0].practical.questions[1].outcome = Outcome::kNotApplicable; },
      [](auto& in) { in.controls[1].adjustment = 0; },
      [](auto& in) { in.controls[1].overridden = true; },
      [](auto& in) { in.controls[1].not_applicable = true; },
      [](auto& in) { in.overturned_controls.clear(); },
      [](auto& in) { in.overturned_controls.push_back("x"); },
  };
  int index = 0;
  for (const auto& change : changes) {
    AssessmentInput input = TinyInput();
    change(input);
    for (const uint32_t version : {1u, 2u}) {
      EXPECT_NE(Bytes(profile, input, version), Bytes(profile, TinyInput(), version))
          << "change " << index;
    }
    ++index;
  }
}

TEST(CanonicalTest, DigestsOfTheDocumentsMatter) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  const Record record = ToRecord(profile, TinyInput());
  const Evaluation evaluation = Evaluate(profile, record);
  DocumentDigests digests = Digests();
  const std::string before = CanonicalResultBytes(profile, record, evaluation, digests);
  digests.question_set.clear();
  EXPECT_EQ(CanonicalResultBytes(profile, record, evaluation, digests).size(), before.size() - 32);
}

}  // namespace
}  // namespace assay::scoring
