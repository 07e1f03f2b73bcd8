// Commands that write the content of an assessment: create, record, certificates, confirm.

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/assessment_calls.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/assessment_views.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/requests/control_change.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;

struct CreateArgs {
  std::string file;
  std::string id;
  std::string title;
  std::string scheme = "dcc";
  std::string profile;
  std::string supplier;
  std::string body;
  std::string standard;
  std::string rules;
  std::string questions;
  std::string request_id;
};

struct RecordArgs {
  WriteArgs write;
  RecordArguments change;
  int adjust = 0;
  CLI::Option* adjust_option = nullptr;
  std::string file;
};

struct CertificateArgs {
  WriteArgs write;
  std::string file;
  std::string kind, number, issued, expires, revoked;
  bool covers = false;
  bool does_not_cover = false;
};

struct ConfirmArgs {
  WriteArgs write;
  std::vector<std::string> controls;
  bool all = false;
};

absl::StatusOr<ExitCode> ShowAssessment(Context& context,
                                        const absl::StatusOr<Assessment>& assessment) {
  ASSAY_RETURN_IF_ERROR(assessment.status());
  ASSAY_RETURN_IF_ERROR(context.Show(
      *assessment, [&](const Style& style) { return RenderAssessment(*assessment, style); }));
  return ExitCode::kOk;
}

// The scheme's own documents stand in for those that are not named.
absl::Status FillPins(Context& context, const CreateArgs& args, Assessment& assessment) {
  using catalogue::v1::CatalogueService;
  assessment.mutable_pins()->set_catalogue(args.standard);
  assessment.mutable_pins()->set_rule_set(args.rules);
  assessment.mutable_pins()->set_question_set(args.questions);
  if (!args.standard.empty() && !args.rules.empty()) return absl::OkStatus();
  catalogue::v1::GetSchemeRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("schemes", args.scheme));
  ASSAY_ASSIGN_OR_RETURN(
      const auto scheme,
      context.connection().Call(&CatalogueService::StubInterface::GetScheme, request));
  if (args.standard.empty()) {
    assessment.mutable_pins()->set_catalogue(scheme.default_catalogue());
  }
  if (args.rules.empty()) assessment.mutable_pins()->set_rule_set(scheme.default_rule_set());
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunCreate(Context& context, const CreateArgs& args) {
  assessment_store::v1::CreateAssessmentRequest request;
  Assessment& assessment = *request.mutable_assessment();
  if (!args.file.empty()) {
    ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
    ASSAY_RETURN_IF_ERROR(ParseJson(args.file, text, assessment));
  } else {
    if (args.profile.empty() || args.supplier.empty() || args.body.empty()) {
      return UsageError("FLAGS_INVALID", "give --profile, --supplier and --body, or --file");
    }
    assessment.set_display_name(args.title);
    assessment.set_profile(args.profile);
    ASSAY_ASSIGN_OR_RETURN(*assessment.mutable_supplier(),
                           QualifiedName("organisations", args.supplier));
    ASSAY_ASSIGN_OR_RETURN(*assessment.mutable_certification_body(),
                           QualifiedName("organisations", args.body));
    ASSAY_RETURN_IF_ERROR(FillPins(context, args, assessment));
  }
  request.set_assessment_id(args.id);
  request.set_request_id(context.RequestId(args.request_id));
  return ShowAssessment(context, context.connection().Call(&StoreStub::CreateAssessment, request));
}

