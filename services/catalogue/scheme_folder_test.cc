#include "services/catalogue/scheme_folder.h"

#include <filesystem>
#include <fstream>
#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

class ShippedSchemeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto schemes = ReadSchemeDir(ASSAY_TEST_DATA);
    ASSERT_THAT(schemes, IsOk());
    ASSERT_THAT(*schemes, SizeIs(2));
    cyber_assurance_ = std::move((*schemes)[0]);
    dcc_ = std::move((*schemes)[1]);
  }

  const v1::Catalogue& catalogue() const {
    return std::get<v1::Catalogue>(dcc_.catalogues[0].message);
  }

  static bool Contains(const v1::Control& control, const std::string& profile) {
    return std::count(control.profiles().begin(), control.profiles().end(), profile) == 1;
  }

  SchemeDocuments cyber_assurance_;
  SchemeDocuments dcc_;
};

TEST_F(ShippedSchemeTest, HoldsOneCatalogueTwoRuleSetsAndOneQuestionSet) {
  EXPECT_THAT(dcc_.catalogues, SizeIs(1));
  ASSERT_THAT(dcc_.rule_sets, SizeIs(2));
  EXPECT_EQ(dcc_.rule_sets[0].name.id, "asr-2.1");
  EXPECT_EQ(dcc_.rule_sets[1].name.id, "asr-pre-2.1");
  EXPECT_THAT(dcc_.question_sets, SizeIs(1));
}

// The published totals of the standard: 3, 101, 139 and 144 controls of 148.
TEST_F(ShippedSchemeTest, HasThePublishedNumberOfControlsByLevelAndObjective) {
  const std::map<std::string, std::map<std::string, int>> want = {
      {"L0", {{"CE", 1}, {"A", 0}, {"B", 2}, {"C", 0}, {"D", 0}}},
      {"L1", {{"CE", 1}, {"A", 12}, {"B", 75}, {"C", 9}, {"D", 4}}},
      {"L2", {{"CE", 2}, {"A", 18}, {"B", 95}, {"C", 15}, {"D", 9}}},
      {"L3", {{"CE", 2}, {"A", 19}, {"B", 98}, {"C", 15}, {"D", 10}}},
  };
  EXPECT_THAT(catalogue().controls(), SizeIs(148));
  std::map<std::string, std::map<std::string, int>> have;
  for (const v1::Profile& profile : catalogue().profiles()) {
    for (const v1::Objective& objective : catalogue().objectives()) {
      have[profile.id()][objective.id()] = static_cast<int>(std::count_if(
          catalogue().controls().begin(), catalogue().controls().end(),
          [&](const v1::Control& control) {
            return control.objective() == objective.id() && Contains(control, profile.id());
          }));
    }
  }
  EXPECT_EQ(have, want);
}

TEST_F(ShippedSchemeTest, LevelSetsAreNotNested) {
  const std::map<std::string, std::vector<std::string>> want = {
      {"2300", {"L1"}}, {"2502", {"L1"}}, {"2504", {"L1"}}, {"3101", {"L1", "L2"}},
      {"1204", {"L3"}}, {"2209", {"L3"}}, {"2415", {"L3"}}, {"2425", {"L3"}},
      {"3102", {"L3"}}, {"4202", {"L3"}}};
  size_t found = 0;
  for (const v1::Control& control : catalogue().controls()) {
    const auto expected = want.find(control.id());
    if (expected == want.end()) continue;
    ++found;
    EXPECT_THAT(control.profiles(), ::testing::ElementsAreArray(expected->second)) << control.id();
  }
  EXPECT_EQ(found, want.size());
}

TEST_F(ShippedSchemeTest, LevelZeroIsTheCertificateDataProtectionAndResilience) {
  std::vector<std::string> ids;
  for (const v1::Control& control : catalogue().controls()) {
    if (Contains(control, "L0")) ids.push_back(control.id());
  }
  EXPECT_THAT(ids, ElementsAre("0001", "2314", "2500"));
}

