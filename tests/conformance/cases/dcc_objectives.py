"""Vectors of the Defence Cyber Certification: points, thresholds, N/A, result strings."""

from cases.builder import (CE, CE_PLUS, all_controls, certificate, control, failed, incomplete,
                     objective, passed, request, state, trigger, without)

CATALOGUE = "schemes/dcc/catalogues/def-stan-05-138-i4"
RULES = "schemes/dcc/ruleSets/asr-2.1"
BEFORE = "schemes/dcc/ruleSets/asr-pre-2.1"
LEVEL_0 = "schemes/dcc/questionSets/level-0"
CERTIFICATES = [certificate(CE), certificate(CE_PLUS, issued="2026-03-01", expires="2027-02-28",
                                             number="P-1")]
ASR = "ASR v2.1 as publicly described, rule 6: 100 * p >= t * m and no scored control at 0."
THRESHOLD = "ASR v2.1 as publicly described, rule 6a, in whole numbers."
READING = "Our reading of a gap in ASR v2.1; an option of the rule set."


def basis(level, rules=RULES, questions=None):
    made = {"catalogue": CATALOGUE, "rule_set": rules, "profile": level}
    if questions:
        made["question_set"] = questions
    return made


def ids(book, level, objective_id=None):
    return [c["id"] for c in book.document(CATALOGUE)["controls"]
            if level in c["profiles"] and objective_id in (None, c["objective"])]


def score(book, level, changes=None, default="M", rules=RULES, certificates=None, questions=None,
          **more):
    """Every control of the level Met but for `changes`, with standing certificates."""
    kinds = [CE, CE_PLUS] if level in ("L2", "L3") else [CE]
    if certificates is None:
        certificates = [c for c in CERTIFICATES if c["kind"] in kinds]
    return request(basis(level, rules, questions),
                   all_controls(default, ids(book, level), changes or {}), certificates, **more)


def first(book, level, objective_id, count, what):
    return dict.fromkeys(ids(book, level, objective_id)[:count], what)


def not_applicable(names, finding="M"):
    return {name: control(name, finding, na=True) for name in names}


def levels(book):
    counts = {"L0": (1, 0, 2, 0, 0), "L1": (1, 12, 75, 9, 4), "L2": (2, 18, 95, 15, 9),
              "L3": (2, 19, 98, 15, 10)}
    for level, sizes in counts.items():
        nodes = [objective(o, "PASSED" if n else "NOT_ASSESSED_AT_LEVEL", points=2 * n,
                           maximum=2 * n, met=n) for o, n in zip(("CE", "A", "B", "C", "D"), sizes)]
        book.add(f"{level.lower()}-all-met-passes",
                 f"Every control of {level} Met passes, with {sum(sizes)} controls in scope.",
                 "Defence Standard 05-138 Issue 4, level sets; ASR v2.1, rule 9.",
                 score(book, level),
                 passed(points=2 * sum(sizes), maximum=2 * sum(sizes), objectives=nodes))
    for level in ("L0", "L3"):
        for o in ("CE", "A", "B", "C", "D"):
            names = ids(book, level, o)
            if not names:
                continue
            top = 2 * len(names)
            book.add(f"{level.lower()}-one-partial-fails-{o.lower()}",
                     f"The pass mark of {level} is 100 percent: one Partially Met fails {o}.", ASR,
                     score(book, level, {names[0]: "P"}),
                     failed(o, failed_on_anchor=o == "CE", objectives=[objective(
                         o, "FAILED", points=top - 1, maximum=top, points_needed=top,
                         threshold_reached=False, no_zero_point_control=True,
                         reasons=["BELOW_THRESHOLD", "NO_ZERO_POINT_CONTROL"]
                         + (["ANCHOR_FAILED"] if o == "CE" else []))]))