absl::StatusOr<ExitCode> RunRecord(Context& context, const RecordArgs& args) {
  assessment_store::v1::RecordControlResultsRequest request;
  if (!args.file.empty()) {
    if (!args.change.control.empty()) {
      return UsageError("FLAGS_INVALID", "--file and --control do not go together");
    }
    ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
    ASSAY_RETURN_IF_ERROR(ParseJsonList(args.file, "changes", text, request));
  } else {
    RecordArguments change = args.change;
    if (args.adjust_option->count() > 0) change.adjust = args.adjust;
    ASSAY_ASSIGN_OR_RETURN(*request.add_changes(), BuildControlChange(change));
  }
  ASSAY_RETURN_IF_ERROR(FillWrite(context, args.write, request));
  ASSAY_ASSIGN_OR_RETURN(const auto response,
                         context.connection().Call(&StoreStub::RecordControlResults, request));
  ASSAY_RETURN_IF_ERROR(context.Show(response, [&](const Style&) {
    return absl::StrCat(
        "Recorded ", Count(request.changes_size(), "control"), " of ",
        Printable(response.assessment().name()), "; ", response.assessment().controls_confirmed(),
        " of ", Count(response.assessment().controls_in_scope(), "control"), " confirmed.\n");
  }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunCertificates(Context& context, const CertificateArgs& args) {
  assessment_store::v1::RecordCertificatesRequest request;
  if (!args.file.empty()) {
    ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
    ASSAY_RETURN_IF_ERROR(ParseJsonList(args.file, "certificates", text, request));
  } else if (!args.kind.empty()) {
    auto& certificate = *request.add_certificates();
    certificate.set_kind(args.kind);
    certificate.set_number(args.number);
    certificate.set_issued_on(args.issued);
    certificate.set_expires_on(args.expires);
    certificate.set_revoked_on(args.revoked);
    if (args.covers) certificate.set_scope_verdict(scoring::v1::SCOPE_VERDICT_COVERS);
    if (args.does_not_cover) {
      certificate.set_scope_verdict(scoring::v1::SCOPE_VERDICT_DOES_NOT_COVER);
    }
  } else {
    return UsageError("FLAGS_INVALID", "give --file FILE, or --kind with the dates");
  }
  ASSAY_RETURN_IF_ERROR(FillWrite(context, args.write, request));
  return ShowAssessment(context,
                        context.connection().Call(&StoreStub::RecordCertificates, request));
}

absl::StatusOr<ExitCode> RunConfirm(Context& context, const ConfirmArgs& args) {
  if (args.all != args.controls.empty()) {
    return UsageError("FLAGS_INVALID", "name the controls to confirm, or give --all");
  }
  assessment_store::v1::ConfirmControlsRequest request;
  request.mutable_control_ids()->Assign(args.controls.begin(), args.controls.end());
  request.set_all(args.all);
  ASSAY_RETURN_IF_ERROR(FillWrite(context, args.write, request));
  return ShowAssessment(context, context.connection().Call(&StoreStub::ConfirmControls, request));
}

void AddCreate(CLI::App& group, Context& context) {
  auto [app, args] =
      AddCommand<CreateArgs>(group, context, "create", "Create an assessment", RunCreate);
  app->add_option("--file", args->file, "JSON of an Assessment, or -, in place of the flags below");
  app->add_option("--id", args->id, "The id to give it; one is made when left out");
  app->add_option("--title", args->title, "A title for people");
  app->add_option("--scheme", args->scheme, "Its default documents are used where none is named")
      ->capture_default_str();
  app->add_option("--profile", args->profile, "Such as L1");
  app->add_option("--supplier", args->supplier, "The organisation that is assessed");
  app->add_option("--body", args->body, "The certification body");
  app->add_option("--standard", args->standard, "Name of the catalogue to pin");
  app->add_option("--rules", args->rules, "Name of the rule set to pin");
  app->add_option("--questions", args->questions, "Name of the question set to pin");
  app->add_option("--request-id", args->request_id, "Makes repeating the command harmless");
}

void AddRecord(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<RecordArgs>(
      group, context, "record", "Record results: one control by flags, or many from a file",
      RunRecord);
  AddWriteFlags(*app, args->write);
  RecordArguments& change = args->change;
  app->add_option("--file", args->file, "JSON list of ControlChange, or -");
  app->add_option("--control", change.control, "The control");
  app->add_option("--status", change.status, "What was found")
      ->check(CLI::IsMember({"met", "partial", "not_met"}));
  app->add_option("--phase", change.phase, "In which phase it was found")
      ->check(CLI::IsMember({"theoretical", "practical"}))
      ->capture_default_str();
  args->adjust_option = app->add_option("--adjust", args->adjust, "Correct the points: +1 or -1");
  app->add_option("--reason", change.reason, "Why it is adjusted");
  app->add_flag("--override", change.overridden, "Met whatever the points say; goes to review");
  app->add_option("--reasoning", change.reasoning, "Why it is overridden");
  app->add_flag("--not-applicable", change.not_applicable, "Leaves the scored set; goes to review");
  app->add_option("--justification", change.justification, "Why it does not apply");
  app->add_option("--clear", change.clear,
                  "Take back: theoretical, practical, adjustment, override or not_applicable; "
                  "repeatable")
      ->allow_extra_args(false);
}

void AddCertificates(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<CertificateArgs>(
      group, context, "certificates",
      "Replace the recorded external certificates, by one from flags or a list from a file",
      RunCertificates);
  AddWriteFlags(*app, args->write);
  app->add_option("--file", args->file, "JSON list of Certificate, or -");
  app->add_option("--kind", args->kind, "CYBER_ESSENTIALS or CYBER_ESSENTIALS_PLUS");
  app->add_option("--number", args->number, "The issuer's number");
  app->add_option("--issued", args->issued, "First day, YYYY-MM-DD");
  app->add_option("--expires", args->expires, "Last day, YYYY-MM-DD");
  app->add_option("--revoked", args->revoked, "Day of revocation, YYYY-MM-DD");
  CLI::Option* covers =
      app->add_flag("--covers", args->covers, "Its scope covers the assessed scope");
  app->add_flag("--does-not-cover", args->does_not_cover, "It does not")->excludes(covers);
}

}  // namespace

void AddAssessmentWrites(CLI::App& group, Context& context) {
  AddCreate(group, context);
  AddRecord(group, context);
  AddCertificates(group, context);
  auto confirm = AddCommand<ConfirmArgs>(
      group, context, "confirm", "Confirm controls as they stand, blank ones included", RunConfirm);
  AddWriteFlags(*confirm.app, confirm.args->write);
  confirm.app->add_option("control", confirm.args->controls, "The controls to confirm");
  confirm.app->add_flag("--all", confirm.args->all, "Every control in scope");
}

}  // namespace assay::assayctl