TEST_F(ShippedSchemeTest, OnlyTheTwoCertificateControlsAreBoundToACertificate) {
  std::map<std::string, std::string> kinds;
  for (const v1::Control& control : catalogue().controls()) {
    if (!control.certificate_kind().empty()) kinds[control.id()] = control.certificate_kind();
  }
  EXPECT_THAT(kinds, ElementsAre(::testing::Pair("0001", "CYBER_ESSENTIALS"),
                                 ::testing::Pair("0002", "CYBER_ESSENTIALS_PLUS")));
}

TEST_F(ShippedSchemeTest, LevelZeroQuestionsAreTheSixPublicIds) {
  std::vector<std::string> ids;
  for (const v1::Question& question :
       std::get<v1::QuestionSet>(dcc_.question_sets[0].message).questions()) {
    ids.push_back(question.id());
    EXPECT_THAT(question.profiles(), ElementsAre("L0"));
    EXPECT_TRUE(question.scored());
  }
  EXPECT_THAT(ids, ElementsAre("0001.1", "0001.2", "2314.1", "2314.2", "2500.1", "2500.2"));
}

TEST_F(ShippedSchemeTest, TheEarlierRuleSetDiffersInUseTheZeroRuleOverridesAndTheAnchor) {
  const auto& current = std::get<v1::RuleSet>(dcc_.rule_sets[0].message);
  const auto& earlier = std::get<v1::RuleSet>(dcc_.rule_sets[1].message);
  EXPECT_EQ(current.use(), v1::RULE_SET_USE_CERTIFICATION);
  EXPECT_EQ(earlier.use(), v1::RULE_SET_USE_COMPARISON);
  EXPECT_TRUE(current.fail_on_zero_points());
  EXPECT_FALSE(earlier.fail_on_zero_points());
  EXPECT_EQ(current.override_policy(), v1::OVERRIDE_POLICY_MET);
  EXPECT_EQ(earlier.override_policy(), v1::OVERRIDE_POLICY_IGNORE);
  for (const v1::ObjectiveRule& rule : current.objectives()) {
    EXPECT_EQ(rule.anchor(), rule.objective() == "CE");
    EXPECT_TRUE(rule.mandatory());
  }
  for (const v1::ObjectiveRule& rule : earlier.objectives()) {
    EXPECT_FALSE(rule.anchor());
    EXPECT_TRUE(rule.mandatory());
  }
  for (const v1::RuleSet* rules : {&current, &earlier}) {
    std::map<std::string, uint32_t> percent;
    for (const v1::Threshold& threshold : rules->thresholds()) {
      percent[threshold.profile()] = threshold.percent();
    }
    EXPECT_EQ(percent,
              (std::map<std::string, uint32_t>{{"L0", 100}, {"L1", 80}, {"L2", 80}, {"L3", 100}}));
  }
}

// Made with python3's json and hashlib, as data/FORMAT.md describes. A released file keeps its
// digest for ever: verdicts name it.
TEST_F(ShippedSchemeTest, FilesHaveTheirGoldenDigests) {
  EXPECT_EQ(ToHex(dcc_.scheme.digest),
            "0713d10e69c81473409a9626843d6740347f98b38819e6ee1d5fdcdb4fb3e29b");
  EXPECT_EQ(ToHex(dcc_.catalogues[0].digest),
            "8b6fd2ae9c630aaf495c5a2eb2e0d7d1d4a780963b0a193f9b384abc2bd51365");
  EXPECT_EQ(ToHex(dcc_.question_sets[0].digest),
            "5187a40bf73e671c8cf345795413f91f5f2e60acc116a314d55eee96d5df6010");
  EXPECT_EQ(ToHex(dcc_.rule_sets[0].digest),
            "305cdbda7db0f5ffb7f63ded53e7167e7a223e126e1d56ca1ec8d548bb1221e6");
  EXPECT_EQ(ToHex(dcc_.rule_sets[1].digest),
            "033efd59bbd31b80f09e4cacf90d13fea988e718a5217d17c825e994df36a996");
  EXPECT_EQ(ToHex(cyber_assurance_.scheme.digest),
            "43cdc018d8ea1ed02274c10fd532758789cb7d6e7cfbad1f542733b9a02d6e08");
  EXPECT_EQ(ToHex(cyber_assurance_.catalogues[0].digest),
            "d351fd6dd45f0c215c732781779e5c14e0166dbf5de9aab232809ea31f265b81");
  EXPECT_EQ(ToHex(cyber_assurance_.rule_sets[0].digest),
            "05dadfbda5dec8abd5fdf40d174a65dd5f8c3eed7b370fce6736d05905407675");
  EXPECT_EQ(ToHex(cyber_assurance_.rule_sets[1].digest),
            "781588d07775b19230b65aa20a9991643a049eabe498340a13a76118e0703a2c");
}

