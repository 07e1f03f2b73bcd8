"""Worked results of the NCSC Cyber Assessment Framework 3.2: outcomes from indicators, profiles."""

from cases.builder import AS_OF, control, objective, request, state

CATALOGUE = "schemes/ncsc-caf/catalogues/caf-3.2"
QUESTIONS = "schemes/ncsc-caf/questionSets/indicators-3.2"
RULES = "schemes/ncsc-caf/ruleSets/government-profiles"
WEBCAF = "Same shape as a case of webcaf's tests (UK Cabinet Office, GovAssure tool)."
RULE = "NCSC CAF 3.2, the columns of an outcome; webcaf's table of 27 combinations."
PROFILE = "NCSC CAF 3.2, Government CAF profiles."
COLUMNS = ("met", "partially_met", "not_met")
STATES = {"achieved": ("MET", 2, "INDICATORS_MET"),
          "partially": ("PARTIALLY_MET", 1, "INDICATORS_PARTIALLY_MET"),
          "not": ("NOT_MET", 0, "INDICATORS_NOT_MET")}

# Outcome; how many statements are true as achieved, partially achieved, not achieved; its state.
OUTCOMES = (
    ("A2.a", (9, 6, 0), "achieved", "all-achieved", WEBCAF),
    ("A2.a", (9, 0, 0), "achieved", "partial-column-not-needed", RULE),
    ("A2.a", (9, 6, 1), "not", "one-failing-beats-everything", RULE),
    ("A2.a", (8, 6, 0), "partially", "one-achieved-missing", WEBCAF),
    ("A2.a", (0, 6, 0), "partially", "partial-column-only", RULE),
    ("A2.a", (8, 5, 0), "not", "some-of-each", WEBCAF),
    ("A2.a", (0, 0, 0), "not", "nothing-true", WEBCAF),
    ("A2.a", (0, 6, 1), "not", "partial-lost-to-one-failing", RULE),
    ("A2.a", (8, 0, 0), "not", "some-achieved-only", WEBCAF),
    ("A2.a", (0, 5, 0), "not", "some-partial-only", RULE),
    ("A2.a", (0, 0, 8), "not", "every-failing", RULE),
    ("A2.a", (8, 0, 1), "not", "some-achieved-and-a-failing", WEBCAF),
    ("A1.a", (4, 0, 0), "achieved", "no-partial-column", RULE),
    ("A1.a", (3, 0, 0), "not", "no-partial-column-one-missing", RULE),
    ("B3.e", (2, 0, 0), "achieved", "smallest-outcome", RULE),
    ("B3.e", (1, 1, 0), "partially", "single-partial-statement", RULE),
    ("B3.e", (2, 1, 1), "not", "single-failing-statement", RULE),
    ("D1.a", (0, 4, 0), "partially", "partial-where-achieved-is-asked", RULE),
)


class Framework:
    def __init__(self, book):
        self.book = book
        self.ids = [c["id"] for c in book.document(CATALOGUE)["controls"]]
        self.columns = {name: {column: [] for column in COLUMNS} for name in self.ids}
        for question in book.document(QUESTIONS)["questions"]:
            self.columns[question["control"]][question["indicator"]].append(question["id"])
        marks = {"achieved": "achieved", "partially_achieved": "partially"}
        self.required = {"baseline": {}, "enhanced": {}}
        for requirement in book.document(RULES)["requirements"]:
            self.required[requirement["profile"]][requirement["control"]] = marks[
                requirement["mark"]]

    def answers(self, name, true):
        """Of a failing, a statement that is true "does not meet": the failing is present."""
        said = {}
        for column, count in zip(COLUMNS, true):
            for i, question in enumerate(self.columns[name][column]):
                holds = i < count
                said[question] = "+" if holds != (column == "not_met") else "-"
        return said

    def full(self, name, wanted):
        columns = {column: len(self.columns[name][column]) for column in COLUMNS}
        return self.answers(name, {"achieved": (columns["met"], columns["partially_met"], 0),
                                   "partially": (0, columns["partially_met"], 0),
                                   "not": (0, 0, columns["not_met"])}[wanted])

    def basis(self, profile):
        return {"catalogue": CATALOGUE, "rule_set": RULES, "question_set": QUESTIONS,
                "profile": profile}

    def score(self, profile, states, said=None):
        """Statements for `said` and marks for the rest."""
        status = {"achieved": "M", "partially": "P", "not": "N"}
        said = said or {}
        return request(self.basis(profile), [
            control(name, said.get(name, status[states[name]])) for name in self.ids], as_of=AS_OF)

    def at(self, profile, **changes):
        states = {name: self.required[profile].get(name, "not") for name in self.ids}
        return {**states, **{name.replace("_", "."): what for name, what in changes.items()}}


