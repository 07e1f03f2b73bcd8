"""RULE_MODEL.md, sections 5 to 7: objectives, the outcome and review triggers."""

import dataclasses

from model import items
from model.items import BLANK, MET, NOT_APPLICABLE, NOT_MET, PARTIALLY_MET

STATES = (MET, PARTIALLY_MET, NOT_MET, NOT_APPLICABLE, BLANK)


@dataclasses.dataclass
class Objective:
    id: str
    outcome: str = "NOT_ASSESSED_AT_LEVEL"
    counts: dict = dataclasses.field(default_factory=lambda: dict.fromkeys(STATES, 0))
    points: int = 0
    maximum: int = 0
    needed: int = 0
    threshold: int = 0
    reached: bool = True
    none_not_met: bool = True
    within_limit: bool = True
    anchor: bool = False
    fails: bool = False
    zero_point_controls: list = dataclasses.field(default_factory=list)
    reasons: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Evaluation:
    basis: object
    request: dict
    records: dict  # By control id.
    results: dict  # By control id.
    objectives: list
    outcome: str = "INCOMPLETE"
    outcome_id: str = ""
    points: int = 0
    maximum: int = 0
    score: int = 0
    failed: list = dataclasses.field(default_factory=list)
    failed_on_anchor: bool = False
    result_string: str = ""
    triggers: list = dataclasses.field(default_factory=list)

    def key(self):
        """Two verdicts are the same when this is."""
        return self.outcome, self.outcome_id


def is_final(request):
    return request.get("mode", "SCORING_MODE_FINAL") != "SCORING_MODE_PROVISIONAL"


def read_records(basis, request):
    recorded = {c["control_id"]: c for c in request["inputs"].get("controls", [])}
    overturned = set(request.get("overturned_controls", []))
    return {c["id"]: items.read_record(basis, c["id"], recorded.get(c["id"], {}),
                                       c["id"] in overturned)
            for c in basis.controls}


def evaluate(basis, request, records=None):
    """`records` overlays what the request records (counterfactuals)."""
    records = records or read_records(basis, request)
    inputs = request["inputs"]
    results = {
        c["id"]: items.ItemScorer(basis, c, records[c["id"]], is_final(request),
                                  inputs.get("certificates", []),
                                  items.day(inputs["as_of"])).score()
        for c in basis.controls}
    objectives = [_judge_objective(basis, objective, results) for objective in basis.objectives]
    evaluation = Evaluation(basis, request, records, results, objectives)
    _conclude(evaluation)
    evaluation.triggers = find_triggers(basis, records)
    return evaluation


def scored_ids(basis, objective, results):
    return [c["id"] for c in basis.controls
            if c["objective"] == objective and basis.counts(c["id"])
            and results[c["id"]].state != NOT_APPLICABLE]


def best_points(basis, control):
    return basis.marks(control)[0]["points"]