def survivals(book):
    """How many Partially Met an objective survives; DOMAIN worked cases."""
    table = {"L1": {"A": (4, 20, 24), "B": (30, 120, 150), "C": (3, 15, 18), "D": (1, 7, 8)},
             "L2": {"A": (7, 29, 36), "B": (38, 152, 190), "C": (6, 24, 30), "D": (3, 15, 18)}}
    for level, rows in table.items():
        for o, (survives, needed, top) in rows.items():
            name = f"{level.lower()}-{o.lower()}"
            book.add(f"{name}-survives-{survives}-partials",
                     f"{o} at {level} passes with {survives} Partially Met: "
                     f"{top - survives} of {top} points, {needed} needed.", ASR,
                     score(book, level, first(book, level, o, survives, "P")),
                     passed(objectives=[objective(
                         o, "PASSED", points=top - survives, maximum=top, points_needed=needed,
                         partially_met=survives, threshold_reached=True,
                         reasons=["THRESHOLD_MET", "NO_ZERO_POINT_CONTROL"],
                         margin={"upgrades_to_pass": 0, "downgrades_to_fail": 1,
                                 "points_spare": top - survives - needed})]))
            book.add(f"{name}-fails-with-{survives + 1}-partials",
                     f"{o} at {level} fails with one Partially Met more than it survives.", ASR,
                     score(book, level, first(book, level, o, survives + 1, "P")),
                     failed(o, objectives=[objective(
                         o, "FAILED", points=top - survives - 1, maximum=top,
                         points_needed=needed, threshold_reached=False,
                         no_zero_point_control=True,
                         reasons=["BELOW_THRESHOLD", "NO_ZERO_POINT_CONTROL"],
                         margin={"upgrades_to_pass": 1,
                                 "points_missing": needed - (top - survives - 1),
                                 "downgrades_to_fail": -1})]))
    book.add("l1-ce-survives-no-partial", "CE survives no Partially Met: 1 of 2 points.", ASR,
             score(book, "L1", {"0001": "P"}),
             failed("CE", failed_on_anchor=True,
                    objectives=[objective("CE", "FAILED", points=1, maximum=2, anchor=True)]))
    book.add("l2-ce-one-partial-fails-ce", "CE at Level 2 with one Partially Met: 3 of 4 points.",
             "ASR v2.1 as publicly described: the wording for CE alone.",
             score(book, "L2", {"0002": "P"}),
             failed("CE", failed_on_anchor=True,
                    objectives=[objective("CE", "FAILED", points=3, maximum=4, points_needed=4)]))


def zero_points(book):
    """Ten controls, 7 Met, 2 Partially Met, 1 Not Met: objective A of Level 1 with two N/A."""
    names = ids(book, "L1", "A")
    changes = not_applicable(names[:2])
    changes |= {names[2]: "N", names[3]: "P", names[4]: "P"}
    worked = "The worked example of the public account of ASR v2.1: 16 of 20 points."
    node = {"points": 16, "maximum": 20, "points_needed": 16, "met": 7, "partially_met": 2,
            "not_met": 1, "not_applicable": 2, "threshold_reached": True,
            "no_zero_point_control": False, "zero_point_controls": [names[2]]}
    book.add("worked-16-of-20-fails-on-the-zero-point-rule",
             "80 percent reached exactly, one Not Met: fails on rule 6b alone.", worked,
             score(book, "L1", changes),
             failed("A", objectives=[objective(
                 "A", "FAILED", **node, reasons=["THRESHOLD_MET", "ZERO_POINT_CONTROL"],
                 margin={"upgrades_to_pass": 1, "points_missing": 0})]))
    book.add("worked-16-of-20-passes-before-2.1",
             "The same under the rules before v2.1, which know the percentage only.", worked,
             score(book, "L1", changes, rules=BEFORE),
             passed(objectives=[objective(
                 "A", "PASSED", **node, reasons=["THRESHOLD_MET", "ZERO_POINT_RULE_OFF"])]))
    raised = {**changes, names[2]: "P"}
    for suffix, rules in (("passes", RULES), ("passes-before-2.1", BEFORE)):
        book.add(f"worked-17-of-20-{suffix}", "The Not Met raised to Partially Met: 17 of 20.",
                 worked, score(book, "L1", raised, rules=rules),
                 passed(objectives=[objective("A", "PASSED", points=17, maximum=20, not_met=0)]))
    book.add("one-not-met-of-75-fails", "One Not Met fails B at 148 of 150 points.", ASR,
             score(book, "L1", {"2100": "N"}),
             failed("B", objectives=[objective(
                 "B", "FAILED", points=148, maximum=150, points_needed=120,
                 threshold_reached=True, no_zero_point_control=False,
                 zero_point_controls=["2100"], reasons=["THRESHOLD_MET", "ZERO_POINT_CONTROL"])]))
    book.add("both-rules-fail", "Below the pass mark and with a Not Met: both are reported.", ASR,
             score(book, "L1", dict(zip(ids(book, "L1", "D"), "NPPM"))),
             failed("D", objectives=[objective(
                 "D", "FAILED", points=4, maximum=8, threshold_reached=False,
                 no_zero_point_control=False,
                 reasons=["BELOW_THRESHOLD", "ZERO_POINT_CONTROL"])]))