def outcomes(caf):
    for name, true, what, slug, source in OUTCOMES:
        states = dict.fromkeys(caf.ids, "achieved")
        word, points, reason = STATES[what]
        met = what == "achieved" or caf.required["baseline"][name] == what
        caf.book.add(f"caf-{slug}",
                     f"{name}: of achieved, partially and not achieved statements {true} hold.",
                     source, caf.score("baseline", states, {name: caf.answers(name, true)}),
                     {"outcome_id": "profile-met" if met else "profile-not-met",
                      "objectives": [objective(name[0], controls=[
                          state(name, word, points, reason)])]})
    states = dict.fromkeys(caf.ids, "achieved")
    some = caf.answers("A2.a", (9, 6, 0))
    del some[caf.columns["A2.a"]["not_met"][0]]
    caf.book.add("caf-open-failing-counts-as-present",
                 "A statement of the not achieved column that nobody judged counts as present.",
                 "RULE_MODEL.md, section 2: our reading, on the safe side.",
                 caf.score("baseline", states, {"A2.a": some}),
                 {"outcome_id": "profile-not-met", "objectives": [objective("A", controls=[
                     state("A2.a", "NOT_MET", 0, "INDICATORS_NOT_MET")])]})
    caf.book.add("caf-failing-not-applicable-is-absent",
                 "A statement that does not apply counts as met: a failing that is absent.",
                 "RULE_MODEL.md, section 2.",
                 caf.score("baseline", states,
                           {"A2.a": {**caf.answers("A2.a", (9, 6, 0)),
                                     caf.columns["A2.a"]["not_met"][0]: "n"}}),
                 {"outcome_id": "profile-met", "objectives": [objective("A", controls=[
                     state("A2.a", "MET", 2, "INDICATORS_MET")])]})


def profiles(caf):
    every = dict.fromkeys(caf.ids, "achieved")
    cases = (
        ("exactly-baseline", caf.at("baseline"), True, False, "Each outcome exactly at Baseline."),
        ("exactly-enhanced", caf.at("enhanced"), True, True, "Each outcome exactly at Enhanced."),
        ("all-achieved", every, True, True, "The top."),
        ("all-not-achieved", dict.fromkeys(caf.ids, "not"), False, False,
         "Only C2.a and C2.b, of which nothing is asked, are at their state."),
        ("one-partial-lost", caf.at("baseline", B4_d="not"), False, False, "B4.d lost."),
        ("one-achieved-lost", caf.at("baseline", A1_a="not"), False, False, "A1.a lost."),
        ("partially-is-below-achieved", caf.at("baseline", D1_a="partially"), False, False,
         "D1.a partially achieved where achieved is asked."),
        ("c2-is-not-asked-for", {**every, "C2.a": "not", "C2.b": "not"}, True, True,
         "Neither profile asks for C2."),
        ("enhanced-lost-baseline-kept", caf.at("enhanced", B2_c="partially"), True, False,
         "B2.c partially achieved: enough for Baseline, not for Enhanced."),
    )
    for name, states, baseline, enhanced, pins in cases:
        for profile, met in (("baseline", baseline), ("enhanced", enhanced)):
            said = {}
            if name == "exactly-enhanced":
                said = {i: caf.full(i, states[i]) for i in caf.ids}
            caf.book.add(f"caf-{name}-at-{profile}", pins, PROFILE,
                         caf.score(profile, states, said),
                         {"outcome": f"OUTCOME_{'PASSED' if met else 'FAILED'}",
                          "outcome_id": f"profile-{'met' if met else 'not-met'}",
                          "result_string": f"Profile {'met' if met else 'not met'}"})
    for name, steps, pins in (
            ("baseline", 38, "27 outcomes of one step, 9 of two states, D1.a of two steps."),
            ("enhanced", 52, "14 outcomes more than at Baseline are asked for achieved.")):
        caf.book.add(f"caf-steps-from-nothing-to-{name}", pins,
                     "Counted by hand from the profile's table.",
                     caf.score(name, dict.fromkeys(caf.ids, "not")),
                     {"margin": {"upgrades_to_pass": steps}})


def write(book):
    caf = Framework(book)
    outcomes(caf)
    profiles(caf)
