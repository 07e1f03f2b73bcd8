#include "services/scoring/engine/testing/dcc_shape.h"

#include <string_view>

#include "services/scoring/engine/model_one.h"

namespace assay::scoring {
namespace {

struct Row {
  std::string_view id;
  std::string_view objective;
  std::string_view levels;  // One digit each.
};

// Defence Standard 05-138 Issue 4: ids, objectives and level sets.
// clang-format off
constexpr Row kRows[] = {
    {"0001", "CE", "0123"}, {"0002", "CE", "23"}, {"1100", "A", "123"}, {"1101", "A", "23"},
    {"1102", "A", "123"}, {"1103", "A", "23"}, {"1200", "A", "123"}, {"1201", "A", "23"},
    {"1202", "A", "123"}, {"1203", "A", "123"}, {"1204", "A", "3"}, {"1205", "A", "23"},
    {"1206", "A", "23"}, {"1300", "A", "123"}, {"1301", "A", "23"}, {"1400", "A", "123"},
    {"1401", "A", "123"}, {"1500", "A", "123"}, {"1501", "A", "123"}, {"1502", "A", "123"},
    {"1503", "A", "123"}, {"2100", "B", "123"}, {"2101", "B", "23"}, {"2200", "B", "123"},
    {"2201", "B", "23"}, {"2202", "B", "23"}, {"2203", "B", "23"}, {"2204", "B", "123"},
    {"2205", "B", "123"}, {"2206", "B", "123"}, {"2207", "B", "123"}, {"2208", "B", "23"},
    {"2209", "B", "3"}, {"2210", "B", "123"}, {"2211", "B", "123"}, {"2212", "B", "23"},
    {"2213", "B", "123"}, {"2214", "B", "123"}, {"2215", "B", "123"}, {"2216", "B", "23"},
    {"2217", "B", "123"}, {"2218", "B", "123"}, {"2300", "B", "1"}, {"2301", "B", "23"},
    {"2302", "B", "23"}, {"2303", "B", "123"}, {"2304", "B", "123"}, {"2305", "B", "123"},
    {"2306", "B", "123"}, {"2307", "B", "123"}, {"2308", "B", "23"}, {"2309", "B", "23"},
    {"2310", "B", "123"}, {"2311", "B", "123"}, {"2312", "B", "123"}, {"2313", "B", "23"},
    {"2314", "B", "0123"}, {"2315", "B", "123"}, {"2316", "B", "123"}, {"2317", "B", "123"},
    {"2318", "B", "123"}, {"2319", "B", "123"}, {"2320", "B", "23"}, {"2321", "B", "123"},
    {"2322", "B", "123"}, {"2323", "B", "123"}, {"2400", "B", "123"}, {"2401", "B", "123"},
    {"2402", "B", "123"}, {"2403", "B", "123"}, {"2404", "B", "123"}, {"2405", "B", "123"},
    {"2406", "B", "23"}, {"2407", "B", "123"}, {"2408", "B", "123"}, {"2409", "B", "123"},
    {"2410", "B", "123"}, {"2411", "B", "123"}, {"2412", "B", "123"}, {"2413", "B", "123"},
    {"2414", "B", "123"}, {"2415", "B", "3"}, {"2416", "B", "23"}, {"2417", "B", "123"},
    {"2418", "B", "123"}, {"2419", "B", "123"}, {"2420", "B", "123"}, {"2421", "B", "123"},
    {"2422", "B", "123"}, {"2423", "B", "123"}, {"2424", "B", "23"}, {"2425", "B", "3"},
    {"2426", "B", "123"}, {"2427", "B", "123"}, {"2428", "B", "123"}, {"2429", "B", "123"},
    {"2430", "B", "23"}, {"2500", "B", "0123"}, {"2501", "B", "123"}, {"2502", "B", "1"},
    {"2503", "B", "23"}, {"2504", "B", "1"}, {"2505", "B", "23"}, {"2506", "B", "23"},
    {"2507", "B", "123"}, {"2508", "B", "123"}, {"2509", "B", "123"}, {"2510", "B", "123"},
    {"2511", "B", "123"}, {"2512", "B", "123"}, {"2513", "B", "123"}, {"2600", "B", "123"},
    {"2601", "B", "23"}, {"2602", "B", "23"}, {"2603", "B", "123"}, {"2604", "B", "123"},
    {"2605", "B", "23"}, {"2700", "B", "123"}, {"2701", "B", "123"}, {"2702", "B", "123"},
    {"2703", "B", "123"}, {"2704", "B", "123"}, {"3100", "C", "123"}, {"3101", "C", "12"},
    {"3102", "C", "3"}, {"3103", "C", "23"}, {"3104", "C", "23"}, {"3105", "C", "23"},
    {"3106", "C", "23"}, {"3107", "C", "123"}, {"3108", "C", "123"}, {"3109", "C", "123"},
    {"3110", "C", "23"}, {"3200", "C", "123"}, {"3201", "C", "123"}, {"3202", "C", "23"},
    {"3203", "C", "123"}, {"3204", "C", "123"}, {"4100", "D", "123"}, {"4101", "D", "23"},
    {"4102", "D", "23"}, {"4103", "D", "23"}, {"4104", "D", "123"}, {"4105", "D", "23"},
    {"4106", "D", "123"}, {"4200", "D", "123"}, {"4201", "D", "23"}, {"4202", "D", "3"},
};
// clang-format on

std::vector<std::string> ProfilesOf(std::string_view levels) {
  std::vector<std::string> profiles;
  for (char level : levels) {
    profiles.push_back(std::string("L") + level);
  }
  return profiles;
}

std::vector<std::string> CertificateKindsOf(std::string_view control) {
  if (control == "0001") {
    return {"CYBER_ESSENTIALS"};
  }
  return control == "0002" ? std::vector<std::string>{"CYBER_ESSENTIALS_PLUS"}
                           : std::vector<std::string>();
}

}  // namespace

RuleSetDefinition AsrV21() {
  RuleSetDefinition rules;
  rules.objectives = {{"CE", true, true},
                      {"A", true, false},
                      {"B", true, false},
                      {"C", true, false},
                      {"D", true, false}};
  rules.thresholds = {{"L0", 100}, {"L1", 80}, {"L2", 80}, {"L3", 100}};
  UseModelOne({"Passed", "Failed on objective(s): {objectives}", "Incomplete", ", "}, {}, rules);
  return rules;
}

RuleSetDefinition AsrPreV21() {
  RuleSetDefinition rules = AsrV21();
  rules.objectives[0].anchor = false;
  rules.options.zero_point_rule = ZeroPointRule::kOff;
  rules.options.overrides = OverrideRule::kIgnored;
  rules.options.anchor_certificate = AnchorCertificate::kRecord;
  return rules;
}

SchemeDefinition DccScheme(RuleSetDefinition rules) {
  SchemeDefinition scheme;
  scheme.profiles = {"L0", "L1", "L2", "L3"};
  for (const char* id : {"CE", "A", "B", "C", "D"}) {
    scheme.objectives.push_back({id, std::string("Objective ") + id});
  }
  for (const Row& row : kRows) {
    scheme.controls.push_back({.id = std::string(row.id),
                               .objective = std::string(row.objective),
                               .title = "Control " + std::string(row.id),
                               .profiles = ProfilesOf(row.levels),
                               .certificate_kinds = CertificateKindsOf(row.id)});
  }
  scheme.rules = std::move(rules);
  return scheme;
}

CompiledProfile MustCompile(const SchemeDefinition& scheme, std::string_view profile) {
  return Compile(scheme, profile).profile.value();
}

Certificate ValidCertificate(std::string kind) {
  return {.kind = std::move(kind),
          .issued_on = kAsOf - 30,
          .expires_on = kAsOf + 335,
          .revoked_on = std::nullopt,
          .scope = ScopeVerdict::kCovers};
}

AssessmentInput AllMet(const CompiledProfile& profile) {
  AssessmentInput input;
  input.as_of = kAsOf;
  input.certificates = {ValidCertificate("CYBER_ESSENTIALS"),
                        ValidCertificate("CYBER_ESSENTIALS_PLUS")};
  for (const CompiledControl& control : profile.controls()) {
    input.controls.emplace_back().control = control.id;
    input.controls.back().theoretical.status = Status::kMet;
  }
  return input;
}

ControlInput& InputOf(AssessmentInput& input, std::string_view control) {
  for (ControlInput& candidate : input.controls) {
    if (candidate.control == control) {
      return candidate;
    }
  }
  input.controls.emplace_back().control = control;
  return input.controls.back();
}

ControlInput& InputAt(AssessmentInput& input, const CompiledProfile& profile,
                      std::string_view objective, uint32_t index) {
  for (const CompiledObjective& candidate : profile.objectives()) {
    if (candidate.id == objective) {
      return InputOf(input, profile.controls().at(candidate.first_control + index).id);
    }
  }
  return input.controls.at(profile.controls().size());  // Throws: no such objective.
}

const ControlResult& ResultOf(const Evaluation& evaluation, const CompiledProfile& profile,
                              std::string_view control) {
  return evaluation.controls.at(profile.FindControl(control).index);
}

const ObjectiveResult& ObjectiveOf(const Evaluation& evaluation, const CompiledProfile& profile,
                                   std::string_view objective) {
  for (size_t i = 0; i < profile.objectives().size(); ++i) {
    if (profile.objectives()[i].id == objective) {
      return evaluation.objectives[i];
    }
  }
  return evaluation.objectives.at(profile.objectives().size());  // Throws: no such objective.
}

void MarkNotApplicable(ControlInput& control) {
  control.not_applicable = true;
  control.has_not_applicable_justification = true;
}

void MarkOverridden(ControlInput& control) {
  control.overridden = true;
  control.has_override_reasoning = true;
}

void Adjust(ControlInput& control, int32_t points) {
  control.adjustment = points;
  control.has_adjustment_reason = true;
}

}  // namespace assay::scoring
