"""Vectors of every rule-set option and of outcomes, scales and gates, over a tiny scheme."""

from cases.builder import (BASELINE, CE, CE_PLUS, all_controls, certificate, control, failed,
                           incomplete, objective, passed, question_state, request, state, trigger,
                           without)

SCHEME = "schemes/options"
FIRST = ["X1", "X2", "M1", "M2", "M3", "N1", "N2"]
SECOND = FIRST + ["E1"]
MODEL = "RULE_MODEL.md, section {}."
OPTION = "RULE_MODEL.md, section 8, option {}."


def score(rules="default", changes=None, profile="P1", default="M", certificates=None, **more):
    basis = {"catalogue": f"{SCHEME}/catalogues/tiny", "rule_set": f"{SCHEME}/ruleSets/{rules}",
             "question_set": f"{SCHEME}/questionSets/tiny-questions", "profile": profile}
    if certificates is None:
        certificates = [certificate(CE)]
        if profile == "P2":
            certificates.append(certificate(BASELINE, number="B-1"))
    ids = FIRST if profile == "P1" else SECOND
    return request(basis, all_controls(default, ids, changes or {}), certificates, **more)


def refusal(reason, field):
    return {"code": "INVALID_ARGUMENT", "reason": reason, "field": f"inputs.controls[{field}"}


class Options:
    """Adds option-<option>-<value> vectors."""

    def __init__(self, book):
        self.book = book

    def __call__(self, option, value, pins, changes, expect=None, error=None, suffix="", **more):
        slug = f"{option}-{value}".replace("_", "-")
        rules = more.pop("rules", slug)
        self.book.add(f"option-{slug}{suffix}", pins, OPTION.format(option),
                      score(rules, changes, **more), expect, error)


def questions_and_adjustments(add):
    marked = {"M2": {"M2.1": "n", "M2.2": "-", "M2.3": "-"}}
    add("question_not_applicable", "counts_as_met", "A question N/A counts as meeting: Partially "
        "Met beside two that do not meet.", marked, rules="default", expect=passed(
            objectives=[objective("M", points=5, controls=[
                state("M2", "PARTIALLY_MET", 1, "SOME_QUESTIONS_MEET", questions=[question_state(
                    "M2.1", "NOT_APPLICABLE", "QUESTION_NOT_APPLICABLE_COUNTS_AS_MET")])])],
            review_triggers=[trigger("QUESTION_NOT_APPLICABLE", "M2", "M", "UNKNOWN", "M2.1")]))
    add("question_not_applicable", "excluded", "A question N/A is left out: none of the others "
        "meets, so Not Met.", marked, failed("M", objectives=[objective("M", controls=[
            state("M2", "NOT_MET", 0, "NO_QUESTION_MEETS", questions=[question_state(
                "M2.1", "NOT_APPLICABLE", "QUESTION_NOT_APPLICABLE_EXCLUDED")])])]))
    up, down = {"M1": control("M1", "M", adjust=1)}, {"M1": control("M1", "N", adjust=-1)}
    add("adjustment_clamp", "on", "+1 on a Met stays at 2 points.", up, rules="default",
        expect=passed(objectives=[objective("M", controls=[state("M1", "MET", 2)])]))
    add("adjustment_clamp", "refuse", "+1 on a Met leads outside and is refused.", up,
        error=refusal("ADJUSTMENT_OUTSIDE_POINTS", "2].adjustment.points"))
    add("adjustment_clamp", "refuse", "-1 on a Not Met leads outside and is refused.", down,
        suffix="-below", error=refusal("ADJUSTMENT_OUTSIDE_POINTS", "2].adjustment.points"))
    add("adjustment_clamp", "refuse", "+1 on a Partially Met stays within and is taken.",
        {"M1": control("M1", "P", adjust=1)}, suffix="-within",
        expect=passed(objectives=[objective("M", controls=[state("M1", "MET", 2)])]))
    silent = control("M1", "N", adjust=1)
    silent["adjustment"]["reason"] = " "
    add("adjustment_reason", "required", "An adjustment without a reason is refused.",
        {"M1": silent}, rules="default",
        error=refusal("ADJUSTMENT_REASON_REQUIRED", "2].adjustment.reason"))
    add("adjustment_reason", "optional", "An adjustment without a reason is taken.",
        {"M1": silent}, passed(objectives=[objective("M", controls=[
            state("M1", "PARTIALLY_MET", 1, "STATUS_RECORDED", "ADJUSTED_UP")])]))
    blank = {"M1": control("M1", adjust=1)}
    add("adjust_blank", "refuse", "A blank control is not adjusted.", blank, rules="default",
        error=refusal("ADJUSTMENT_ON_BLANK", "2].adjustment.points"))
    add("adjust_blank", "allow", "A blank counts its adjustment from 0.", blank,
        passed(objectives=[objective("M", points=5, controls=[
            state("M1", "PARTIALLY_MET", 1, "BLANK_NOT_MET", "ADJUSTED_UP", base_points=0)])]))
    add("adjust_blank", "allow", "In a provisional score the blank stays open.", blank,
        mode="PROVISIONAL", suffix="-provisional",
        expect=incomplete(objectives=[objective("M", "INCOMPLETE", points=4, controls=[
            state("M1", "OPEN", 0, "BLANK_OPEN")])]))
    add("adjust_blank", "allow", "With clamping refused, -1 on a blank leads outside.",
        {"M1": control("M1", adjust=-1)}, rules="allow-and-clamp", suffix="-and-clamp-refuse",
        error=refusal("ADJUSTMENT_OUTSIDE_POINTS", "2].adjustment.points"))


