// Revisions, aliases, comparison and export through a real stub.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/catalogue/publishing_test_fixture.h"

namespace assay::catalogue {
namespace {

using ::testing::SizeIs;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;
constexpr char kAsr[] = "schemes/dcc/ruleSets/asr-2.1";

// The clock stands at 2026-06-01; asr-2.1 has three revisions.
class RevisionServiceTest : public PublishingTest {
 protected:
  void SetUp() override {
    ASSERT_THAT(Publish(Retitled("second")), IsOk());
    ASSERT_THAT(Publish(Retitled("third")), IsOk());
  }

  v1::SetAliasRequest AliasRequest(const std::string& alias, uint32_t revision,
                                   const std::string& day = "") {
    v1::SetAliasRequest request;
    request.set_document(kAsr);
    request.set_alias(alias);
    request.set_revision(revision);
    request.set_effective_from(day);
    request.set_request_id("alias-" + std::to_string(++requests_));
    return request;
  }

  absl::StatusOr<v1::Alias> SetAlias(const std::string& alias, uint32_t revision,
                                     const std::string& day = "") {
    return Call(&Stub::SetAlias, AliasRequest(alias, revision, day));
  }

  // What `kAsr`@alias is today.
  uint32_t Named(const std::string& alias) {
    const auto rules = GetRuleSet(std::string(kAsr) + "@" + alias);
    EXPECT_THAT(rules, IsOk());
    return rules.ok() ? rules->revision().number() : 0;
  }