def _judge_objective(basis, name, results):
    rule = basis.objective_rules[name]
    counting = [c["id"] for c in basis.controls
                if c["objective"] == name and basis.counts(c["id"])]
    judged = Objective(name, threshold=basis.threshold_of(name), anchor=rule["anchor"])
    for control in counting:
        judged.counts[results[control].state] += 1
    scored = [results[c] for c in scored_ids(basis, name, results)]
    judged.points = sum(result.points for result in scored)
    judged.maximum = sum(result.maximum for result in scored)
    judged.needed = -(-judged.threshold * judged.maximum // 100)
    judged.reached = 100 * judged.points >= judged.threshold * judged.maximum
    judged.none_not_met = judged.counts[NOT_MET] == 0
    judged.zero_point_controls = [c for c in counting if results[c].state == NOT_MET]
    limit = rule.get("item_shortfall_at_most")
    judged.within_limit = limit is None or all(r.maximum - r.points <= limit for r in scored)
    _decide_objective(basis, judged, counting, results)
    judged.fails = judged.outcome == "FAILED" and (rule["mandatory"] or rule["anchor"])
    if judged.anchor and judged.outcome == "FAILED":
        judged.reasons.append("ANCHOR_FAILED")
    return judged


def _decide_objective(basis, judged, counting, results):
    if not counting:
        judged.reasons.append("NOT_ASSESSED_AT_LEVEL")
        return
    if judged.counts[NOT_APPLICABLE] == len(counting):
        judged.outcome = {"neutral": "NO_SCORED_CONTROLS", "pass": "PASSED",
                          "fail": "FAILED"}[basis.options["all_not_applicable"]]
        judged.reasons.append("NO_SCORED_CONTROLS")
        return
    judged.reasons.append("THRESHOLD_MET" if judged.reached else "BELOW_THRESHOLD")
    if judged.none_not_met:
        judged.reasons.append("NO_ZERO_POINT_CONTROL")
    elif basis.rules["fail_on_not_met"]:
        judged.reasons.append("ZERO_POINT_CONTROL")
    else:
        judged.reasons.append("ZERO_POINT_RULE_OFF")
    if not judged.within_limit:
        judged.reasons.append("ITEM_BEYOND_LIMIT")
    if any(results[control].open for control in counting):
        judged.outcome = "INCOMPLETE"
        judged.reasons.append("INCOMPLETE_CONTROLS")
        return
    passes = judged.reached and judged.within_limit and (
        judged.none_not_met or not basis.rules["fail_on_not_met"])
    judged.outcome = "PASSED" if passes else "FAILED"


def shortfall_limit(conditions, control):
    """Of one item under `item_shortfall_at_most`; None: no limit."""
    for exception in conditions.get("item_shortfall_exceptions", []):
        if exception["control"] == control:
            return exception["at_most"]
    return conditions.get("item_shortfall_at_most")


def least_points(basis, conditions, control, counts):
    """What the conditions on single items ask of this one while it is not N/A."""
    best, least = best_points(basis, control), []
    if control in conditions.get("full_marks", []):
        least.append(best)
    objective = next(c["objective"] for c in basis.controls if c["id"] == control)
    if counts and objective in conditions.get("full_objectives", []):
        least.append(best)
    limit = shortfall_limit(conditions, control)
    if counts and limit is not None:
        least.append(best - limit)
    if conditions.get("requirements_met"):
        for requirement in basis.rules.get("requirements", []):
            if requirement["profile"] == basis.profile and requirement["control"] == control:
                points = {mark["id"]: mark["points"] for mark in basis.marks(control)}
                least.append(points[requirement["mark"]])
    return max(least, default=None)


def _holds(evaluation, conditions):
    basis, results = evaluation.basis, evaluation.results
    short = evaluation.maximum - evaluation.points
    if conditions.get("objectives_pass") and evaluation.failed:
        return False
    if 100 * evaluation.points < conditions.get("percent_at_least", 0) * evaluation.maximum:
        return False
    if evaluation.points < conditions.get("points_at_least", 0):
        return False
    if short > conditions.get("shortfall_at_most", short):
        return False
    for control, result in results.items():
        if result.state == NOT_APPLICABLE:
            continue
        least = least_points(basis, conditions, control, basis.counts(control))
        if least is not None and result.points < least:
            return False
    return True


def _conclude(evaluation):
    basis = evaluation.basis
    evaluation.points = sum(objective.points for objective in evaluation.objectives)
    evaluation.maximum = sum(objective.maximum for objective in evaluation.objectives)
    evaluation.score = evaluation.points
    if "score_base" in basis.rules:
        evaluation.score = (basis.rules["score_base"]
                            - (evaluation.maximum - evaluation.points))
    evaluation.failed = [objective.id for objective in evaluation.objectives if objective.fails]
    evaluation.failed_on_anchor = any(o.fails and o.anchor for o in evaluation.objectives)
    text = basis.rules["result_strings"]["incomplete"]
    if not any(result.open for result in evaluation.results.values()):
        chosen = _choose_outcome(evaluation)
        evaluation.outcome, evaluation.outcome_id = chosen["kind"].upper(), chosen["id"]
        text = chosen["text"]
        words = {"{objectives}":
                 basis.rules["result_strings"]["separator"].join(evaluation.failed),
                 "{score}": str(evaluation.score), "{points}": str(evaluation.points),
                 "{maximum}": str(evaluation.maximum)}
        for placeholder, value in words.items():
            text = text.replace(placeholder, value)
    evaluation.result_string = text


def _choose_outcome(evaluation):
    for outcome in evaluation.basis.rules["outcomes"]:
        if evaluation.failed_on_anchor and outcome["kind"] != "failed":
            continue
        if _holds(evaluation, outcome.get("when", {})):
            return outcome
    raise ValueError("the last outcome has no conditions")


def find_triggers(basis, records):
    """Section 7: [{kind, control_id, question_id, objective, anchor}]; absent keys are empty."""
    triggers = []
    for control in basis.controls:
        name, objective = control["id"], control["objective"]
        record = records[name]
        if record.overturned:
            continue
        where = {"control_id": name, "objective": objective}
        if basis.is_anchor(objective):
            where["anchor"] = True
        if record.overridden:
            triggers.append({"kind": "TRIGGER_KIND_OVERRIDE", **where})
        if record.not_applicable:
            triggers.append({"kind": "TRIGGER_KIND_NOT_APPLICABLE", **where})
        for question in basis.questions(name):
            said = [finding.questions.get(question["id"], (0, ""))[0]
                    for finding in (record.theoretical, record.practical)]
            if items.QUESTION_NA in said:
                triggers.append({"kind": "TRIGGER_KIND_QUESTION_NOT_APPLICABLE",
                                 "question_id": question["id"], **where})
    for objective in basis.objectives:
        flags = [records[c["id"]].not_applicable and not records[c["id"]].overturned
                 for c in basis.controls
                 if c["objective"] == objective and basis.counts(c["id"])]
        if flags and all(flags):
            trigger = {"kind": "TRIGGER_KIND_NO_SCORED_CONTROLS", "objective": objective}
            if basis.is_anchor(objective):
                trigger["anchor"] = True
            triggers.append(trigger)
    for reason in basis.rules.get("review_reasons", []):
        if basis.profile in reason["profiles"]:
            triggers.append({"kind": f"TRIGGER_KIND_{reason['reason']}"})
    return triggers
