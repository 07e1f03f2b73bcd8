#include "services/catalogue/exchange/csv.h"

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/exchange/csv_table.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

std::vector<CsvRow> Rows(std::string_view text) {
  std::vector<CsvRow> rows;
  EXPECT_THAT(ReadCsvRows("f.csv", text,
                          [&](const CsvRow& row) {
                            rows.push_back(row);
                            return absl::OkStatus();
                          }),
              IsOk());
  return rows;
}

TEST(CsvTableTest, ReadsQuotedCellsAndCountsTheirLines) {
  const std::vector<CsvRow> rows = Rows("a,\"b \"\"x\"\", \r\nc\",\r\n,,\n\n\"\",d,e");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "b \"x\", \r\nc", ""));
  EXPECT_EQ(rows[0].line, 1u);
  EXPECT_THAT(rows[1].cells, ElementsAre("", "d", "e"));
  EXPECT_EQ(rows[1].line, 5u);
}

TEST(CsvTableTest, RefusesMoreColumnsThanTheLimit) {
  EXPECT_EQ(Rows(std::string(kMaxCsvColumns - 1, ',') + "x")[0].cells.size(), kMaxCsvColumns);
  EXPECT_THAT(ReadCsvRows("f.csv", std::string(kMaxCsvColumns, ',') + "x",
                          [](const CsvRow&) { return absl::OkStatus(); }),
              HasMetadata("value", "too many cells"));
}

TEST(CsvTableTest, GuardsFormulasSoThatReadingTakesOffWhatWritingPutOn) {
  for (const std::string text :
       {"", "a", "=1", "+1", "-1", "@a", "'", "'a", "'=1", "''-1", "a=1"}) {
    EXPECT_EQ(UnguardFormula(GuardFormula(text)), text);
    const std::string guarded = GuardFormula(text);
    EXPECT_EQ(guarded.find_first_of("=+-@") == 0, false) << guarded;
  }
  EXPECT_EQ(GuardFormula("=1"), "'=1");
  EXPECT_EQ(GuardFormula("'a"), "'a");
  // A spreadsheet swallows the apostrophe: what it then writes is read all the same.
  EXPECT_EQ(UnguardFormula("=1"), "=1");
}

TEST(CsvTableTest, SplitsAndJoinsLists) {
  EXPECT_THAT(SplitList(" L0| L1 |L2").entries, ElementsAre("L0", "L1", "L2"));
  EXPECT_THAT(SplitList("a\\|b|\\ c\\ |d\\\\").entries, ElementsAre("a|b", " c ", "d\\"));
  for (const std::vector<std::string>& entries :
       std::vector<std::vector<std::string>>{{"a"}, {" "}, {"  a  b "}, {"|", "\\", "\\|"}}) {
    EXPECT_EQ(SplitList(JoinList(entries)).entries, entries);
  }
  EXPECT_FALSE(SplitList("a||b").problem.empty());
  EXPECT_FALSE(SplitList("a\\").problem.empty());
  EXPECT_FALSE(SplitList("a\\b").problem.empty());
}

constexpr std::string_view kQuestionSet =
    "\xEF\xBB\xBFrecord,id,title,control,kind,scored,profiles,answers,asked_when.question,"
    "asked_when.answers,catalogue,model_version,text\r\n"
    "document,set,A set,,,,,,,,cat,1,\r\n"
    "source,,,,,,,,,,,,\"Invented, for tests\"\r\n"
    "control,2412,VoIP rules,,,,,,,,,,\r\n"
    "question,2412.1,Gate,2412,gate,TRUE,L1|L2,yes|no,,,,,\r\n"
    "question,2412.2,Then,2412,yes_no,false,L1,,2412.1,yes,,,\r\n";

TEST(ReadCsvTest, ReadsAQuestionSet) {
  const auto document = ReadCsv(DocumentKind::kQuestionSet, "f.csv", kQuestionSet);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(*document, json::parse(R"({
      "model_version": 1, "id": "set", "title": "A set", "catalogue": "cat",
      "sources": ["Invented, for tests"],
      "controls": [{"id": "2412", "title": "VoIP rules"}],
      "questions": [
        {"id": "2412.1", "title": "Gate", "control": "2412", "kind": "gate", "scored": true,
         "profiles": ["L1", "L2"], "answers": ["yes", "no"]},
        {"id": "2412.2", "title": "Then", "control": "2412", "kind": "yes_no", "scored": false,
         "profiles": ["L1"], "asked_when": {"question": "2412.1", "answers": ["yes"]}}]})"));
}