def rounding(book):
    names = ids(book, "L1", "B")
    for partials, points, name, passes in ((30, 118, "118-of-148", False),
                                           (29, 119, "119-of-148", True)):
        changes = not_applicable(names[:1]) | dict.fromkeys(names[1:1 + partials], "P")
        node = objective("B", "PASSED" if passes else "FAILED", points=points, maximum=148,
                         points_needed=119, threshold_reached=passes)
        book.add(f"no-rounding-{name}-{'passes' if passes else 'fails'}",
                 f"{name.replace('-', ' ')} points is "
                 + ("80.41" if passes else "79.73, which whole percents would round to 80,")
                 + " percent.", THRESHOLD, score(book, "L1", changes),
                 passed(objectives=[node]) if passes else failed("B", objectives=[node]))
    for partials, points, passes in ((9, 35, False), (8, 36, True)):
        changes = not_applicable(names[:53]) | dict.fromkeys(names[53:53 + partials], "P")
        node = objective("B", "PASSED" if passes else "FAILED", points=points, maximum=44,
                         points_needed=36, threshold_reached=passes, not_applicable=53)
        book.add(f"no-rounding-{points}-of-44-{'passes' if passes else 'fails'}",
                 f"{points} of 44 points: 36 are needed for 80 percent.", THRESHOLD,
                 score(book, "L1", changes),
                 passed(objectives=[node]) if passes else failed("B", objectives=[node]))


def n_a(book):
    d = ids(book, "L1", "D")
    monotone = "Worked from rules 4 and 6: N/A is not monotone."
    book.add("na-leaves-the-scored-set", "An N/A control has no points and no maximum.",
             "ASR v2.1 as publicly described, rule 4.",
             score(book, "L1", not_applicable(["2100"], "N")),
             passed(objectives=[objective(
                 "B", "PASSED", points=148, maximum=148, not_applicable=1, not_met=0,
                 no_zero_point_control=True,
                 controls=[state("2100", "NOT_APPLICABLE", 0, "STATUS_RECORDED",
                                 "NOT_APPLICABLE_LEAVES_SET", maximum=0, base_points=0)])],
                 review_triggers=[trigger("NOT_APPLICABLE", "2100", "B", "DIFFERENT")]))
    book.add("na-5-of-6-passes", "D at Level 1: 2 Met, 1 Partially Met, 1 N/A is 5 of 6.",
             monotone, score(book, "L1", {d[0]: "P"} | not_applicable(d[3:])),
             passed(objectives=[objective("D", "PASSED", points=5, maximum=6, points_needed=5)],
                    review_triggers=[trigger("NOT_APPLICABLE", d[3], "D", "SAME")],
                    counterfactuals=without(not_applicable="SAME", overrides="NOTHING_TO_REMOVE",
                                            adjustments="NOTHING_TO_REMOVE", all="SAME")))
    book.add("na-of-a-met-control-fails", "One of the Met made N/A too: 3 of 4, 75 percent.",
             monotone, score(book, "L1", {d[0]: "P"} | not_applicable(d[2:])),
             failed("D", objectives=[objective("D", "FAILED", points=3, maximum=4,
                                               points_needed=4)],
                    review_triggers=[trigger("NOT_APPLICABLE", d[2], "D", "DIFFERENT"),
                                     trigger("NOT_APPLICABLE", d[3], "D", "DIFFERENT")],
                    counterfactuals=without(not_applicable=("DIFFERENT", "PASSED"))))
    book.add("two-partials-of-4-fail", "D at Level 1 with 2 Partially Met: 6 of 8, 75 percent.",
             monotone, score(book, "L1", dict.fromkeys(d[:2], "P")),
             failed("D", objectives=[objective("D", "FAILED", points=6, maximum=8)]))
    book.add("na-of-a-partial-passes", "One of the two Partially Met made N/A: 5 of 6 passes.",
             monotone, score(book, "L1", {d[0]: "P"} | not_applicable(d[1:2], "P")),
             passed(objectives=[objective("D", "PASSED", points=5, maximum=6)],
                    review_triggers=[trigger("NOT_APPLICABLE", d[1], "D", "DIFFERENT")],
                    counterfactuals=without(not_applicable=("DIFFERENT", "FAILED"),
                                            all=("DIFFERENT", "FAILED"))))
    book.add("na-without-a-finding-leaves-no-counterfactual",
             "N/A with nothing recorded beneath: nobody can say what it would be without.",
             READING, score(book, "L1", {d[0]: control(d[0], na=True)}),
             passed(review_triggers=[trigger("NOT_APPLICABLE", d[0], "D", "UNKNOWN")],
                    counterfactuals={"without_not_applicable": {
                        "state": "COUNTERFACTUAL_STATE_UNKNOWN", "unknown_controls": [d[0]]}}))
    book.add("na-of-a-whole-objective-is-neutral",
             "All of D N/A: neutral, and a trigger after those of its controls.", READING,
             score(book, "L1", not_applicable(d)),
             passed(objectives=[objective("D", "NO_SCORED_CONTROLS", points=0, maximum=0,
                                          not_applicable=4, reasons=["NO_SCORED_CONTROLS"])],
                    review_triggers=[trigger("NOT_APPLICABLE", name, "D") for name in d]
                    + [trigger("NO_SCORED_CONTROLS", objective_id="D")]))
    book.add("l3-na-leaves-100-percent", "At Level 3 an N/A leaves 100 percent of the rest.",
             READING, score(book, "L3", not_applicable(["1204"])),
             passed(objectives=[objective("A", "PASSED", points=36, maximum=36)]))


