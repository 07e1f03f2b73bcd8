#include "tools/bench/shipped_catalogue.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

#include "common/ids/hex.h"
#include "services/catalogue/scheme_folder.h"
#include "tools/bench/scenario.h"

namespace assay::bench {
namespace {

constexpr char kScheme[] = "dcc";
constexpr char kCatalogueName[] = "schemes/dcc/catalogues/def-stan-05-138-i4@1";
constexpr char kRuleSetName[] = "schemes/dcc/ruleSets/asr-2.1@1";

template <typename Message>
void AddDocuments(const std::vector<catalogue::Document>& documents,
                  std::map<std::string, Message>& out) {
  for (const catalogue::Document& document : documents) {
    Message message = std::get<Message>(document.message);
    message.set_name(catalogue::ResourceName(document.name) + "@1");
    message.mutable_revision()->set_number(1);
    message.mutable_revision()->set_digest(ToHex(document.digest));
    const std::string name = message.name();
    out.emplace(name, std::move(message));
  }
}

template <typename Message>
absl::StatusOr<Message> Find(const std::map<std::string, Message>& messages,
                             const std::string& name) {
  const auto found = messages.find(name);
  if (found == messages.end()) return absl::NotFoundError("no document " + name);
  return found->second;
}

}  // namespace

ShippedCatalogue::ShippedCatalogue() {
  const auto schemes = catalogue::ReadSchemeDir(ASSAY_BENCH_SCHEMES);
  if (!schemes.ok()) {
    std::cerr << schemes.status() << "\n";
    std::abort();
  }
  for (const catalogue::SchemeDocuments& scheme : *schemes) {
    if (scheme.scheme.name.scheme != kScheme) continue;
    AddDocuments(scheme.catalogues, catalogues_);
    AddDocuments(scheme.rule_sets, rule_sets_);
  }
}

absl::StatusOr<catalogue::v1::Catalogue> ShippedCatalogue::GetCatalogue(const rpc::CallContext&,
                                                                        const std::string& name) {
  return Find(catalogues_, name);
}

absl::StatusOr<catalogue::v1::QuestionSet> ShippedCatalogue::GetQuestionSet(
    const rpc::CallContext&, const std::string& name) {
  return absl::NotFoundError("no question set " + name);
}

absl::StatusOr<catalogue::v1::RuleSet> ShippedCatalogue::GetRuleSet(const rpc::CallContext&,
                                                                    const std::string& name) {
  return Find(rule_sets_, name);
}

scoring::v1::ScoreRequest ShippedCatalogue::Request() const {
  std::vector<std::string> controls;
  std::vector<std::string> anchors;
  for (const catalogue::v1::Control& control : catalogues_.at(kCatalogueName).controls()) {
    const auto& profiles = control.profiles();
    if (std::find(profiles.begin(), profiles.end(), kProfile) == profiles.end()) continue;
    controls.push_back(control.id());
    if (control.objective() == "CE") anchors.push_back(control.id());
  }
  scoring::v1::ScoreRequest request;
  request.mutable_basis()->set_catalogue(kCatalogueName);
  request.mutable_basis()->set_rule_set(kRuleSetName);
  request.mutable_basis()->set_profile(std::string(kProfile));
  *request.mutable_inputs() = RealisticInputs(controls, anchors);
  request.set_mode(scoring::v1::SCORING_MODE_FINAL);
  return request;
}

}  // namespace assay::bench
