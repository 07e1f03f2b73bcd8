// The service through a real stub on a free port.

#include "services/catalogue/catalogue_service.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/access/v1/access.pb.h"

#include "common/ids/hex.h"
#include "common/paging/page_token.h"
#include "common/status/grpc_status.h"
#include "common/storage/memory_store.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_server.h"
#include "services/catalogue/application.h"
#include "services/catalogue/lookup.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;

const char kDcc[] = "schemes/dcc";
const char kCatalogueName[] = "schemes/dcc/catalogues/def-stan-05-138-i4";
const char kRuleSetName[] = "schemes/dcc/ruleSets/asr-2.1";

// Two schemes: dcc, whose asr-2.1 has two revisions, and another with the same documents.
class CatalogueServiceTest : public ::testing::Test {
 protected:
  using Stub = v1::CatalogueService::Stub;

  Registry MakeRegistry() {
    ShippedJson json = LoadShipped(ASSAY_TEST_DATA);
    WriteAll(json, folder_.path());
    Load();
    runtime_.clock().Advance(absl::Hours(24));
    json.rule_set["title"] = "ASR v2.1, corrected";
    WriteAll(json, folder_.path());
    std::filesystem::copy(folder_.File("dcc"), folder_.File("another"),
                          std::filesystem::copy_options::recursive);
    json.scheme["id"] = "another";
    std::filesystem::remove(folder_.File("another/scheme.json"));
    folder_.Write("another/scheme.json", json.scheme.dump());
    return Load();
  }

  Registry Load() {
    auto registry =
        LoadRegistry(folder_.path(), store_, runtime_.ids(), runtime_.clock(), runtime_.logger());
    EXPECT_THAT(registry, IsOk());
    return *std::move(registry);
  }

  // Any caller with a valid token may read scheme data.
  std::string Token() {
    return runtime_.keys().Mint("ada", "organisations/acme", {access::v1::ROLE_OPERATOR});
  }

