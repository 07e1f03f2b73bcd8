"""Worked results of the DoD assessment of NIST SP 800-171 and of CMMC Level 2."""

from cases.builder import all_controls, control, objective, request, trigger

DOD = "NIST SP 800-171 DoD Assessment Methodology 1.2.1, {}."
CFR = "32 CFR 170.21 and 170.24, {}."
PREFIXES = {"3.1": "AC", "3.2": "AT", "3.3": "AU", "3.4": "CM", "3.5": "IA", "3.6": "IR",
            "3.7": "MA", "3.8": "MP", "3.9": "PS", "3.10": "PE", "3.11": "RA", "3.12": "CA",
            "3.13": "SC", "3.14": "SI"}
REMOTE = ["3.1.12", "3.1.13", "3.1.16", "3.1.17", "3.1.18"]
BARRED = ["3.1.20", "3.1.22", "3.12.4", "3.10.3", "3.10.4", "3.10.5"]


class Sheet:
    """One of the two schemes over the same 110 requirements."""

    def __init__(self, book, scheme, catalogue, rule_set, profile, name):
        self.book, self.name = book, name
        self.basis = {"catalogue": f"schemes/{scheme}/catalogues/{catalogue}",
                      "rule_set": f"schemes/{scheme}/ruleSets/{rule_set}", "profile": profile}
        self.ids = [c["id"] for c in book.document(self.basis["catalogue"])["controls"]]
        rules = book.document(self.basis["rule_set"])
        scales = {s["id"]: s["marks"][0]["points"] for s in rules["scales"]}
        special = {item["control"]: item for item in rules["items"]}
        self.weights = {i: scales[special.get(i, {}).get("scale", rules["default_scale"])]
                        for i in self.ids if special.get(i, {}).get("counts", True)}
        self.partials = [i for i, item in special.items() if item.get("scale") == "five-partial"]

    def id(self, number):
        if self.ids[0].startswith("3."):
            return number
        return f"{PREFIXES[number.rsplit('.', 1)[0]]}.L2-{number}"

    def of_weight(self, weight):
        return [i for i, points in self.weights.items() if points == weight]

    def free(self):
        """One-point requirements that may stay open under a plan of action."""
        return [i for i in self.of_weight(1) if i not in map(self.id, BARRED)]

    def add(self, name, pins, source, missing, score, outcome, outcome_id, text, partial=(), na=(),
            **more):
        changes = {self.id(i): "N" for i in missing if i[0] == "3"}
        changes |= {i: "N" for i in missing if i[0] != "3"}
        changes |= {self.id(i): "P" for i in partial}
        changes |= {self.id(i): control(self.id(i), "M", na=True) for i in na}
        expect = {"outcome": f"OUTCOME_{outcome}", "outcome_id": outcome_id,
                  "result_string": text, **more}
        if score is not None:
            expect["score"] = score
        self.book.add(f"{self.name}-{name}", pins, source,
                      request(self.basis, all_controls("M", self.ids, changes)), expect)


