// PublishRevisions through a real stub.

#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/publishing_test_fixture.h"
#include "services/catalogue/testing/model_two.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr char kAsr[] = "schemes/dcc/ruleSets/asr-2.1";

// Control 2206 and 2207 under each other's title, as one public extraction has them.
json Exchanged(const json& base) {
  json set = base;
  set["id"] = "exchanged";
  set["model_version"] = 2;
  set["controls"] = {{{"id", "2206"}, {"title", "Split conflicting duties"}},
                     {{"id", "2207"}, {"title", "Restricted access to audit data"}}};
  set["questions"] = json::array();
  for (const char* control : {"2206", "2207"}) {
    set["questions"].push_back({{"id", std::string(control) + ".1"},
                                {"control", control},
                                {"title", "t"},
                                {"kind", "yes_no"},
                                {"scored", true},
                                {"profiles", {"L2"}}});
  }
  return set;
}

TEST_F(PublishingTest, ANewRevisionIsServedAtOnceAndLeavesAnEvent) {
  const auto answer = Publish(Retitled("ASR v2.1, corrected"));
  ASSERT_THAT(answer, IsOk());
  ASSERT_THAT(answer->documents(), SizeIs(1));
  EXPECT_EQ(answer->documents(0).name(), std::string(kAsr) + "@2");
  EXPECT_EQ(answer->documents(0).revision(), 2u);
  EXPECT_TRUE(answer->documents(0).added());
  EXPECT_THAT(answer->documents(0).warnings(), SizeIs(0));
  const auto latest = GetRuleSet(kAsr);
  ASSERT_THAT(latest, IsOk());
  EXPECT_EQ(latest->title(), "ASR v2.1, corrected");
  EXPECT_EQ(latest->revision().digest(), answer->documents(0).digest());
  EXPECT_EQ(GetRuleSet(std::string(kAsr) + "@1")->title(), "ASR v2.1");
  const audit::Event event = Events().back();
  EXPECT_EQ(event.type, kRevisionAddedEvent);
  EXPECT_EQ(event.actor.subject, "pat");
  EXPECT_THAT(event.actor.roles, ElementsAre("catalogue_publisher"));
}

TEST_F(PublishingTest, WhatWasPublishedIsThereAfterARestart) {
  ASSERT_THAT(Publish(Retitled("ASR v2.1, corrected")), IsOk());
  const Registry restarted = Load();
  EXPECT_EQ(restarted.schemes().at("dcc").rule_sets.at("asr-2.1").latest().title(),
            "ASR v2.1, corrected");
}

TEST_F(PublishingTest, TheSameContentIsTheRevisionItWas) {
  ASSERT_THAT(Publish(Retitled("ASR v2.1, corrected")), IsOk());
  const size_t events = Events().size();
  const auto same = Publish(Retitled("ASR v2.1, corrected"));
  ASSERT_THAT(same, IsOk());
  EXPECT_FALSE(same->documents(0).added());
  EXPECT_EQ(same->documents(0).revision(), 2u);
  EXPECT_THAT(same->documents(0).warnings(), SizeIs(0));
  const auto earlier = Publish(Retitled("ASR v2.1"));
  ASSERT_THAT(earlier, IsOk());
  EXPECT_EQ(earlier->documents(0).name(), std::string(kAsr) + "@1");
  EXPECT_THAT(earlier->documents(0).warnings(),
              ElementsAre("This content is revision 1; revision 2 stays the latest."));
  EXPECT_THAT(Events(), SizeIs(events));
}

TEST_F(PublishingTest, ValidateOnlyAnswersTheSameAndWritesNothing) {
  const std::string before = Rows();
  v1::PublishRevisionsRequest request = Retitled("ASR v2.1, corrected");
  request.set_validate_only(true);
  request.clear_request_id();
  const auto answer = Publish(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->documents(0).name(), std::string(kAsr) + "@2");
  EXPECT_TRUE(answer->documents(0).added());
  EXPECT_EQ(Rows(), before);
  EXPECT_EQ(GetRuleSet(kAsr)->title(), "ASR v2.1");
}

