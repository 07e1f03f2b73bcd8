#include "tools/assayctl/conformance/run.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/exit_code.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::Verdict;

constexpr char kResultDigest[] = "result_digest";
constexpr char kResultDigestCamel[] = "resultDigest";

// Errors of the road to the server, not of what it thinks of a request.
constexpr std::array kNotAnswers = {
    absl::StatusCode::kUnavailable,      absl::StatusCode::kUnauthenticated,
    absl::StatusCode::kPermissionDenied, absl::StatusCode::kDeadlineExceeded,
    absl::StatusCode::kCancelled,        absl::StatusCode::kUnimplemented,
    absl::StatusCode::kResourceExhausted};

bool IsAnswer(const absl::Status& status) {
  return ExitCodeOf(status) != ExitCode::kUsage &&
         std::find(kNotAnswers.begin(), kNotAnswers.end(), status.code()) == kNotAnswers.end();
}

std::string Describe(const absl::Status& status) {
  const std::string reason = ErrorReason(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), reason.empty() ? "" : " ", reason,
                      ": ", status.message());
}

ScoreRequest RequestOf(const Vector& vector) {
  ScoreRequest request = vector.score;
  if (Names(vector.expect, "controls") || Names(vector.expect, "path")) {
    request.set_view(scoring::v1::VERDICT_VIEW_FULL);
  }
  return request;
}

void CompareText(std::string_view field, const std::string& expected, const std::string& got,
                 std::vector<Difference>& differences) {
  if (expected != got) differences.push_back({std::string(field), expected, got});
}

void CompareDigest(std::string_view field, const std::string& expected, const std::string& got,
                   std::vector<Difference>& differences) {
  if (!expected.empty()) CompareText(field, expected, got, differences);
}

std::vector<Difference> CompareVerdict(const Vector& vector, Digests digests,
                                       const Verdict& verdict) {
  std::vector<Difference> differences;
  nlohmann::ordered_json expect = vector.expect;
  if (digests == Digests::kPassOver) {
    expect.erase(kResultDigest);
    expect.erase(kResultDigestCamel);
  } else {
    // Other documents explain every other difference, so they stand first.
    CompareDigest("pins.catalogue_digest", vector.digests.catalogue,
                  verdict.pins().catalogue_digest(), differences);
    CompareDigest("pins.question_set_digest", vector.digests.question_set,
                  verdict.pins().question_set_digest(), differences);
    CompareDigest("pins.rule_set_digest", vector.digests.rule_set, verdict.pins().rule_set_digest(),
                  differences);
  }
  std::vector<Difference> rest = Compare(expect, verdict);
  differences.insert(differences.end(), rest.begin(), rest.end());
  return differences;
}

std::vector<Difference> CompareError(const ExpectedError& expected, const absl::Status& status) {
  std::vector<Difference> differences;
  CompareText("error.code", absl::StatusCodeToString(expected.code),
              absl::StatusCodeToString(status.code()), differences);
  if (!expected.reason.empty()) {
    CompareText("error.reason", expected.reason, ErrorReason(status), differences);
  }
  if (expected.field.empty()) return differences;
  std::string fields;
  for (const FieldViolation& violation : ErrorFields(status)) {
    if (violation.field == expected.field) return differences;
    absl::StrAppend(&fields, fields.empty() ? "" : ", ", violation.field);
  }
  CompareText("error.field", expected.field, fields.empty() ? "none" : fields, differences);
  return differences;
}

}  // namespace

absl::StatusOr<VectorResult> RunVector(const Vector& vector, Digests digests,
                                       const ScoreFunction& score) {
  VectorResult result{vector.name, vector.file, vector.pins, {}};
  const absl::StatusOr<Verdict> verdict = score(RequestOf(vector));
  const bool expected =
      vector.expect_error.has_value() && vector.expect_error->code == verdict.status().code();
  if (!verdict.ok() && !expected && !IsAnswer(verdict.status())) return verdict.status();
  if (vector.expect_error.has_value()) {
    if (verdict.ok()) {
      result.differences.push_back(
          {"error",
           absl::StrCat(absl::StatusCodeToString(vector.expect_error->code), " ",
                        vector.expect_error->reason),
           absl::StrCat("verdict \"", verdict->result_string(), "\"")});
    } else {
      result.differences = CompareError(*vector.expect_error, verdict.status());
    }
  } else if (!verdict.ok()) {
    result.differences.push_back({"error", "none", Describe(verdict.status())});
  } else {
    result.differences = CompareVerdict(vector, digests, *verdict);
  }
  return result;
}

}  // namespace assay::assayctl