def flags(add):
    over = {"M1": control("M1", "N", override=True)}
    add("override_policy", "met", "An overridden control is Met.", over, rules="default",
        expect=passed(objectives=[objective("M", points=6, controls=[
            state("M1", "MET", 2, "STATUS_RECORDED", "OVERRIDDEN_TO_MET")])]))
    add("override_policy", "ignore", "An override changes nothing and is reviewed.", over,
        failed("M", objectives=[objective("M", points=4, controls=[
            state("M1", "NOT_MET", 0, "STATUS_RECORDED", "OVERRIDE_IGNORED")])],
               review_triggers=[trigger("OVERRIDE", "M1", "M", "SAME")]))
    add("override_policy", "ignore", "An override on a blank leaves it blank.",
        {"M1": control("M1", override=True)}, suffix="-on-a-blank",
        expect=failed("M", objectives=[objective("M", controls=[
            state("M1", "NOT_MET", 0, "BLANK_NOT_MET", "OVERRIDE_IGNORED")])]))
    add("override_with_na", "refuse", "Override and N/A on one control are refused.",
        {"M1": control("M1", "N", override=True, na=True)}, rules="default",
        error=refusal("OVERRIDE_WITH_NOT_APPLICABLE", "2].override"))
    every = {name: control(name, "M", na=True) for name in ("M1", "M2", "M3")}
    whole = [trigger("NOT_APPLICABLE", name, "M") for name in every]
    whole.append(trigger("NO_SCORED_CONTROLS", objective_id="M"))
    for value, rules, outcome in (("neutral", "default", "NO_SCORED_CONTROLS"),
                                  ("pass", None, "PASSED"), ("fail", None, "FAILED")):
        node = objective("M", outcome, points=0, maximum=0, not_applicable=3)
        expect = failed("M", objectives=[node]) if value == "fail" else passed(objectives=[node])
        add("all_not_applicable", value, f"All of an objective N/A: {outcome}, always a trigger.",
            every, {**expect, "review_triggers": whole},
            **({"rules": rules} if rules else {}))
    anchor = {"X2": control("X2", "M", na=True)}
    add("anchor_not_applicable", "refuse", "A control of an anchor always applies.", anchor,
        rules="default", error=refusal("NOT_APPLICABLE_ON_ANCHOR", "1].not_applicable"))
    add("anchor_not_applicable", "refuse", "So do its questions.",
        {"X2": {"X2.1": "+", "X2.2": "n"}}, rules="default", suffix="-question",
        error=refusal("NOT_APPLICABLE_ON_ANCHOR", "1].theoretical.questions[1].result"))
    add("anchor_not_applicable", "allow", "A control of an anchor may be N/A.", anchor,
        passed(objectives=[objective("X", "PASSED", points=2, maximum=2)],
               review_triggers=[trigger("NOT_APPLICABLE", "X2", "X", "SAME", anchor=True)]))
    add("anchor_not_applicable", "allow", "So may one of its questions.",
        {"X2": {"X2.1": "+", "X2.2": "n"}}, suffix="-question",
        expect=passed(review_triggers=[trigger("QUESTION_NOT_APPLICABLE", "X2", "X", "UNKNOWN",
                                               "X2.2", anchor=True)]))
    anchor = {"X2": control("X2", "N", override=True)}
    add("anchor_override", "review", "An override on an anchor is taken and reviewed first.",
        anchor, rules="default", expect=passed(
            review_triggers=[trigger("OVERRIDE", "X2", "X", "DIFFERENT", anchor=True)]))
    add("anchor_override", "refuse", "An override on an anchor is refused.", anchor,
        error=refusal("OVERRIDE_ON_ANCHOR", "1].override"))