TEST_F(PublishingTest, OneBadDocumentKeepsAllFromBeingPublished) {
  const std::string before = Rows();
  v1::PublishRevisionsRequest request = Retitled("ASR v2.1, corrected");
  shipped_.earlier_rule_set["thresholds"][1]["percent"] = 101;
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.earlier_rule_set);
  const auto answer = Publish(request);
  EXPECT_THAT(answer, HasReason(kInvalid, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(answer, HasMetadata("file", "new.json"));
  EXPECT_THAT(answer, HasMetadata("path", "thresholds[1].percent"));
  EXPECT_EQ(Rows(), before);
  EXPECT_EQ(GetRuleSet(kAsr)->title(), "ASR v2.1");
}

// 2206 and 2207 are exchanged in one public extraction: joined by id alone it would go unseen.
TEST_F(PublishingTest, ExchangedControlsAreRefusedUntilThePublisherConfirmsThem) {
  json set = Exchanged(shipped_.question_set);
  const auto refused = Publish(Request({Draft(v1::DOCUMENT_KIND_QUESTION_SET, set)}));
  EXPECT_THAT(refused, HasReason(kInvalid, "QUESTION_SET_TITLE_MISMATCH"));
  EXPECT_THAT(refused, HasMetadata("control", "2206"));
  EXPECT_THAT(refused, HasMetadata("title", "Split conflicting duties"));
  EXPECT_THAT(refused, HasMetadata("catalogue_title", "Restricted access to audit data"));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("\"catalogue_title\": \"Restricted access to audit data\""));
  set["controls"][0]["catalogue_title"] = "Restricted access to audit data";
  EXPECT_THAT(Publish(Request({Draft(v1::DOCUMENT_KIND_QUESTION_SET, set)})),
              HasMetadata("control", "2207"));
  set["controls"][1]["catalogue_title"] = "Split conflicting duties";
  const auto confirmed = Publish(Request({Draft(v1::DOCUMENT_KIND_QUESTION_SET, set)}));
  ASSERT_THAT(confirmed, IsOk());
  EXPECT_EQ(confirmed->documents(0).name(), "schemes/dcc/questionSets/exchanged@1");
  EXPECT_THAT(confirmed->documents(0).warnings(),
              ElementsAre(HasSubstr("Control 2206"), HasSubstr("Control 2207")));
}

TEST_F(PublishingTest, ARevisedCatalogueNamesEverythingThatNoLongerFits) {
  const std::string before = Rows();
  json catalogue = shipped_.catalogue;
  catalogue["controls"][0]["title"] = "Certificate";  // 0001, which level-0 asks about.
  catalogue["profiles"].erase(3);                     // L3, which both rule sets have a mark for.
  json kept = json::array();
  for (json& control : catalogue["controls"]) {
    json profiles = json::array();
    for (const json& profile : control["profiles"]) {
      if (profile != "L3") profiles.push_back(profile);
    }
    control["profiles"] = profiles;
    if (!profiles.empty()) kept.push_back(control);
  }
  catalogue["controls"] = kept;
  v1::PublishRevisionsRequest request = Request({Draft(v1::DOCUMENT_KIND_CATALOGUE, catalogue)});
  const auto refused = Publish(request);
  EXPECT_THAT(refused,
              HasReason(absl::StatusCode::kFailedPrecondition, "DEPENDENT_DOCUMENTS_MISFIT"));
  EXPECT_THAT(refused,
              HasMetadata("documents",
                          "schemes/dcc/questionSets/level-0@1, schemes/dcc/ruleSets/asr-2.1@1, "
                          "schemes/dcc/ruleSets/asr-pre-2.1@1"));
  EXPECT_THAT(refused, HasField("documents"));
  EXPECT_EQ(Rows(), before);

  // Published together with their next revisions it goes through.
  shipped_.question_set["controls"][0]["title"] = "Certificate";
  shipped_.rule_set["thresholds"].erase(3);
  shipped_.earlier_rule_set["thresholds"].erase(3);
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_QUESTION_SET, shipped_.question_set);
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.rule_set);
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.earlier_rule_set);
  const auto together = Publish(request);
  ASSERT_THAT(together, IsOk());
  for (const v1::PublishedDocument& document : together->documents()) {
    EXPECT_EQ(document.revision(), 2u) << document.name();
  }
}