struct BadCsv {
  std::string name;
  std::string text;
  std::string path;
  std::string value;
};

void PrintTo(const BadCsv& bad, std::ostream* out) { *out << bad.name; }

class BadCsvTest : public ::testing::TestWithParam<BadCsv> {};

TEST_P(BadCsvTest, IsRefusedWithItsPlace) {
  const auto document = ReadCsv(DocumentKind::kCatalogue, "f.csv", GetParam().text);
  ASSERT_THAT(document, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(document, HasMetadata("file", "f.csv"));
  EXPECT_THAT(document, HasMetadata("path", GetParam().path));
  EXPECT_THAT(document, HasMetadata("value", GetParam().value));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadCsvTest,
    ::testing::Values(
        BadCsv{"Empty", "", "", "empty"}, BadCsv{"OnlyBlankRows", "\n,,\n", "", "empty"},
        BadCsv{"Semicolons", "record;id;title\n", "line 1", "\"record;id;title\""},
        BadCsv{"UnknownColumn", "record,id,weight\n", "line 1, cell 3", "\"weight\""},
        BadCsv{"ColumnTwice", "record,id,id\n", "line 1, cell 3", "\"id\""},
        BadCsv{"NoRecordColumn", "id,title\n", "line 1", "without column record"},
        BadCsv{"NoDocumentRow", "record,text\nsource,x\n", "",
               "without a row of record \"document\""},
        BadCsv{"TwoDocumentRows", "record,id,title,model_version\ndocument,a,b,1\ndocument,a,b,1\n",
               "line 3, column record", "a second row of record \"document\""},
        BadCsv{"UnknownRecord", "record,id\nquestion,x\n", "line 2, column record", "\"question\""},
        BadCsv{"TooFewCells", "record,id,title\ncontrol,x\n", "line 2", "2 cells long"},
        BadCsv{"TooManyCells", "record,id\ncontrol,x,y\n", "line 2", "3 cells long"},
        BadCsv{"CellThatMustBeEmpty", "record,id,text\nobjective,x,y\n", "line 2, column text",
               "\"y\""},
        BadCsv{"CellThatMustBeFilled", "record,id,title\nobjective,,y\n", "line 2, column id",
               "empty"},
        BadCsv{"NotANumber", "record,id,title,model_version\ndocument,a,b,one\n",
               "line 2, column model_version", "\"one\""},
        BadCsv{"HugeNumber", "record,id,title,model_version\ndocument,a,b,99999999999999999999\n",
               "line 2, column model_version", "\"99999999999999999999\""},
        BadCsv{"NotABoolean", "record,id,title,model_version,frame\ndocument,a,b,2,yes\n",
               "line 2, column frame", "\"yes\""},
        BadCsv{"EmptyListEntry", "record,id,profiles\ncontrol,a,L0||L1\n",
               "line 2, column profiles", "\"L0||L1\""},
        BadCsv{"LineEndInAText", "record,id,title\n\nobjective,\"a\nb\",t\n", "line 3, column id",
               "\"a\\nb\""},
        BadCsv{"QuoteInside", "record,id\ncontrol,a\"b\n", "line 2, cell 2", "\"a\\\"\""},
        BadCsv{"TextAfterQuote", "record,id\ncontrol,\"a\"b\n", "line 2, cell 2",
               "text after the closing quote of \"a\""},
        BadCsv{"QuoteNeverClosed", "record,id\ncontrol,\"a\n\n\n", "line 2, cell 2",
               "a quote that is never closed"},
        BadCsv{"CarriageReturnAlone", "record,id\rcontrol,a\r", "line 1, cell 2", "\"id\\r\""}),
    [](const auto& test) { return test.param.name; });

TEST(WriteCsvTest, LeavesOutColumnsThatNoRowUses) {
  EXPECT_EQ(WriteCsv(DocumentKind::kCatalogue, json::parse(R"({
      "model_version": 1, "id": "c", "title": "=T", "sources": ["S, s"],
      "objectives": [{"id": "A", "title": "a"}], "profiles": [{"id": "L0", "title": "l"}],
      "controls": [{"id": "1", "title": "t", "objective": "A", "profiles": ["L0", "L|1"]}]})")),
            "record,id,title,objective,profiles,model_version,text\r\n"
            "document,c,'=T,,,1,\r\n"
            "source,,,,,,\"S, s\"\r\n"
            "objective,A,a,,,,\r\n"
            "profile,L0,l,,,,\r\n"
            "control,1,t,A,L0|L\\|1,,\r\n");
}

}  // namespace
}  // namespace assay::catalogue
