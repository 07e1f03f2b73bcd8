#include "tools/assayctl/output/revision_views.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using catalogue::v1::Alias;
using catalogue::v1::AliasEntry;
using catalogue::v1::CompareRevisionsResponse;
using catalogue::v1::ConversionLoss;
using catalogue::v1::MemberChange;
using catalogue::v1::PublishedDocument;

constexpr size_t kDigestDigits = 16;
constexpr size_t kLineWidth = 100;
// A value of a document in a table; JSON has it as the service gives it.
constexpr size_t kValueWidth = 40;

Cell Became(const PublishedDocument& document, PublishMode mode) {
  if (!document.added()) return Cell("as published before", Paint::kDim);
  return Cell(mode == PublishMode::kPublish ? "new" : "would be new", Paint::kGreen);
}

std::string RevisionText(uint32_t number) { return number == 0 ? "" : absl::StrCat(number); }

// "schemes/s/ruleSets/r/aliases/a" -> "ruleSets/r".
std::string DocumentOf(const std::string& alias) {
  constexpr char kAliases[] = "/aliases/";
  const std::string document = alias.substr(0, alias.find(kAliases));
  const size_t scheme_end = document.find('/', document.find('/') + 1);
  return scheme_end == std::string::npos ? document : document.substr(scheme_end + 1);
}

// The number of the revision in a name, "" when it has none.
std::string NumberIn(const std::string& name) {
  const size_t at = name.rfind('@');
  return at == std::string::npos ? "" : name.substr(at + 1);
}

// Entries of the revision that is in force today are marked: which entry put it there is not said.
void AddEntries(const Alias& alias, Table& table) {
  const std::string in_force = NumberIn(alias.in_force());
  for (const AliasEntry& entry : alias.entries()) {
    const std::string number = absl::StrCat(entry.revision());
    table.AddRow({LastSegment(alias.name()), DocumentOf(alias.name()),
                  Cell(number, number == in_force ? Paint::kGreen : Paint::kNone),
                  entry.effective_from(), FormatTime(entry.create_time()), entry.creator()});
  }
}

Table AliasTable() {
  return Table({{"ALIAS"}, {"DOCUMENT"}, {"REVISION", Align::kRight}, {"FROM"}, {"SET"}, {"BY"}});
}

std::string InForce(const Alias& alias) {
  if (alias.in_force().empty()) return LastSegment(alias.name()) + " is not in force yet\n";
  return absl::StrCat(LastSegment(alias.name()), " names ", Printable(alias.in_force()),
                      " today\n");
}

template <typename Ids>
std::string IdList(const char* title, const Ids& ids, Paint paint, const Style& style) {
  if (ids.empty()) return "";
  return absl::StrCat("\n", style.Apply(paint, absl::StrCat(title, " (", ids.size(), ")")), "\n",
                      Wrap(Printable(absl::StrJoin(ids, " ")), kLineWidth - 2, "  "));
}

template <typename Changes>
std::string MemberTable(const char* title, const char* what, const Changes& changes,
                        const Style& style) {
  if (changes.empty()) return "";
  Table table({{what}, {"FIELDS"}});
  for (const MemberChange& change : changes) {
    table.AddRow({change.id(), absl::StrJoin(change.fields(), " ")});
  }
  return absl::StrCat("\n",
                      style.Apply(Paint::kYellow, absl::StrCat(title, " (", changes.size(), ")")),
                      "\n", table.Render(style, "  "));
}

std::string ValueTable(const CompareRevisionsResponse& comparison, const Style& style) {
  if (comparison.changes().empty()) return "";
  Table table({{"PLACE"}, {"BEFORE"}, {"AFTER"}});
  const auto value = [](const std::string& json) {
    return json.empty() ? std::string("-") : Shorten(json, kValueWidth);
  };
  for (const auto& change : comparison.changes()) {
    table.AddRow({change.path(), value(change.before()), value(change.after())});
  }
  const auto left_out = comparison.changes_left_out();
  const int64_t all = int64_t{comparison.changes_size()} + left_out;
  return absl::StrCat("\n", style.Apply(Paint::kYellow, absl::StrCat("changed (", all, ")")), "\n",
                      table.Render(style, "  "),
                      left_out == 0 ? "" : absl::StrCat("  and ", left_out, " more\n"));
}

}  // namespace

