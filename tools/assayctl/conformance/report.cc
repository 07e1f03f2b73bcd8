#include "tools/assayctl/conformance/report.h"

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using nlohmann::ordered_json;

ordered_json Document(const VectorResult& result) {
  ordered_json differences = ordered_json::array();
  for (const Difference& difference : result.differences) {
    differences.push_back(
        {{"field", difference.field}, {"expected", difference.expected}, {"got", difference.got}});
  }
  return {{"name", result.name},
          {"file", result.file},
          {"pins", result.pins},
          {"passed", result.passed()},
          {"differences", differences}};
}

std::string Dump(const ordered_json& document, int indent) {
  return document.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

std::string Value(const std::string& text) {
  return text.empty() ? "\"\"" : Shorten(Printable(text), kMaxShownValue);
}

}  // namespace

RunTotals CountResults(const std::vector<VectorResult>& results) {
  RunTotals totals;
  for (const VectorResult& result : results) {
    ++(result.passed() ? totals.passed : totals.failed);
  }
  return totals;
}

std::string RenderResult(const VectorResult& result, const Style& style) {
  if (result.passed()) {
    return absl::StrCat(style.Apply(Paint::kGreen, "ok"), "    ", Printable(result.name), "\n");
  }
  std::string out =
      absl::StrCat(style.Apply(Paint::kRed, "FAIL"), "  ", Printable(result.name), "\n");
  for (const Difference& difference : result.differences) {
    absl::StrAppend(&out, "        ", Printable(difference.field), ": expected ",
                    Value(difference.expected), ", got ", Value(difference.got), "\n");
  }
  return out;
}

std::string RenderTotals(const RunTotals& totals, Digests digests, const Style& style) {
  const Paint paint = totals.failed == 0 ? Paint::kGreen : Paint::kRed;
  return absl::StrCat(
      style.Apply(paint, absl::StrCat(Count(totals.passed + totals.failed, "vector"), ": ",
                                      totals.passed, " passed, ", totals.failed, " failed")),
      digests == Digests::kPassOver ? " (digests passed over)" : "", "\n");
}

std::string ResultToJson(const VectorResult& result) { return Dump(Document(result), -1); }

std::string RunToJson(const std::string& server, Digests digests,
                      const std::vector<VectorResult>& results) {
  const RunTotals totals = CountResults(results);
  ordered_json vectors = ordered_json::array();
  for (const VectorResult& result : results) vectors.push_back(Document(result));
  const ordered_json document = {{"server", server},
                                 {"passed", totals.passed},
                                 {"failed", totals.failed},
                                 {"digests_compared", digests == Digests::kCompare},
                                 {"vectors", vectors}};
  return Dump(document, 2) + "\n";
}

}  // namespace assay::assayctl
