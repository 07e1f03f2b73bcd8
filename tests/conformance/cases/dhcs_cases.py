"""Worked results of the California DHCS site review, full scope and OB/GYN tools of 2012."""

from cases.builder import all_controls, control, objective, request

SOURCE = "California DHCS, Site Review Guidelines 2012: compliance levels; worked from the rule."
TEXTS = {"exempted": ("PASSED", "Exempted pass"),
         "conditional": ("CONDITIONAL", "Conditional pass, corrective action plan required"),
         "not-pass": ("FAILED", "Not pass")}


class Tool:
    def __init__(self, book, catalogue, rule_set):
        self.book = book
        self.basis = {"catalogue": f"schemes/dhcs-site-review/catalogues/{catalogue}",
                      "rule_set": f"schemes/dhcs-site-review/ruleSets/{rule_set}",
                      "profile": "site"}
        controls = book.document(self.basis["catalogue"])["controls"]
        self.ids = [c["id"] for c in controls]
        # One-point items of sections in which nothing is special.
        self.plain = [c["id"] for c in controls if c["objective"] in ("I", "II", "III", "V")
                      and not c["id"].startswith("ce-")]

    def add(self, name, pins, level, given, possible, missed=(), na=(), missed_na=(), **more):
        changes = dict.fromkeys(missed, "N")
        changes |= {i: control(i, "M", na=True) for i in na}
        changes |= {i: control(i, "N", na=True) for i in missed_na}
        outcome, text = TEXTS[level]
        self.book.add(f"dhcs-{name}", pins, SOURCE,
                      request(self.basis, all_controls("M", self.ids, changes)),
                      {"outcome": f"OUTCOME_{outcome}", "outcome_id": level,
                       "result_string": f"{text}: {given} of {possible}", "points": given,
                       "maximum": possible, **more})


def full_scope(tool):
    add, plain = tool.add, tool.plain
    add("perfect", "150 of 150.", "exempted", 150, 150, objectives=[
        objective("I", maximum=29), objective("II", maximum=22), objective("III", maximum=25),
        objective("IV", maximum=17), objective("IV-P", maximum=17), objective("V", maximum=13),
        objective("VI", maximum=27)])
    add("90-percent-exactly", "135 of 150, nothing special deficient.", "exempted", 135, 150,
        plain[:15])
    add("just-under-90", "134 of 150 is 89.33 percent.", "conditional", 134, 150, plain[:16],
        margin={"upgrades_to_pass": 1, "points_missing": 1})
    add("80-percent-exactly", "120 of 150.", "conditional", 120, 150, plain[:30])
    add("just-under-80", "119 of 150 is 79.33 percent.", "not-pass", 119, 150, plain[:31])
    add("one-critical-element", "98.67 percent, but a critical element is deficient.",
        "conditional", 148, 150, ["ce-airway"],
        margin={"upgrades_to_pass": 1, "points_missing": 0})
    add("one-infection-control-point", "99.33 percent, but infection control is deficient.",
        "conditional", 149, 150, ["VI.03"])
    add("one-pharmaceutical-point", "99.33 percent, but a pharmaceutical item is deficient.",
        "conditional", 149, 150, ["IV-P.02"])
    add("one-clinical-point", "Section IV apart from pharmaceuticals is not special.", "exempted",
        149, 150, ["IV.02"])
    add("critical-element-at-85", "85.33 percent is conditional already.", "conditional", 128, 150,
        ["ce-exits", *plain[:20]])
    add("critical-element-below-80", "A deficiency never lifts a fail.", "not-pass", 118, 150,
        ["ce-exits", *plain[:30]])
    add("90-percent-with-a-critical-element", "135 of 150 with a critical element.", "conditional",
        135, 150, ["ce-exits", *plain[:13]])
    for missed, given, level, name in ((14, 126, "exempted", "90-percent"),
                                       (15, 125, "conditional", "just-under-90"),
                                       (28, 112, "conditional", "80-percent"),
                                       (29, 111, "not-pass", "just-under-80")):
        add(f"10-na-{name}", f"{given} of 140: N/A leaves the possible points.", level, given, 140,
            plain[:missed], na=plain[-10:])
    add("na-hurts", "135 of 150 with one met point N/A: 134 of 149 is 89.93 percent.",
        "conditional", 134, 149, plain[:15], na=plain[-1:])
    add("na-helps", "134 of 150 with two missed points N/A: 134 of 148 is 90.54 percent.",
        "exempted", 134, 148, plain[:14], missed_na=plain[14:16])
    add("na-infection-item", "An N/A item is no deficiency.", "exempted", 149, 149, na=["VI.03"],
        objectives=[objective("VI", points=26, maximum=26, not_applicable=1)])
    add("na-critical-element", "Neither is an N/A critical element.", "exempted", 148, 148,
        na=["ce-spore-test"])
    preventive = [i for i in tool.ids if i.startswith("V.")]
    add("all-of-preventive-na", "124 of 137 is 90.51 percent.", "exempted", 124, 137, plain[:13],
        na=preventive, objectives=[objective("V", "NO_SCORED_CONTROLS")])


def obgyn(tool):
    for missed, given, level in ((0, 137, "exempted"), (13, 124, "exempted"),
                                 (14, 123, "conditional"), (27, 110, "conditional"),
                                 (28, 109, "not-pass")):
        tool.add(f"obgyn-{given}-of-137", "90 percent of 137 is 123.3 and 80 percent 109.6.",
                 level, given, 137, tool.plain[:missed])


def write(book):
    full_scope(Tool(book, "full-scope-2012", "compliance-2012"))
    obgyn(Tool(book, "obgyn-2012", "compliance-2012-obgyn"))