TEST_F(ShippedSchemeTest, CyberAssuranceIsAFrameWithoutRequirements) {
  const auto& frame = std::get<v1::Catalogue>(cyber_assurance_.catalogues[0].message);
  EXPECT_TRUE(frame.frame());
  EXPECT_THAT(frame.controls(), SizeIs(0));
  EXPECT_THAT(frame.profiles(), SizeIs(4));
  ASSERT_THAT(frame.objectives(), SizeIs(15));
  EXPECT_EQ(frame.objectives(0).id(), "prerequisite");
  EXPECT_EQ(frame.objectives(11).title(), "Theme 11 (name not public)");
  EXPECT_THAT(cyber_assurance_.question_sets, SizeIs(0));
}

// Level 1 holds for 12 months; Level 2 for three years, with ratification by IASME's moderators.
TEST_F(ShippedSchemeTest, CyberAssuranceLevelsDifferInValidityAndRatification) {
  const auto& first = std::get<v1::RuleSet>(cyber_assurance_.rule_sets[0].message);
  const auto& second = std::get<v1::RuleSet>(cyber_assurance_.rule_sets[1].message);
  EXPECT_EQ(first.validity().certificate_months(), 12u);
  EXPECT_EQ(first.validity().attestation_months(), 0u);
  EXPECT_THAT(first.review_reasons(), SizeIs(0));
  EXPECT_EQ(second.validity().certificate_months(), 36u);
  EXPECT_EQ(second.validity().attestation_months(), 12u);
  ASSERT_THAT(second.review_reasons(), SizeIs(1));
  EXPECT_THAT(second.review_reasons(0).profiles(), SizeIs(4));
  for (const v1::RuleSet* rules : {&first, &second}) {
    EXPECT_TRUE(rules->fail_on_zero_points());
    for (const v1::Threshold& threshold : rules->thresholds()) EXPECT_EQ(threshold.percent(), 100u);
    for (const v1::ObjectiveRule& rule : rules->objectives()) {
      EXPECT_TRUE(rule.mandatory());
      EXPECT_EQ(rule.anchor(), rule.objective() == "prerequisite");
    }
  }
}

class SchemeFolderTest : public ::testing::Test {
 protected:
  SchemeFolderTest() { WriteAll(LoadShipped(ASSAY_TEST_DATA), folder_.path()); }

