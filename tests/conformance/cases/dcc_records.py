"""Vectors of the Defence Cyber Certification: questions, phases, overturns, digests, margins."""

import copy

from cases.builder import (AS_OF, control, failed, incomplete, objective, passed, question_state,
                           state, trigger, without)
from cases.dcc_objectives import BEFORE, LEVEL_0, READING, first, ids, score

RULE_1 = "ASR v2.1 as publicly described, rule 1: from questions to a status."
PHASE = "Our reading of a gap: the practical finding counts where there is one."
OVERTURN = "Rule 11 and the scoring service's README: an overturn takes flags away."
DIGEST = "CANONICAL.md: what is and is not part of the result digest."
MARGIN = "Counted by hand from rule 6: fewest steps of one mark."
ANSWERS = {"0001": {"0001.1": "+", "0001.2": "+"}, "2314": {"2314.1": "+", "2314.2": "+"},
           "2500": {"2500.1": "+", "2500.2": "+"}}


def level_0(book, changes=None, **more):
    return score(book, "L0", {**ANSWERS, **(changes or {})}, questions=LEVEL_0, **more)


def questions(book):
    book.add("l0-questions-all-meet", "All six questions meet: every control Met; A, C and D have "
             "no control at Level 0.", RULE_1, level_0(book),
             passed(objectives=[
                 objective("CE", "PASSED", points=2, maximum=2),
                 objective("A", "NOT_ASSESSED_AT_LEVEL", reasons=["NOT_ASSESSED_AT_LEVEL"]),
                 objective("B", "PASSED", points=4, maximum=4, controls=[
                     state("2314", "MET", 2, "ALL_QUESTIONS_MEET", questions=[
                         question_state("2314.1", "MET", "QUESTION_MEETS")])]),
                 objective("C", "NOT_ASSESSED_AT_LEVEL"), objective("D", "NOT_ASSESSED_AT_LEVEL")]))
    for name, said, what, points, reason, question in (
            ("some-meet", {"2314.1": "+", "2314.2": "-"}, "PARTIALLY_MET", 1,
             "SOME_QUESTIONS_MEET", ("2314.2", "NOT_MET", "QUESTION_DOES_NOT_MEET")),
            ("none-meets", {"2314.1": "-", "2314.2": "-"}, "NOT_MET", 0, "NO_QUESTION_MEETS",
             ("2314.1", "NOT_MET", "QUESTION_DOES_NOT_MEET")),
            ("unanswered-does-not-meet", {"2314.1": "+"}, "PARTIALLY_MET", 1,
             "SOME_QUESTIONS_MEET", ("2314.2", "OPEN", "QUESTION_UNANSWERED"))):
        book.add(f"l0-questions-{name}", f"Questions of 2314: {what.replace('_', ' ').lower()}.",
                 RULE_1, level_0(book, {"2314": said}),
                 failed("B", objectives=[objective("B", "FAILED", points=2 + points, controls=[
                     state("2314", what, points, reason, questions=[question_state(*question)])])]))
    book.add("l0-questions-blank-is-not-met", "A control without any answer is Not Met.", RULE_1,
             level_0(book, {"2314": None}),
             failed("B", objectives=[objective("B", controls=[
                 state("2314", "NOT_MET", 0, "BLANK_NOT_MET")])]))
    book.add("l0-question-not-applicable-counts-as-met",
             "2314.2 not applicable counts as meeting, and is reviewed.",
             "Public assessor guidance on 2314.2; our reading for all questions.",
             level_0(book, {"2314": {"2314.1": "+", "2314.2": "n"}}),
             passed(objectives=[objective("B", "PASSED", points=4, controls=[
                 state("2314", "MET", 2, "ALL_QUESTIONS_MEET", questions=[question_state(
                     "2314.2", "NOT_APPLICABLE", "QUESTION_NOT_APPLICABLE_COUNTS_AS_MET")])])],
                 review_triggers=[trigger("QUESTION_NOT_APPLICABLE", "2314", "B", "UNKNOWN",
                                          question="2314.2")],
                 counterfactuals=without(not_applicable="UNKNOWN", overrides="NOTHING_TO_REMOVE",
                                         all="UNKNOWN")))
    book.add("l0-question-not-applicable-beside-a-failure",
             "A question not applicable does not lift one that does not meet.", RULE_1,
             level_0(book, {"2314": {"2314.1": "-", "2314.2": "n"}}),
             failed("B", objectives=[objective("B", controls=[
                 state("2314", "PARTIALLY_MET", 1, "SOME_QUESTIONS_MEET")])]))
    over = control("2314", {"2314.1": "+", "2314.2": "n"}, override=True)
    book.add("l0-question-not-applicable-under-an-override",
             "Under an override a question N/A decides nothing, and is reviewed all the same.",
             RULE_1, level_0(book, {"2314": over}),
             passed(review_triggers=[
                 trigger("OVERRIDE", "2314", "B", "SAME"),
                 trigger("QUESTION_NOT_APPLICABLE", "2314", "B", "SAME", question="2314.2")],
                 counterfactuals=without(overrides="SAME", not_applicable="SAME", all="UNKNOWN")))
    book.add("l0-adjusted-questions", "An adjustment acts on points that come from questions.",
             RULE_1, level_0(book, {"2500": control("2500", {"2500.1": "+", "2500.2": "-"},
                                                    adjust=1)}),
             passed(objectives=[objective("B", points=4, controls=[
                 state("2500", "MET", 2, "SOME_QUESTIONS_MEET", "ADJUSTED_UP", base_points=1)])]))