def certificates_blanks_phases(add):
    add("anchor_certificate", "enforce", "Without a certificate its control is Not Met.", {},
        rules="default", certificates=[], expect=failed(
            "X", failed_on_anchor=True, objectives=[objective("X", "FAILED", points=2, maximum=4)]))
    add("anchor_certificate", "record", "A missing certificate is recorded only.", {},
        certificates=[], expect=passed(objectives=[objective("X", "PASSED", controls=[
            state("X1", "MET", 2, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_MISSING",
                  "ANCHOR_CERTIFICATE_RECORDED_ONLY")])]))
    add("blank", "not_met", "A blank is Not Met in a final score.", {"M1": None}, rules="default",
        expect=failed("M", objectives=[objective("M", controls=[
            state("M1", "NOT_MET", 0, "BLANK_NOT_MET")])]))
    add("blank", "incomplete", "A blank holds a final score open.", {"M1": None},
        incomplete(objectives=[objective("M", "INCOMPLETE", open=1, controls=[
            state("M1", "OPEN", 0, "BLANK_OPEN")])]))
    both = {"M1": control("M1", "N", "M")}
    add("phase", "latest", "The practical finding counts where there is one.", both,
        rules="default", expect=passed(objectives=[objective("M", controls=[
            state("M1", "MET", 2, phase="PHASE_PRACTICAL")])]))
    add("phase", "practical_only", "A theoretical finding alone leaves a blank.",
        {"M1": "M"}, default=None, suffix="-theoretical-alone", expect=failed(
            "X", "M", objectives=[objective("M", controls=[
                state("M1", "NOT_MET", 0, "BLANK_NOT_MET", phase="PHASE_UNSPECIFIED")])]))
    add("phase", "practical_only", "The practical finding counts.", {
        name: control(name, "N", "M") for name in FIRST}, passed(points=14, maximum=14))
    add("phase", "theoretical_only", "The theoretical finding counts.", both,
        failed("M", objectives=[objective("M", controls=[
            state("M1", "NOT_MET", 0, phase="PHASE_THEORETICAL")])]))


def after_scoring(add):
    for option, values in (("higher_level_satisfies", ("yes", "no")),
                           ("attestation_anniversary", ("certificate", "contract_award")),
                           ("separation_of_duties", ("strict", "disclosed", "off")),
                           ("sampling_per_thousand", (0, 1000)), ("reviews_required", (1, 2))):
        for i, value in enumerate(values):
            add(option, value, "No verdict depends on what happens after scoring.",
                {"M1": control("M1", "N", override=True), "N1": "N"},
                passed(points=12, maximum=14,
                       objectives=[objective("M", "PASSED", points=6),
                                   objective("N", "FAILED", points=2, maximum=4)],
                       review_triggers=[trigger("OVERRIDE", "M1", "M", "DIFFERENT")]),
                **({"rules": "default"} if i == 0 else {}))


