// `score batch`: many assessments in a few calls, each with its own verdict or error.

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::BatchScoreRequest;
using scoring::v1::BatchScoreResult;
using scoring::v1::ScoringService;

// As BatchScore allows; more go in several calls.
constexpr int kMaxRequestsPerCall = 100;

struct BatchArgs {
  std::vector<std::string> files = {"-"};
};

// One result and where its request came from.
struct Scored {
  std::string label;  // "a.json", or "batch.json [3]" from 0.
  BatchScoreResult result;
};

// Appends the requests of one file: one ScoreRequest, a list of them, or a BatchScoreRequest.
absl::Status ReadRequests(Context& context, const std::string& file, BatchScoreRequest& all,
                          std::vector<std::string>& labels) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(file));
  BatchScoreRequest read;
  const absl::string_view body = absl::StripLeadingAsciiWhitespace(text);
  const bool is_list = !body.empty() && body[0] == '[';
  absl::Status single = absl::OkStatus();
  if (!is_list) single = ParseJson(file, text, *read.add_requests());
  if (is_list || !single.ok()) {
    read.Clear();
    const absl::Status list = ParseJsonList(file, "requests", text, read);
    // What is wrong with it as one request says more than what is wrong with it as a list.
    if (!list.ok()) return is_list ? list : single;
  }
  for (int i = 0; i < read.requests_size(); ++i) {
    *all.add_requests() = read.requests(i);
    labels.push_back(read.requests_size() == 1 && !is_list ? file
                                                           : absl::StrCat(file, " [", i, "]"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Scored>> ScoreAll(Context& context, const BatchScoreRequest& all,
                                             const std::vector<std::string>& labels) {
  std::vector<Scored> scored;
  for (int start = 0; start < all.requests_size(); start += kMaxRequestsPerCall) {
    BatchScoreRequest request;
    const int end = std::min(all.requests_size(), start + kMaxRequestsPerCall);
    for (int i = start; i < end; ++i) *request.add_requests() = all.requests(i);
    ASSAY_ASSIGN_OR_RETURN(auto response, context.connection().Call(
                                              &ScoringService::StubInterface::BatchScore, request));
    if (response.results_size() != request.requests_size()) {
      return ErrorBuilder(absl::StatusCode::kInternal, "ANSWERS_MISSING")
          .Message(absl::StrCat("the scoring service gave ", response.results_size(),
                                " results for ", request.requests_size(), " requests"))
          .Build();
    }
    for (int i = start; i < end; ++i) {
      scored.push_back(
          {labels[static_cast<size_t>(i)], std::move(*response.mutable_results(i - start))});
    }
  }
  return scored;
}

std::string RenderBatch(const std::vector<Scored>& scored, const Style& style) {
  Table table(
      {{"REQUEST"}, {"OUTCOME"}, {"SCORE", Align::kRight}, {"FLAGS", Align::kRight}, {"RESULT"}});
  for (const Scored& item : scored) {
    if (item.result.has_error()) {
      const absl::Status error = FromRpcStatus(item.result.error());
      table.AddRow({item.label, Cell("error", Paint::kRed), "", "",
                    absl::StrCat(ErrorReason(error), ": ", error.message())});
      continue;
    }
    const auto& verdict = item.result.verdict();
    table.AddRow({item.label, Cell(Words(verdict.outcome()), PaintOf(verdict.outcome())),
                  absl::StrCat(verdict.score()), absl::StrCat(verdict.review_triggers_size()),
                  verdict.result_string()});
  }
  return table.Render(style);
}

// One BatchScoreResult. By hand: protobuf cannot print the details of an error (output/json.h).
absl::StatusOr<std::string> ResultLine(const Scored& item) {
  if (item.result.has_error()) {
    return absl::StrCat("{\"error\":", StatusToJson(FromRpcStatus(item.result.error())), "}");
  }
  ASSAY_ASSIGN_OR_RETURN(const std::string verdict, ToJsonLine(item.result.verdict()));
  return absl::StrCat("{\"verdict\":", verdict, "}");
}

absl::Status PrintBatch(Context& context, const std::vector<Scored>& scored) {
  if (context.is_table()) {
    context.out() << RenderBatch(scored, context.style());
    return absl::OkStatus();
  }
  std::string list;
  for (const Scored& item : scored) {
    ASSAY_ASSIGN_OR_RETURN(const std::string line, ResultLine(item));
    if (context.format() == OutputFormat::kNdjson) {
      context.out() << line << "\n";
    } else {
      absl::StrAppend(&list, list.empty() ? "" : ",", line);
    }
  }
  if (context.format() == OutputFormat::kJson) {
    const auto document = nlohmann::ordered_json::parse(absl::StrCat("{\"results\":[", list, "]}"));
    context.out() << document.dump(1) << "\n";
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunBatch(Context& context, const BatchArgs& args) {
  BatchScoreRequest all;
  std::vector<std::string> labels;
  for (const std::string& file : args.files) {
    ASSAY_RETURN_IF_ERROR(ReadRequests(context, file, all, labels));
  }
  if (all.requests().empty()) return UsageError("NO_REQUESTS", "there is nothing to score");
  ASSAY_ASSIGN_OR_RETURN(const std::vector<Scored> scored, ScoreAll(context, all, labels));
  ASSAY_RETURN_IF_ERROR(PrintBatch(context, scored));
  const auto failed = std::count_if(scored.begin(), scored.end(),
                                    [](const Scored& item) { return item.result.has_error(); });
  if (failed == 0) return ExitCode::kOk;
  context.Note(absl::StrCat(failed, " of ", Count(static_cast<int64_t>(scored.size()), "request"),
                            " failed"));
  return ExitCode::kNotPassed;
}

}  // namespace

void AddScoreBatch(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<BatchArgs>(
      group, context, "batch",
      "Score many assessments, each with its own verdict or error; exits with 3 when some failed",
      RunBatch);
  app->add_option("files", args->files,
                  "Files of one ScoreRequest, of a JSON list of them, or of a BatchScoreRequest; - "
                  "for standard input")
      ->capture_default_str();
}

}  // namespace assay::assayctl