def nist(book):
    sheet = Sheet(book, "nist-sp-800-171", "rev-2", "dod-assessment-1.2.1", "assessment", "nist")
    stated, derived = DOD.format("section 5 and Annex A"), DOD.format("derived from the rule")

    def add(name, pins, source, missing, score, **more):
        sheet.add(name, pins, source, missing, score, "RATED", "scored", f"Score {score}", **more)

    fives, threes, ones = (sheet.of_weight(weight) for weight in (5, 3, 1))
    valued = list(sheet.weights)
    add("all-implemented", "Everything implemented is 110.", stated, [], 110)
    add("nothing-but-the-plan", "Every requirement with a value open: 110 - 313.", stated, valued,
        -203)
    add("mfa-partial", "3.5.3 for remote and privileged users only costs 3.", stated, [], 107,
        partial=["3.5.3"])
    add("mfa-none", "3.5.3 for no users costs 5.", stated, ["3.5.3"], 105)
    add("mfa-three-quarters", "A roll-out three quarters done is not implemented.", stated,
        ["3.5.3"], 105)
    add("crypto-not-validated", "3.13.11 with encryption that is not validated costs 3.", stated,
        [], 107, partial=["3.13.11"])
    add("crypto-none", "3.13.11 without encryption costs 5.", stated, ["3.13.11"], 105)
    add("both-partial", "The two partials together.", derived, [], 104,
        partial=["3.5.3", "3.13.11"])
    add("all-open-but-both-partial", "110 - (313 - 2 - 2).", derived,
        [i for i in valued if i not in sheet.partials], -199, partial=["3.5.3", "3.13.11"])
    add("one-of-each", "One 5, one 3, one 1.", derived, ["3.1.1", "3.1.5", "3.1.3"], 101)
    add("no-plan-of-action", "An open requirement without a plan costs 3.12.2 too.", stated,
        ["3.1.3", "3.12.2"], 106)
    add("all-fives", "44 requirements of 5 points.", derived, fives, -110)
    add("all-threes", "14 requirements of 3 points.", derived, threes, 68)
    add("all-ones", "51 requirements of 1 point.", derived, ones, 59)
    add("zero", "22 fives: exactly 0.", derived, fives[:22], 0)
    add("remote-and-wireless-disallowed", "What is not permitted does not apply, and costs "
        "nothing.", stated, [], 110, na=REMOTE, review_triggers=[
            trigger("NOT_APPLICABLE", name, "3.1", "SAME") for name in REMOTE])
    add("whole-family", "All of 3.1: 54 points.", derived,
        [i for i in sheet.ids if i.startswith("3.1.")], 56,
        objectives=[objective("3.1", "PASSED", points=0, maximum=54, not_met=22)])
    for name, missing in (("no-plan", ["3.12.4"]), ("nothing-at-all", valued + ["3.12.4"])):
        sheet.add(name, "Without a system security plan there is no assessment.", stated, missing,
                  None, "FAILED", "no-assessment", "No assessment: no system security plan")


def cmmc(book):
    sheet = Sheet(book, "cmmc-level-2", "cmmc-2", "32-cfr-170", "level-2", "cmmc")
    stated, derived = CFR.format("as stated"), CFR.format("derived from the rule")
    kinds = {"final": ("PASSED", "Final Level 2"), "conditional": ("CONDITIONAL",
             "Conditional Level 2"), "no-status": ("FAILED", "No status")}

    def add(name, pins, source, missing, score, status, **more):
        outcome, text = kinds[status]
        sheet.add(name, pins, source, missing, score, outcome, status, f"{text}, score {score}",
                  **more)

    free = sheet.free()
    add("all-met", "110 of 110.", stated, [], 110, "final")
    add("88-exactly", "22 one-point requirements open: 80 percent exactly.", derived, free[:22], 88,
        "conditional", margin={"upgrades_to_pass": 22, "points_missing": 22})
    add("87", "One more: 79.09 percent.", derived, free[:23], 87, "no-status")
    add("one-open", "The smallest conditional.", derived, free[:1], 109, "conditional")
    for number in BARRED:
        if number != "3.12.4":
            add(f"barred-{number}", "The score is fine, the requirement is barred.", stated,
                [number], 109, "no-status")
    add("barred-among-free", "One barred among five that are allowed.", derived,
        free[:5] + ["3.10.4"], 104, "no-status")
    add("one-three-pointer", "Worth more than 1 point.", derived, ["3.1.5"], 107, "no-status")
    add("one-five-pointer", "Worth more than 1 point.", derived, ["3.1.1"], 105, "no-status")
    add("crypto-not-validated", "The one exception above 1 point.", stated, [], 107, "conditional",
        partial=["3.13.11"])
    add("crypto-none", "The exception covers encryption in use only.", stated, ["3.13.11"], 105,
        "no-status")
    add("mfa-partial", "3 points and no exception for 3.5.3.", stated, [], 107, "no-status",
        partial=["3.5.3"])
    add("mfa-none", "5 points.", derived, ["3.5.3"], 105, "no-status")
    add("crypto-and-19-open", "Exception and pass mark together: 110 - 3 - 19.", derived, free[:19],
        88, "conditional", partial=["3.13.11"])
    add("crypto-and-20-open", "One too many.", derived, free[:20], 87, "no-status",
        partial=["3.13.11"])
    add("nothing-but-the-plan", "The bottom.", derived, list(sheet.weights), -203, "no-status")
    add("not-applicable-counts-as-met", "3.13.5 without public systems: the regulation's own "
        "example.", stated, [], 110, "final", na=["3.13.5"])
    sheet.add("no-plan", "Without a system security plan there is no score.", stated, ["3.12.4"],
              None, "FAILED", "no-score", "No status, no score: no system security plan")


def write(book):
    nist(book)
    cmmc(book)