def phases(book):
    for name, theoretical, practical, what, phase in (
            ("practical-counts-when-lower", "M", "N", "NOT_MET", "PRACTICAL"),
            ("practical-counts-when-higher", "N", "M", "MET", "PRACTICAL"),
            ("theoretical-counts-alone", "P", None, "PARTIALLY_MET", "THEORETICAL"),
            ("practical-counts-alone", None, "P", "PARTIALLY_MET", "PRACTICAL")):
        points = {"MET": 2, "PARTIALLY_MET": 1, "NOT_MET": 0}[what]
        expect = {"objectives": [objective("B", points=148 + points, controls=[
            state("2100", what, points, phase=f"PHASE_{phase}")])]}
        book.add(f"phase-{name}", f"The {phase.lower()} finding counts.", PHASE,
                 score(book, "L1", {"2100": control("2100", theoretical, practical)}),
                 failed("B", **expect) if what == "NOT_MET" else passed(**expect))
    empty = control("2100", "M")
    empty["practical"] = {}
    book.add("phase-empty-practical-is-absent", "A practical finding without content is none.",
             PHASE, score(book, "L1", {"2100": empty}),
             passed(objectives=[objective("B", controls=[
                 state("2100", "MET", 2, phase="PHASE_THEORETICAL")])]))
    book.add("phase-practical-answers-replace-theoretical-ones",
             "What is left out in the practical phase is open there.", PHASE,
             level_0(book, {"2314": control("2314", {"2314.1": "+", "2314.2": "+"},
                                            {"2314.1": "+"})}),
             failed("B", objectives=[objective("B", controls=[
                 state("2314", "PARTIALLY_MET", 1, phase="PHASE_PRACTICAL")])]))
    book.add("phase-question-na-in-the-other-phase",
             "A question N/A in a phase that does not count is reviewed, and carries nothing.",
             PHASE, level_0(book, {"2314": control("2314", {"2314.1": "+", "2314.2": "n"}, "M")}),
             passed(review_triggers=[trigger("QUESTION_NOT_APPLICABLE", "2314", "B", "SAME",
                                             question="2314.2")],
                    counterfactuals=without(not_applicable="SAME")))