TEST_F(PublishingTest, ANewSchemeNeedsItsOwnDocument) {
  const ModelTwoJson two = MakeModelTwo();
  v1::PublishRevisionsRequest request =
      Request({Draft(v1::DOCUMENT_KIND_CATALOGUE, two.catalogue),
               Draft(v1::DOCUMENT_KIND_QUESTION_SET, two.question_set),
               Draft(v1::DOCUMENT_KIND_RULE_SET, two.rule_set)},
              "two");
  EXPECT_THAT(Publish(request), HasReason(kInvalid, "SCHEME_DOCUMENT_MISSING"));
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_SCHEME, two.scheme);
  const auto answer = Publish(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->documents(3).name(), "schemes/two");
  EXPECT_EQ(GetRuleSet("schemes/two/ruleSets/r")->scales_size(), 2);
  EXPECT_THAT(Events("two"), SizeIs(4));
  v1::GetSchemeRequest get;
  get.set_name("schemes/two");
  EXPECT_EQ(Call(&Stub::GetScheme, get)->title(), "Two");
}

TEST_F(PublishingTest, RequirementsAreImportedOverTheFrame) {
  const std::string path = std::string(ASSAY_TEST_DATA) +
                           "/../../../tests/data/cyber-assurance-synthetic-requirements.csv";
  v1::DocumentDraft draft;
  draft.set_kind(v1::DOCUMENT_KIND_CATALOGUE);
  draft.set_format(v1::DOCUMENT_FORMAT_CSV);
  draft.set_file_name("requirements.csv");
  draft.set_frame("schemes/cyber-assurance/catalogues/cyber-assurance-7");
  draft.set_content(testing_kit::ReadFileOrDie(path));
  // Twice: the second time the latest revision is no frame, and the one that is is found.
  for (const bool added : {true, false}) {
    const auto answer = Publish(Request({draft}, "cyber-assurance"));
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->documents(0).added(), added);
    EXPECT_EQ(answer->documents(0).name(),
              "schemes/cyber-assurance/catalogues/cyber-assurance-7@2");
  }
  v1::GetCatalogueRequest get;
  get.set_name("schemes/cyber-assurance/catalogues/cyber-assurance-7");
  const auto catalogue = Call(&Stub::GetCatalogue, get);
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_FALSE(catalogue->frame());
  EXPECT_THAT(catalogue->controls(), SizeIs(29));
  EXPECT_EQ(catalogue->controls(0).objective(), "prerequisite");
  EXPECT_EQ(catalogue->controls(1).id(), "SYN-01.1");
}

// The anchor would have nothing to fail on: an organisation without the certificate would pass.
TEST_F(PublishingTest, RequirementsWithoutThePrerequisiteAreRefused) {
  v1::DocumentDraft draft;
  draft.set_kind(v1::DOCUMENT_KIND_CATALOGUE);
  draft.set_format(v1::DOCUMENT_FORMAT_CSV);
  draft.set_frame("schemes/cyber-assurance/catalogues/cyber-assurance-7@1");
  draft.set_content("id,theme,title,profiles\nSYN-1,1,SYNTHETIC,0-2|3-9|10-49|50-plus\n");
  const auto answer = Publish(Request({draft}, "cyber-assurance"));
  EXPECT_THAT(answer,
              HasReason(absl::StatusCode::kFailedPrecondition, "DEPENDENT_DOCUMENTS_MISFIT"));
  EXPECT_THAT(std::string(answer.status().message()),
              HasSubstr("a counting control of objective prerequisite"));
}

TEST_F(PublishingTest, RequirementsNeedAFrame) {
  v1::DocumentDraft draft = Draft(v1::DOCUMENT_KIND_CATALOGUE, shipped_.catalogue);
  draft.set_frame("schemes/dcc/catalogues/def-stan-05-138-i4");
  EXPECT_THAT(Publish(Request({draft})),
              HasReason(absl::StatusCode::kFailedPrecondition, "CATALOGUE_IS_NO_FRAME"));
  draft.set_kind(v1::DOCUMENT_KIND_RULE_SET);
  const auto rules = Publish(Request({draft}));
  EXPECT_THAT(rules, HasField("documents[0].frame"));
  EXPECT_THAT(std::string(rules.status().message()),
              HasSubstr("\"schemes/dcc/catalogues/def-stan-05-138-i4\" on a document of kind "
                        "rule_set"));
}