def strings(book):
    golden = "ASR v2.1's wording for CE alone; ours for several, joined in catalogue order."
    for name, changes, objectives in (
            ("ce-alone", {"0001": "N"}, ["CE"]),
            ("ce-and-b", {"2100": "N", "0001": "N"}, ["CE", "B"]),
            ("d-alone", {"4100": "N"}, ["D"]),
            ("a-c-d", {"1100": "N", "3100": "N", "4100": "N"}, ["A", "C", "D"]),
            ("all-five", {"0001": "N", "1100": "N", "2100": "N", "3100": "N", "4100": "N"},
             ["CE", "A", "B", "C", "D"])):
        book.add(f"string-failed-{name}", "The wording of a failure names what failed, in order.",
                 golden, score(book, "L1", changes),
                 failed(*objectives, outcome_id="failed", failed_on_anchor="CE" in objectives,
                        reasons=["OBJECTIVE_FAILED"] + ["ANCHOR_FAILED"] * ("CE" in objectives)))
    book.add("string-passed", "The wording of a pass.", golden,
             score(book, "L1", {"1100": "P"}),
             passed(outcome_id="passed", reasons=["ALL_ASSESSED_OBJECTIVES_PASS"]))
    book.add("string-incomplete", "The wording of what is still open.", golden,
             score(book, "L1", {"1100": None}, mode="PROVISIONAL"),
             incomplete(reasons=["INCOMPLETE_ASSESSMENT"], counterfactuals=None))


def level_sets(book):
    source = "Defence Standard 05-138 Issue 4: level sets are not nested."
    for name, level in (("2300", "L1"), ("2502", "L1"), ("2504", "L1"), ("3101", "L2"),
                        ("1204", "L3"), ("2415", "L3"), ("4202", "L3")):
        o = {"1": "A", "2": "B", "3": "C", "4": "D"}[name[0]]
        book.add(f"{level.lower()}-has-{name}", f"{name} is assessed at {level}.", source,
                 score(book, level, {name: "N"}),
                 failed(o, objectives=[objective(o, "FAILED", zero_point_controls=[name])]))
    for name, level in (("2300", "L2"), ("2502", "L3"), ("2504", "L2"), ("3101", "L3"),
                        ("1204", "L2"), ("1101", "L1")):
        made = score(book, level)
        made["inputs"]["controls"] = [control(name, "M")]
        book.add(f"{level.lower()}-lacks-{name}", f"{name} is not assessed at {level}.", source,
                 made, error={"code": "INVALID_ARGUMENT", "reason": "CONTROL_NOT_IN_SCOPE",
                              "field": "inputs.controls[0].control_id"})


def write(book):
    for part in (levels, survivals, zero_points, rounding, n_a, strings, level_sets):
        part(book)
