#!/usr/bin/env python3
"""An independent reference implementation of the rule model, in Python's standard library.

Written from RULE_MODEL.md, CANONICAL.md and the scoring service's README, not from the engine.
It says what every vector must give, and checks that the stored vectors still say so:

    reference.py --check              every vector under vectors/
    reference.py --show VECTOR.json   the verdict of one vector as JSON
"""

import argparse
import json
import pathlib
import sys

from model import canonical
from model import compare
from model import counterfactuals
from model import documents
from model import evaluation as evaluating
from model import margins
from model import refusals

HERE = pathlib.Path(__file__).resolve().parent
SHIPPED = HERE.parent.parent / "services/catalogue/data"
SCHEMES = HERE / "schemes"
VECTORS = HERE / "vectors"
STATE_NAMES = {1: "MET", 2: "PARTIALLY_MET", 3: "NOT_MET", 4: "NOT_APPLICABLE", 5: "OPEN"}
PHASE_NAMES = {0: "PHASE_UNSPECIFIED", 1: "PHASE_THEORETICAL", 2: "PHASE_PRACTICAL"}


def library():
    return documents.Library([SHIPPED, SCHEMES])


def _questions(came_to):
    return [{"question_id": q.question, "state": f"RESULT_STATE_{q.state}", "reasons": [q.reason]}
            for q in came_to.questions]


def _control(result, control):
    came_to = result.results[control]
    mark = result.basis.marks(control)[came_to.mark - 1]["id"] if came_to.mark else ""
    return {"control_id": control, "state": f"RESULT_STATE_{STATE_NAMES[came_to.state]}",
            "base_points": came_to.base_points, "points": came_to.points,
            "maximum": came_to.maximum, "phase": PHASE_NAMES[came_to.phase],
            "reasons": came_to.reasons, "questions": _questions(came_to), "mark": mark}


def _objective(result, objective, want_paths):
    counts = [objective.counts[state] for state in evaluating.STATES]
    names = ("met", "partially_met", "not_met", "not_applicable", "open")
    verdict = {
        "objective": objective.id, "outcome": f"OUTCOME_{objective.outcome}",
        "points": objective.points, "maximum": objective.maximum,
        "threshold_percent": objective.threshold, "points_needed": objective.needed,
        "threshold_reached": objective.reached,
        "no_zero_point_control": objective.none_not_met,
        "zero_point_controls": objective.zero_point_controls,
        "item_beyond_limit": not objective.within_limit, "anchor": objective.anchor,
        **dict(zip(names, counts)), "reasons": objective.reasons,
        "controls": [_control(result, c["id"]) for c in result.basis.controls
                     if c["objective"] == objective.id],
    }
    if objective.maximum:
        verdict["margin"] = margins.find(result, objective.id, want_paths)
    return verdict


def _reasons(result):
    """Of the assessment."""
    anchor = ["ANCHOR_FAILED"] * result.failed_on_anchor
    if result.outcome == "INCOMPLETE":
        return ["INCOMPLETE_ASSESSMENT"] + anchor
    neutral = all(o.outcome in ("NOT_ASSESSED_AT_LEVEL", "NO_SCORED_CONTROLS")
                  for o in result.objectives)
    reasons = ["NO_OBJECTIVE_ASSESSED" if neutral else "ALL_ASSESSED_OBJECTIVES_PASS"]
    if result.failed:
        reasons = ["OBJECTIVE_FAILED"] + anchor
    if result.basis.model_version == 1:
        return reasons
    outcome = next(o for o in result.basis.rules["outcomes"] if o["id"] == result.outcome_id)
    return reasons + ["OUTCOME_CONDITIONS_MET" if "when" in outcome
                      else "NO_OUTCOME_CONDITIONS_MET"]


def verdict_of(schemes, request, want_paths=False):
    """The whole verdict in the shape of its proto's JSON with snake_case names."""
    result = evaluating.evaluate(schemes.basis(request["basis"]), request)
    version = request.get("digest_version", 0) or 2
    verdict = {
        "outcome": f"OUTCOME_{result.outcome}", "outcome_id": result.outcome_id,
        "result_string": result.result_string, "points": result.points,
        "maximum": result.maximum, "score": result.score,
        "failed_objectives": result.failed, "failed_on_anchor": result.failed_on_anchor,
        "profile": result.basis.profile, "as_of": request["inputs"]["as_of"],
        "mode": request.get("mode", "SCORING_MODE_FINAL"), "digest_version": version,
        "objectives": [_objective(result, objective, want_paths)
                       for objective in result.objectives],
        "review_triggers": result.triggers,
        "result_digest": canonical.digest(result, version),
        "margin": margins.find(result, want_path=want_paths),
    }
    verdict["reasons"] = _reasons(result)
    if result.outcome != "INCOMPLETE":
        verdict["counterfactuals"] = counterfactuals.find(result)
        for trigger in result.triggers:
            state = counterfactuals.of_trigger(result, trigger)
            if state:
                trigger["without"] = state
    return verdict


def answer(schemes, request, want_paths=False):
    """{"verdict": ...}, or {"error": {code, reason, field}} for a refused request."""
    refused = refusals.find(schemes, request)
    if refused:
        return {"error": refused}
    return {"verdict": verdict_of(schemes, request, want_paths)}


def problems_of(schemes, vector):
    """What a vector says that this implementation does not, as lines."""
    got = answer(schemes, vector["score"], '"path"' in json.dumps(vector.get("expect")))
    if "expect_error" in vector:
        if "error" not in got:
            return ["expected a refusal, got a verdict"]
        return compare.differences(vector["expect_error"], got["error"])
    if "error" in got:
        return [f"expected a verdict, got {got['error']}"]
    digests = schemes.basis(vector["score"]["basis"]).digests
    return (compare.differences(vector["expect"], got["verdict"])
            + compare.differences(vector.get("digests", {}), digests, "digests"))


def check(folder):
    schemes, paths, failed = library(), sorted(folder.glob("*.json")), 0
    for path in paths:
        vector = json.loads(path.read_text(encoding="utf-8"))
        problems = problems_of(schemes, vector)
        if vector["name"] != path.stem:
            problems.append(f"name is {vector['name']}, the file {path.name}")
        if "expect" in vector and "result_digest" not in vector["expect"]:
            problems.append("expect.result_digest is missing")
        for problem in problems:
            print(f"FAILED  {path.stem}: {problem}")
        failed += bool(problems)
    print(f"{len(paths)} vectors, {failed} failed")
    return 1 if failed or not paths else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--vectors", type=pathlib.Path, default=VECTORS)
    parser.add_argument("--show", type=pathlib.Path)
    flags = parser.parse_args()
    if flags.show:
        vector = json.loads(flags.show.read_text(encoding="utf-8"))
        print(json.dumps(answer(library(), vector["score"], True), indent=2))
        return 0
    return check(flags.vectors)


if __name__ == "__main__":
    sys.exit(main())
