#include "services/scoring/clients/testing/fake_catalogue_client.h"

#include <utility>

#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

namespace v1 = ::assay::catalogue::v1;

template <typename Document>
void AddRevision(const std::string& name, Document document,
                 std::map<std::string, std::vector<Document>>& documents) {
  std::vector<Document>& revisions = documents[name];
  const auto number = static_cast<uint32_t>(revisions.size() + 1);
  document.set_name(name + "@" + std::to_string(number));
  document.mutable_revision()->set_number(number);
  document.mutable_revision()->set_digest(ToHex(Sha256(document.name())));
  if (document.revision().model_version() == 0) {
    document.mutable_revision()->set_model_version(1);
  }
  revisions.push_back(std::move(document));
}

void SetDefaultOptions(v1::RuleSet& message) {
  message.set_question_not_applicable(v1::QUESTION_NOT_APPLICABLE_POLICY_COUNTS_AS_MET);
  message.set_adjustment_clamp(v1::ADJUSTMENT_CLAMP_POLICY_ON);
  message.set_adjustment_reason(v1::ADJUSTMENT_REASON_POLICY_REQUIRED);
  message.set_adjust_blank(v1::ADJUST_BLANK_POLICY_REFUSE);
  message.set_override_with_na(v1::OVERRIDE_WITH_NOT_APPLICABLE_POLICY_REFUSE);
  message.set_all_not_applicable(v1::ALL_NOT_APPLICABLE_POLICY_NEUTRAL);
  message.set_anchor_not_applicable(v1::ANCHOR_NOT_APPLICABLE_POLICY_REFUSE);
  message.set_anchor_override(v1::ANCHOR_OVERRIDE_POLICY_REVIEW);
  message.set_blank(v1::BLANK_POLICY_NOT_MET);
  message.set_phase(v1::PHASE_POLICY_LATEST);
  message.set_separation_of_duties(v1::SEPARATION_OF_DUTIES_POLICY_STRICT);
  message.set_reviews_required(1);
}

}  // namespace

v1::Catalogue CatalogueMessage(const SchemeDefinition& scheme) {
  v1::Catalogue message;
  for (const std::string& profile : scheme.profiles) {
    message.add_profiles()->set_id(profile);
  }
  for (const ObjectiveDefinition& objective : scheme.objectives) {
    v1::Objective& added = *message.add_objectives();
    added.set_id(objective.id);
    added.set_title(objective.title);
  }
  for (const ControlDefinition& control : scheme.controls) {
    v1::Control& added = *message.add_controls();
    added.set_id(control.id);
    added.set_objective(control.objective);
    added.set_title(control.title);
    for (const std::string& profile : control.profiles) {
      added.add_profiles(profile);
    }
    if (!control.certificate_kinds.empty()) {
      added.set_certificate_kind(control.certificate_kinds[0]);
    }
  }
  return message;
}

v1::RuleSet RuleSetMessage(const RuleSetDefinition& rules) {
  v1::RuleSet message;
  message.set_catalogue(kCatalogueName);
  message.mutable_points()->set_met(2);
  message.mutable_points()->set_partially_met(1);
  for (const ProfileThreshold& threshold : rules.thresholds) {
    v1::Threshold& added = *message.add_thresholds();
    added.set_profile(threshold.profile);
    added.set_percent(static_cast<uint32_t>(threshold.percent));
  }
  for (const ObjectiveRule& rule : rules.objectives) {
    v1::ObjectiveRule& added = *message.add_objectives();
    added.set_objective(rule.objective);
    added.set_mandatory(rule.mandatory);
    added.set_anchor(rule.anchor);
  }
  SetDefaultOptions(message);
  message.set_fail_on_zero_points(rules.options.zero_point_rule == ZeroPointRule::kOn);
  message.set_override_policy(rules.options.overrides == OverrideRule::kHonoured
                                  ? v1::OVERRIDE_POLICY_MET
                                  : v1::OVERRIDE_POLICY_IGNORE);
  message.set_anchor_certificate(rules.options.anchor_certificate == AnchorCertificate::kEnforce
                                     ? v1::ANCHOR_CERTIFICATE_POLICY_ENFORCE
                                     : v1::ANCHOR_CERTIFICATE_POLICY_RECORD);
  message.mutable_result_strings()->set_pass(rules.outcomes.at(0).text);
  message.mutable_result_strings()->set_fail(rules.outcomes.at(1).text);
  message.mutable_result_strings()->set_incomplete(rules.texts.incomplete);
  message.mutable_result_strings()->set_separator(rules.texts.separator);
  return message;
}