TEST_F(PublishingTest, TakesYaml) {
  v1::ExportDocumentRequest export_request;
  export_request.set_name(kAsr);
  export_request.set_format(v1::DOCUMENT_FORMAT_YAML);
  const auto exported = Call(&Stub::ExportDocument, export_request);
  ASSERT_THAT(exported, IsOk());
  v1::DocumentDraft draft;
  draft.set_kind(v1::DOCUMENT_KIND_RULE_SET);
  draft.set_document_id("asr-2.1");
  draft.set_format(v1::DOCUMENT_FORMAT_YAML);
  draft.set_content(exported->content());
  const auto same = Publish(Request({draft}));
  ASSERT_THAT(same, IsOk());
  EXPECT_FALSE(same->documents(0).added());
  EXPECT_EQ(same->documents(0).revision(), 1u);
}

TEST_F(PublishingTest, DocumentsOfARequestAreChecked) {
  const v1::DocumentDraft rules = Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.rule_set);
  EXPECT_THAT(Publish(Request({})), HasReason(kInvalid, "DOCUMENTS_INVALID"));
  EXPECT_THAT(Publish(Request(std::vector<v1::DocumentDraft>(kMaxDrafts + 1, rules))),
              HasReason(kInvalid, "DOCUMENTS_INVALID"));
  const auto twice = Publish(Request({rules, rules}));
  EXPECT_THAT(twice, HasReason(kInvalid, "DOCUMENTS_INVALID"));
  EXPECT_THAT(twice, HasField("documents[1]"));
  v1::DocumentDraft wrong = rules;
  wrong.clear_kind();
  const auto no_kind = Publish(Request({wrong}));
  EXPECT_THAT(no_kind, HasField("documents[0].kind"));
  EXPECT_THAT(std::string(no_kind.status().message()), HasSubstr("is DOCUMENT_KIND_UNSPECIFIED"));
  wrong = rules;
  wrong.clear_format();
  EXPECT_THAT(Publish(Request({wrong})), HasReason(kInvalid, "FORMAT_UNKNOWN"));
  wrong.set_format(static_cast<v1::DocumentFormat>(17));
  EXPECT_THAT(std::string(Publish(Request({wrong})).status().message()),
              HasSubstr("documents[0].format is 17; one of DOCUMENT_FORMAT_JSON"));
  wrong = rules;
  wrong.set_document_id("asr-3");
  EXPECT_THAT(Publish(Request({wrong})), HasMetadata("path", "id"));
  wrong = rules;
  wrong.set_file_name(std::string(kMaxFileNameBytes, 'x'));
  EXPECT_THAT(Publish(Request({wrong})), IsOk());
  wrong.set_file_name(std::string(kMaxFileNameBytes + 1, 'x'));
  const auto long_name = Publish(Request({wrong}));
  EXPECT_THAT(long_name, HasField("documents[0].file_name"));
  EXPECT_THAT(std::string(long_name.status().message()), HasSubstr("is 257 bytes long"));
  EXPECT_THAT(Publish(Request({Draft(v1::DOCUMENT_KIND_SCHEME, shipped_.scheme)}, "other")),
              HasMetadata("path", "id"));
  wrong = Draft(v1::DOCUMENT_KIND_SCHEME, shipped_.scheme);
  wrong.set_document_id("dcc");
  EXPECT_THAT(Publish(Request({wrong})), IsOk());
  wrong.set_document_id("other");
  EXPECT_THAT(Publish(Request({wrong})), HasMetadata("path", "id"));
  EXPECT_THAT(Publish(Request({rules}, "DCC")), HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
}

TEST_F(PublishingTest, TheSameRequestAgainGivesTheFirstAnswer) {
  const v1::PublishRevisionsRequest request = Retitled("ASR v2.1, corrected");
  const auto first = Publish(request);
  ASSERT_THAT(first, IsOk());
  const std::string before = Rows();
  const auto again = Publish(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Rows(), before);
  v1::PublishRevisionsRequest other = Retitled("Something else");
  other.set_request_id(request.request_id());
  EXPECT_THAT(Publish(other), HasReason(kInvalid, "REQUEST_ID_REUSED"));
  other.clear_request_id();
  EXPECT_THAT(Publish(other), HasReason(kInvalid, "REQUEST_ID_INVALID"));
}