def overturned(book):
    for word, recorded, what, points, reasons in (
            ("override-reveals-not-met", control("2100", "N", override=True), "NOT_MET", 0,
             ["FLAG_OVERTURNED", "STATUS_RECORDED"]),
            ("override-on-a-blank-leaves-a-blank", control("2100", override=True), "NOT_MET", 0,
             ["FLAG_OVERTURNED", "BLANK_NOT_MET"]),
            ("na-reveals-not-met", control("2100", "N", na=True), "NOT_MET", 0,
             ["FLAG_OVERTURNED", "STATUS_RECORDED"])):
        book.add(f"overturned-{word}", "What was recorded beneath shows again.", OVERTURN,
                 score(book, "L1", {"2100": recorded}, overturned=["2100"]),
                 failed("B", review_triggers=[], objectives=[objective(
                     "B", "FAILED", points=148, maximum=150,
                     controls=[state("2100", what, points, *reasons)])]))
    book.add("overturned-override-reveals-partial", "Partially Met beneath: it still passes.",
             OVERTURN, score(book, "L1", {"2100": control("2100", "P", override=True)},
                             overturned=["2100"]),
             passed(review_triggers=[], objectives=[objective("B", "PASSED", points=149)]))
    book.add("overturned-question-na-is-unanswered", "A question N/A taken away has no result.",
             OVERTURN, level_0(book, {"2314": {"2314.1": "+", "2314.2": "n"}},
                               overturned=["2314"]),
             failed("B", review_triggers=[], objectives=[objective("B", controls=[
                 state("2314", "PARTIALLY_MET", 1, "FLAG_OVERTURNED", "SOME_QUESTIONS_MEET",
                       questions=[question_state("2314.2", "OPEN", "QUESTION_UNANSWERED")])])]))
    book.add("overturned-keeps-the-adjustment", "The adjustment acts on what shows again.",
             OVERTURN, score(book, "L1", {"2100": control("2100", "N", adjust=1, override=True)},
                             overturned=["2100"]),
             passed(objectives=[objective("B", "PASSED", points=149, controls=[
                 state("2100", "PARTIALLY_MET", 1, "FLAG_OVERTURNED", "STATUS_RECORDED",
                       "ADJUSTED_UP")])]))
    book.add("overturned-drops-an-adjustment-on-a-blank",
             "Nothing is left to adjust: a blank is not adjusted.", OVERTURN,
             score(book, "L1", {"2100": control("2100", adjust=1, override=True)},
                   overturned=["2100"]),
             failed("B", objectives=[objective("B", controls=[
                 state("2100", "NOT_MET", 0, base_points=0)])]))
    book.add("overturned-without-a-flag-changes-nothing", "Nothing was there to take away.",
             OVERTURN, score(book, "L1", {"2100": "P"}, overturned=["2100"]),
             passed(objectives=[objective("B", points=149, controls=[
                 state("2100", "PARTIALLY_MET", 1, "STATUS_RECORDED")])]))
    two = {name: control(name, "P", override=True) for name in ids(book, "L1", "D")[:2]}
    book.add("overturned-one-of-two", "The other flag stays, carries now, and is reviewed.",
             OVERTURN, score(book, "L1", two, overturned=list(two)[:1]),
             passed(review_triggers=[trigger("OVERRIDE", list(two)[1], "D", "DIFFERENT")],
                    objectives=[objective("D", "PASSED", points=7)]))


def provisional(book):
    source = "Rule 10: INCOMPLETE while anything is open, points as they stand."
    book.add("provisional-blank-is-open", "A blank control holds the verdict open.", source,
             score(book, "L1", {"2100": None}, mode="PROVISIONAL"),
             incomplete(points=200, objectives=[
                 objective("A", "PASSED"),
                 objective("B", "INCOMPLETE", points=148, maximum=150, open=1, not_met=0,
                           no_zero_point_control=True,
                           controls=[state("2100", "OPEN", 0, "BLANK_OPEN")])]))
    book.add("provisional-open-question", "An open question holds it open; its points stand.",
             source, level_0(book, {"2314": {"2314.1": "+"}}, mode="PROVISIONAL"),
             incomplete(objectives=[objective("B", "INCOMPLETE", points=3, controls=[
                 state("2314", "PARTIALLY_MET", 1, "SOME_QUESTIONS_MEET", "QUESTION_OPEN")])]))
    book.add("provisional-complete-passes", "With nothing open it is as good as final.", source,
             score(book, "L1", mode="PROVISIONAL"), passed(mode="SCORING_MODE_PROVISIONAL"))
    book.add("provisional-complete-fails", "With nothing open it fails as in final mode.", source,
             score(book, "L1", {"2100": "N"}, mode="PROVISIONAL"), failed("B"))
    book.add("provisional-override-closes-a-blank", "An overridden control is not open.", source,
             score(book, "L1", {"2100": control("2100", override=True)}, mode="PROVISIONAL"),
             passed())
    book.add("provisional-na-closes-a-blank", "An N/A control is not open.", source,
             score(book, "L1", {"2100": control("2100", na=True)}, mode="PROVISIONAL"), passed())
    book.add("provisional-failure-beside-an-open-control",
             "An objective that is decided shows its result; the verdict stays open.", source,
             score(book, "L1", {"2100": None, "4100": "N"}, mode="PROVISIONAL"),
             incomplete(objectives=[objective("D", "FAILED", points=6),
                                    objective("B", "INCOMPLETE")]))


