"""With and without: the verdict if recorded flags were taken away."""

import copy

from model import evaluation as evaluating
from model import items

OVERRIDES, NOT_APPLICABLE, ADJUSTMENTS = "overrides", "not_applicable", "adjustments"
KINDS = {
    "without_overrides": {OVERRIDES},
    "without_not_applicable": {NOT_APPLICABLE},
    "without_adjustments": {ADJUSTMENTS},
    "without_all": {OVERRIDES, NOT_APPLICABLE, ADJUSTMENTS},
    "without_flags": {OVERRIDES, NOT_APPLICABLE},
}


def _marked_questions(basis, control, record):
    return [question["id"] for question in basis.questions(control)
            if any(finding.questions.get(question["id"], (0, ""))[0] == items.QUESTION_NA
                   for finding in (record.theoretical, record.practical))]


def _has(basis, control, record, kinds):
    if record.overturned:
        return ADJUSTMENTS in kinds and record.adjustment != 0
    return bool((OVERRIDES in kinds and record.overridden)
                or (NOT_APPLICABLE in kinds
                    and (record.not_applicable or _marked_questions(basis, control, record)))
                or (ADJUSTMENTS in kinds and record.adjustment != 0))


def _rests_on_marked_question(basis, control, record, only=None):
    """Whether an asked question marked N/A decides; `only` looks at one question."""
    if record.overturned:
        return False
    _, finding = items.choose_phase(basis.options, record)
    if finding.mark:
        return False
    _, _, results = items.judge_questions(basis, control, finding, False)
    return any(result.state == "NOT_APPLICABLE" and only in (None, result.question)
               for result in results)


def _take_away(basis, control, record, kinds):
    """(what is left, whether nobody can say what it is)."""
    left = copy.deepcopy(record)
    if ADJUSTMENTS in kinds:
        left.adjustment = 0
    if record.overturned:
        return left, False
    if OVERRIDES in kinds:
        left.overridden = False
    if NOT_APPLICABLE in kinds:
        left.not_applicable = False
    honoured = basis.options["override_policy"] == "met"
    stands = left.not_applicable or (left.overridden and honoured)
    if stands:
        return left, False
    stood = record.not_applicable or (record.overridden and honoured)
    phase, _ = items.choose_phase(basis.options, record)
    unknown = stood and phase == 0
    if NOT_APPLICABLE in kinds and _rests_on_marked_question(basis, control, record):
        unknown = True
    return left, unknown


def _compare(base, basis, request, records, unknown):
    if unknown:
        return {"state": "COUNTERFACTUAL_STATE_UNKNOWN", "unknown_controls": unknown}
    other = evaluating.evaluate(basis, request, records)
    same = other.key() == base.key()
    return {"state": f"COUNTERFACTUAL_STATE_{'SAME' if same else 'DIFFERENT'}",
            "outcome": f"OUTCOME_{other.outcome}", "outcome_id": other.outcome_id,
            "result_string": other.result_string}


def _without(base, kinds):
    basis, request = base.basis, base.request
    records, unknown, found = dict(base.records), [], False
    for control, record in base.records.items():
        if not _has(basis, control, record, kinds):
            continue
        found = True
        records[control], is_unknown = _take_away(basis, control, record, kinds)
        if is_unknown:
            unknown.append(control)
    if not found:
        return {"state": "COUNTERFACTUAL_STATE_NOTHING_TO_REMOVE",
                "outcome": f"OUTCOME_{base.outcome}", "outcome_id": base.outcome_id,
                "result_string": base.result_string}
    return _compare(base, basis, request, records, unknown)


def find(base):
    """Of a verdict that is not INCOMPLETE."""
    return {name: _without(base, kinds) for name, kinds in KINDS.items()}


def of_trigger(base, trigger):
    """The state without this flag alone; None for a trigger that is no flag."""
    basis, control = base.basis, trigger.get("control_id")
    if control is None:
        return None
    record = base.records[control]
    kind = trigger["kind"]
    if kind == "TRIGGER_KIND_QUESTION_NOT_APPLICABLE":
        honoured = record.overridden and basis.options["override_policy"] == "met"
        decides = not honoured and not record.not_applicable and _rests_on_marked_question(
            basis, control, record, trigger["question_id"])
        state = "UNKNOWN" if decides else "SAME"
        return f"COUNTERFACTUAL_STATE_{state}"
    left = copy.deepcopy(record)
    if kind == "TRIGGER_KIND_OVERRIDE":
        left.overridden = False
    else:
        left.not_applicable = False
    honoured = basis.options["override_policy"] == "met"
    stood = record.not_applicable or (record.overridden and honoured)
    stands = left.not_applicable or (left.overridden and honoured)
    phase, _ = items.choose_phase(basis.options, record)
    unknown = [control] if stood and not stands and phase == 0 else []
    return _compare(base, basis, base.request, {**base.records, control: left}, unknown)["state"]
