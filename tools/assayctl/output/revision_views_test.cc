#include "tools/assayctl/output/revision_views.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"

namespace assay::assayctl {
namespace {

using ::testing::HasSubstr;
using testing_kit::ParseText;

catalogue::v1::PublishRevisionsResponse Published() {
  return ParseText<catalogue::v1::PublishRevisionsResponse>(R"pb(
    documents {
      name: "schemes/s/ruleSets/r@2"
      revision: 2
      digest: "00112233445566778899"
      added: true
      losses { field: "groups[].parts" first: "groups[0].parts" count: 3 what: "left out" }
      losses { field: "title" first: "title" count: 1 what: "cut" }
    }
    documents { name: "schemes/s" warnings: "is older than the latest" }
  )pb");
}

TEST(RenderPublished, TellsNewFromOld) {
  EXPECT_EQ(RenderPublished(Published(), PublishMode::kPublish, Style::Plain()),
            "DOCUMENT                REVISION  DIGEST\n"
            "schemes/s/ruleSets/r@2         2  0011223344556677  new\n"
            "schemes/s                                           as published before\n");
  EXPECT_THAT(RenderPublished(Published(), PublishMode::kValidateOnly, Style::Plain()),
              HasSubstr("would be new\n"));
}

TEST(RenderPublishRemarks, NamesLossesAndWarnings) {
  EXPECT_EQ(RenderPublishRemarks(Published()),
            "loss: schemes/s/ruleSets/r@2: groups[].parts: left out (3 places, first "
            "groups[0].parts)\n"
            "loss: schemes/s/ruleSets/r@2: title: cut (1 place, title)\n"
            "warning: schemes/s: is older than the latest\n");
}

TEST(RenderRevisions, IsATable) {
  EXPECT_EQ(RenderRevisions(ParseText<catalogue::v1::ListRevisionsResponse>(R"pb(
                              revisions {
                                name: "schemes/s/ruleSets/r@2"
                                title: "R"
                                revision {
                                  number: 2
                                  digest: "00112233445566778899"
                                  model_version: 2
                                  create_time { seconds: 1790000000 }
                                }
                              })pb"),
                            Style::Plain()),
            "REVISION  DIGEST            MODEL  PUBLISHED             TITLE\n"
            "r@2       0011223344556677      2  2026-09-21 14:13:20Z  R\n");
}

TEST(RenderAliases, ShowsHistoryAndWhatHoldsToday) {
  EXPECT_EQ(
      RenderAliases(ParseText<catalogue::v1::ListAliasesResponse>(R"pb(
                      aliases {
                        name: "schemes/s/ruleSets/r/aliases/current"
                        entries { revision: 1 effective_from: "2026-01-01" creator: "users/pat" }
                        entries { revision: 2 effective_from: "2027-01-01" }
                        in_force: "schemes/s/ruleSets/r@1"
                      }
                      aliases {
                        name: "schemes/s/ruleSets/r/aliases/next"
                        entries { revision: 2 effective_from: "2027-01-01" }
                      })pb"),
                    Style::Plain()),
      "ALIAS    DOCUMENT    REVISION  FROM        SET  BY\n"
      "current  ruleSets/r         1  2026-01-01       users/pat\n"
      "current  ruleSets/r         2  2027-01-01\n"
      "next     ruleSets/r         2  2027-01-01\n"
      "\n"
      "current names schemes/s/ruleSets/r@1 today\n"
      "next is not in force yet\n");
}

TEST(RenderComparison, ShowsWhatWasAddedRemovedAndChangedAndWhereItTells) {
  EXPECT_EQ(RenderComparison(ParseText<catalogue::v1::CompareRevisionsResponse>(R"pb(
                               base: "schemes/s/catalogues/c@1"
                               other: "schemes/s/catalogues/c@2"
                               added_controls: "1205"
                               added_controls: "1206"
                               removed_controls: "2206"
                               changed_controls { id: "2300" fields: "title" fields: "profiles" }
                               changes { path: "title" before: "\"A\"" after: "\"B\"" }
                               changes { path: "sources" after: "[]" }
                               affected_profiles: "L1"
                               affected_profiles: "L2"
                             )pb"),
                             Style::Plain()),
            "schemes/s/catalogues/c@1 -> schemes/s/catalogues/c@2\n"
            "Levels affected: L1 L2\n"
            "\n"
            "added controls (2)\n"
            "  1205 1206\n"
            "\n"
            "removed controls (1)\n"
            "  2206\n"
            "\n"
            "changed controls (1)\n"
            "  CONTROL  FIELDS\n"
            "  2300     title profiles\n"
            "\n"
            "changed (2)\n"
            "  PLACE    BEFORE  AFTER\n"
            "  title    \"A\"     \"B\"\n"
            "  sources  -       []\n");
}

TEST(RenderComparison, SaysHowManyChangesAreLeftOut) {
  EXPECT_EQ(RenderComparison(ParseText<catalogue::v1::CompareRevisionsResponse>(R"pb(
                               base: "a@1"
                               other: "a@2"
                               changes { path: "title" before: "1" after: "2" }
                               changes_left_out: 7
                             )pb"),
                             Style::Plain()),
            "a@1 -> a@2\n"
            "Levels affected: none\n"
            "\n"
            "changed (8)\n"
            "  PLACE  BEFORE  AFTER\n"
            "  title  1       2\n"
            "  and 7 more\n");
}

TEST(RenderComparison, SaysWhenNothingDiffers) {
  EXPECT_EQ(
      RenderComparison(ParseText<catalogue::v1::CompareRevisionsResponse>(R"pb(base: "a@1"
                                                                               other: "b@1"
                                                                               same: true)pb"),
                       Style::Plain()),
      "a@1 -> b@1\nThe same content.\n");
}

}  // namespace
}  // namespace assay::assayctl