  absl::StatusOr<v1::ListRevisionsResponse> List(const std::string& name, int32_t size,
                                                 const std::string& token = "") {
    v1::ListRevisionsRequest request;
    request.set_name(name);
    request.set_page_size(size);
    request.set_page_token(token);
    return Call(&Stub::ListRevisions, request, access::v1::ROLE_OPERATOR);
  }
};

TEST_F(RevisionServiceTest, ListsRevisionsNewestFirstPageByPage) {
  const auto first = List(kAsr, 2);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(first->revisions(), SizeIs(2));
  EXPECT_EQ(first->revisions(0).name(), std::string(kAsr) + "@3");
  EXPECT_EQ(first->revisions(0).title(), "third");
  EXPECT_EQ(first->revisions(1).revision().number(), 2u);
  EXPECT_THAT(first->revisions(1).revision().digest(), SizeIs(64));
  const auto second = List(kAsr, 2, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  ASSERT_THAT(second->revisions(), SizeIs(1));
  EXPECT_EQ(second->revisions(0).revision().number(), 1u);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(List("schemes/dcc/ruleSets/asr-pre-2.1", 2, first->next_page_token()),
              HasReason(kInvalid, "PAGE_TOKEN_INVALID"));
}

TEST_F(RevisionServiceTest, ListsRevisionsOfDocumentsOnly) {
  EXPECT_THAT(List("schemes/dcc/catalogues/def-stan-05-138-i4", 0)->revisions(), SizeIs(1));
  EXPECT_THAT(List("schemes/dcc/questionSets/level-0", 0)->revisions(), SizeIs(1));
  EXPECT_THAT(List(std::string(kAsr) + "@1", 0), HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
  const auto scheme = List("schemes/dcc", 0);
  EXPECT_THAT(scheme, HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(std::string(scheme.status().message()),
              ::testing::HasSubstr("schemes/*/catalogues/*, schemes/*/questionSets/* or "
                                   "schemes/*/ruleSets/* is required"));
  EXPECT_THAT(List("schemes/dcc/ruleSets/absent", 0), HasReason(kNotFound, "RULE_SET_NOT_FOUND"));
}

TEST_F(RevisionServiceTest, AnAliasNamesARevisionUntilItMoves) {
  const auto set = SetAlias("current", 1);
  ASSERT_THAT(set, IsOk());
  EXPECT_EQ(set->name(), std::string(kAsr) + "/aliases/current");
  EXPECT_EQ(set->in_force(), std::string(kAsr) + "@1");
  EXPECT_EQ(Named("current"), 1u);
  ASSERT_THAT(SetAlias("current", 2), IsOk());
  EXPECT_EQ(Named("current"), 2u);
  EXPECT_EQ(Named("latest"), 3u);
  const audit::Event event = Events().back();
  EXPECT_EQ(event.type, kAliasSetEvent);
  EXPECT_EQ(event.actor.subject, "pat");
}

// Tokens last an hour of the fake clock, and the day ends in fifteen: a fresh one is minted a call.
TEST_F(RevisionServiceTest, AnEntryHoldsFromItsDayOn) {
  ASSERT_THAT(SetAlias("current", 1), IsOk());
  ASSERT_THAT(SetAlias("current", 2, "2026-06-02"), IsOk());
  runtime_.clock().Advance(absl::Hours(15) - absl::Seconds(1));  // 2026-06-01T23:59:59Z.
  EXPECT_EQ(Named("current"), 1u);
  runtime_.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(Named("current"), 2u);
}

TEST_F(RevisionServiceTest, TheLatestDayThatHasComeHolds) {
  ASSERT_THAT(SetAlias("current", 1), IsOk());
  ASSERT_THAT(SetAlias("current", 3, "2026-06-03"), IsOk());
  ASSERT_THAT(SetAlias("current", 2, "2026-06-02"), IsOk());
  AliasHistory history;
  for (const auto& [number, entry] :
       live_.snapshot()->schemes().at("dcc").rule_sets.at("asr-2.1").aliases.at("current")) {
    history.emplace(number, entry);
  }
  const EpochDays first = DateOf(runtime_.clock().Now());
  EXPECT_EQ(EntryInForce(history, first - 1), nullptr);
  EXPECT_EQ(EntryInForce(history, first)->revision, 1u);
  EXPECT_EQ(EntryInForce(history, first + 1)->revision, 2u);
  EXPECT_EQ(EntryInForce(history, first + 2)->revision, 3u);
  EXPECT_EQ(EntryInForce(history, first + 1000)->revision, 3u);
}

TEST_F(RevisionServiceTest, APlannedMoveIsCalledOffByAnEntryForTheSameDay) {
  ASSERT_THAT(SetAlias("current", 1), IsOk());
  ASSERT_THAT(SetAlias("current", 2, "2026-06-02"), IsOk());
  const auto called_off = SetAlias("current", 1, "2026-06-02");
  ASSERT_THAT(called_off, IsOk());
  EXPECT_THAT(called_off->entries(), SizeIs(3));
  runtime_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(Named("current"), 1u);
}

TEST_F(RevisionServiceTest, AliasesThatDoNotHoldYetOrDoNotExistAreNamed) {
  ASSERT_THAT(SetAlias("next", 2, "2026-07-01"), IsOk());
  ASSERT_THAT(SetAlias("next", 3, "2026-06-20"), IsOk());
  const auto early = GetRuleSet(std::string(kAsr) + "@next");
  EXPECT_THAT(early, HasReason(absl::StatusCode::kFailedPrecondition, "ALIAS_NOT_IN_FORCE"));
  EXPECT_THAT(early, HasMetadata("first_date", "2026-06-20"));
  const auto absent = GetRuleSet(std::string(kAsr) + "@absent");
  EXPECT_THAT(absent, HasReason(kNotFound, "ALIAS_NOT_FOUND"));
  EXPECT_THAT(absent, HasField("name"));
}

TEST_F(RevisionServiceTest, ListsAliasesWithTheirHistory) {
  ASSERT_THAT(SetAlias("next", 3, "2026-07-01"), IsOk());
  ASSERT_THAT(SetAlias("current", 1), IsOk());
  ASSERT_THAT(SetAlias("current", 2), IsOk());
  v1::ListAliasesRequest request;
  request.set_parent(kAsr);
  const auto aliases = Call(&Stub::ListAliases, request, access::v1::ROLE_OPERATOR);
  ASSERT_THAT(aliases, IsOk());
  ASSERT_THAT(aliases->aliases(), SizeIs(2));
  EXPECT_EQ(aliases->aliases(0).in_force(), std::string(kAsr) + "@2");
  ASSERT_THAT(aliases->aliases(0).entries(), SizeIs(2));
  EXPECT_EQ(aliases->aliases(0).entries(0).effective_from(), "2026-06-01");
  EXPECT_EQ(aliases->aliases(0).entries(0).creator(), "pat");
  EXPECT_EQ(aliases->aliases(1).in_force(), "");
  // The same after a restart.
  const Registry restarted = Load();
  EXPECT_THAT(restarted.schemes().at("dcc").rule_sets.at("asr-2.1").aliases, SizeIs(2));
}

TEST_F(RevisionServiceTest, RefusesAliasesThatCouldMeanTwoThings) {
  for (const char* alias : {"", "latest", "1", "1a", "Current", "a b", "-a"}) {
    EXPECT_THAT(SetAlias(alias, 1), HasReason(kInvalid, "ALIAS_ID_INVALID")) << alias;
  }
  EXPECT_THAT(SetAlias("current", 1, "2026-05-31"), HasReason(kInvalid, "ALIAS_DATE_PAST"));
  EXPECT_THAT(SetAlias("current", 1, "2026-06-01"), IsOk());
  EXPECT_THAT(SetAlias("current", 1, "1 June"), HasReason(kInvalid, "DATE_INVALID"));
  const auto revision = SetAlias("current", 4);
  EXPECT_THAT(revision, HasReason(kNotFound, "REVISION_NOT_FOUND"));
  EXPECT_THAT(revision, HasField("revision"));
  EXPECT_THAT(SetAlias("current", 0), HasReason(kNotFound, "REVISION_NOT_FOUND"));
  v1::SetAliasRequest request = AliasRequest("current", 1);
  request.clear_request_id();
  EXPECT_THAT(Call(&Stub::SetAlias, request), HasReason(kInvalid, "REQUEST_ID_INVALID"));
  request = AliasRequest("current", 1);
  request.set_document(std::string(kAsr) + "@1");
  EXPECT_THAT(Call(&Stub::SetAlias, request), HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
}

TEST_F(RevisionServiceTest, TheSameAliasRequestAgainGivesTheFirstAnswer) {
  const v1::SetAliasRequest request = AliasRequest("current", 1);
  const auto first = Call(&Stub::SetAlias, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(SetAlias("current", 2), IsOk());
  const auto again = Call(&Stub::SetAlias, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Named("current"), 2u);
}

TEST_F(RevisionServiceTest, ARepeatedAliasRequestServesWhatTheFirstOneCommitted) {
  ASSERT_THAT(SetAlias("current", 1), IsOk());
  const v1::SetAliasRequest request = AliasRequest("current", 2);
  SecondServer second(*this);
  ASSERT_THAT(Call(&Stub::SetAlias, request), IsOk());
  TurnTo(second);
  EXPECT_EQ(Named("current"), 1u);
  ASSERT_THAT(Call(&Stub::SetAlias, request), IsOk());
  EXPECT_EQ(Named("current"), 2u);
}

TEST_F(RevisionServiceTest, ComparesAndExportsTheSchemesOwnDocument) {
  shipped_.scheme["title"] = "DCC, corrected";
  ASSERT_THAT(Publish(Request({Draft(v1::DOCUMENT_KIND_SCHEME, shipped_.scheme)})), IsOk());
  v1::CompareRevisionsRequest compare;
  compare.set_base("schemes/dcc@1");
  compare.set_other("schemes/dcc");
  const auto difference = Call(&Stub::CompareRevisions, compare, access::v1::ROLE_OPERATOR);
  ASSERT_THAT(difference, IsOk());
  EXPECT_EQ(difference->other(), "schemes/dcc@2");
  ASSERT_THAT(difference->changes(), SizeIs(1));
  EXPECT_EQ(difference->changes(0).path(), "title");
  EXPECT_EQ(difference->changes(0).after(), "\"DCC, corrected\"");
  compare.set_other(kAsr);
  EXPECT_THAT(Call(&Stub::CompareRevisions, compare), HasReason(kInvalid, "KINDS_DIFFER"));

  v1::ExportDocumentRequest request;
  request.set_name("schemes/dcc@latest");
  request.set_format(v1::DOCUMENT_FORMAT_YAML);
  const auto exported = Call(&Stub::ExportDocument, request, access::v1::ROLE_OPERATOR);
  ASSERT_THAT(exported, IsOk());
  EXPECT_EQ(exported->name(), "schemes/dcc@2");
  EXPECT_EQ(exported->file_name(), "dcc.yaml");
  v1::DocumentDraft draft;
  draft.set_kind(v1::DOCUMENT_KIND_SCHEME);
  draft.set_format(v1::DOCUMENT_FORMAT_YAML);
  draft.set_content(exported->content());
  const auto same = Publish(Request({draft}));
  ASSERT_THAT(same, IsOk());
  EXPECT_FALSE(same->documents(0).added());

  for (const auto& [name, reason] : {std::pair{"schemes/dcc@3", "REVISION_NOT_FOUND"},
                                     std::pair{"schemes/absent", "SCHEME_NOT_FOUND"}}) {
    request.set_name(name);
    EXPECT_THAT(Call(&Stub::ExportDocument, request), HasReason(kNotFound, reason)) << name;
  }
  request.set_name("schemes/dcc@current");
  EXPECT_THAT(Call(&Stub::ExportDocument, request), HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
}

TEST_F(RevisionServiceTest, ComparesTwoRevisions) {
  v1::CompareRevisionsRequest request;
  request.set_base(std::string(kAsr) + "@1");
  request.set_other(kAsr);
  const auto answer = Call(&Stub::CompareRevisions, request, access::v1::ROLE_OPERATOR);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(*answer, testing_kit::EqualsProto(R"pb(
    base: "schemes/dcc/ruleSets/asr-2.1@1"
    other: "schemes/dcc/ruleSets/asr-2.1@3"
    changes { path: "title" before: "\"ASR v2.1\"" after: "\"third\"" })pb"));
  request.set_other("schemes/dcc/questionSets/level-0");
  EXPECT_THAT(Call(&Stub::CompareRevisions, request), HasReason(kInvalid, "KINDS_DIFFER"));
  request.set_other(std::string(kAsr) + "@9");
  EXPECT_THAT(Call(&Stub::CompareRevisions, request), HasField("other"));
}

TEST_F(RevisionServiceTest, ExportsARevisionAsItsFormatSays) {
  v1::ExportDocumentRequest request;
  request.set_name("schemes/dcc/catalogues/def-stan-05-138-i4");
  for (const v1::DocumentFormat format :
       {v1::DOCUMENT_FORMAT_JSON, v1::DOCUMENT_FORMAT_YAML, v1::DOCUMENT_FORMAT_CSV,
        v1::DOCUMENT_FORMAT_OSCAL_JSON}) {
    request.set_format(format);
    const auto answer = Call(&Stub::ExportDocument, request, access::v1::ROLE_OPERATOR);
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->name(), request.name() + "@1");
    EXPECT_NE(answer->content(), "");
  }
  request.set_format(v1::DOCUMENT_FORMAT_UNSPECIFIED);
  EXPECT_THAT(Call(&Stub::ExportDocument, request), HasReason(kInvalid, "FORMAT_UNKNOWN"));
  request.set_name(kAsr);
  request.set_format(v1::DOCUMENT_FORMAT_CSV);
  EXPECT_THAT(Call(&Stub::ExportDocument, request), HasReason(kInvalid, "SCHEME_FILE_INVALID"));
}

}  // namespace
}  // namespace assay::catalogue