  // Calls a method of the stub as Ada.
  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
    const auto context = testing_kit::WithToken(Token());
    return FromGrpcStatus((stub_.get()->*method)(context.get(), request, response));
  }

  absl::StatusOr<v1::RuleSet> GetRuleSet(const std::string& name) {
    v1::GetRuleSetRequest request;
    request.set_name(name);
    v1::RuleSet rules;
    const absl::Status status = Call(&Stub::GetRuleSet, request, &rules);
    if (!status.ok()) return status;
    return rules;
  }

  absl::StatusOr<v1::ListRuleSetsResponse> ListRuleSets(const std::string& parent,
                                                        int32_t page_size,
                                                        const std::string& page_token) {
    v1::ListRuleSetsRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    v1::ListRuleSetsResponse response;
    const absl::Status status = Call(&Stub::ListRuleSets, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  testing_kit::TestRuntime runtime_{{v1::CatalogueService::service_full_name()}};
  testing_kit::TempDir folder_;
  storage::MemoryStore store_;
  LiveRegistry live_{MakeRegistry()};
  CatalogueServiceImpl service_{runtime_.runtime(), store_, runtime_.ids(), runtime_.clock(),
                                live_};
  testing_kit::TestServer server_{runtime_,
                                  {{v1::CatalogueService::service_full_name(), &service_}}};
  std::unique_ptr<Stub> stub_ = v1::CatalogueService::NewStub(server_.channel());
};

TEST_F(CatalogueServiceTest, GetsAScheme) {
  v1::GetSchemeRequest request;
  request.set_name(kDcc);
  v1::Scheme scheme;
  ASSERT_THAT(Call(&Stub::GetScheme, request, &scheme), IsOk());
  scheme.clear_notes();
  EXPECT_THAT(scheme, EqualsProto(R"pb(
                name: "schemes/dcc"
                title: "Defence Cyber Certification"
                owner: "IASME with the UK Ministry of Defence"
                default_catalogue: "schemes/dcc/catalogues/def-stan-05-138-i4"
                default_rule_set: "schemes/dcc/ruleSets/asr-2.1")pb"));
}

TEST_F(CatalogueServiceTest, GetsACompleteCatalogueAndNamesItsRevision) {
  v1::GetCatalogueRequest request;
  request.set_name(kCatalogueName);
  v1::Catalogue catalogue;
  ASSERT_THAT(Call(&Stub::GetCatalogue, request, &catalogue), IsOk());
  EXPECT_EQ(catalogue.name(), std::string(kCatalogueName) + "@1");
  EXPECT_THAT(catalogue.controls(), SizeIs(148));
  EXPECT_THAT(catalogue.controls(1), EqualsProto(R"pb(
                id: "0002"
                objective: "CE"
                title: "CE Plus certificate covers scope"
                profiles: "L2"
                profiles: "L3"
                certificate_kind: "CYBER_ESSENTIALS_PLUS")pb"));
  EXPECT_EQ(catalogue.revision().number(), 1u);
  EXPECT_EQ(catalogue.revision().model_version(), 1u);
  EXPECT_THAT(catalogue.revision().digest(), SizeIs(2 * kSha256Bytes));
  EXPECT_EQ(catalogue.revision().create_time().seconds(), 1'780'304'400);
}

TEST_F(CatalogueServiceTest, GetsACompleteQuestionSet) {
  v1::GetQuestionSetRequest request;
  request.set_name("schemes/dcc/questionSets/level-0@1");
  v1::QuestionSet set;
  ASSERT_THAT(Call(&Stub::GetQuestionSet, request, &set), IsOk());
  EXPECT_EQ(set.catalogue(), kCatalogueName);
  EXPECT_THAT(set.controls(), SizeIs(3));
  EXPECT_THAT(set.questions(), SizeIs(6));
}

TEST_F(CatalogueServiceTest, NameWithoutRevisionMeansTheLatest) {
  const auto latest = GetRuleSet(kRuleSetName);
  ASSERT_THAT(latest, IsOk());
  EXPECT_EQ(latest->name(), std::string(kRuleSetName) + "@2");
  EXPECT_EQ(latest->title(), "ASR v2.1, corrected");
  const auto first = GetRuleSet(std::string(kRuleSetName) + "@1");
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->title(), "ASR v2.1");
  EXPECT_NE(first->revision().digest(), latest->revision().digest());
  EXPECT_LT(first->revision().create_time().seconds(), latest->revision().create_time().seconds());
}

TEST_F(CatalogueServiceTest, WhatIsNotThereIsNamedByKind) {
  EXPECT_THAT(GetRuleSet("schemes/absent/ruleSets/asr-2.1"),
              HasReason(kNotFound, "SCHEME_NOT_FOUND"));
  EXPECT_THAT(GetRuleSet("schemes/dcc/ruleSets/absent@1"),
              HasReason(kNotFound, "RULE_SET_NOT_FOUND"));
  const auto revision = GetRuleSet(std::string(kRuleSetName) + "@3");
  EXPECT_THAT(revision, HasReason(kNotFound, "REVISION_NOT_FOUND"));
  EXPECT_THAT(revision, HasField("name"));
  EXPECT_THAT(revision, HasMetadata("latest_revision", "2"));

  v1::GetCatalogueRequest catalogue;
  catalogue.set_name("schemes/dcc/catalogues/absent");
  v1::Catalogue no_catalogue;
  EXPECT_THAT(Call(&Stub::GetCatalogue, catalogue, &no_catalogue),
              HasReason(kNotFound, "CATALOGUE_NOT_FOUND"));
  v1::GetQuestionSetRequest set;
  set.set_name("schemes/dcc/questionSets/absent");
  v1::QuestionSet no_set;
  EXPECT_THAT(Call(&Stub::GetQuestionSet, set, &no_set),
              HasReason(kNotFound, "QUESTION_SET_NOT_FOUND"));
  v1::GetSchemeRequest scheme;
  scheme.set_name("schemes/absent");
  v1::Scheme no_scheme;
  EXPECT_THAT(Call(&Stub::GetScheme, scheme, &no_scheme), HasReason(kNotFound, "SCHEME_NOT_FOUND"));
}

TEST_F(CatalogueServiceTest, NamesOfAnotherShapeAreRefused) {
  for (const char* name : {"", "schemes/dcc", "schemes/dcc/catalogues/asr-2.1",
                           "schemes/dcc/ruleSets/ASR", "schemes/dcc/ruleSets/asr-2.1@",
                           "schemes/dcc/ruleSets/asr-2.1@0", "schemes/dcc/ruleSets/asr-2.1@X",
                           "schemes/dcc/ruleSets/asr-2.1@1x", "schemes/dcc/ruleSets/asr-2.1/x"}) {
    const auto rules = GetRuleSet(name);
    EXPECT_THAT(rules, HasReason(kInvalid, "RESOURCE_NAME_INVALID")) << name;
    EXPECT_THAT(rules, HasField("name")) << name;
  }
  v1::GetSchemeRequest scheme;
  scheme.set_name("schemes/dcc@1");
  v1::Scheme no_scheme;
  EXPECT_THAT(Call(&Stub::GetScheme, scheme, &no_scheme),
              HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
}

TEST_F(CatalogueServiceTest, ListsSchemesByNamePageByPage) {
  v1::ListSchemesRequest request;
  request.set_page_size(1);
  v1::ListSchemesResponse page;
  ASSERT_THAT(Call(&Stub::ListSchemes, request, &page), IsOk());
  ASSERT_THAT(page.schemes(), SizeIs(1));
  EXPECT_EQ(page.schemes(0).name(), "schemes/another");
  ASSERT_NE(page.next_page_token(), "");
  request.set_page_token(page.next_page_token());
  page.Clear();
  ASSERT_THAT(Call(&Stub::ListSchemes, request, &page), IsOk());
  ASSERT_THAT(page.schemes(), SizeIs(1));
  EXPECT_EQ(page.schemes(0).name(), kDcc);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(CatalogueServiceTest, ListsTheLatestRevisionsWithoutTheirContent) {
  v1::ListCataloguesRequest catalogues;
  catalogues.set_parent(kDcc);
  v1::ListCataloguesResponse catalogue_page;
  ASSERT_THAT(Call(&Stub::ListCatalogues, catalogues, &catalogue_page), IsOk());
  ASSERT_THAT(catalogue_page.catalogues(), SizeIs(1));
  EXPECT_THAT(catalogue_page.catalogues(0).controls(), SizeIs(0));
  EXPECT_THAT(catalogue_page.catalogues(0).profiles(), SizeIs(4));

  v1::ListQuestionSetsRequest sets;
  sets.set_parent(kDcc);
  v1::ListQuestionSetsResponse set_page;
  ASSERT_THAT(Call(&Stub::ListQuestionSets, sets, &set_page), IsOk());
  ASSERT_THAT(set_page.question_sets(), SizeIs(1));
  EXPECT_THAT(set_page.question_sets(0).questions(), SizeIs(0));
  EXPECT_THAT(set_page.question_sets(0).controls(), SizeIs(0));

  const auto rules = ListRuleSets(kDcc, 0, "");
  ASSERT_THAT(rules, IsOk());
  ASSERT_THAT(rules->rule_sets(), SizeIs(2));
  EXPECT_EQ(rules->rule_sets(0).name(), "schemes/dcc/ruleSets/asr-2.1@2");
  EXPECT_EQ(rules->rule_sets(1).name(), "schemes/dcc/ruleSets/asr-pre-2.1@1");
  EXPECT_EQ(rules->next_page_token(), "");
}

TEST_F(CatalogueServiceTest, PageTokensWorkForTheirOwnListOnly) {
  const auto first = ListRuleSets(kDcc, 1, "");
  ASSERT_THAT(first, IsOk());
  ASSERT_NE(first->next_page_token(), "");
  const auto second = ListRuleSets(kDcc, 1, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  ASSERT_THAT(second->rule_sets(), SizeIs(1));
  EXPECT_EQ(second->rule_sets(0).name(), "schemes/dcc/ruleSets/asr-pre-2.1@1");

  EXPECT_THAT(ListRuleSets("schemes/another", 1, first->next_page_token()),
              HasReason(kInvalid, "PAGE_TOKEN_INVALID"));
  const auto unknown = ListRuleSets(kDcc, 1, "bm9uc2Vuc2U");
  EXPECT_THAT(unknown, HasReason(kInvalid, "PAGE_TOKEN_INVALID"));
  EXPECT_THAT(unknown, HasField("page_token"));
  v1::ListCataloguesRequest catalogues;
  catalogues.set_parent(kDcc);
  catalogues.set_page_token(first->next_page_token());
  v1::ListCataloguesResponse page;
  EXPECT_THAT(Call(&Stub::ListCatalogues, catalogues, &page),
              HasReason(kInvalid, "PAGE_TOKEN_INVALID"));
}

TEST_F(CatalogueServiceTest, ListsRefuseBadSizesAndParents) {
  const auto size = ListRuleSets(kDcc, -1, "");
  EXPECT_THAT(size, HasReason(kInvalid, "PAGE_SIZE_INVALID"));
  EXPECT_THAT(size, HasField("page_size"));
  const auto parent = ListRuleSets("dcc", 0, "");
  EXPECT_THAT(parent, HasReason(kInvalid, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(parent, HasField("parent"));
  EXPECT_THAT(ListRuleSets("schemes/absent", 0, ""), HasReason(kNotFound, "SCHEME_NOT_FOUND"));
}

TEST_F(CatalogueServiceTest, CallersWithoutAValidTokenAreRefused) {
  v1::ListSchemesRequest request;
  v1::ListSchemesResponse response;
  const auto missing = testing_kit::WithToken("");
  EXPECT_THAT(FromGrpcStatus(stub_->ListSchemes(missing.get(), request, &response)),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
  const auto expired = testing_kit::WithToken(
      runtime_.keys().MintExpired("ada", "organisations/acme", {access::v1::ROLE_OPERATOR}));
  EXPECT_THAT(FromGrpcStatus(stub_->ListSchemes(expired.get(), request, &response)),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED"));
}

// Lists entries of these sizes; how many each page held.
std::vector<int> PagesOf(const std::vector<size_t>& sizes) {
  std::map<std::string, size_t, std::less<>> entries;
  for (size_t i = 0; i < sizes.size(); ++i) entries[std::string(1, 'a' + i)] = sizes[i];
  std::vector<int> counts;
  v1::ListSchemesRequest request;
  do {
    auto page = paging::Page::Of(request, "binding");
    EXPECT_THAT(page, IsOk());
    int& count = counts.emplace_back(0);
    const auto next = ListPage(
        entries, *std::move(page), [](size_t size) { return size; }, [&](size_t) { ++count; });
    EXPECT_THAT(next, IsOk());
    request.set_page_token(*next);
  } while (!request.page_token().empty() && counts.size() <= sizes.size());
  return counts;
}

TEST(ListPageTest, EndsAPageBeforeItsEntriesAreTooLarge) {
  EXPECT_THAT(PagesOf({}), ElementsAre(0));
  EXPECT_THAT(PagesOf({paging::kMaxPageBytes - 1, 1, 1}), ElementsAre(2, 1));
  EXPECT_THAT(PagesOf({paging::kMaxPageBytes - 1, 2, 1}), ElementsAre(1, 2));
  EXPECT_THAT(PagesOf({1, paging::kMaxPageBytes + 1, 1}), ElementsAre(1, 1, 1));
}

}  // namespace
}  // namespace assay::catalogue