  // Makes folders on the way.
  void Write(const std::string& name, const std::string& text) {
    const std::filesystem::path path(folder_.File(name));
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  absl::StatusOr<std::vector<SchemeDocuments>> Read() { return ReadSchemeDir(folder_.path()); }

  testing_kit::TempDir folder_;
};

TEST_F(SchemeFolderTest, PassesOverHiddenNamesAndFilesBesideTheSchemes) {
  Write("README.md", "about these files");
  Write(".git/config", "");
  Write("dcc/.scheme.json.swp", "");
  Write("dcc/rule-sets/.hidden", "");
  EXPECT_THAT(Read(), IsOk());
}

TEST_F(SchemeFolderTest, RefusesUnknownNamesInAScheme) {
  Write("dcc/rulesets/asr-2.1.json", "{}");
  EXPECT_THAT(Read(), HasMetadata("file", "dcc/rulesets"));
}

TEST_F(SchemeFolderTest, RefusesFilesThatAreNotDocuments) {
  Write("dcc/rule-sets/notes.txt", "");
  EXPECT_THAT(Read(), HasMetadata("file", "dcc/rule-sets/notes.txt"));
}

TEST_F(SchemeFolderTest, ShowsNamesThatAreNotUtf8) {
  Write("dcc/rule-sets/\xFF\x80.json", "");
  EXPECT_THAT(Read(), HasMetadata("file", "dcc/rule-sets/??.json"));
}

TEST_F(SchemeFolderTest, RefusesAnIdThatIsNotTheFilesName) {
  std::filesystem::rename(folder_.File("dcc/rule-sets/asr-2.1.json"),
                          folder_.File("dcc/rule-sets/asr-2.2.json"));
  const auto schemes = Read();
  EXPECT_THAT(schemes, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(schemes, HasMetadata("file", "dcc/rule-sets/asr-2.2.json"));
  EXPECT_THAT(schemes, HasMetadata("path", "id"));
}

TEST_F(SchemeFolderTest, RefusesAFolderWithoutAScheme) {
  Write("other/rule-sets/x.json", "{}");
  EXPECT_THAT(Read(), HasReason(absl::StatusCode::kFailedPrecondition, "SCHEME_DIR_UNREADABLE"));
}

TEST_F(SchemeFolderTest, RefusesAFolderNameThatIsNoId) {
  Write("DCC2/scheme.json", "{}");
  EXPECT_THAT(Read(), HasMetadata("file", "DCC2"));
}

TEST_F(SchemeFolderTest, RefusesAFileOnePastTheSizeLimit) {
  const std::string text = testing_kit::ReadFileOrDie(folder_.File("dcc/rule-sets/asr-2.1.json"));
  Write("dcc/rule-sets/asr-2.1.json", text + std::string(kMaxFileBytes - text.size(), ' '));
  EXPECT_THAT(Read(), IsOk());
  Write("dcc/rule-sets/asr-2.1.json", text + std::string(kMaxFileBytes + 1 - text.size(), ' '));
  EXPECT_THAT(Read(), HasMetadata("file", "dcc/rule-sets/asr-2.1.json"));
}

TEST_F(SchemeFolderTest, RefusesOneFilePastTheLimitOfAKind) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  const auto write = [&](size_t number) {
    shipped.rule_set["id"] = "r" + std::to_string(number);
    Write("dcc/rule-sets/r" + std::to_string(number) + ".json", shipped.rule_set.dump());
  };
  for (size_t number = 2; number < kMaxDocumentsPerKind; ++number) write(number);
  EXPECT_THAT(Read(), IsOk());
  write(kMaxDocumentsPerKind);
  EXPECT_THAT(Read(), HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_DOCUMENTS"));
}

TEST_F(SchemeFolderTest, RefusesOneSchemePastTheLimit) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  const auto copy = [&](size_t number) {
    const std::string id = "s" + std::to_string(number);
    std::filesystem::copy(folder_.File("dcc"), folder_.File(id),
                          std::filesystem::copy_options::recursive);
    shipped.scheme["id"] = id;
    Write(id + "/scheme.json", shipped.scheme.dump());
  };
  for (size_t number = 1; number < kMaxSchemes; ++number) copy(number);
  EXPECT_THAT(Read(), IsOk());
  copy(kMaxSchemes);
  EXPECT_THAT(Read(), HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_DOCUMENTS"));
}

TEST_F(SchemeFolderTest, MissingFolderIsNamed) {
  EXPECT_THAT(ReadSchemeDir(folder_.File("absent")), HasMetadata("path", folder_.File("absent")));
}

}  // namespace
}  // namespace assay::catalogue
