"""Random assessments under every scheme, with everything that model/ says about them.

Not kept: `run_vectors.py --random` makes them, and the services must agree.
"""

import random

from model import refusals
import reference

AS_OF = "2026-10-01"
DAYS = ("2025-09-30", "2026-09-30", AS_OF, "2026-10-02", "2027-10-01")
SCOPES = ("SCOPE_VERDICT_COVERS", "SCOPE_VERDICT_COVERS", "SCOPE_VERDICT_COVERS",
          "SCOPE_VERDICT_DOES_NOT_COVER", "SCOPE_VERDICT_UNSPECIFIED")
# How much is found wanting: assessments near their pass marks say more than hopeless ones.
MOODS = (0.01, 0.03, 0.1, 0.3, 0.6)
TRIES = 200


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.schemes = reference.library()
        self.bases = [{**basis, "profile": threshold["profile"]}
                      for basis, rules in self._rule_sets() for threshold in rules["thresholds"]]

    def _rule_sets(self):
        for scheme, folder in sorted(self.schemes.folders().items()):
            for path in sorted((folder / "rule-sets").glob("*.json")):
                basis = {"rule_set": f"schemes/{scheme}/ruleSets/{path.stem}"}
                rules = self.schemes.document(basis["rule_set"])
                basis["catalogue"] = f"schemes/{scheme}/catalogues/{rules['catalogue']}"
                if self.schemes.document(basis["catalogue"]).get("frame"):
                    continue
                for questions in sorted((folder / "question-sets").glob("*.json")):
                    basis["question_set"] = f"schemes/{scheme}/questionSets/{questions.stem}"
                yield basis, rules

    def chance(self, probability):
        return self.random.random() < probability

    def certificate(self, kind, number):
        made = {"kind": kind, "number": f"C-{number}",
                "scope_verdict": self.random.choice(SCOPES),
                "issued_on": "2026-01-15", "expires_on": "2027-01-14"}
        if self.chance(0.3):
            made["issued_on"], made["expires_on"] = sorted(self.random.choices(DAYS, k=2))
        if self.chance(0.2):
            made["revoked_on"] = max(made["issued_on"], self.random.choice(DAYS))
        return made

    def finding(self, basis, control, mood):
        marks, questions = basis.marks(control), basis.questions(control)
        if questions and self.chance(0.6):
            return {"questions": [said for said in (self.outcome(q, mood) for q in questions)
                                  if said]}
        mark = 0 if not self.chance(mood) else self.random.randrange(len(marks))
        if len(marks) == 3 and self.chance(0.5):
            names = ("MET", "PARTIALLY_MET", "NOT_MET")
            return {"status": f"CONTROL_STATUS_{names[mark]}"}
        return {"mark": marks[mark]["id"]}

    def outcome(self, question, mood):
        said = {"question_id": question["id"]}
        if question["kind"] == "gate" and not self.chance(mood):
            said["answer"] = self.random.choice(question["answers"])
        if self.chance(mood / 3):
            return said if "answer" in said else None
        if self.chance(mood / 3):
            said["result"] = "QUESTION_RESULT_NOT_APPLICABLE"
            said["justification"] = "Not in use."
        else:
            said["result"] = ("QUESTION_RESULT_DOES_NOT_MEET" if self.chance(mood)
                              else "QUESTION_RESULT_MEETS")
        return said

    def control(self, basis, name, mood):
        made = {"control_id": name}
        if not self.chance(mood / 5):
            made["theoretical"] = self.finding(basis, name, mood)
        if self.chance(0.3):
            made["practical"] = self.finding(basis, name, mood)
        if self.chance(mood / 3):
            made["adjustment"] = {"points": self.random.choice((-1, 1)), "reason": "Seen."}
        if self.chance(mood / 3):
            made["override"] = {"reasoning": "An equivalent measure."}
        elif self.chance(mood / 3):
            made["not_applicable"] = {"justification": "Not in use."}
        return made

    def request(self):
        basis = self.random.choice(self.bases)
        compiled, mood = self.schemes.basis(basis), self.random.choice(MOODS)
        controls = []
        for control in compiled.controls:
            for _ in range(TRIES):
                made = self.control(compiled, control["id"], mood)
                request = {"basis": basis, "inputs": {"as_of": AS_OF, "controls": [made]}}
                if refusals.find(self.schemes, request) is None:
                    controls.append(made)
                    break
        self.random.shuffle(controls)
        kinds = sorted({kind for c in compiled.controls for kind in
                        [c.get("certificate_kind"), *c.get("certificate_kinds", [])] if kind})
        certificates = [self.certificate(kind, i) for i, kind in enumerate(kinds * 2)
                        if self.chance(0.7)]
        made = {"basis": basis, "inputs": {"as_of": AS_OF, "controls": controls,
                                           "certificates": certificates}}
        if self.chance(0.25):
            made["mode"] = "SCORING_MODE_PROVISIONAL"
        if self.chance(0.3):
            flagged = [c["control_id"] for c in controls
                       if {"override", "not_applicable"} & c.keys() or self.chance(0.05)]
            made["overturned_controls"] = [name for name in flagged if self.chance(0.5)][:200]
        return made

    def vector(self, number):
        request = self.request()
        verdict = reference.verdict_of(self.schemes, request, want_paths=True)
        return {"name": f"random-{number}", "pins": "Service and model agree.",
                "source": "Computed by model/.", "score": request, "expect": verdict}


def make(count, seed):
    maker = Maker(seed)
    return [maker.vector(number) for number in range(count)]