std::string RenderPublished(const catalogue::v1::PublishRevisionsResponse& response,
                            PublishMode mode, const Style& style) {
  Table table({{"DOCUMENT"}, {"REVISION", Align::kRight}, {"DIGEST"}, {""}});
  for (const PublishedDocument& document : response.documents()) {
    table.AddRow({document.name(), RevisionText(document.revision()),
                  document.digest().substr(0, kDigestDigits), Became(document, mode)});
  }
  return table.Render(style);
}

std::string RenderPublishRemarks(const catalogue::v1::PublishRevisionsResponse& response) {
  std::string out;
  for (const PublishedDocument& document : response.documents()) {
    for (const std::string& warning : document.warnings()) {
      absl::StrAppend(&out, "warning: ", Printable(document.name()), ": ", Printable(warning),
                      "\n");
    }
    out += RenderLosses(document.name(), document.losses());
  }
  return out;
}

std::string RenderLosses(const std::string& name,
                         const google::protobuf::RepeatedPtrField<ConversionLoss>& losses) {
  std::string out;
  for (const ConversionLoss& loss : losses) {
    absl::StrAppend(&out, "loss: ", Printable(name), ": ", Printable(loss.field()), ": ",
                    Printable(loss.what()), " (", Count(loss.count(), "place"));
    if (!loss.first().empty()) {
      absl::StrAppend(&out, loss.count() > 1 ? ", first " : ", ", Printable(loss.first()));
    }
    out += ")\n";
  }
  return out;
}

std::string RenderRevisions(const catalogue::v1::ListRevisionsResponse& list, const Style& style) {
  Table table({{"REVISION"}, {"DIGEST"}, {"MODEL", Align::kRight}, {"PUBLISHED"}, {"TITLE"}});
  for (const auto& entry : list.revisions()) {
    table.AddRow({LastSegment(entry.name()), entry.revision().digest().substr(0, kDigestDigits),
                  absl::StrCat(entry.revision().model_version()),
                  FormatTime(entry.revision().create_time()), entry.title()});
  }
  return table.Render(style);
}

std::string RenderAliases(const catalogue::v1::ListAliasesResponse& list, const Style& style) {
  Table table = AliasTable();
  std::string in_force;
  for (const Alias& alias : list.aliases()) {
    AddEntries(alias, table);
    in_force += InForce(alias);
  }
  return absl::StrCat(table.Render(style), in_force.empty() ? "" : "\n", in_force);
}

std::string RenderAlias(const Alias& alias, const Style& style) {
  Table table = AliasTable();
  AddEntries(alias, table);
  return absl::StrCat(table.Render(style), "\n", InForce(alias));
}

std::string RenderComparison(const CompareRevisionsResponse& comparison, const Style& style) {
  std::string out =
      absl::StrCat(Printable(comparison.base()), " -> ", Printable(comparison.other()), "\n");
  if (comparison.same()) return out + "The same content.\n";
  const auto& profiles = comparison.affected_profiles();
  absl::StrAppend(&out, "Levels affected: ",
                  profiles.empty() ? "none" : Printable(absl::StrJoin(profiles, " ")), "\n",
                  IdList("added controls", comparison.added_controls(), Paint::kGreen, style),
                  IdList("removed controls", comparison.removed_controls(), Paint::kRed, style),
                  MemberTable("changed controls", "CONTROL", comparison.changed_controls(), style));
  absl::StrAppend(
      &out, IdList("added questions", comparison.added_questions(), Paint::kGreen, style),
      IdList("removed questions", comparison.removed_questions(), Paint::kRed, style),
      MemberTable("changed questions", "QUESTION", comparison.changed_questions(), style),
      ValueTable(comparison, style));
  return out;
}

}  // namespace assay::assayctl