def gates(book):
    source = MODEL.format(2)
    for name, said, what, points, reason, nodes in (
            ("open-asks-its-follow-up", {"M1.1": "=yes", "M1.2": "-", "M1.3": "+"},
             "PARTIALLY_MET", 1, "SOME_QUESTIONS_MEET",
             [("M1.1", None, "GATE_ANSWERED"), ("M1.2", "NOT_MET", "QUESTION_DOES_NOT_MEET")]),
            ("closed-hides-its-follow-up", {"M1.1": "=no", "M1.2": "-", "M1.3": "+"}, "MET", 2,
             "ALL_QUESTIONS_MEET", [("M1.2", "NOT_ASKED", "NOT_ASKED")]),
            ("another-answer-asks-it-too", {"M1.1": "=partly", "M1.3": "+"}, "PARTIALLY_MET", 1,
             "SOME_QUESTIONS_MEET", [("M1.2", "OPEN", "QUESTION_UNANSWERED")]),
            ("unanswered-does-not-meet", {"M1.2": "+", "M1.3": "+"}, "PARTIALLY_MET", 1,
             "SOME_QUESTIONS_MEET", [("M1.1", "OPEN", "GATE_UNANSWERED"),
                                     ("M1.2", "NOT_ASKED", "NOT_ASKED")]),
            ("not-applicable-keeps-its-follow-up-asked", {"M1.1": "n", "M1.3": "+"},
             "PARTIALLY_MET", 1, "SOME_QUESTIONS_MEET",
             [("M1.2", "OPEN", "QUESTION_UNANSWERED")])):
        nodes = [{"question_id": q, "reasons": [r], **({"state": f"RESULT_STATE_{s}"} if s else {})}
                 for q, s, r in nodes]
        book.add(f"gate-{name}", "An unscored gate.", source, score(changes={"M1": said}),
                 passed(objectives=[objective("M", points=4 + points, controls=[
                     state("M1", what, points, reason, questions=nodes)])]))
    for name, said, what, points in (
            ("scored-and-met", {"M3.1": "+=no", "M3.4": "+"}, "MET", 2),
            ("scored-without-outcome", {"M3.1": "=no", "M3.4": "+"}, "PARTIALLY_MET", 1),
            ("scored-without-answer", {"M3.1": "+", "M3.4": "+"}, "PARTIALLY_MET", 1),
            ("behind-a-gate", {"M3.1": "+=yes", "M3.2": "=never", "M3.4": "+"}, "MET", 2),
            ("behind-a-gate-opens", {"M3.1": "+=yes", "M3.2": "=often", "M3.4": "+"},
             "PARTIALLY_MET", 1),
            ("behind-a-closed-gate-stays-closed",
             {"M3.1": "+=no", "M3.2": "=often", "M3.3": "-", "M3.4": "+"}, "MET", 2)):
        book.add(f"gate-{name}", "A scored gate and a gate behind it.", source,
                 score(changes={"M3": said}),
                 passed(objectives=[objective("M", controls=[state("M3", what, points)])]))
    book.add("gate-answer-alone-makes-a-phase-present",
             "A gate's answer in the practical phase puts the theoretical finding aside.", source,
             score(changes={"M1": control("M1", "M", {"M1.1": "=no"})}),
             failed("M", objectives=[objective("M", controls=[
                 state("M1", "NOT_MET", 0, "NO_QUESTION_MEETS", phase="PHASE_PRACTICAL")])]))
    book.add("question-of-another-profile-is-not-asked",
             "M2.4 belongs to the second profile: at the first three answers are all.", source,
             score(changes={"M2": {"M2.1": "+", "M2.2": "+", "M2.3": "+"}}),
             passed(objectives=[objective("M", controls=[state("M2", "MET", 2)])]))
    book.add("question-of-this-profile-is-asked", "At the second profile M2.4 is open.", source,
             score(changes={"M2": {"M2.1": "+", "M2.2": "+", "M2.3": "+"}}, profile="P2"),
             passed(objectives=[objective("M", controls=[state("M2", "PARTIALLY_MET", 1)])]))