def digests(book):
    plain = score(book, "L1", {"2100": "P", "2200": control("2200", "N", override=True)})
    book.add("digest-base", "The record that the next vectors write down differently.", DIGEST,
             plain, passed(digest_version=2))
    reordered, reworded, padded = (copy.deepcopy(plain) for _ in range(3))
    reordered["inputs"]["controls"].reverse()
    for recorded in reworded["inputs"]["controls"]:
        if "override" in recorded:
            recorded["override"]["reasoning"] = "Andere Worte: gleich starke Maßnahme."
    reworded["inputs"]["certificates"][0]["number"] = "another"
    for recorded in padded["inputs"]["controls"]:
        recorded["practical"] = {}
    for name, made, pins in (("ignores-the-order-of-controls", reordered, "Any order of controls."),
                             ("ignores-free-text", reworded, "Texts and certificate numbers."),
                             ("ignores-empty-findings", padded, "Saying nothing in other words.")):
        book.add(f"digest-{name}", f"{pins} The same digest.", DIGEST, made, passed(),
                 same_digest_as="digest-base")
    two = level_0(book, {"2314": {"2314.1": "+"}})
    book.add("digest-of-answers", "An answer left out.", DIGEST, two, failed("B"))
    said = copy.deepcopy(two)
    for recorded in said["inputs"]["controls"]:
        if recorded["control_id"] == "2314":
            recorded["theoretical"]["questions"].append(
                {"question_id": "2314.2", "result": "QUESTION_RESULT_UNSPECIFIED",
                 "answer": "not yet"})
    book.add("digest-ignores-free-answers", "An answer nobody judged is the same as none.", DIGEST,
             said, failed("B"), same_digest_as="digest-of-answers")
    for name, made, expect in (
            ("passed", score(book, "L1", digest_version=1), passed()),
            ("failed", score(book, "L2", {"0002": "P"}, digest_version=1), failed("CE")),
            ("questions", level_0(book, {"2314": {"2314.1": "+", "2314.2": "n"}},
                                  digest_version=1), passed()),
            ("flags", score(book, "L1", {
                "2100": control("2100", "N", "P", adjust=-1, override=True),
                "2200": control("2200", na=True)}, overturned=["2200"], digest_version=1),
             failed("B")),
            ("before-2.1", score(book, "L1", {"2100": "N"}, rules=BEFORE, digest_version=1),
             passed())):
        book.add(f"digest-version-1-{name}", "The canonical bytes of the first release.",
                 "CANONICAL.md, version 1.", made, {**expect, "digest_version": 1})


