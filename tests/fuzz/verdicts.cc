#include "tests/fuzz/verdicts.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "services/scoring/give_verdict.h"
#include "services/scoring/what_if.h"
#include "tests/fuzz/requests.h"

namespace assay::fuzz {
namespace {

namespace v1 = ::assay::scoring::v1;

// Require() with a message as the details, put into words only when they are needed.
void Hold(bool holds, std::string_view property, const google::protobuf::Message& details) {
  if (!holds) Require(false, property, details.ShortDebugString());
}

bool HasReason(const v1::ObjectiveResult& objective, std::string_view reason) {
  return std::find(objective.reasons().begin(), objective.reasons().end(), reason) !=
         objective.reasons().end();
}

void RequireSoundMargin(const v1::Margin& margin) {
  int steps = 0;
  for (const v1::Upgrade& upgrade : margin.path()) {
    steps += upgrade.steps();
    Hold(upgrade.steps() > 0, "a path is made of steps", margin);
    Hold(upgrade.required_steps() >= 0 && upgrade.required_steps() <= upgrade.steps(),
         "no more steps are required than made", margin);
    Hold(upgrade.to_points() > upgrade.from_points(), "a step up gains points", margin);
  }
  Hold(margin.path().empty() || steps == margin.upgrades_to_pass(),
       "a path is as long as its margin says", margin);
  Hold(margin.points_missing() >= 0 && margin.points_spare() >= 0,
       "points missing and spare are counted from 0", margin);
  Hold(margin.upgrades_to_pass() == 0 || margin.downgrades_to_fail() == -1,
       "only a pass can be lost", margin);
}

void RequireSoundObjective(const v1::ObjectiveResult& objective) {
  Hold(objective.zero_point_controls_size() == objective.not_met(),
       "every control that is Not Met is named", objective);
  Hold(objective.no_zero_point_control() == (objective.not_met() == 0),
       "no_zero_point_control says whether there are some", objective);
  Hold(objective.item_beyond_limit() == HasReason(objective, "ITEM_BEYOND_LIMIT"),
       "item_beyond_limit and its reason agree", objective);
  if (!objective.has_margin()) return;
  RequireSoundMargin(objective.margin());
  const int upgrades = objective.margin().upgrades_to_pass();
  Hold(objective.outcome() != v1::OUTCOME_PASSED || upgrades == 0,
       "an objective that passed needs no upgrade", objective);
  Hold(objective.outcome() != v1::OUTCOME_FAILED || upgrades != 0,
       "an objective that failed needs upgrades", objective);
}

void RequireSound(const v1::Verdict& verdict) {
  for (const v1::ObjectiveResult& objective : verdict.objectives()) {
    RequireSoundObjective(objective);
  }
  if (verdict.has_margin()) RequireSoundMargin(verdict.margin());
  Hold(verdict.has_counterfactuals() == (verdict.outcome() != v1::OUTCOME_INCOMPLETE),
       "every verdict but an open one says what it would be without flags", verdict);
}

// What VERDICT_VIEW_SUMMARY leaves of a verdict.
v1::Verdict Summary(v1::Verdict verdict) {
  for (v1::ObjectiveResult& objective : *verdict.mutable_objectives()) {
    objective.clear_controls();
    if (objective.has_margin()) objective.mutable_margin()->clear_path();
  }
  if (verdict.has_margin()) verdict.mutable_margin()->clear_path();
  return verdict;
}

void RequireEqual(const v1::Verdict& one, const v1::Verdict& other, std::string_view property) {
  if (one.SerializeAsString() == other.SerializeAsString()) return;
  Require(false, property, one.DebugString() + "\nand\n" + other.DebugString());
}

void RequireSoundDifference(const v1::WhatIfResponse& response) {
  const v1::Verdict& actual = response.actual();
  const v1::Verdict& hypothetical = response.hypothetical();
  const v1::VerdictDifference& difference = response.difference();
  const bool outcome_changed = actual.outcome() != hypothetical.outcome() ||
                               actual.outcome_id() != hypothetical.outcome_id();
  Hold(difference.outcome_changed() == outcome_changed, "a changed outcome is told", response);
  Hold(difference.digest_changed() == (actual.result_digest() != hypothetical.result_digest()),
       "a changed digest is told", response);
}

template <typename Document>
void PublishAll(const std::vector<catalogue::Document>& documents,
                scoring::FakeCatalogueClient& client) {
  for (const catalogue::Document& document : documents) {
    client.Publish(ResourceName(document.name), std::get<Document>(document.message));
  }
}

}  // namespace

v1::ScoringBasis BasisOf(const catalogue::SchemeDocuments& documents, std::string_view profile) {
  v1::ScoringBasis basis;
  basis.set_catalogue(ResourceName(documents.catalogues.front().name));
  basis.set_rule_set(ResourceName(documents.rule_sets.front().name));
  if (!documents.question_sets.empty()) {
    basis.set_question_set(ResourceName(documents.question_sets.front().name));
  }
  basis.set_profile(std::string(profile));
  return basis;
}

Verdicts::Verdicts()
    : call_("/assay.scoring.v1.ScoringService/WhatIf", caller_, absl::InfiniteFuture(), "",
            cancelled_),
      metrics_(metrics::Metrics::Create("fuzz", "").value()),
      logger_("fuzz", Severity::kError, clock_),
      resolver_(catalogue_, clock_),
      disagreements_(logger_, *metrics_),
      scorer_(resolver_, disagreements_) {}

void Verdicts::Publish(const catalogue::SchemeDocuments& documents) {
  PublishAll<::assay::catalogue::v1::Catalogue>(documents.catalogues, catalogue_);
  PublishAll<::assay::catalogue::v1::RuleSet>(documents.rule_sets, catalogue_);
  PublishAll<::assay::catalogue::v1::QuestionSet>(documents.question_sets, catalogue_);
}

bool Verdicts::Check(const v1::ScoreRequest& request, const scoring::CompiledProfile& profile,
                     Choices changes) {
  v1::ScoreRequest viewed = request;
  viewed.set_view(v1::VERDICT_VIEW_SUMMARY);
  v1::Verdict summary;
  const absl::Status refused = GiveVerdict(call_, scorer_, viewed, summary);
  viewed.set_view(v1::VERDICT_VIEW_FULL);
  v1::Verdict full;
  const absl::Status status = GiveVerdict(call_, scorer_, viewed, full);
  Require(status.code() == refused.code() && status.message() == refused.message(),
          "a view decides nothing", status.ToString());
  if (!status.ok()) {
    RequireRefusal(status);
    return false;
  }
  RequireSound(full);
  RequireEqual(Summary(full), summary, "a summary is the full verdict without what explains it");
  CheckWhatIf(viewed, full, profile, changes);
  return true;
}

void Verdicts::CheckWhatIf(const v1::ScoreRequest& request, const v1::Verdict& verdict,
                           const scoring::CompiledProfile& profile, Choices& changes) {
  v1::WhatIfRequest what_if;
  *what_if.mutable_request() = request;
  AddChosenChanges(profile, changes, what_if);
  v1::WhatIfResponse response;
  const absl::Status status = WhatIf(call_, scorer_, what_if, response);
  if (!status.ok()) return RequireRefusal(status);
  RequireEqual(response.actual(), verdict, "a what-if starts from the verdict");
  Require(response.hypothetical().hypothetical(), "what was never recorded says so");
  RequireSound(response.hypothetical());
  RequireSoundDifference(response);
}

}  // namespace assay::fuzz
