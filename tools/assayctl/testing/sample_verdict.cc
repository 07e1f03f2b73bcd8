#include "tools/assayctl/testing/sample_verdict.h"

#include "common/testing/proto_matchers.h"

namespace assay::assayctl {
namespace {

constexpr char kFailed[] = R"pb(
  outcome: OUTCOME_FAILED
  outcome_id: "failed"
  result_string: "Failed on objective(s): B"
  result_digest: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
  pins {
    catalogue: "schemes/dcc/catalogues/def-stan-05-138-i4@1"
    catalogue_digest: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    rule_set: "schemes/dcc/ruleSets/asr-2.1@1"
    rule_set_digest: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }
  profile: "L1"
  mode: SCORING_MODE_FINAL
  as_of: "2026-10-01"
  points: 120
  maximum: 150
  score: 120
  objectives {
    objective: "CE"
    outcome: OUTCOME_PASSED
    points: 2
    maximum: 2
    threshold_percent: 80
    points_needed: 2
    threshold_reached: true
    no_zero_point_control: true
    anchor: true
    met: 1
    reasons: "THRESHOLD_MET"
    reasons: "NO_ZERO_POINT_CONTROL"
    margin { downgrades_to_fail: 1 }
  }
  objectives {
    objective: "B"
    outcome: OUTCOME_FAILED
    points: 118
    maximum: 148
    threshold_percent: 80
    points_needed: 119
    met: 45
    partially_met: 28
    not_met: 1
    not_applicable: 1
    zero_point_controls: "2300"
    reasons: "BELOW_THRESHOLD"
    reasons: "ZERO_POINT_CONTROL"
    controls {
      control_id: "2200"
      state: RESULT_STATE_PARTIALLY_MET
      points: 1
      maximum: 2
      phase: PHASE_PRACTICAL
      reasons: "SOME_QUESTIONS_MEET"
      questions { question_id: "2200.1" state: RESULT_STATE_MET }
      questions { question_id: "2200.2" state: RESULT_STATE_NOT_MET }
    }
    controls {
      control_id: "2300"
      state: RESULT_STATE_NOT_MET
      maximum: 2
      phase: PHASE_THEORETICAL
      mark: "not_met"
      reasons: "STATUS_RECORDED"
    }
    controls { control_id: "2301" state: RESULT_STATE_MET points: 2 maximum: 2 }
    controls {
      control_id: "2302"
      state: RESULT_STATE_NOT_APPLICABLE
      reasons: "NOT_APPLICABLE_LEAVES_SET"
    }
    controls {
      control_id: "2303"
      state: RESULT_STATE_MET
      points: 2
      maximum: 2
      reasons: "STATUS_RECORDED"
      reasons: "OVERRIDDEN_TO_MET"
    }
    margin {
      upgrades_to_pass: 2
      points_missing: 1
      path { control_id: "2300" steps: 1 required_steps: 1 }
      path { control_id: "2200" steps: 1 }
    }
  }
  objectives {
    objective: "D"
    outcome: OUTCOME_NOT_ASSESSED_AT_LEVEL
    reasons: "NOT_ASSESSED_AT_LEVEL"
  }
  failed_objectives: "B"
  review_triggers {
    kind: TRIGGER_KIND_NOT_APPLICABLE
    control_id: "2302"
    objective: "B"
    without: COUNTERFACTUAL_STATE_UNKNOWN
  }
  review_triggers {
    kind: TRIGGER_KIND_OVERRIDE
    control_id: "2303"
    objective: "B"
    without: COUNTERFACTUAL_STATE_DIFFERENT
  }
  reasons: "OBJECTIVE_FAILED"
  engine_version: "1"
  counterfactuals {
    without_overrides {
      state: COUNTERFACTUAL_STATE_DIFFERENT
      outcome: OUTCOME_FAILED
      outcome_id: "failed"
      result_string: "Failed on objective(s): A, B"
    }
    without_not_applicable { state: COUNTERFACTUAL_STATE_UNKNOWN unknown_controls: "2302" }
    without_adjustments { state: COUNTERFACTUAL_STATE_NOTHING_TO_REMOVE }
    without_all { state: COUNTERFACTUAL_STATE_UNKNOWN unknown_controls: "2302" }
    without_flags { state: COUNTERFACTUAL_STATE_SAME }
  }
  margin {
    upgrades_to_pass: 2
    path { control_id: "2300" steps: 2 required_steps: 1 }
  }
)pb";

}  // namespace

scoring::v1::Verdict FailedVerdict() {
  return testing_kit::ParseText<scoring::v1::Verdict>(kFailed);
}

}  // namespace assay::assayctl
