// Commands that read the review queue.

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/commands/review_calls.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/review_views.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

using review_queue::v1::ReviewItemState;

struct ListArgs {
  std::vector<std::string> states;
  bool all = false;
  int limit = kDefaultListLimit;
};

struct ItemArgs {
  std::string item;
  int limit = kDefaultListLimit;
};

absl::StatusOr<ReviewItemState> ParseState(const std::string& text) {
  ReviewItemState state = review_queue::v1::REVIEW_ITEM_STATE_UNSPECIFIED;
  if (!ReviewItemState_Parse(absl::StrCat("REVIEW_ITEM_STATE_", absl::AsciiStrToUpper(text)),
                             &state) ||
      state == review_queue::v1::REVIEW_ITEM_STATE_UNSPECIFIED) {
    return UsageError("STATE_UNKNOWN", absl::StrCat("--state ", text,
                                                    " is none of open, claimed, decided and "
                                                    "superseded"));
  }
  return state;
}

absl::StatusOr<ExitCode> RunList(Context& context, const ListArgs& args) {
  review_queue::v1::ListReviewItemsRequest request;
  for (const std::string& text : args.states) {
    ASSAY_ASSIGN_OR_RETURN(const ReviewItemState state, ParseState(text));
    request.add_states(state);
  }
  for (const char* text : {"open", "claimed", "decided", "superseded"}) {
    if (!args.all) break;
    ASSAY_ASSIGN_OR_RETURN(const ReviewItemState state, ParseState(text));
    request.add_states(state);
  }
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&QueueStub::ListReviewItems, request,
                                &review_queue::v1::ListReviewItemsResponse::review_items_size,
                                args.limit));
  ASSAY_RETURN_IF_ERROR(context.ShowList(list, [&](const Style& style) {
    return list.review_items().empty() ? std::string("The queue is empty.\n")
                                       : RenderReviewItems(list, style);
  }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunGet(Context& context, const ItemArgs& args) {
  review_queue::v1::GetReviewItemRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("reviewItems", args.item));
  ASSAY_ASSIGN_OR_RETURN(const auto item,
                         context.connection().Call(&QueueStub::GetReviewItem, request));
  ASSAY_RETURN_IF_ERROR(
      context.Show(item, [&](const Style& style) { return RenderReviewItem(item, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunEvents(Context& context, const ItemArgs& args) {
  review_queue::v1::ListReviewItemEventsRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_parent(), QualifiedName("reviewItems", args.item));
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&QueueStub::ListReviewItemEvents, request,
                                &review_queue::v1::ListReviewItemEventsResponse::events_size,
                                args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderReviewEvents(list, style); }));
  return ExitCode::kOk;
}

}  // namespace

void AddReviewCommands(CLI::App& root, Context& context) {
  CLI::App& group = *root.add_subcommand("review", "The review queue: look, claim, decide");
  group.require_subcommand(1);
  auto list =
      AddCommand<ListArgs>(group, context, "list", "List items, oldest submission first", RunList);
  CLI::Option* states =
      list.app
          ->add_option("--state", list.args->states,
                       "Only items in this state: open, claimed, decided or superseded; "
                       "repeatable. Open and claimed when left out")
          ->allow_extra_args(false);
  list.app->add_flag("--all", list.args->all, "Items in every state")->excludes(states);
  AddLimit(*list.app, list.args->limit);

  auto get = AddCommand<ItemArgs>(group, context, "get",
                                  "Show one item with its flags and scorecard", RunGet);
  AddItemName(*get.app, get.args->item);
  auto events = AddCommand<ItemArgs>(group, context, "events",
                                     "List the history of an item, oldest first", RunEvents);
  AddItemName(*events.app, events.args->item);
  AddLimit(*events.app, events.args->limit);
  AddReviewClaims(group, context);
}

}  // namespace assay::assayctl
