#include "services/assessment_store/queries/assessment_queries.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/audit/event_log.h"
#include "common/ids/resource_name.h"
#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "common/time/timestamp.h"
#include "services/assessment_store/aggregate/loaded_assessment.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/domain/standing.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {
namespace {

using paging::Page;

template <typename Request>
absl::StatusOr<Page> PageOf(const rpc::CallContext& call, const Request& request,
                            std::string_view parent) {
  return Page::Of(request, paging::Binding(call.method, parent, ""));
}

}  // namespace

absl::StatusOr<v1::Assessment> AssessmentQueries::Get(const rpc::CallContext& call,
                                                      const v1::GetAssessmentRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment loaded,
                         Load(*store_.Snapshot(), call.principal, id));
  return ToApi(loaded.record, loaded.head);
}

absl::StatusOr<v1::ListAssessmentsResponse> AssessmentQueries::List(
    const rpc::CallContext& call, const v1::ListAssessmentsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(Page page, PageOf(call, request, call.principal.organisation));
  const auto snapshot = store_.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ListAssessmentIds(*snapshot, VisibleOrganisation(call.principal),
                                           page.cursor(), page.rows_to_read()));
  v1::ListAssessmentsResponse response;
  std::string last;
  for (const std::string& id : ids) {
    if (call.cancelled()) return absl::CancelledError("the caller has gone");
    ASSAY_ASSIGN_OR_RETURN(const std::optional<LoadedAssessment> loaded,
                           FindVisible(*snapshot, call.principal, id));
    v1::Assessment assessment;
    // An organisation can be in the index in a part that this caller does not have.
    if (loaded.has_value()) assessment = ToApi(loaded->record, loaded->head);
    if (!page.Take(assessment.ByteSizeLong())) {
      ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(), page.Next(last));
      break;
    }
    if (loaded.has_value()) *response.add_assessments() = std::move(assessment);
    last = id;
  }
  return response;
}

absl::StatusOr<v1::ListControlResultsResponse> AssessmentQueries::ListControlResults(
    const rpc::CallContext& call, const v1::ListControlResultsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(Page page, PageOf(call, request, request.parent()));
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(Load(*snapshot, call.principal, id, "parent").status());
  ASSAY_ASSIGN_OR_RETURN(const ControlRecords controls,
                         ReadControls(*snapshot, id, page.cursor(), page.rows_to_read()));
  v1::ListControlResultsResponse response;
  std::string last;
  for (const auto& control : controls) {
    if (!page.Take(control.ByteSizeLong())) {
      ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(), page.Next(last));
      break;
    }
    *response.add_control_results() = ToApi(id, control);
    last = control.result().control_id();
  }
  return response;
}

absl::StatusOr<v1::VerdictRecord> AssessmentQueries::GetVerdict(
    const rpc::CallContext& call, const v1::GetVerdictRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ParseName("name", "assessments/*/verdicts/*", request.name()));
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(Load(*snapshot, call.principal, ids[0]).status());
  ASSAY_ASSIGN_OR_RETURN(const std::optional<records::StoredVerdict> verdict,
                         ReadVerdict(*snapshot, ids[0], ids[1]));
  if (!verdict.has_value()) return VerdictNotFound(ids[0], ids[1]);
  return ToApi(ids[0], *verdict);
}

absl::StatusOr<v1::ListAssessmentEventsResponse> AssessmentQueries::ListEvents(
    const rpc::CallContext& call, const v1::ListAssessmentEventsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(Page page, PageOf(call, request, request.parent()));
  ASSAY_ASSIGN_OR_RETURN(const uint64_t after, page.Sequence());
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(Load(*snapshot, call.principal, id, "parent").status());
  ASSAY_ASSIGN_OR_RETURN(const std::vector<audit::Event> events,
                         audit::List(*snapshot, AssessmentName(id), after, page.rows_to_read()));
  v1::ListAssessmentEventsResponse response;
  for (const audit::Event& event : events) {
    ASSAY_ASSIGN_OR_RETURN(v1::AssessmentEvent entry, ToApi(id, event));
    if (!page.Take(entry.ByteSizeLong())) {
      ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                             page.Next(absl::StrCat(event.sequence - 1)));
      break;
    }
    *response.add_events() = std::move(entry);
  }
  return response;
}

absl::StatusOr<scoring::v1::Verdict> AssessmentQueries::Score(
    const rpc::CallContext& call, const v1::ScoreAssessmentRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("name", request.name()));
  ASSAY_RETURN_IF_ERROR(ParseDate("as_of", request.as_of()).status());
  const auto snapshot = store_.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment loaded, Load(*snapshot, call.principal, id));
  ASSAY_ASSIGN_OR_RETURN(const ControlRecords controls, LoadControls(*snapshot, id));
  scoring::v1::ScoreRequest score;
  *score.mutable_basis() = BasisOf(loaded.record);
  *score.mutable_inputs() = InputsOf(loaded.record, controls, request.as_of());
  score.set_mode(request.mode() == scoring::v1::SCORING_MODE_UNSPECIFIED
                     ? scoring::v1::SCORING_MODE_PROVISIONAL
                     : request.mode());
  score.set_view(request.view());
  return scoring_.Score(call, score);
}

}  // namespace assay::assessment_store
