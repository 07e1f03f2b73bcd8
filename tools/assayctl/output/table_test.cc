#include "tools/assayctl/output/table.h"

#include "gtest/gtest.h"

namespace assay::assayctl {
namespace {

TEST(Table, AlignsColumnsAndLeavesNoSpaceAtTheEnd) {
  Table table({{"NAME"}, {"POINTS", Align::kRight}, {"NOTE"}});
  table.AddRow({"CE", "2/2", ""});
  table.AddRow({"B", "130/150", "has a long name"});
  EXPECT_EQ(table.Render(Style::Plain()),
            "NAME   POINTS  NOTE\n"
            "CE        2/2\n"
            "B     130/150  has a long name\n");
}

TEST(Table, CountsCodePointsNotBytes) {
  Table table({{"WHO"}, {"X"}});
  table.AddRow({"Zoë", "1"});
  table.AddRow({"Anna", "2"});
  EXPECT_EQ(table.Render(Style::Plain()),
            "WHO   X\n"
            "Zoë   1\n"
            "Anna  2\n");
}

TEST(Table, ColorsDoNotCountAsWidth) {
  Table table({{"STATE"}, {"N", Align::kRight}});
  table.AddRow({Cell("failed", Paint::kRed), "1"});
  EXPECT_EQ(table.Render(Style::Colored()),
            "\x1b[1mSTATE\x1b[0m   \x1b[1mN\x1b[0m\n"
            "\x1b[31mfailed\x1b[0m  1\n");
}

TEST(Table, MakesCellsPrintable) {
  Table table({{"TEXT"}});
  table.AddRow({"a\x1b[2Jb\nc"});
  EXPECT_EQ(table.Render(Style::Plain()), "TEXT\na?[2Jb c\n");
}

TEST(Table, FillsShortRowsAndIndents) {
  Table table({{"A"}, {"B"}});
  table.AddRow({"1"});
  EXPECT_EQ(table.Render(Style::Plain(), "  "), "  A  B\n  1\n");
}

TEST(Fields, LeavesOutWhatIsEmpty) {
  Fields fields;
  fields.Add("name", "assessments/a1");
  fields.Add("title", "");
  fields.Add("a longer name", "x");
  EXPECT_EQ(fields.Render(Style::Plain()),
            "name           assessments/a1\n"
            "a longer name  x\n");
}

TEST(Table, ShortensTheLastColumnToTheLimit) {
  Table table({{"A"}, {"WHY"}});
  table.AddRow({"1", std::string(30, 'x')});
  table.LimitWidth(33);
  EXPECT_EQ(table.Render(Style::Plain()), "A  WHY\n1  " + std::string(30, 'x') + "\n");
  table.LimitWidth(32);
  EXPECT_EQ(table.Render(Style::Plain()), "A  WHY\n1  " + std::string(28, 'x') + "…\n");
  table.LimitWidth(5);
  EXPECT_EQ(table.Render(Style::Plain()),
            "A  WHY\n1  " + std::string(kMinLastColumn - 1, 'x') + "…\n");
}

}  // namespace
}  // namespace assay::assayctl
