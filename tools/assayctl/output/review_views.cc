#include "tools/assayctl/output/review_views.h"

#include <map>

#include "absl/strings/str_cat.h"

#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using review_queue::v1::Decision;
using review_queue::v1::Flag;
using review_queue::v1::ReviewItem;
using review_queue::v1::ReviewItemEvent;

constexpr size_t kHashDigits = 12;
constexpr size_t kTextColumns = 90;

Paint PaintOfState(review_queue::v1::ReviewItemState state) {
  switch (state) {
    case review_queue::v1::REVIEW_ITEM_STATE_OPEN:
      return Paint::kYellow;
    case review_queue::v1::REVIEW_ITEM_STATE_DECIDED:
      return Paint::kGreen;
    case review_queue::v1::REVIEW_ITEM_STATE_SUPERSEDED:
      return Paint::kDim;
    default:
      return Paint::kNone;
  }
}

// "1 override, 2 not applicable", in the order of the enum; an anchor's flag is named.
std::string FlagSummary(const ReviewItem& item) {
  std::map<int, int> counts;
  bool anchor = false;
  for (const Flag& flag : item.flags()) {
    ++counts[static_cast<int>(flag.trigger().kind())];
    anchor = anchor || flag.trigger().anchor();
  }
  std::string text;
  for (const auto& [kind, count] : counts) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", count, " ",
                    Words(static_cast<scoring::v1::TriggerKind>(kind)));
  }
  return absl::StrCat(text, anchor ? " (anchor)" : "");
}

// The flags, then what was written about each.
std::string FlagsText(const ReviewItem& item, const Style& style) {
  Table table({{"FLAG"}, {"OBJECTIVE"}, {"CONTROL"}, {"QUESTION"}});
  std::string reasonings;
  for (const Flag& flag : item.flags()) {
    const auto& trigger = flag.trigger();
    table.AddRow({Cell(Words(trigger.kind()), Paint::kYellow),
                  absl::StrCat(trigger.objective(), trigger.anchor() ? " (anchor)" : ""),
                  trigger.control_id(), trigger.question_id()});
    if (flag.reasoning().empty()) continue;
    const std::string& subject =
        trigger.question_id().empty() ? trigger.control_id() : trigger.question_id();
    absl::StrAppend(
        &reasonings, "\n",
        style.Apply(Paint::kBold, absl::StrCat(Printable(subject), " ", Words(trigger.kind()))),
        "\n", Wrap(Printable(flag.reasoning()), kTextColumns, "  "));
  }
  return table.Render(style) + reasonings;
}

std::string DecisionText(const Decision& decision, const Style& style) {
  Fields fields;
  fields.Add("decision", Words(decision.kind()), Paint::kBold);
  fields.Add("reason", decision.reason());
  for (const auto& control : decision.controls()) {
    fields.Add(absl::StrCat("  ", control.control_id()), control.reason());
  }
  fields.Add("decided by", absl::StrCat(decision.reviewer(), ", ", decision.reviewer_organisation(),
                                        ", ", FormatTime(decision.decide_time())));
  fields.Add("effect", Words(decision.effect()));
  return fields.Render(style);
}

}  // namespace

std::string RenderReviewItem(const ReviewItem& item, const Style& style) {
  Fields fields;
  fields.Add("item", item.name());
  fields.Add("state", Words(item.state()), PaintOfState(item.state()));
  fields.Add("assessment",
             absl::StrCat(item.assessment(), ", submission ", item.submission_number()));
  fields.Add("profile", absl::StrCat(item.scheme(), " ", item.profile()));
  fields.Add("supplier", item.supplier());
  fields.Add("certification body", item.certification_body());
  fields.Add("submitted", FormatTime(item.submit_time()));
  if (item.has_claim()) {
    fields.Add("claim", absl::StrCat(item.claim().reviewer(), " until ",
                                     FormatTime(item.claim().expire_time())));
  }
  fields.Add("superseded by", item.superseded_by());
  fields.Add("etag", item.etag());
  std::string out = fields.Render(style);
  absl::StrAppend(&out, "\n", FlagsText(item, style));
  if (item.has_verdict()) {
    absl::StrAppend(&out, "\n", RenderScorecard(item.verdict(), style));
  }
  if (item.has_decision()) {
    absl::StrAppend(&out, "\n", DecisionText(item.decision(), style));
  }
  return out;
}

std::string RenderReviewItems(const review_queue::v1::ListReviewItemsResponse& list,
                              const Style& style) {
  Table table({{"ITEM"},
               {"STATE"},
               {"PROFILE"},
               {"RESULT"},
               {"FLAGS"},
               {"SUPPLIER"},
               {"CERTIFICATION BODY"},
               {"SUBMITTED"},
               {"CLAIMED BY"}});
  for (const ReviewItem& item : list.review_items()) {
    const bool claimed = item.state() == review_queue::v1::REVIEW_ITEM_STATE_CLAIMED;
    table.AddRow(
        {LastSegment(item.name()), Cell(Words(item.state()), PaintOfState(item.state())),
         item.profile(), Cell(item.verdict().result_string(), PaintOf(item.verdict().outcome())),
         FlagSummary(item), LastSegment(item.supplier()), LastSegment(item.certification_body()),
         FormatTime(item.submit_time()), claimed ? item.claim().reviewer() : ""});
  }
  return table.Render(style);
}

std::string RenderReviewEvents(const review_queue::v1::ListReviewItemEventsResponse& list,
                               const Style& style) {
  Table table({{"SEQUENCE", Align::kRight}, {"TIME"}, {"TYPE"}, {"ACTOR"}, {"REASON"}, {"HASH"}});
  for (const ReviewItemEvent& event : list.events()) {
    table.AddRow({absl::StrCat(event.sequence()), FormatTime(event.event_time()), event.type(),
                  event.actor(), event.reason(),
                  Cell(event.hash().substr(0, kHashDigits), Paint::kDim)});
  }
  return table.Render(style);
}

}  // namespace assay::assayctl
