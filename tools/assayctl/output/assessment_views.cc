#include "tools/assayctl/output/assessment_views.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;
using assessment_store::v1::AssessmentEvent;
using assessment_store::v1::ControlResult;
using scoring::v1::ControlInput;
using scoring::v1::Finding;

constexpr size_t kHashDigits = 12;
constexpr int kMaxControlsInEvent = 5;

Paint PaintOfState(assessment_store::v1::AssessmentState state) {
  switch (state) {
    case assessment_store::v1::ASSESSMENT_STATE_PASSED:
      return Paint::kGreen;
    case assessment_store::v1::ASSESSMENT_STATE_FAILED:
      return Paint::kRed;
    case assessment_store::v1::ASSESSMENT_STATE_IN_REVIEW:
    case assessment_store::v1::ASSESSMENT_STATE_RETURNED:
      return Paint::kYellow;
    default:
      return Paint::kNone;
  }
}

std::string Confirmed(const Assessment& assessment) {
  return absl::StrCat(assessment.controls_confirmed(), "/", assessment.controls_in_scope());
}

std::string CertificateLine(const scoring::v1::Certificate& certificate) {
  return absl::StrCat(certificate.kind(), " ", certificate.number(), " ", certificate.issued_on(),
                      " to ", certificate.expires_on(),
                      certificate.revoked_on().empty() ? "" : ", revoked ",
                      certificate.revoked_on(), ", scope ",
                      certificate.scope_verdict() == scoring::v1::SCOPE_VERDICT_UNSPECIFIED
                          ? "not judged"
                          : Words(certificate.scope_verdict()));
}

std::string FindingText(bool present, const Finding& finding) {
  if (!present) {
    return "";
  }
  if (finding.questions().empty()) {
    return Words(finding.status());
  }
  return Count(finding.questions_size(), "question");
}

std::string AdjustmentText(const ControlInput& input) {
  const int points = input.adjustment().points();
  return points == 0 ? "" : absl::StrCat(points > 0 ? "+" : "", points);
}

std::string MarkText(const ControlInput& input) {
  if (input.has_override()) {
    return "override";
  }
  return input.has_not_applicable() ? "not applicable" : "";
}

std::string ControlsText(const AssessmentEvent& event) {
  if (event.controls_size() > kMaxControlsInEvent) {
    return Count(event.controls_size(), "control");
  }
  return absl::StrJoin(event.controls(), " ");
}

}  // namespace

std::string RenderAssessment(const Assessment& assessment, const Style& style) {
  Fields fields;
  fields.Add("assessment", assessment.name());
  fields.Add("title", assessment.display_name());
  fields.Add("state", Words(assessment.state()), PaintOfState(assessment.state()));
  fields.Add("profile", absl::StrCat(assessment.scheme(), " ", assessment.profile()));
  fields.Add("supplier", assessment.supplier());
  fields.Add("certification body", assessment.certification_body());
  fields.Add("confirmed", absl::StrCat(Confirmed(assessment), " controls"));
  if (assessment.submission_number() > 0) {
    fields.Add("submission", absl::StrCat(assessment.submission_number()));
  }
  fields.Add("current verdict", LastSegment(assessment.current_verdict()));
  for (const auto& certificate : assessment.certificates()) {
    fields.Add("certificate", CertificateLine(certificate));
  }
  if (assessment.has_return_decision()) {
    fields.Add("returned because", assessment.return_decision().reason(), Paint::kYellow);
    for (const auto& control : assessment.return_decision().controls()) {
      fields.Add(absl::StrCat("  asked about ", control.control_id()), control.reason());
    }
  }
  fields.Add("catalogue", assessment.pins().catalogue());
  fields.Add("rule set", assessment.pins().rule_set());
  fields.Add("question set", assessment.pins().question_set());
  fields.Add("created", FormatTime(assessment.create_time()));
  fields.Add("updated", FormatTime(assessment.update_time()));
  fields.Add("etag", assessment.etag());
  return fields.Render(style);
}

std::string RenderAssessments(const assessment_store::v1::ListAssessmentsResponse& list,
                              const Style& style) {
  Table table({{"ASSESSMENT"},
               {"STATE"},
               {"PROFILE"},
               {"CONFIRMED", Align::kRight},
               {"SUBMISSION", Align::kRight},
               {"SUPPLIER"},
               {"TITLE"}});
  for (const Assessment& assessment : list.assessments()) {
    table.AddRow({LastSegment(assessment.name()),
                  Cell(Words(assessment.state()), PaintOfState(assessment.state())),
                  assessment.profile(), Confirmed(assessment),
                  absl::StrCat(assessment.submission_number()), LastSegment(assessment.supplier()),
                  assessment.display_name()});
  }
  return table.Render(style);
}

std::string RenderResults(const assessment_store::v1::ListControlResultsResponse& list,
                          const Style& style) {
  Table table({{"CONTROL"},
               {"THEORETICAL"},
               {"PRACTICAL"},
               {"ADJUSTED", Align::kRight},
               {"MARK"},
               {"CONFIRMED"},
               {"BY"},
               {"UPDATED"}});
  for (const ControlResult& result : list.control_results()) {
    const ControlInput& input = result.result();
    table.AddRow({input.control_id(), FindingText(input.has_theoretical(), input.theoretical()),
                  FindingText(input.has_practical(), input.practical()), AdjustmentText(input),
                  Cell(MarkText(input), Paint::kYellow),
                  result.confirmed() ? Cell("yes", Paint::kGreen) : Cell("no"), result.updated_by(),
                  FormatTime(result.update_time())});
  }
  return table.Render(style);
}

std::string RenderEvents(const assessment_store::v1::ListAssessmentEventsResponse& list,
                         const Style& style) {
  Table table({{"SEQUENCE", Align::kRight},
               {"TIME"},
               {"TYPE"},
               {"ACTOR"},
               {"SUBMISSION", Align::kRight},
               {"CONTROLS"},
               {"HASH"}});
  for (const AssessmentEvent& event : list.events()) {
    table.AddRow({absl::StrCat(event.sequence()), FormatTime(event.event_time()), event.type(),
                  // A decision is its reviewer's; the queue only brings it.
                  event.decided_by().empty() ? event.actor() : event.decided_by(),
                  event.submission_number() == 0 ? "" : absl::StrCat(event.submission_number()),
                  ControlsText(event), Cell(event.hash().substr(0, kHashDigits), Paint::kDim)});
  }
  return table.Render(style);
}

std::string RenderVerdictRecord(const assessment_store::v1::VerdictRecord& record,
                                const Style& style) {
  std::string out = RenderScorecard(record.verdict(), style);
  Fields fields;
  fields.Add("submission", absl::StrCat(record.submission_number()));
  fields.Add("overturned", absl::StrJoin(record.overturned_controls(), " "));
  return out + fields.Render(style);
}

}  // namespace assay::assayctl
