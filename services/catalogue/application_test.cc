#include "services/catalogue/application.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/event_log.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_server.h"
#include "services/catalogue/storage/catalogue_store.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOk;

// Content of the whole store, to show that nothing changed.
std::string Dump(storage::Store& store) {
  std::string bytes;
  EXPECT_THAT(store.Snapshot()->Scan({},
                                     [&](std::string_view key, std::string_view value) {
                                       bytes.append(key).append(value);
                                       return true;
                                     }),
              IsOk());
  return bytes;
}

class LoadRegistryTest : public ::testing::Test {
 protected:
  absl::StatusOr<Registry> Load() {
    std::filesystem::remove_all(folder_.File("dcc"));
    WriteAll(json_, folder_.path());
    return LoadRegistry(folder_.path(), store_, runtime_.ids(), runtime_.clock(),
                        runtime_.logger());
  }

  testing_kit::TestRuntime runtime_{{v1::CatalogueService::service_full_name()}};
  testing_kit::TempDir folder_;
  storage::MemoryStore store_;
  ShippedJson json_ = LoadShipped(ASSAY_TEST_DATA);
};

TEST_F(LoadRegistryTest, LoadingAgainChangesNothing) {
  ASSERT_THAT(Load(), IsOk());
  const std::string before = Dump(store_);
  runtime_.clock().Advance(absl::Hours(1));
  ASSERT_THAT(Load(), IsOk());
  EXPECT_EQ(Dump(store_), before);
}

TEST_F(LoadRegistryTest, BadFileStoresNothing) {
  json_.rule_set["thresholds"].erase(0);
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_EQ(Dump(store_), "");
}

TEST_F(LoadRegistryTest, DocumentsWhoseFilesAreGoneAreStillThere) {
  ASSERT_THAT(Load(), IsOk());
  const testing_kit::TempDir empty;
  const auto registry =
      LoadRegistry(empty.path(), store_, runtime_.ids(), runtime_.clock(), runtime_.logger());
  ASSERT_THAT(registry, IsOk());
  EXPECT_THAT(registry->schemes().at("dcc").rule_sets, SizeIs(2));
}

TEST_F(LoadRegistryTest, AnEarlierContentDoesNotBecomeTheLatestAgain) {
  ASSERT_THAT(Load(), IsOk());
  json_.rule_set["title"] = "ASR v2.1, corrected";
  ASSERT_THAT(Load(), IsOk());
  json_ = LoadShipped(ASSAY_TEST_DATA);
  const auto registry = Load();
  ASSERT_THAT(registry, IsOk());
  const auto& rules = registry->schemes().at("dcc").rule_sets.at("asr-2.1");
  EXPECT_THAT(rules.revisions, SizeIs(2));
  EXPECT_EQ(rules.latest().title(), "ASR v2.1, corrected");
  EXPECT_THAT(runtime_.Log(), HasSubstr("the file holds an earlier revision"));
}

// A question set that was published by a request, and a release that calls its control otherwise.
TEST_F(LoadRegistryTest, DocumentsThatTheFilesNoLongerFitAreNamed) {
  ASSERT_THAT(Load(), IsOk());
  EXPECT_THAT(runtime_.Log(), Not(HasSubstr("does not fit")));
  json_.question_set["id"] = "published";
  const auto set =
      ParseDocument("dcc", DocumentKind::kQuestionSet, "f.json", json_.question_set.dump());
  ASSERT_THAT(set, IsOk());
  CatalogueStore documents(store_, runtime_.ids());
  ASSERT_THAT(store_.Transact([&](storage::Transaction& transaction) {
    return documents
        .PutRevision(transaction, *set, {.subject = "pat", .organisation = "", .roles = {}},
                     runtime_.clock().Now())
        .status();
  }),
              IsOk());
  json_ = LoadShipped(ASSAY_TEST_DATA);
  json_.catalogue["controls"][0]["title"] = "Certificate";
  json_.question_set["controls"][0]["title"] = "Certificate";
  const auto registry = Load();
  ASSERT_THAT(registry, IsOk());
  EXPECT_THAT(registry->schemes().at("dcc").question_sets, SizeIs(2));
  EXPECT_THAT(runtime_.Log(), HasSubstr("does not fit the latest revisions of its scheme"));
  EXPECT_THAT(runtime_.Log(), HasSubstr("schemes/dcc/questionSets/published"));
  EXPECT_THAT(runtime_.Log(), Not(HasSubstr("schemes/dcc/questionSets/level-0@2: ")));
}

TEST_F(LoadRegistryTest, StoredRevisionThatDoesNotParseIsDataLoss) {
  ASSERT_THAT(Load(), IsOk());
  const DocumentName name = {.scheme = "dcc", .kind = DocumentKind::kRuleSet, .id = "asr-2.1"};
  StoredRevision revision = {
      .name = name, .number = 1, .create_time = {}, .digest = {}, .canonical = "{}"};
  revision.digest = DocumentDigest(name.kind, revision.canonical);
  ASSERT_THAT(store_.Transact([&](storage::Transaction& transaction) {
    return transaction.Put(RevisionKey(name, 1), EncodeRevision(revision));
  }),
              IsOk());
  EXPECT_THAT(Load(), HasReason(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT"));
}

class ApplicationTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<rpc::Application>> Create(const std::string& scheme_dir) {
    service_options_.data_dir = data_.path();
    return CatalogueApplication::Create({.scheme_dir = scheme_dir}, environment_);
  }

  testing_kit::TempDir data_;
  testing_kit::TestRuntime runtime_{{v1::CatalogueService::service_full_name()}};
  config::ServiceOptions service_options_;
  rpc::ServiceEnvironment environment_ = {.options = service_options_,
                                          .runtime = runtime_.runtime(),
                                          .logger = runtime_.logger(),
                                          .metrics = runtime_.metrics(),
                                          .clock = runtime_.clock(),
                                          .ids = runtime_.ids(),
                                          .tokens = nullptr};
};

TEST_F(ApplicationTest, StartsUnderASecondFirstAndAgain) {
  for (const char* start : {"first", "again"}) {
    const absl::Time before = SystemClock().Now();
    const auto application = Create(ASSAY_TEST_DATA);
    const absl::Duration took = SystemClock().Now() - before;
    ASSERT_THAT(application, IsOk());
    EXPECT_THAT((*application)->services(), SizeIs(1));
    EXPECT_THAT((*application)->Health(), IsOk());
    EXPECT_LT(took, absl::Seconds(1)) << start;
  }
}

TEST_F(ApplicationTest, DoesNotStartWithABadScheme) {
  const testing_kit::TempDir schemes;
  ShippedJson json = LoadShipped(ASSAY_TEST_DATA);
  json.catalogue["controls"][0]["objective"] = "Z";
  WriteAll(json, schemes.path());
  EXPECT_THAT(Create(schemes.path()),
              HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
}

TEST(OptionsTest, SchemeDirMustBeAnExistingFolder) {
  const testing_kit::TempDir folder;
  EXPECT_THAT(Validate(CatalogueOptions{.scheme_dir = folder.path()}), IsOk());
  for (const std::string& wrong : {std::string(), folder.File("absent")}) {
    const absl::Status status = Validate(CatalogueOptions{.scheme_dir = wrong});
    EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "OPTION_INVALID"));
    EXPECT_THAT(status, HasField("scheme_dir"));
  }
}

}  // namespace
}  // namespace assay::catalogue