v1::QuestionSet QuestionSetMessage() {
  v1::QuestionSet message;
  message.set_catalogue(kCatalogueName);
  v1::QuestionSetControl& control = *message.add_controls();
  control.set_id("1100");
  control.set_title("Control 1100");
  for (const char* id : {"1100.1", "1100.2", "1100.3"}) {
    v1::Question& question = *message.add_questions();
    question.set_id(id);
    question.set_control("1100");
    question.set_kind(v1::QUESTION_KIND_YES_NO);
    question.set_scored(true);
    question.add_profiles("L1");
    question.add_profiles("L2");
  }
  message.mutable_questions(0)->set_kind(v1::QUESTION_KIND_GATE);
  message.mutable_questions(0)->set_scored(false);
  message.mutable_questions(0)->add_answers("yes");
  message.mutable_questions(0)->add_answers("no");
  v1::AskedWhen& when = *message.mutable_questions(1)->mutable_asked_when();
  when.set_question("1100.1");
  when.add_answers("yes");
  return message;
}

FakeCatalogueClient::FakeCatalogueClient() {
  Publish(kCatalogueName, CatalogueMessage(DccScheme()));
  Publish(kRuleSetName, RuleSetMessage(AsrV21()));
  Publish(kOldRuleSetName, RuleSetMessage(AsrPreV21()));
  Publish(kQuestionSetName, QuestionSetMessage());
}

template <typename Document>
absl::StatusOr<Document> FakeCatalogueClient::Get(const Revisions<Document>& documents,
                                                  const std::string& name) {
  {
    MutexLock lock(mutex_);
    ++calls_;
    ++waiting_;
    changed_.NotifyAll();
    while (blocked_) changed_.Wait(mutex_);
    --waiting_;
    ASSAY_RETURN_IF_ERROR(failure_);
  }
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName asked, SplitRevision("name", name));
  const auto found = documents.find(asked.name);
  if (found == documents.end()) {
    return ErrorBuilder(absl::StatusCode::kNotFound, "DOCUMENT_NOT_FOUND").Message(name).Build();
  }
  if (asked.revision > found->second.size()) {
    return ErrorBuilder(absl::StatusCode::kNotFound, "REVISION_NOT_FOUND").Message(name).Build();
  }
  return asked.revision == 0 ? found->second.back() : found->second[asked.revision - 1];
}

absl::StatusOr<v1::Catalogue> FakeCatalogueClient::GetCatalogue(const rpc::CallContext&,
                                                                const std::string& name) {
  return Get(catalogues_, name);
}

absl::StatusOr<v1::QuestionSet> FakeCatalogueClient::GetQuestionSet(const rpc::CallContext&,
                                                                    const std::string& name) {
  return Get(question_sets_, name);
}

absl::StatusOr<v1::RuleSet> FakeCatalogueClient::GetRuleSet(const rpc::CallContext&,
                                                            const std::string& name) {
  return Get(rule_sets_, name);
}

void FakeCatalogueClient::Publish(const std::string& name, v1::Catalogue catalogue) {
  AddRevision(name, std::move(catalogue), catalogues_);
}

void FakeCatalogueClient::Publish(const std::string& name, v1::QuestionSet question_set) {
  AddRevision(name, std::move(question_set), question_sets_);
}

void FakeCatalogueClient::Publish(const std::string& name, v1::RuleSet rule_set) {
  AddRevision(name, std::move(rule_set), rule_sets_);
}

void FakeCatalogueClient::FailWith(absl::Status status) {
  MutexLock lock(mutex_);
  failure_ = std::move(status);
}

void FakeCatalogueClient::Block() {
  MutexLock lock(mutex_);
  blocked_ = true;
}

void FakeCatalogueClient::Unblock() {
  MutexLock lock(mutex_);
  blocked_ = false;
  changed_.NotifyAll();
}

void FakeCatalogueClient::AwaitBlockedCalls(int count) {
  MutexLock lock(mutex_);
  while (waiting_ < count) changed_.Wait(mutex_);
}

int FakeCatalogueClient::calls() const {
  MutexLock lock(mutex_);
  return calls_;
}

}  // namespace assay::scoring
