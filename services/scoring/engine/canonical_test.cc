#include "services/scoring/engine/canonical.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

DocumentDigests Digests() {
  return {std::string(32, '\x11'), std::string(32, '\x22'), std::string(32, '\x33')};
}

std::string Bytes(const CompiledProfile& profile, const AssessmentInput& input) {
  return CanonicalResultBytes(profile, input, Evaluate(profile, input), Digests());
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
  scheme.controls = {{"x", "A", "X", {"P"}, "KIND"}, {"y", "A", "Y", {"P"}, ""}};
  scheme.questions = {{"x.1", "x", {"P"}, QuestionKind::kGate, false, std::nullopt},
                      {"x.2", "x", {"P"}, QuestionKind::kYesNo, true, std::nullopt}};
  scheme.rules.objectives = {{"A", true, true}};
  scheme.rules.thresholds = {{"P", 80}};
  scheme.rules.texts = {"Passed", "Failed on objective(s): {objectives}", "Incomplete", ", "};
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

// Written by hand from CANONICAL.md: TinyInput under TinyScheme.
// clang-format off
constexpr const char* kGolden[] = {
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

TEST(CanonicalTest, GoldenBytes) {
  std::string expected;
  for (const char* part : kGolden) {
    expected += part;
  }
  EXPECT_EQ(Hex(Bytes(MustCompile(TinyScheme(), "P"), TinyInput())), expected);
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
  EXPECT_EQ(Bytes(tiny, both), Bytes(tiny, both_turned));
  EXPECT_EQ(Bytes(tiny, TinyInput()), Bytes(tiny, turned));
}

TEST(CanonicalTest, WaysOfSayingNothingAreTheSame) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  AssessmentInput left_out = TinyInput();
  left_out.controls.erase(left_out.controls.begin());
  AssessmentInput empty = left_out;
  empty.controls.emplace_back().control = "x";
  AssessmentInput unanswered = empty;
  unanswered.controls.back().theoretical.questions = {{"x.2", Outcome::kUnanswered, "text"}};
  EXPECT_EQ(Bytes(profile, left_out), Bytes(profile, empty));
  EXPECT_EQ(Bytes(profile, left_out), Bytes(profile, unanswered));
}

TEST(CanonicalTest, FreeTextAndItsPresenceDoNotMatter) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  AssessmentInput other = TinyInput();
  other.controls[0].practical.questions[1].gate_answer = "another free text";
  other.controls[1].has_adjustment_reason = false;
  EXPECT_EQ(Bytes(profile, TinyInput()), Bytes(profile, other));
}

TEST(CanonicalTest, EveryRecordedFactMatters) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  const std::string before = Bytes(profile, TinyInput());
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
    EXPECT_NE(Bytes(profile, input), before) << "change " << index;
    ++index;
  }
}

TEST(CanonicalTest, DigestsOfTheDocumentsMatter) {
  const CompiledProfile profile = MustCompile(TinyScheme(), "P");
  const AssessmentInput input = TinyInput();
  const Evaluation evaluation = Evaluate(profile, input);
  DocumentDigests digests = Digests();
  const std::string before = CanonicalResultBytes(profile, input, evaluation, digests);
  digests.question_set.clear();
  EXPECT_EQ(CanonicalResultBytes(profile, input, evaluation, digests).size(), before.size() - 32);
}

}  // namespace
}  // namespace assay::scoring
