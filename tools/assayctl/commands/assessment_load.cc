// `assessment load`: brings one assessment from nothing to submitted, and does no step twice.
//
// What is already there is found by looking, not by remembering: so it may be broken off anywhere
// and run again. The deterministic request ids guard the one gap that looking leaves, a write whose
// answer got lost.

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "tools/assayctl/commands/assessment_calls.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/explanation.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/requests/load_document.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;

// Every control of the largest catalogue that the services take.
constexpr int kAllControls = 2000;

// Changes that the store takes in one request.
constexpr int kMaxChanges = 500;

struct LoadArgs {
  std::string file;
  bool explain = false;
};

class Loader {
 public:
  Loader(Context& context, LoadDocument document)
      : context_(context), document_(std::move(document)) {}

  absl::Status Run() {
    ASSAY_RETURN_IF_ERROR(Create());
    if (WasSubmitted(assessment_)) {
      Say("already there", absl::StrCat("submission ", assessment_.submission_number(), ", ",
                                        Words(assessment_.state())));
      return absl::OkStatus();
    }
    using Step = absl::Status (Loader::*)();
    for (Step step : {&Loader::Certificates, &Loader::Record, &Loader::Confirm, &Loader::Submit}) {
      ASSAY_RETURN_IF_ERROR((this->*step)());
      if (stopped_) return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  const Assessment& assessment() const { return assessment_; }

 private:
  std::string RequestId(const char* step) const {
    return absl::StrCat(document_.request_id_prefix(), "-", step);
  }

  void Say(const std::string& what, const std::string& detail) {
    context_.Note(absl::StrCat(document_.assessment_id(), ": ", what, " (", detail, ")"));
  }

  absl::Status Create() {
    absl::StatusOr<Assessment> present = GetAssessment(context_, document_.assessment_id());
    if (present.ok()) {
      assessment_ = *std::move(present);
      Say("already there", "created");
      return absl::OkStatus();
    }
    if (present.status().code() != absl::StatusCode::kNotFound) return present.status();
    assessment_store::v1::CreateAssessmentRequest request;
    *request.mutable_assessment() = document_.assessment();
    request.set_assessment_id(document_.assessment_id());
    request.set_request_id(RequestId("create"));
    ASSAY_ASSIGN_OR_RETURN(assessment_,
                           context_.connection().Call(&StoreStub::CreateAssessment, request));
    Say("created", absl::StrCat(Count(assessment_.controls_in_scope(), "control"), " in scope"));
    return absl::OkStatus();
  }

  // A step that was made before and changed by somebody since is left alone, and so is all that
  // would follow: it is theirs now.
  absl::Status Settle(const absl::Status& status, const char* step) {
    if (ErrorReason(status) != "REQUEST_ID_REUSED") return status;
    Say("already there", absl::StrCat(step, ", and changed since; left as it is"));
    stopped_ = true;
    return absl::OkStatus();
  }

  template <typename Request>
  Request NewRequest(const char* step) const {
    Request request;
    request.set_name(assessment_.name());
    request.set_etag(assessment_.etag());
    request.set_request_id(RequestId(step));
    return request;
  }

  absl::Status Certificates() {
    if (document_.certificates().empty()) return absl::OkStatus();
    if (CertificatesAreRecorded(document_, assessment_)) {
      Say("already there", Count(document_.certificates_size(), "certificate"));
      return absl::OkStatus();
    }
    auto request = NewRequest<assessment_store::v1::RecordCertificatesRequest>("certificates");
    *request.mutable_certificates() = document_.certificates();
    auto recorded = context_.connection().Call(&StoreStub::RecordCertificates, request);
    if (!recorded.ok()) return Settle(recorded.status(), "certificates recorded");
    assessment_ = *std::move(recorded);
    Say("recorded", Count(document_.certificates_size(), "certificate"));
    return absl::OkStatus();
  }

  absl::Status Record() {
    if (document_.changes().empty()) return absl::OkStatus();
    ASSAY_ASSIGN_OR_RETURN(const auto present,
                           ListResults(context_, assessment_.name(), kAllControls));
    if (ChangesAreRecorded(document_, present)) {
      Say("already there", Count(document_.changes_size(), "control"));
      return absl::OkStatus();
    }
    for (int first = 0; first < document_.changes_size() && !stopped_; first += kMaxChanges) {
      ASSAY_RETURN_IF_ERROR(RecordFrom(first));
    }
    return absl::OkStatus();
  }

  // One request's worth of changes.
  absl::Status RecordFrom(int first) {
    auto request = NewRequest<assessment_store::v1::RecordControlResultsRequest>("record");
    if (first > 0) request.set_request_id(absl::StrCat(request.request_id(), "-", first));
    const int end = std::min(first + kMaxChanges, document_.changes_size());
    request.mutable_changes()->Assign(document_.changes().begin() + first,
                                      document_.changes().begin() + end);
    auto recorded = context_.connection().Call(&StoreStub::RecordControlResults, request);
    if (!recorded.ok()) return Settle(recorded.status(), "controls recorded");
    assessment_ = recorded->assessment();
    Say("recorded", Count(request.changes_size(), "control"));
    return absl::OkStatus();
  }

  absl::Status Confirm() {
    if (!document_.confirm()) return absl::OkStatus();
    if (IsFullyConfirmed(assessment_)) {
      Say("already there", "every control confirmed");
      return absl::OkStatus();
    }
    auto request = NewRequest<assessment_store::v1::ConfirmControlsRequest>("confirm");
    request.set_all(true);
    auto confirmed = context_.connection().Call(&StoreStub::ConfirmControls, request);
    if (!confirmed.ok()) return Settle(confirmed.status(), "controls confirmed");
    assessment_ = *std::move(confirmed);
    Say("confirmed", Count(assessment_.controls_confirmed(), "control"));
    return absl::OkStatus();
  }

  absl::Status Submit() {
    if (!document_.has_submit()) return absl::OkStatus();
    auto request = NewRequest<assessment_store::v1::SubmitAssessmentRequest>("submit");
    request.set_as_of(document_.submit().as_of());
    auto submitted = context_.connection().Call(&StoreStub::SubmitAssessment, request);
    if (!submitted.ok()) return Settle(submitted.status(), "submitted");
    assessment_ = submitted->assessment();
    Say("submitted", Words(assessment_.state()));
    return absl::OkStatus();
  }

  Context& context_;
  const LoadDocument document_;
  Assessment assessment_;
  bool stopped_ = false;
};

// The verdict that stands, or where the assessment stands before it has one.
absl::StatusOr<scoring::v1::Verdict> PresentVerdict(Context& context, const Assessment& assessment,
                                                    const std::string& as_of) {
  if (!assessment.current_verdict().empty()) {
    ASSAY_ASSIGN_OR_RETURN(const auto record, GetVerdict(context, assessment.current_verdict()));
    return record.verdict();
  }
  assessment_store::v1::ScoreAssessmentRequest request;
  request.set_name(assessment.name());
  request.set_as_of(as_of.empty() ? Today(context) : as_of);
  request.set_mode(scoring::v1::SCORING_MODE_PROVISIONAL);
  request.set_view(scoring::v1::VERDICT_VIEW_FULL);
  return context.connection().Call(&StoreStub::ScoreAssessment, request);
}

absl::StatusOr<ExitCode> RunLoad(Context& context, const LoadArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
  ASSAY_ASSIGN_OR_RETURN(const LoadDocument document, ParseLoadDocument(args.file, text));
  Loader loader(context, document);
  ASSAY_RETURN_IF_ERROR(loader.Run());
  const Assessment& assessment = loader.assessment();
  ASSAY_ASSIGN_OR_RETURN(const auto verdict,
                         PresentVerdict(context, assessment, document.submit().as_of()));
  ASSAY_RETURN_IF_ERROR(context.Show(verdict, [&](const Style& style) {
    return absl::StrCat(style.Apply(Paint::kBold, Printable(assessment.name())), "  ",
                        Printable(assessment.display_name()), "  ", Words(assessment.state()), "\n",
                        RenderVerdict(verdict, args.explain, style));
  }));
  return ExitCode::kOk;
}

}  // namespace

void AddAssessmentLoad(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<LoadArgs>(
      group, context, "load",
      "Create, record, confirm and submit from one document; running it again changes nothing",
      RunLoad);
  app->add_option("file", args->file, "The document (see the README), or -")->required();
  app->add_flag("--explain", args->explain, "Say why, control by control");
}

}  // namespace assay::assayctl
