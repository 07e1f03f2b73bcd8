"""Short words for what vectors record and expect."""

import reference

# Fewer vectors than this are a mistake, not a choice.
LEAST_VECTORS = 450
AS_OF = "2026-10-01"
CE, CE_PLUS, BASELINE = "CYBER_ESSENTIALS", "CYBER_ESSENTIALS_PLUS", "CYBER_BASELINE"
WORDS = {"M": "CONTROL_STATUS_MET", "P": "CONTROL_STATUS_PARTIALLY_MET",
         "N": "CONTROL_STATUS_NOT_MET"}
RESULTS = {"+": "QUESTION_RESULT_MEETS", "-": "QUESTION_RESULT_DOES_NOT_MEET",
           "n": "QUESTION_RESULT_NOT_APPLICABLE", "": None}


class Book:
    """Collects vectors, and what the reference implementation says against them."""

    def __init__(self):
        self.schemes = reference.library()
        self.vectors = {}
        self.problems = []

    def document(self, name):
        return self.schemes.document(name)

    def add(self, name, pins, source, score, expect=None, error=None, same_digest_as=None):
        if name in self.vectors:
            self.problems.append(f"two vectors are named {name}")
        vector = {"name": name, "pins": pins, "source": source}
        names = [score["basis"].get(key) for key in ("catalogue", "rule_set", "question_set")]
        schemes = {name.split("/")[1] for name in names if name} - {"dcc"}
        if schemes:
            vector["scheme_files"] = sorted(schemes)
        vector["score"] = score
        if error is not None:
            vector["expect_error"] = error
        else:
            vector["digests"] = self.schemes.basis(score["basis"]).digests
            vector["expect"] = dict(expect)
        problems = reference.problems_of(self.schemes, vector)
        if problems:
            self.problems += [f"{name}: {problem}" for problem in problems]
            return
        if error is None:
            verdict = reference.verdict_of(self.schemes, score)
            vector["expect"]["result_digest"] = verdict["result_digest"]
            if same_digest_as:
                other = self.vectors[same_digest_as]["expect"]["result_digest"]
                if other != verdict["result_digest"]:
                    self.problems.append(f"{name}: its digest differs from {same_digest_as}'s")
        self.vectors[name] = vector


def questions(said):
    """{"M1.1": "=yes", "M1.2": "+", "M1.3": "n"} as question outcomes."""
    outcomes = []
    for name, what in said.items():
        outcome = {"question_id": name}
        what, _, answer = what.partition("=")
        if what:
            outcome["result"] = RESULTS[what]
        if what == "n":
            outcome["justification"] = "Nothing of the kind is in use."
        if answer:
            outcome["answer"] = answer
        outcomes.append(outcome)
    return outcomes


def finding(what):
    """"M", "P", "N"; "=mark"; or a dict of questions."""
    if isinstance(what, dict):
        return {"questions": questions(what)}
    return {"mark": what[1:]} if what.startswith("=") else {"status": WORDS[what]}


def control(name, theoretical=None, practical=None, adjust=0, override=False, na=False):
    recorded = {"control_id": name}
    if theoretical is not None:
        recorded["theoretical"] = finding(theoretical)
    if practical is not None:
        recorded["practical"] = finding(practical)
    if adjust:
        recorded["adjustment"] = {"points": adjust, "reason": "Seen on site."}
    if override:
        recorded["override"] = {"reasoning": "An equivalent measure is in place."}
    if na:
        recorded["not_applicable"] = {"justification": "Nothing of the kind is in use."}
    return recorded


def certificate(kind=CE, issued="2026-01-15", expires="2027-01-14", scope="COVERS", revoked=None,
                number="C-1"):
    made = {"kind": kind, "number": number, "issued_on": issued, "expires_on": expires}
    if scope:
        made["scope_verdict"] = f"SCOPE_VERDICT_{scope}"
    if revoked:
        made["revoked_on"] = revoked
    return made


def request(basis, controls, certificates=(), mode=None, overturned=(), digest_version=0,
            as_of=AS_OF):
    made = {"basis": basis, "inputs": {"as_of": as_of}}
    if certificates:
        made["inputs"]["certificates"] = list(certificates)
    made["inputs"]["controls"] = controls
    if mode:
        made["mode"] = f"SCORING_MODE_{mode}"
    if overturned:
        made["overturned_controls"] = list(overturned)
    if digest_version:
        made["digest_version"] = digest_version
    return made


def all_controls(default, ids, changes):
    """`default` for each id, unless `changes` has a finding, a control, or None (left out)."""
    made = []
    for name in ids:
        what = changes.get(name, default)
        if isinstance(what, dict) and "control_id" in what:
            made.append(what)
        elif what is not None:
            made.append(control(name, what))
    unknown = set(changes) - set(ids)
    if unknown:
        raise SystemExit(f"not at this profile: {sorted(unknown)}")
    return made


def passed(text="Passed", **more):
    return {"outcome": "OUTCOME_PASSED", "result_string": text, "failed_objectives": [], **more}


def failed(*objectives, **more):
    return {"outcome": "OUTCOME_FAILED",
            "result_string": f"Failed on objective(s): {', '.join(objectives)}",
            "failed_objectives": list(objectives), **more}


def incomplete(**more):
    return {"outcome": "OUTCOME_INCOMPLETE", "outcome_id": "", "result_string": "Incomplete",
            **more}


def objective(name, outcome=None, **more):
    made = {"objective": name}
    if outcome:
        made["outcome"] = f"OUTCOME_{outcome}"
    if "controls" in more:
        more["controls"] = [state(*c) if isinstance(c, tuple) else c for c in more["controls"]]
    return {**made, **more}


def state(name, what, points, *reasons, **more):
    made = {"control_id": name, "state": f"RESULT_STATE_{what}", "points": points}
    if reasons:
        made["reasons"] = list(reasons)
    return {**made, **more}


def question_state(name, what, reason):
    return {"question_id": name, "state": f"RESULT_STATE_{what}", "reasons": [reason]}


def trigger(kind, control_id=None, objective_id=None, without=None, question=None, anchor=False):
    made = {"kind": f"TRIGGER_KIND_{kind}"}
    if control_id:
        made["control_id"] = control_id
    if question:
        made["question_id"] = question
    if objective_id:
        made["objective"] = objective_id
    if anchor:
        made["anchor"] = True
    if without:
        made["without"] = f"COUNTERFACTUAL_STATE_{without}"
    return made


def without(**states):
    """overrides="SAME" and so on; a pair adds the outcome it would have."""
    made = {}
    for key, what in states.items():
        what, outcome = what if isinstance(what, tuple) else (what, None)
        made[f"without_{key}"] = {"state": f"COUNTERFACTUAL_STATE_{what}"}
        if outcome:
            made[f"without_{key}"]["outcome"] = f"OUTCOME_{outcome}"
    return made