def objectives(book):
    source = MODEL.format(5)
    book.add("not-mandatory-objective-fails-alone", "Its failure does not fail the assessment.",
             source, score(changes={"N1": "N", "N2": "N"}),
             passed(objectives=[objective("N", "FAILED", points=0, maximum=4)]))
    book.add("anchor-fails-everything", "A failing anchor is labelled.", source,
             score(changes={"X2": "P"}),
             failed("X", failed_on_anchor=True, objectives=[objective(
                 "X", "FAILED", points=3, maximum=4, threshold_percent=100, anchor=True)]))
    book.add("threshold-of-an-objective", "50 percent suffice for M, whatever the profile's.",
             source, score(changes={"M1": "P", "M2": "P", "M3": "P"}),
             passed(objectives=[objective("M", "PASSED", points=3, maximum=6, points_needed=3,
                                          threshold_percent=50)]))
    book.add("objective-of-the-other-profile", "E has no control at the first profile.", source,
             score(), passed(objectives=[objective("E", "NOT_ASSESSED_AT_LEVEL")]))
    for kind in (CE_PLUS, BASELINE):
        book.add(f"either-certificate-{kind.lower().replace('_', '-')}",
                 "E1 stands on a certificate of either kind.", MODEL.format(3),
                 score(profile="P2", certificates=[certificate(CE), certificate(kind, number="2")]),
                 passed(objectives=[objective("E", "PASSED", controls=[
                     state("E1", "MET", 2, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_VALID")])]))
    book.add("either-certificate-neither", "A certificate of another kind is none.",
             MODEL.format(3), score(profile="P2", certificates=[certificate(CE)]),
             failed("E", objectives=[objective("E", "FAILED", controls=[
                 state("E1", "NOT_MET", 0, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_MISSING")])]))


def outcomes(book):
    """17 points at the first profile; N2 does not count."""
    source = MODEL.format(6)

    def add(name, pins, changes, outcome, outcome_id, text, points, **more):
        expect = {"outcome": f"OUTCOME_{outcome}", "outcome_id": outcome_id,
                  "result_string": text, "points": points, **more}
        book.add(f"outcome-{name}", pins, source, score("outcomes", changes), expect)

    add("first-that-holds", "Everything Met but an item that does not count.",
        {"N1": "=all", "N2": "P"}, "PASSED", "gold", "Gold: 17 of 17", 17, maximum=17, score=100,
        reasons=["ALL_ASSESSED_OBJECTIVES_PASS", "OUTCOME_CONDITIONS_MET"])
    add("second-passed", "M not full: the second passing outcome.",
        {"N1": "=all", "M1": "P"}, "PASSED", "silver", "Silver, score 99", 16, score=99)
    add("needs-its-points", "12 points are too few for silver, and short by 5 for bronze.",
        {"N1": "=some"}, "CONDITIONAL", "bronze", "Bronze: 12", 12, score=95)
    add("exception-covers-its-item-only", "N1 may fall short by 5, not by 6.",
        {"N1": "=none"}, "FAILED", "anchor", "Failed on  with 11 points", 11)
    add("item-that-does-not-count-bars", "N2 counts nowhere, yet bronze asks for its full points.",
        {"N1": "=some", "N2": "P"}, "FAILED", "anchor", "Failed on  with 12 points", 12)
    add("requirement-of-the-profile", "M3 Not Met: below its requirement, and M fails by limit.",
        {"N1": "=all", "M3": "N"}, "CONDITIONAL", "bronze", "Bronze: 15", 15,
        failed_objectives=["M"])
    add("anchor-passes-over-all-but-failed", "A failing anchor leaves outcomes of kind failed.",
        {"N1": "=all", "X2": "P"}, "FAILED", "anchor", "Failed on X with 16 points", 16,
        failed_on_anchor=True)
    add("last-has-no-conditions", "Nothing else holds.",
        {"X1": "N", "X2": "N", "M1": "N", "M2": "=no", "M3": "N", "N1": "=none"},
        "FAILED", "failed", "Failed", 1, score=84, failed_objectives=["X", "M"],
        reasons=["OBJECTIVE_FAILED", "ANCHOR_FAILED", "NO_OUTCOME_CONDITIONS_MET"])
    add("na-shortens-the-sums", "What is N/A is in no sum: 11 of 11.",
        {"N1": control("N1", "=none", na=True)}, "PASSED", "gold", "Gold: 11 of 11", 11, maximum=11)
    add("na-passes-over-a-requirement", "An item that is N/A is not asked for its mark.",
        {"N1": "=all", "M1": "P", "M3": control("M3", "N", na=True)},
        "PASSED", "silver", "Silver, score 99", 14, maximum=15)
    book.add("outcome-ratification-is-a-trigger", "At the second profile everything is ratified.",
             MODEL.format(7), score("outcomes", {"N1": "=all"}, profile="P2"),
             {"outcome": "OUTCOME_PASSED", "outcome_id": "gold", "points": 19, "maximum": 19,
              "review_triggers": [trigger("RATIFICATION")]})
    book.add("outcome-requirement-of-the-other-profile", "The second profile asks most of N1.",
             source, score("outcomes", {"N1": "=some", "M1": "P"}, profile="P2"),
             {"outcome": "OUTCOME_CONDITIONAL", "outcome_id": "bronze", "points": 13})
    book.add("margin-to-the-first-passing-outcome",
             "Two steps on N1 gain 5 points; gold asks for 16 of 17.",
             "margin.h: steps and target.",
             score("outcomes", {"N1": "=some"}),
             {"outcome_id": "bronze", "margin": {
                 "upgrades_to_pass": 2, "points_missing": 4, "downgrades_to_fail": -1, "path": [
                     {"control_id": "N1", "steps": 2, "required_steps": 2, "from_points": 1,
                      "to_points": 6}]}})
    book.add("margin-that-no-step-closes", "All of M N/A fails, and no mark changes that.",
             "margin.h: an objective without scored controls.",
             score("all-not-applicable-fail",
                   {name: control(name, "M", na=True) for name in ("M1", "M2", "M3")}),
             failed("M", margin={"upgrades_to_pass": -1, "path": [], "downgrades_to_fail": -1}))
    book.add("outcome-counterfactual-by-id", "Gold and silver differ though both pass.",
             source, score("outcomes", {"N1": "=all", "M1": control("M1", "P", override=True)}),
             {"outcome": "OUTCOME_PASSED", "outcome_id": "gold",
              "review_triggers": [trigger("OVERRIDE", "M1", "M", "DIFFERENT")],
              "counterfactuals": without(overrides=("DIFFERENT", "PASSED"))})


def scales(book):
    source = MODEL.format(3)
    book.add("scale-of-two-questions", "Some questions meet: the worse of two marks.",
             MODEL.format(2),
             score("outcomes", {"M2": {"M2.1": "+", "M2.2": "-", "M2.3": "+"}, "N1": "=all"}),
             {"objectives": [objective("M", points=5, maximum=7, controls=[
                 state("M2", "NOT_MET", 1, "SOME_QUESTIONS_MEET", mark="no", base_points=1)])]})
    book.add("scale-between-marks", "An adjusted item may stand between marks: 3 of 1 and 4.",
             source, score("outcomes", {"N1": control("N1", "=most", adjust=-1)}),
             {"objectives": [objective("N", "PASSED", points=3, maximum=6, controls=[
                 state("N1", "PARTIALLY_MET", 3, mark="most", base_points=4)])]})
    book.add("scale-status-names-the-ends", "MET and NOT_MET are the ends of any scale.",
             MODEL.format(2), score("outcomes", {"N1": "N", "M2": "M"}),
             {"objectives": [objective("N", controls=[state("N1", "NOT_MET", 0, mark="none")]),
                             objective("M", controls=[state("M2", "MET", 3, mark="yes")])]})
    book.add("scale-minimum-above-zero", "A Not Met may have points; held at its minimum.", source,
             score("outcomes", {"M2": control("M2", "=no", adjust=-1), "N1": "=all"}),
             {"objectives": [objective("M", points=5, not_met=1, controls=[
                 state("M2", "NOT_MET", 1)])]})
    book.add("scale-middle-by-adjustment", "2 points between a scale of 3 and 1.", source,
             score("outcomes", {"M2": control("M2", "=no", adjust=1), "N1": "=all"}),
             {"outcome_id": "silver", "objectives": [objective(
                 "M", "PASSED", points=6, partially_met=1, controls=[
                     state("M2", "PARTIALLY_MET", 2)])]})
    book.add("limit-on-the-worst-item", "M passes by points and fails by one item short by 2.",
             MODEL.format(5), score("outcomes", {"M1": "N", "N1": "=all"}),
             {"failed_objectives": ["M"], "objectives": [objective(
                 "M", "FAILED", points=5, maximum=7, threshold_reached=True, item_beyond_limit=True,
                 reasons=["THRESHOLD_MET", "ZERO_POINT_RULE_OFF", "ITEM_BEYOND_LIMIT"])]})


def write(book):
    add = Options(book)
    for part in (questions_and_adjustments, flags, certificates_blanks_phases, after_scoring):
        part(add)
    for part in (gates, objectives, outcomes, scales):
        part(book)
