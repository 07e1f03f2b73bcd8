// Documents spoilt in one place must be refused with exactly that place.

#include "services/catalogue/domain/document.h"

#include <functional>
#include <ostream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

// A document with `value` put at `pointer` (RFC 6901); `value` "remove" removes it.
struct Spoilt {
  std::string name;
  DocumentKind kind;
  std::string pointer;
  json value;
  std::string path;      // Where the error must point.
  std::string reported;  // The value it must show.
};

void PrintTo(const Spoilt& spoilt, std::ostream* out) { *out << spoilt.name; }

const char kRemove[] = "remove this key";

absl::StatusOr<Document> Parse(const Spoilt& spoilt) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  json& document = shipped.of(spoilt.kind);
  const json::json_pointer pointer(spoilt.pointer);
  if (spoilt.value == kRemove) {
    document.at(pointer.parent_pointer()).erase(pointer.back());
  } else {
    document[pointer] = spoilt.value;
  }
  return ParseDocument("dcc", spoilt.kind, "f.json", document.dump());
}

// A question to stand in place of the shipped 0001.2.
json Gate(json answers) {
  return {{"id", "0001.2"}, {"control", "0001"},  {"title", "t"},      {"kind", "gate"},
          {"scored", true}, {"profiles", {"L0"}}, {"answers", answers}};
}

class SpoiltDocumentTest : public ::testing::TestWithParam<Spoilt> {};