def margins(book):
    d = ids(book, "L1", "D")
    book.add("margin-one-step", "One Not Met of four: one step off Not Met reaches 7 of 8.", MARGIN,
             score(book, "L1", {d[1]: "N"}),
             failed("D", margin={"upgrades_to_pass": 1, "points_missing": 1, "path": [
                 {"control_id": d[1], "steps": 1, "required_steps": 1, "from_points": 0,
                  "to_points": 1}]}))
    book.add("margin-of-everything-blank", "2 + 20 + 120 + 15 + 7 steps from nothing to a pass.",
             MARGIN, score(book, "L1", default=None),
             failed("CE", "A", "B", "C", "D", margin={"upgrades_to_pass": 164,
                                                      "points_missing": 164},
                    objectives=[objective("CE", margin={"upgrades_to_pass": 2}),
                                objective("A", margin={"upgrades_to_pass": 20}),
                                objective("B", margin={"upgrades_to_pass": 120}),
                                objective("C", margin={"upgrades_to_pass": 15}),
                                objective("D", margin={"upgrades_to_pass": 7})]))
    book.add("margin-of-all-met", "One step down in CE fails; A can lose 4 points.", MARGIN,
             score(book, "L1"),
             passed(margin={"upgrades_to_pass": 0, "path": [], "downgrades_to_fail": 1,
                            "points_spare": 0},
                    objectives=[objective("A", margin={"downgrades_to_fail": 2,
                                                       "points_spare": 4}),
                                objective("B", margin={"downgrades_to_fail": 2,
                                                       "points_spare": 30}),
                                objective("CE", margin={"downgrades_to_fail": 1,
                                                        "points_spare": 0})]))
    book.add("margin-not-met-costs-more-than-points",
             "Two Not Met at 146 of 150: the points suffice, two steps off Not Met remain.", MARGIN,
             score(book, "L1", {"2100": "N", "2200": "N"}),
             failed("B", objectives=[objective("B", margin={
                 "upgrades_to_pass": 2, "points_missing": 0, "downgrades_to_fail": -1,
                 "points_spare": 26})]))
    book.add("margin-over-two-objectives", "Three steps in D and one in A.", MARGIN,
             score(book, "L1", dict(zip(d, "NPPM")) | {"1100": "N"}),
             failed("A", "D", margin={"upgrades_to_pass": 4, "points_missing": 3, "path": [
                 {"control_id": "1100", "steps": 1, "required_steps": 1, "to_points": 1},
                 {"control_id": d[0], "steps": 2, "required_steps": 1, "to_points": 2},
                 {"control_id": d[1], "steps": 1, "required_steps": 0, "to_points": 2}]}))
    book.add("margin-passes-over-na", "What is N/A has no steps.", MARGIN,
             score(book, "L1", {d[0]: control(d[0], "N", na=True), d[1]: "N"}),
             failed("D", objectives=[objective("D", points=4, maximum=6, margin={
                 "upgrades_to_pass": 1, "points_missing": 1})]))
    book.add("margin-of-a-certificate", "A certificate that does not stand is a control at 0.",
             MARGIN, score(book, "L1", certificates=[]),
             failed("CE", margin={"upgrades_to_pass": 2, "points_missing": 2}))
    book.add("margin-of-an-open-control", "Open counts as the worst mark: one step.", MARGIN,
             score(book, "L1", {"2100": None}, mode="PROVISIONAL"),
             incomplete(margin={"upgrades_to_pass": 1}))
    book.add("margin-path-of-an-open-objective",
             "An objective that is still open has a path, though its points suffice.", MARGIN,
             score(book, "L1", {"2100": None}, mode="PROVISIONAL"),
             incomplete(objectives=[objective("B", "INCOMPLETE", points=148, margin={
                 "upgrades_to_pass": 1, "points_missing": 0, "path": [
                     {"control_id": "2100", "steps": 1, "required_steps": 1, "from_points": 0,
                      "to_points": 1}]})]))
    book.add("margin-at-level-3", "At 100 percent every point is needed.", MARGIN,
             score(book, "L3", first(book, "L3", "A", 3, "P") | {"4202": "N"}),
             failed("A", "D", margin={"upgrades_to_pass": 5, "points_missing": 5}))


def others(book):
    book.add("blank-is-not-met", "A blank control is Not Met in a final score.",
             "ASR v2.1 as publicly described: a blank control is Not Met.",
             score(book, "L1", {"2100": None}),
             failed("B", objectives=[objective("B", points=148, not_met=1, open=0, controls=[
                 state("2100", "NOT_MET", 0, "BLANK_NOT_MET")])]))
    book.add("as-of-is-part-of-the-verdict", "The day is given back as it was given.", READING,
             score(book, "L1", as_of="2026-12-31"), passed(as_of="2026-12-31"))
    book.add("l3-everything-not-met", "Nothing Met at all.", "ASR v2.1, rule 6.",
             score(book, "L3", default="N"),
             failed("CE", "A", "B", "C", "D", points=0, maximum=288, as_of=AS_OF,
                    margin={"upgrades_to_pass": 288, "points_missing": 288}))
    book.add("l2-everything-partial", "50 percent everywhere fails everywhere.",
             "ASR v2.1, rule 6.", score(book, "L2", default="P"),
             failed("CE", "A", "B", "C", "D", points=139, maximum=278,
                    margin={"upgrades_to_pass": 2 + 11 + 57 + 9 + 6}))


def write(book):
    for part in (questions, phases, overturned, provisional, digests, margins, others):
        part(book)
