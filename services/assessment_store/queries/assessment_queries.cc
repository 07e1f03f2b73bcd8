#include "services/assessment_store/queries/assessment_queries.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/audit/event_log.h"
#include "common/ids/resource_name.h"
#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "common/time/timestamp.h"
#include "services/assessment_store/commands/loaded_assessment.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/standing.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {
namespace {

// Where a page begins and how many rows it holds.
struct Page {
  std::string after;
  size_t size = 0;
  std::string binding;
};

template <typename Request>
absl::StatusOr<Page> PageOf(const rpc::CallContext& call, const Request& request,
                            std::string_view parent) {
  Page page;
  page.binding = paging::Binding(call.method, parent, "");
  ASSAY_ASSIGN_OR_RETURN(page.size, paging::PageSize(request.page_size()));
  if (!request.page_token().empty()) {
    ASSAY_ASSIGN_OR_RETURN(page.after, paging::Decode(request.page_token(), page.binding));
  }
  return page;
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
  ASSAY_ASSIGN_OR_RETURN(const Page page, PageOf(call, request, call.principal.organisation));
  const auto snapshot = store_.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(
      std::vector<std::string> ids,
      ListAssessmentIds(*snapshot, VisibleOrganisation(call.principal), page.after, page.size + 1));
  v1::ListAssessmentsResponse response;
  const bool more = ids.size() > page.size;
  if (more) {
    ids.resize(page.size);
    ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                           paging::Encode(ids.back(), page.binding));
  }
  for (const std::string& id : ids) {
    auto loaded = Load(*snapshot, call.principal, id);
    // An organisation can be in the index in a part that this caller does not have.
    if (absl::IsNotFound(loaded.status())) continue;
    ASSAY_RETURN_IF_ERROR(loaded.status());
    *response.add_assessments() = ToApi(loaded->record, loaded->head);
  }
  return response;
}

absl::StatusOr<v1::ListControlResultsResponse> AssessmentQueries::ListControlResults(
    const rpc::CallContext& call, const v1::ListControlResultsRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(const Page page, PageOf(call, request, request.parent()));
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(Load(*snapshot, call.principal, id).status());
  ASSAY_ASSIGN_OR_RETURN(ControlRecords controls,
                         ReadControls(*snapshot, id, page.after, page.size + 1));
  v1::ListControlResultsResponse response;
  if (controls.size() > page.size) {
    controls.resize(page.size);
    ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                           paging::Encode(controls.back().result().control_id(), page.binding));
  }
  for (const auto& control : controls) *response.add_control_results() = ToApi(id, control);
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
  ASSAY_ASSIGN_OR_RETURN(const Page page, PageOf(call, request, request.parent()));
  uint64_t after = 0;
  // A cursor that Encode made is a number; anything else begins at the first event.
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) after = 0;
  const auto snapshot = store_.Snapshot();
  ASSAY_RETURN_IF_ERROR(Load(*snapshot, call.principal, id).status());
  ASSAY_ASSIGN_OR_RETURN(
      std::vector<audit::Event> events,
      audit::List(*snapshot, absl::StrCat("assessments/", id), after, page.size + 1));
  v1::ListAssessmentEventsResponse response;
  if (events.size() > page.size) {
    events.resize(page.size);
    ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                           paging::Encode(absl::StrCat(events.back().sequence), page.binding));
  }
  for (const audit::Event& event : events) *response.add_events() = ToApi(event);
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
