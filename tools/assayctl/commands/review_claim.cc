// Commands that claim, hold and decide review items.

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/claim_files.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/commands/review_calls.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/review_views.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/requests/decision.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

using review_queue::v1::ReviewItem;

struct ClaimArgs {
  std::string item;
  std::string duration;
  std::string claim_token;
  std::string request_id;
};

struct DecideArgs {
  std::string item;
  DecideArguments decision;
  std::string claim_token;
  std::string etag;
  std::string request_id;
};

// "" leaves the choice to the service.
absl::Status SetDuration(const std::string& text, google::protobuf::Duration* duration) {
  absl::Duration parsed;
  if (!absl::ParseDuration(text, &parsed) || parsed <= absl::ZeroDuration() ||
      parsed == absl::InfiniteDuration()) {
    return UsageError("DURATION_INVALID",
                      absl::StrCat("--duration \"", text, "\" is not a time such as 45m or 2h"));
  }
  duration->set_seconds(absl::ToInt64Seconds(parsed));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ClaimToken(Context& context, const std::string& given,
                                       const std::string& item) {
  if (!given.empty()) return given;
  return ClaimFiles(context.options().home).Load(item);
}

absl::StatusOr<ExitCode> ShowItem(Context& context, const ReviewItem& item) {
  ASSAY_RETURN_IF_ERROR(
      context.Show(item, [&](const Style& style) { return RenderReviewItem(item, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunClaim(Context& context, const ClaimArgs& args) {
  review_queue::v1::ClaimReviewItemRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("reviewItems", args.item));
  request.set_request_id(context.RequestId(args.request_id));
  if (!args.duration.empty()) {
    ASSAY_RETURN_IF_ERROR(SetDuration(args.duration, request.mutable_duration()));
  }
  const ClaimFiles files(context.options().home);
  // Before the claim is made: a token that cannot be kept would be lost with the item held.
  ASSAY_RETURN_IF_ERROR(files.PathOf(request.name()).status());
  ASSAY_ASSIGN_OR_RETURN(const auto response,
                         context.connection().Call(&QueueStub::ClaimReviewItem, request));
  const absl::Status saved = files.Save(request.name(), response.claim_token());
  ASSAY_RETURN_IF_ERROR(context.Show(response, [&](const Style& style) {
    return RenderReviewItem(response.review_item(), style);
  }));
  if (!saved.ok()) {
    // The claim stands: without its token the item would be held for nothing.
    context.Note(
        absl::StrCat("the claim token could not be kept; give it to decide with "
                     "--claim-token ",
                     response.claim_token()));
    return saved;
  }
  context.Note("claimed; its token is kept for extend, release and decide");
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunExtend(Context& context, const ClaimArgs& args) {
  review_queue::v1::ExtendClaimRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("reviewItems", args.item));
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_claim_token(),
                         ClaimToken(context, args.claim_token, request.name()));
  if (!args.duration.empty()) {
    ASSAY_RETURN_IF_ERROR(SetDuration(args.duration, request.mutable_duration()));
  }
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item,
                         context.connection().Call(&QueueStub::ExtendClaim, request));
  return ShowItem(context, item);
}

absl::StatusOr<ExitCode> RunRelease(Context& context, const ClaimArgs& args) {
  review_queue::v1::ReleaseClaimRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("reviewItems", args.item));
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_claim_token(),
                         ClaimToken(context, args.claim_token, request.name()));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item,
                         context.connection().Call(&QueueStub::ReleaseClaim, request));
  ClaimFiles(context.options().home).Remove(request.name());
  return ShowItem(context, item);
}

absl::StatusOr<ExitCode> RunDecide(Context& context, const DecideArgs& args) {
  review_queue::v1::DecideReviewItemRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_decision(), BuildDecision(args.decision));
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("reviewItems", args.item));
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_claim_token(),
                         ClaimToken(context, args.claim_token, request.name()));
  review_queue::v1::GetReviewItemRequest get;
  get.set_name(request.name());
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem present,
                         context.connection().Call(&QueueStub::GetReviewItem, get));
  // Submission and result never change within an item; only its etag does.
  request.set_submission_number(present.submission_number());
  request.set_result_digest(present.result_digest());
  request.set_etag(args.etag.empty() ? present.etag() : args.etag);
  request.set_request_id(context.RequestId(args.request_id));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item,
                         context.connection().Call(&QueueStub::DecideReviewItem, request));
  ClaimFiles(context.options().home).Remove(request.name());
  return ShowItem(context, item);
}

void AddClaimToken(CLI::App& app, std::string& target) {
  app.add_option("--claim-token", target, "The claim's token; the kept one when left out");
}

void AddDecide(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<DecideArgs>(
      group, context, "decide", "Decide a claimed item; settles all flags of its submission",
      RunDecide);
  AddItemName(*app, args->item);
  app->add_flag("--uphold", args->decision.uphold, "All flags stand; the verdict is final");
  app->add_option("--overturn", args->decision.overturn,
                  "CONTROL=REASON: its flag falls and the assessment is scored again; repeatable")
      ->allow_extra_args(false);
  app->add_option("--return", args->decision.give_back,
                  "CONTROL=QUESTION: back to the certification body; repeatable")
      ->allow_extra_args(false);
  app->add_option("--reason", args->decision.reason, "Why, for the record")->required();
  AddClaimToken(*app, args->claim_token);
  app->add_option("--etag", args->etag, "The item's etag; the present one when left out");
  app->add_option("--request-id", args->request_id, "Makes repeating the command harmless");
}

}  // namespace

void AddReviewClaims(CLI::App& group, Context& context) {
  auto claim = AddCommand<ClaimArgs>(group, context, "claim",
                                     "Claim an item; the token is kept in HOME/claims", RunClaim);
  AddItemName(*claim.app, claim.args->item);
  claim.app->add_option("--duration", claim.args->duration, "Such as 45m; 1h when left out");
  claim.app->add_option("--request-id", claim.args->request_id,
                        "The same id again gives the same claim again");

  auto extend =
      AddCommand<ClaimArgs>(group, context, "extend", "Hold a claim for longer", RunExtend);
  AddItemName(*extend.app, extend.args->item);
  extend.app->add_option("--duration", extend.args->duration,
                         "From now, such as 45m; 1h when left out");
  AddClaimToken(*extend.app, extend.args->claim_token);

  auto release =
      AddCommand<ClaimArgs>(group, context, "release", "Give an item back undecided", RunRelease);
  AddItemName(*release.app, release.args->item);
  AddClaimToken(*release.app, release.args->claim_token);
  AddDecide(group, context);
}

}  // namespace assay::assayctl