TEST_P(SpoiltDocumentTest, IsRefusedWithItsPlace) {
  const auto document = Parse(GetParam());
  ASSERT_THAT(document, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(document, HasMetadata("file", "f.json"));
  EXPECT_THAT(document, HasField(GetParam().path));
  EXPECT_THAT(document, HasMetadata("path", GetParam().path));
  EXPECT_THAT(document, HasMetadata("value", GetParam().reported));
  EXPECT_NE(ErrorMetadata(document.status(), "allowed"), "");
}

constexpr DocumentKind kScheme = DocumentKind::kScheme;
constexpr DocumentKind kCatalogue = DocumentKind::kCatalogue;
constexpr DocumentKind kQuestions = DocumentKind::kQuestionSet;
constexpr DocumentKind kRules = DocumentKind::kRuleSet;

INSTANTIATE_TEST_SUITE_P(
    Heads, SpoiltDocumentTest,
    ::testing::Values(
        Spoilt{"LaterModelVersion", kRules, "/model_version", kLatestModelVersion + 1,
               "model_version", "3"},
        Spoilt{"NegativeModelVersion", kRules, "/model_version", -1, "model_version", "-1"},
        Spoilt{"HugeModelVersion", kRules, "/model_version", 18446744073709551615u, "model_version",
               "18446744073709551615"},
        Spoilt{"ModelVersionAsText", kRules, "/model_version", "1", "model_version", "\"1\""},
        Spoilt{"MissingId", kCatalogue, "/id", kRemove, "id", "missing"},
        Spoilt{"UpperCaseId", kCatalogue, "/id", "DefStan", "id", "\"DefStan\""},
        Spoilt{"EmptyTitle", kCatalogue, "/title", "", "title", "\"\""},
        Spoilt{"ControlCharacterInTitle", kCatalogue, "/title", "a\nb", "title", "\"a\\nb\""},
        Spoilt{"NoSources", kRules, "/sources", json::array(), "sources", "a list of 0"},
        Spoilt{"SourceNotText", kRules, "/sources/1", 5, "sources[1]", "5"},
        Spoilt{"UnknownKey", kRules, "/thresold", 1, "thresold", "an unknown key"},
        Spoilt{"UnknownKeyInScheme", kScheme, "/homepage", "x", "homepage", "an unknown key"},
        Spoilt{"NullOwner", kScheme, "/owner", nullptr, "owner", "null"},
        Spoilt{"DefaultWithCollection", kScheme, "/default_catalogue", "catalogues/x",
               "default_catalogue", "\"catalogues/x\""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Catalogues, SpoiltDocumentTest,
    ::testing::Values(
        Spoilt{"ControlsNotAList", kCatalogue, "/controls", json::object(), "controls",
               "an object"},
        Spoilt{"NoControls", kCatalogue, "/controls", json::array(), "controls", "a list of 0"},
        Spoilt{"ControlNotAnObject", kCatalogue, "/controls/3", "1100", "controls[3]", "\"1100\""},
        Spoilt{"ProfileNotText", kCatalogue, "/controls/17/profiles/0", 1,
               "controls[17].profiles[0]", "1"},
        Spoilt{"NoProfiles", kCatalogue, "/controls/17/profiles", json::array(),
               "controls[17].profiles", "a list of 0"},
        Spoilt{"IdWithSpace", kCatalogue, "/controls/2/id", "1 100", "controls[2].id", "\"1 100\""},
        Spoilt{"UnknownCertificate", kCatalogue, "/controls/0/certificate_kind", "ISO_27001",
               "controls[0].certificate_kind", "\"ISO_27001\""},
        Spoilt{"UnknownControlKey", kCatalogue, "/controls/0/text", "x", "controls[0].text",
               "an unknown key"},
        Spoilt{"MissingObjectiveTitle", kCatalogue, "/objectives/0/title", kRemove,
               "objectives[0].title", "missing"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    QuestionSets, SpoiltDocumentTest,
    ::testing::Values(
        Spoilt{"UnknownKind", kQuestions, "/questions/1/kind", "essay", "questions[1].kind",
               "\"essay\""},
        Spoilt{"KindInOtherCase", kQuestions, "/questions/1/kind", "YES_NO", "questions[1].kind",
               "\"YES_NO\""},
        Spoilt{"ScoredAsNumber", kQuestions, "/questions/1/scored", 1, "questions[1].scored", "1"},
        Spoilt{"ConditionWithoutAnswers", kQuestions, "/questions/1/asked_when",
               json{{"question", "0001.1"}, {"answers", json::array()}},
               "questions[1].asked_when.answers", "a list of 0"},
        Spoilt{"ConditionWithoutGate", kQuestions, "/questions/1/asked_when",
               json{{"answers", {"yes"}}}, "questions[1].asked_when.question", "missing"},
        Spoilt{"ConditionNotAnObject", kQuestions, "/questions/1/asked_when", true,
               "questions[1].asked_when", "true"},
        Spoilt{"GateWithoutAnswers", kQuestions, "/questions/1/kind", "gate",
               "questions[1].answers", "missing"},
        Spoilt{"AnswersOfAnotherKind",
               kQuestions,
               "/questions/1/answers",
               {"yes", "no"},
               "questions[1].answers",
               "a list of 2"},
        Spoilt{"NoAnswersOfAnotherKind", kQuestions, "/questions/1/answers", json::array(),
               "questions[1].answers", "a list of 0"},
        Spoilt{"GateWithOneAnswer", kQuestions, "/questions/1", Gate({"yes"}),
               "questions[1].answers", "a list of 1"},
        Spoilt{"GateWithEmptyAnswer", kQuestions, "/questions/1", Gate({"yes", ""}),
               "questions[1].answers[1]", "\"\""},
        Spoilt{"GateAnswerNotText", kQuestions, "/questions/1", Gate({"yes", false}),
               "questions[1].answers[1]", "false"},
        Spoilt{"ControlWithoutTitle", kQuestions, "/controls/0/title", kRemove, "controls[0].title",
               "missing"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    RuleSets, SpoiltDocumentTest,
    ::testing::Values(
        Spoilt{"PercentPastHundred", kRules, "/thresholds/1/percent", 101, "thresholds[1].percent",
               "101"},
        Spoilt{"NegativePercent", kRules, "/thresholds/1/percent", -1, "thresholds[1].percent",
               "-1"},
        Spoilt{"PartialAboveMet", kRules, "/points/partially_met", 3, "points.partially_met", "3"},
        Spoilt{"NotMetAbovePartial", kRules, "/points/not_met", 2, "points.not_met", "2"},
        Spoilt{"MetWorthNothing", kRules, "/points/met", 0, "points.met", "0"},
        Spoilt{"MissingUse", kRules, "/use", kRemove, "use", "missing"},
        Spoilt{"UnknownUse", kRules, "/use", "training", "use", "\"training\""},
        Spoilt{"UseNotText", kRules, "/use", 1, "use", "1"},
        Spoilt{"MissingOption", kRules, "/options/phase", kRemove, "options.phase", "missing"},
        Spoilt{"UnknownOption", kRules, "/options/rounding", "up", "options.rounding",
               "an unknown key"},
        Spoilt{"UnknownWord", kRules, "/options/adjustment_clamp", "off",
               "options.adjustment_clamp", "\"off\""},
        Spoilt{"WordAsBoolean", kRules, "/options/higher_level_satisfies", true,
               "options.higher_level_satisfies", "true"},
        Spoilt{"ThreeReviews", kRules, "/options/reviews_required", 3, "options.reviews_required",
               "3"},
        Spoilt{"SamplingPastAll", kRules, "/options/sampling_per_thousand", 1001,
               "options.sampling_per_thousand", "1001"},
        Spoilt{"FailWithoutObjectives", kRules, "/result_strings/fail", "Failed",
               "result_strings.fail", "\"Failed\""},
        Spoilt{"FailWithUnknownPlaceholder", kRules, "/result_strings/fail", "{objectives} {score}",
               "result_strings.fail", "\"{objectives} {score}\""},
        Spoilt{"PassWithPlaceholder", kRules, "/result_strings/pass", "Passed {objectives}",
               "result_strings.pass", "\"Passed {objectives}\""},
        Spoilt{"MandatoryAsText", kRules, "/objectives/0/mandatory", "yes",
               "objectives[0].mandatory", "\"yes\""}),
    [](const auto& test) { return test.param.name; });

// `value` makes a value as large as it is told: every test is a process of its own, and none shall
// make the values of all the others.
struct Limit {
  std::string name;
  DocumentKind kind;
  std::string pointer;
  size_t limit;
  std::function<json(size_t)> value;
};

void PrintTo(const Limit& limit, std::ostream* out) { *out << limit.name; }

class DocumentLimitTest : public ::testing::TestWithParam<Limit> {};

TEST_P(DocumentLimitTest, PassesAtTheLimitAndIsRefusedOnePastIt) {
  const Limit& limit = GetParam();
  EXPECT_THAT(Parse({"", limit.kind, limit.pointer, limit.value(limit.limit), "", ""}), IsOk());
  EXPECT_THAT(Parse({"", limit.kind, limit.pointer, limit.value(limit.limit + 1), "", ""}),
              HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
}

Limit TextLimit(std::string name, DocumentKind kind, std::string pointer, size_t bytes) {
  return {name, kind, pointer, bytes, [](size_t size) { return json(std::string(size, 'x')); }};
}

Limit ListLimit(std::string name, DocumentKind kind, std::string pointer, json entry,
                size_t count) {
  return {name, kind, pointer, count, [entry](size_t size) { return json::array_t(size, entry); }};
}

Limit NumberLimit(std::string name, std::string pointer, size_t number) {
  return {name, kRules, pointer, number, [](size_t value) { return json(value); }};
}

const json kQuestion = {{"id", "1.1"},      {"control", "1"}, {"title", "t"},
                        {"kind", "yes_no"}, {"scored", true}, {"profiles", {"p"}}};

INSTANTIATE_TEST_SUITE_P(
    Table, DocumentLimitTest,
    ::testing::Values(
        TextLimit("Title", kCatalogue, "/title", kMaxTitleBytes),
        TextLimit("Source", kCatalogue, "/sources/0", kMaxSourceBytes),
        TextLimit("MemberId", kCatalogue, "/controls/0/id", kMaxMemberIdCharacters),
        TextLimit("ResultString", kRules, "/result_strings/pass", kMaxResultStringBytes),
        ListLimit("Sources", kCatalogue, "/sources", "s", kMaxSources),
        ListLimit("Objectives", kCatalogue, "/objectives", {{"id", "o"}, {"title", "t"}},
                  kMaxObjectives),
        ListLimit("Profiles", kCatalogue, "/profiles", {{"id", "p"}, {"title", "t"}}, kMaxProfiles),
        ListLimit("Controls", kCatalogue, "/controls",
                  {{"id", "1"}, {"objective", "o"}, {"profiles", {"p"}}, {"title", "t"}},
                  kMaxControls),
        ListLimit("Questions", kQuestions, "/questions", kQuestion, kMaxQuestions),
        NumberLimit("Points", "/points/met", kMaxControlPoints),
        NumberLimit("Percent", "/thresholds/0/percent", kMaxPercent),
        NumberLimit("Sampling", "/options/sampling_per_thousand", kMaxSamplingPerThousand),
        NumberLimit("Reviews", "/options/reviews_required", kMaxReviewsRequired)),
    [](const auto& test) { return test.param.name; });

TEST(GateAnswersTest, OfAGateAreLimitedInNumberAndLength) {
  const auto gate = [](json answers) {
    return Parse({"", kQuestions, "/questions/1", Gate(std::move(answers)), "", ""});
  };
  EXPECT_THAT(gate(json::array_t(kMinGateAnswers, "y")), IsOk());
  EXPECT_THAT(gate(json::array_t(kMinGateAnswers - 1, "y")), HasField("questions[1].answers"));
  EXPECT_THAT(gate(json::array_t(kMaxGateAnswers, "y")), IsOk());
  EXPECT_THAT(gate(json::array_t(kMaxGateAnswers + 1, "y")), HasField("questions[1].answers"));
  std::string characters;  // Of two bytes each.
  for (size_t i = 0; i < kMaxGateAnswerCharacters; ++i) characters += "\u00e9";
  EXPECT_THAT(gate({"no", characters}), IsOk());
  const auto too_long = gate({"no", characters + "y"});
  EXPECT_THAT(too_long, HasField("questions[1].answers[1]"));
  EXPECT_THAT(too_long, HasMetadata("allowed",
                                    "a text of 1 to 200 characters without control characters is "
                                    "required"));
}

TEST(GateAnswersTest, OfAConditionAreLimitedInNumberAndLength) {
  const auto condition = [](size_t count, size_t bytes) {
    return Parse(
        {"", kQuestions, "/questions/1/asked_when",
         json{{"question", "0001.1"}, {"answers", json::array_t(count, std::string(bytes, 'y'))}},
         "", ""});
  };
  EXPECT_THAT(condition(kMaxGateAnswers, kMaxGateAnswerCharacters), IsOk());
  EXPECT_THAT(condition(kMaxGateAnswers + 1, 1), HasField("questions[1].asked_when.answers"));
  EXPECT_THAT(condition(1, kMaxGateAnswerCharacters + 1),
              HasField("questions[1].asked_when.answers[0]"));
}

TEST(ParseDocumentTest, DocumentMustBeAnObject) {
  EXPECT_THAT(ParseDocument("dcc", kRules, "f.json", "[]"), HasMetadata("path", ""));
}

TEST(ParseDocumentTest, NamesFileAndPlaceInTheMessage) {
  const auto document = Parse({"", kCatalogue, "/controls/17/profiles/0", 1, "", ""});
  EXPECT_THAT(std::string(document.status().message()),
              ::testing::StartsWith("f.json: controls[17].profiles[0] is 1; an id of 1 to 32 of"));
}

TEST(ParseDocumentTest, ReadsTheAnswersOfAGateInTheirOrder) {
  const auto document =
      Parse({"", kQuestions, "/questions/1", Gate({"yes", "partly", "no"}), "", ""});
  ASSERT_THAT(document, IsOk());
  const auto& set = std::get<v1::QuestionSet>(document->message);
  EXPECT_THAT(set.questions(1).answers(), ::testing::ElementsAre("yes", "partly", "no"));
  EXPECT_THAT(set.questions(0).answers(), ::testing::IsEmpty());
}

TEST(ParseDocumentTest, ReadsEveryOptionOfARuleSet) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  json& options = shipped.rule_set["options"];
  options = {{"override_policy", "ignore"},
             {"question_not_applicable", "excluded"},
             {"adjustment_clamp", "refuse"},
             {"adjustment_reason", "optional"},
             {"adjust_blank", "allow"},
             {"override_with_na", "refuse"},
             {"all_not_applicable", "fail"},
             {"anchor_not_applicable", "allow"},
             {"anchor_override", "refuse"},
             {"anchor_certificate", "record"},
             {"blank", "incomplete"},
             {"phase", "practical_only"},
             {"higher_level_satisfies", "no"},
             {"attestation_anniversary", "contract_award"},
             {"separation_of_duties", "disclosed"},
             {"sampling_per_thousand", 25},
             {"reviews_required", 2}};
  const auto document = ParseDocument("dcc", kRules, "f.json", shipped.rule_set.dump());
  ASSERT_THAT(document, IsOk());
  v1::RuleSet rules = std::get<v1::RuleSet>(document->message);
  rules.clear_sources();
  rules.clear_thresholds();
  rules.clear_objectives();
  EXPECT_EQ(rules.revision().digest(), ToHex(document->digest));
  rules.clear_revision();
  EXPECT_THAT(rules, EqualsProto(R"pb(
                name: "schemes/dcc/ruleSets/asr-2.1"
                title: "ASR v2.1"
                use: RULE_SET_USE_CERTIFICATION
                catalogue: "schemes/dcc/catalogues/def-stan-05-138-i4"
                points { met: 2 partially_met: 1 }
                fail_on_zero_points: true
                override_policy: OVERRIDE_POLICY_IGNORE
                question_not_applicable: QUESTION_NOT_APPLICABLE_POLICY_EXCLUDED
                adjustment_clamp: ADJUSTMENT_CLAMP_POLICY_REFUSE
                adjustment_reason: ADJUSTMENT_REASON_POLICY_OPTIONAL
                adjust_blank: ADJUST_BLANK_POLICY_ALLOW
                override_with_na: OVERRIDE_WITH_NOT_APPLICABLE_POLICY_REFUSE
                all_not_applicable: ALL_NOT_APPLICABLE_POLICY_FAIL
                anchor_not_applicable: ANCHOR_NOT_APPLICABLE_POLICY_ALLOW
                anchor_override: ANCHOR_OVERRIDE_POLICY_REFUSE
                anchor_certificate: ANCHOR_CERTIFICATE_POLICY_RECORD
                blank: BLANK_POLICY_INCOMPLETE
                phase: PHASE_POLICY_PRACTICAL_ONLY
                higher_level_satisfies: HIGHER_LEVEL_POLICY_DOES_NOT_SATISFY
                attestation_anniversary: ATTESTATION_ANNIVERSARY_POLICY_CONTRACT_AWARD
                separation_of_duties: SEPARATION_OF_DUTIES_POLICY_DISCLOSED
                sampling_per_thousand: 25
                reviews_required: 2
                result_strings {
                  pass: "Passed"
                  fail: "Failed on objective(s): {objectives}"
                  incomplete: "Incomplete"
                  separator: ", "
                })pb"));
}

TEST(DigestTest, FormattingNeverMattersAndContentAlwaysDoes) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  const auto digest = [](const std::string& text) {
    const auto document = ParseDocument("dcc", kCatalogue, "f.json", text);
    EXPECT_THAT(document, IsOk());
    return document.ok() ? document->digest : "";
  };
  const std::string compact = digest(shipped.catalogue.dump());
  EXPECT_EQ(digest(shipped.catalogue.dump(4)), compact);
  EXPECT_EQ(digest(shipped.catalogue.dump(1, '\t', /*ensure_ascii=*/true)), compact);
  // Keys in the opposite order.
  nlohmann::ordered_json reversed = nlohmann::ordered_json::object();
  for (auto it = shipped.catalogue.rbegin(); it != shipped.catalogue.rend(); ++it) {
    reversed[it.key()] = it.value();
  }
  ASSERT_NE(reversed.dump(), shipped.catalogue.dump());
  EXPECT_EQ(digest(reversed.dump()), compact);

  shipped.catalogue["controls"][5]["title"] = "Another title";
  EXPECT_NE(digest(shipped.catalogue.dump()), compact);
}

TEST(DigestTest, IsBoundToTheKind) {
  EXPECT_NE(DocumentDigest(kCatalogue, "{}"), DocumentDigest(kRules, "{}"));
  // printf 'assay.document.v1\0rule_set\0{}' | sha256sum
  EXPECT_EQ(ToHex(DocumentDigest(kRules, "{}")),
            "e4e6bc83b7583b3d91ee3439de9b6f9e775f802afd7428ddb652edf3d77b8309");
}

TEST(ParseDocumentTest, CanonicalFormParsesToTheSameDocument) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  for (const DocumentKind kind : kAllDocumentKinds) {
    const auto first = ParseDocument("dcc", kind, "f.json", shipped.of(kind).dump(2));
    ASSERT_THAT(first, IsOk());
    const auto second = ParseDocument("dcc", kind, "f.json", first->canonical);
    ASSERT_THAT(second, IsOk());
    EXPECT_EQ(second->canonical, first->canonical);
    EXPECT_EQ(second->digest, first->digest);
  }
}

TEST(ResourceNameTest, ComesBackFromItsText) {
  for (const DocumentKind kind : kAllDocumentKinds) {
    const DocumentName name = {
        .scheme = "dcc", .kind = kind, .id = kind == DocumentKind::kScheme ? "dcc" : "x-1"};
    EXPECT_EQ(ParseResourceName(ResourceName(name)), name) << ResourceName(name);
  }
  for (const char* other : {"", "schemes", "schemes/dcc@1", "schemes/dcc/ruleSets",
                            "schemes/dcc/verdicts/x", "schemes/dcc/ruleSets/x/aliases/a"}) {
    EXPECT_EQ(ParseResourceName(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace assay::catalogue