TEST_F(PublishingTest, OnlyPublishersMayPublish) {
  const std::string before = Rows();
  for (const access::v1::Role role :
       {access::v1::ROLE_SUPPLIER, access::v1::ROLE_ASSESSOR, access::v1::ROLE_REVIEWER,
        access::v1::ROLE_REVIEW_LEAD, access::v1::ROLE_PROCUREMENT_READER,
        access::v1::ROLE_PLATFORM, access::v1::ROLE_AUDITOR, access::v1::ROLE_OPERATOR}) {
    const auto answer = Call(&Stub::PublishRevisions, Retitled("Not theirs"), role);
    EXPECT_THAT(answer, HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
    v1::SetAliasRequest alias;
    EXPECT_THAT(Call(&Stub::SetAlias, alias, role),
                HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  }
  EXPECT_EQ(Rows(), before);
}

TEST_F(PublishingTest, PublishersAtOnceEachGetTheirRevisionsServed) {
  constexpr int kPublishers = 4;
  std::vector<v1::PublishRevisionsRequest> requests;
  for (int i = 0; i < kPublishers; ++i) requests.push_back(Retitled("title " + std::to_string(i)));
  std::vector<absl::StatusOr<v1::PublishRevisionsResponse>> answers(
      kPublishers, absl::UnknownError("not asked"));
  std::vector<std::thread> publishers;
  for (int i = 0; i < kPublishers; ++i) {
    publishers.emplace_back([&, i] { answers[i] = Publish(requests[i]); });
  }
  for (std::thread& publisher : publishers) publisher.join();
  std::set<uint32_t> numbers;
  for (const auto& answer : answers) {
    ASSERT_THAT(answer, IsOk());
    numbers.insert(answer->documents(0).revision());
    EXPECT_THAT(GetRuleSet(answer->documents(0).name()), IsOk());
  }
  EXPECT_THAT(numbers, ElementsAre(2, 3, 4, 5));
  EXPECT_EQ(GetRuleSet(kAsr)->revision().number(), 5u);
}

TEST_F(PublishingTest, DocumentsPastTheLimitOfAKindAreRefused) {
  const auto rules = [&](size_t number) {
    shipped_.rule_set["id"] = "r" + std::to_string(number);
    return Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.rule_set);
  };
  size_t published = 2;  // What ships.
  while (published < kMaxDocumentsPerKind) {
    std::vector<v1::DocumentDraft> drafts;
    while (drafts.size() < kMaxDrafts && published < kMaxDocumentsPerKind) {
      drafts.push_back(rules(published++));
    }
    ASSERT_THAT(Publish(Request(std::move(drafts))), IsOk());
  }
  EXPECT_THAT(Publish(Request({rules(published)})),
              HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_DOCUMENTS"));
}

TEST_F(PublishingTest, SchemesPastTheLimitAreRefused) {
  const auto publish = [&](size_t number) {
    ModelTwoJson two = MakeModelTwo();
    const std::string id = "s" + std::to_string(number);
    two.scheme["id"] = id;
    return Publish(Request({Draft(v1::DOCUMENT_KIND_SCHEME, two.scheme),
                            Draft(v1::DOCUMENT_KIND_CATALOGUE, two.catalogue),
                            Draft(v1::DOCUMENT_KIND_RULE_SET, two.rule_set)},
                           id));
  };
  for (size_t number = 2; number < kMaxSchemes; ++number) ASSERT_THAT(publish(number), IsOk());
  EXPECT_THAT(publish(kMaxSchemes),
              HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_DOCUMENTS"));
}

TEST_F(PublishingTest, AFailedCommitPublishesNothing) {
  store_.FailNextCommit(storage::FailedCommit::kLost);
  EXPECT_THAT(Publish(Retitled("ASR v2.1, corrected")),
              testing_kit::StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(GetRuleSet(kAsr)->title(), "ASR v2.1");
}

TEST_F(PublishingTest, ARepeatedRequestServesWhatTheFirstOneCommitted) {
  v1::PublishRevisionsRequest request = Retitled("ASR v2.1, corrected");
  shipped_.scheme["title"] = "DCC, corrected";
  *request.add_documents() = Draft(v1::DOCUMENT_KIND_SCHEME, shipped_.scheme);
  SecondServer second(*this);
  ASSERT_THAT(Publish(request), IsOk());
  TurnTo(second);
  EXPECT_EQ(GetRuleSet(kAsr)->title(), "ASR v2.1");
  const auto again = Publish(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->documents(0).name(), std::string(kAsr) + "@2");
  EXPECT_EQ(GetRuleSet(kAsr)->title(), "ASR v2.1, corrected");
  v1::GetSchemeRequest get;
  get.set_name("schemes/dcc");
  EXPECT_EQ(Call(&Stub::GetScheme, get)->title(), "DCC, corrected");
}

}  // namespace
}  // namespace assay::catalogue
