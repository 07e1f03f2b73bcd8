"""Vectors of the Defence Cyber Certification: adjustments, overrides, certificates, triggers."""

from cases.builder import (AS_OF, CE, CE_PLUS, certificate, control, failed, objective, passed,
                           state, trigger, without)
from cases.dcc_objectives import (BEFORE, CERTIFICATES, READING, ids, not_applicable, score)

ADJUST = "ASR v2.1 as publicly described: adjustments of one point; clamping is our reading."
OVERRIDE = "ASR v2.1 as publicly described, rule 3: an override makes the control Met."
ANCHOR = "Rule 8: a certificate that does not stand makes its control Not Met; our reading."
WITH_AND_WITHOUT = "Derived from rules 2 to 6: the same inputs scored without the flag."


def adjustments(book):
    for name, finding, change, what, points, reasons in (
            ("up-on-not-met-clears-the-zero-point-rule", "N", 1, "PARTIALLY_MET", 1,
             ["STATUS_RECORDED", "ADJUSTED_UP"]),
            ("up-on-partial-is-met", "P", 1, "MET", 2, ["STATUS_RECORDED", "ADJUSTED_UP"]),
            ("down-on-met-is-partial", "M", -1, "PARTIALLY_MET", 1,
             ["STATUS_RECORDED", "ADJUSTED_DOWN"])):
        base = {"M": 2, "P": 1, "N": 0}[finding]
        book.add(f"adjust-{name}", f"{change:+d} point on a {base}-point control gives {points}.",
                 ADJUST, score(book, "L1", {"2100": control("2100", finding, adjust=change)}),
                 passed(review_triggers=[], objectives=[objective(
                     "B", "PASSED", points=148 + points, no_zero_point_control=True,
                     controls=[state("2100", what, points, *reasons, base_points=base)])]))
    book.add("adjust-down-on-partial-is-not-met", "-1 on a Partially Met fails the objective.",
             ADJUST, score(book, "L1", {"2100": control("2100", "P", adjust=-1)}),
             failed("B", counterfactuals=without(adjustments=("DIFFERENT", "PASSED"),
                                                 all=("DIFFERENT", "PASSED"),
                                                 overrides="NOTHING_TO_REMOVE"),
                    objectives=[objective("B", "FAILED", zero_point_controls=["2100"],
                                          controls=[state("2100", "NOT_MET", 0)])]))
    for name, finding, change, points, what in (("up-on-met", "M", 1, 2, "MET"),
                                                ("down-on-not-met", "N", -1, 0, "NOT_MET")):
        expect = {"objectives": [objective("B", controls=[state("2100", what, points)])],
                  "counterfactuals": without(adjustments="SAME")}
        book.add(f"adjust-{name}-is-held", f"{change:+d} on {points} points stays within 0 to 2.",
                 ADJUST, score(book, "L1", {"2100": control("2100", finding, adjust=change)}),
                 passed(**expect) if what == "MET" else failed("B", **expect))
    zero = control("2100", "P")
    zero["adjustment"] = {"points": 0, "reason": "Looked at, left as it is."}
    book.add("adjust-by-zero-is-none", "An adjustment of 0 points is no adjustment.", ADJUST,
             score(book, "L1", {"2100": zero}),
             passed(counterfactuals=without(adjustments="NOTHING_TO_REMOVE")))
    book.add("adjust-carries-the-verdict", "A pass that rests on one adjustment.",
             WITH_AND_WITHOUT,
             score(book, "L1", {"4100": control("4100", "N", adjust=1)}),
             passed(objectives=[objective("D", "PASSED", points=7)],
                    counterfactuals=without(adjustments=("DIFFERENT", "FAILED"))))


def overrides(book):
    for word, finding in (("not-met", "N"), ("partial", "P"), ("met", "M")):
        expected = "DIFFERENT" if finding == "N" else "SAME"
        book.add(f"override-on-{word}-is-met", "An overridden control is Met, 2 points.", OVERRIDE,
                 score(book, "L1", {"2100": control("2100", finding, override=True)}),
                 passed(objectives=[objective("B", "PASSED", points=150, met=75, controls=[
                     state("2100", "MET", 2, "STATUS_RECORDED", "OVERRIDDEN_TO_MET",
                           base_points={"M": 2, "P": 1, "N": 0}[finding])])],
                        review_triggers=[trigger("OVERRIDE", "2100", "B", expected)],
                        counterfactuals=without(overrides=expected)))
    book.add("override-on-a-blank-leaves-no-counterfactual",
             "An override on nothing recorded: Met, and without it nobody can say.", OVERRIDE,
             score(book, "L1", {"2100": control("2100", override=True)}),
             passed(objectives=[objective("B", controls=[
                 state("2100", "MET", 2, "OVERRIDDEN_TO_MET", base_points=0, mark="")])],
                 review_triggers=[trigger("OVERRIDE", "2100", "B", "UNKNOWN")],
                 counterfactuals={"without_overrides": {
                     "state": "COUNTERFACTUAL_STATE_UNKNOWN", "outcome_id": "",
                     "unknown_controls": ["2100"]}}))
    book.add("override-after-an-adjustment", "An override replaces an adjusted result.", OVERRIDE,
             score(book, "L1", {"2100": control("2100", "P", adjust=-1, override=True)}),
             passed(objectives=[objective("B", controls=[
                 state("2100", "MET", 2, "STATUS_RECORDED", "ADJUSTED_DOWN",
                       "OVERRIDDEN_TO_MET")])],
                 counterfactuals=without(overrides=("DIFFERENT", "FAILED"), adjustments="SAME",
                                         all=("SAME", "PASSED"), flags=("DIFFERENT", "FAILED"))))
    book.add("override-on-the-anchor-is-reviewed-first",
             "An override on CE is allowed, and its trigger is marked as the anchor's.", READING,
             score(book, "L1", {"0001": control("0001", "N", override=True)}),
             passed(review_triggers=[trigger("OVERRIDE", "0001", "CE", "DIFFERENT", anchor=True)]))
    d = ids(book, "L1", "D")
    two = {name: control(name, "P", override=True) for name in d[:2]}
    book.add("two-overrides-carry-together",
             "Either override alone can go; both together cannot.", WITH_AND_WITHOUT,
             score(book, "L1", two),
             passed(review_triggers=[trigger("OVERRIDE", name, "D", "SAME") for name in d[:2]],
                    counterfactuals=without(overrides=("DIFFERENT", "FAILED"),
                                            flags=("DIFFERENT", "FAILED"))))
    both = {d[0]: control(d[0], "P", override=True), d[1]: control(d[1], "P", na=True)}
    book.add("override-and-na-carry-together",
             "Without overrides it passes, without N/A too, without all flags it fails.",
             WITH_AND_WITHOUT, score(book, "L1", both),
             passed(counterfactuals=without(overrides=("SAME", "PASSED"),
                                            not_applicable=("SAME", "PASSED"),
                                            all=("DIFFERENT", "FAILED"),
                                            flags=("DIFFERENT", "FAILED"))))
    book.add("override-does-not-help-another-failure", "A failure elsewhere stays a failure.",
             WITH_AND_WITHOUT,
             score(book, "L1", {"2100": control("2100", "N", override=True), "4100": "N"}),
             failed("D", review_triggers=[trigger("OVERRIDE", "2100", "B", "SAME")],
                    counterfactuals={"without_overrides": {
                        "state": "COUNTERFACTUAL_STATE_SAME", "outcome": "OUTCOME_FAILED",
                        "result_string": "Failed on objective(s): B, D"}}))


def certificates(book):
    valid = dict(kind=CE, issued="2026-01-15", expires="2027-01-14")
    gone = (("missing", [], "MISSING", "No certificate at all."),
            ("expired", [certificate(CE, "2025-09-30", "2026-09-30")], "EXPIRED",
             "The last day was the day before."),
            ("not-yet-valid", [certificate(CE, "2026-10-02", "2027-10-01")], "NOT_YET_VALID",
             "Issued the day after."),
            ("revoked", [certificate(**valid, revoked=AS_OF)], "REVOKED", "Revoked on the day."),
            ("scope-not-covered", [certificate(**valid, scope="DOES_NOT_COVER")],
             "SCOPE_NOT_COVERED", "Judged not to cover the scope."),
            ("scope-not-judged", [certificate(**valid, scope=None)], "SCOPE_NOT_JUDGED",
             "Nobody judged whether it covers the scope."))
    for name, made, reason, pins in gone:
        book.add(f"certificate-{name}", f"{pins} 0001 is Not Met whatever was found.", ANCHOR,
                 score(book, "L1", certificates=made),
                 failed("CE", failed_on_anchor=True, objectives=[objective(
                     "CE", "FAILED", points=0, maximum=2, zero_point_controls=["0001"],
                     controls=[state("0001", "NOT_MET", 0, "STATUS_RECORDED",
                                     f"ANCHOR_CERTIFICATE_{reason}", base_points=2)])]))
    stands = (("last-day-is-included", [certificate(CE, "2025-10-02", AS_OF)]),
              ("first-day-is-included", [certificate(CE, AS_OF, "2027-09-30")]),
              ("revoked-the-day-after-stands", [certificate(**valid, revoked="2026-10-02")]),
              ("one-of-several-is-enough",
               [certificate(CE, "2024-01-01", "2024-12-31", number="C-0"),
                certificate(**valid, scope="DOES_NOT_COVER", number="C-1"),
                certificate(**valid, number="C-2")]))
    for name, made in stands:
        book.add(f"certificate-{name}", "The certificate stands at the day of assessment.", ANCHOR,
                 score(book, "L1", certificates=made),
                 passed(objectives=[objective("CE", "PASSED", controls=[
                     state("0001", "MET", 2, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_VALID")])]))
    nearest = [certificate(CE, "2024-01-01", "2024-12-31", number="C-0"),
               certificate(**valid, scope="DOES_NOT_COVER", number="C-1")]
    book.add("certificate-nearest-failing-is-named",
             "Of several that do not stand, the one that came nearest says why.", ANCHOR,
             score(book, "L1", certificates=nearest),
             failed("CE", objectives=[objective("CE", controls=[
                 state("0001", "NOT_MET", 0, "STATUS_RECORDED",
                       "ANCHOR_CERTIFICATE_SCOPE_NOT_COVERED")])]))
    for missing, kept in (("0001", CE_PLUS), ("0002", CE)):
        book.add(f"certificate-l2-without-that-of-{missing}",
                 f"At Level 2 each certificate stands for its own control: {missing} lacks one.",
                 ANCHOR, score(book, "L2", certificates=[c for c in CERTIFICATES
                                                         if c["kind"] == kept]),
                 failed("CE", objectives=[objective("CE", "FAILED", points=2, maximum=4,
                                                    zero_point_controls=[missing])]))


def certificates_and_flags(book):
    book.add("certificate-beats-an-adjustment",
             "The certificate rule acts after the adjustment: +1 does not lift 0001.", ANCHOR,
             score(book, "L1", {"0001": control("0001", "P", adjust=1)}, certificates=[]),
             failed("CE", objectives=[objective("CE", controls=[
                 state("0001", "NOT_MET", 0, "STATUS_RECORDED", "ADJUSTED_UP",
                       "ANCHOR_CERTIFICATE_MISSING")])]))
    book.add("override-beats-a-certificate", "An override lifts 0001 and is reviewed first.",
             ANCHOR, score(book, "L1", {"0001": control("0001", "M", override=True)},
                           certificates=[]),
             passed(objectives=[objective("CE", controls=[
                 state("0001", "MET", 2, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_MISSING",
                       "OVERRIDDEN_TO_MET")])],
                 review_triggers=[trigger("OVERRIDE", "0001", "CE", "DIFFERENT", anchor=True)],
                 counterfactuals=without(overrides=("DIFFERENT", "FAILED"))))
    book.add("certificate-on-a-blank", "A blank 0001 is Not Met; its certificate is named too.",
             ANCHOR, score(book, "L1", {"0001": None}),
             failed("CE", objectives=[objective("CE", controls=[
                 state("0001", "NOT_MET", 0, "BLANK_NOT_MET", "ANCHOR_CERTIFICATE_VALID")])]))
    book.add("certificate-recorded-only-before-2.1",
             "Before v2.1 a missing certificate is explained and changes nothing.",
             "Reconstructed from one account: rule set asr-pre-2.1.",
             score(book, "L1", certificates=[], rules=BEFORE),
             passed(objectives=[objective("CE", "PASSED", anchor=False, controls=[
                 state("0001", "MET", 2, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_MISSING",
                       "ANCHOR_CERTIFICATE_RECORDED_ONLY")])]))


def before(book):
    source = "Reconstructed from one account: rule set asr-pre-2.1."
    book.add("pre-2.1-ignores-an-override",
             "An override changes nothing, is explained as ignored, and is reviewed all the same.",
             source, score(book, "L1", {"0001": control("0001", "N", override=True)}, rules=BEFORE),
             failed("CE", failed_on_anchor=False, objectives=[objective(
                 "CE", "FAILED", anchor=False, controls=[
                     state("0001", "NOT_MET", 0, "STATUS_RECORDED", "ANCHOR_CERTIFICATE_VALID",
                           "OVERRIDE_IGNORED")])],
                 review_triggers=[trigger("OVERRIDE", "0001", "CE", "SAME")]))
    book.add("pre-2.1-ce-is-no-anchor", "A failing CE fails as any mandatory objective does.",
             source, score(book, "L1", {"0001": "P"}, rules=BEFORE),
             failed("CE", failed_on_anchor=False, objectives=[objective(
                 "CE", "FAILED", points=1, maximum=2, anchor=False,
                 reasons=["BELOW_THRESHOLD", "NO_ZERO_POINT_CONTROL"])]))
    book.add("pre-2.1-na-on-ce-is-allowed", "CE is no anchor, so its control may be N/A.", source,
             score(book, "L1", not_applicable(["0001"]), rules=BEFORE),
             passed(objectives=[objective("CE", "NO_SCORED_CONTROLS")],
                    review_triggers=[trigger("NOT_APPLICABLE", "0001", "CE", "SAME"),
                                     trigger("NO_SCORED_CONTROLS", objective_id="CE")]))
    book.add("pre-2.1-not-met-within-80-percent-passes", "15 Not Met of 75 in B are 80 percent.",
             source, score(book, "L1", dict.fromkeys(ids(book, "L1", "B")[:15], "N"), rules=BEFORE),
             passed(objectives=[objective("B", "PASSED", points=120, maximum=150, not_met=15,
                                          reasons=["THRESHOLD_MET", "ZERO_POINT_RULE_OFF"])]))
    book.add("pre-2.1-one-not-met-more-fails", "16 Not Met of 75 in B are 78.67 percent.",
             source, score(book, "L1", dict.fromkeys(ids(book, "L1", "B")[:16], "N"), rules=BEFORE),
             failed("B", objectives=[objective("B", "FAILED", points=118, maximum=150)]))


def triggers(book):
    source = "Rule 11: triggers come from what was recorded, in catalogue order."
    changes = {name: control(name, "M", override=True) for name in ("4100", "0001")}
    changes |= not_applicable(["2100"])
    made = score(book, "L1", changes)
    made["inputs"]["controls"].reverse()
    book.add("triggers-stand-in-catalogue-order", "Whatever the order of the inputs.", source, made,
             passed(review_triggers=[trigger("OVERRIDE", "0001", "CE", "SAME", anchor=True),
                                     trigger("NOT_APPLICABLE", "2100", "B", "SAME"),
                                     trigger("OVERRIDE", "4100", "D", "SAME")]))
    book.add("triggers-of-a-failure", "A failing assessment has its triggers all the same.", source,
             score(book, "L1", {"1100": "N", **not_applicable(["2100"])}),
             failed("A", review_triggers=[trigger("NOT_APPLICABLE", "2100", "B", "SAME")]))
    book.add("adjustment-is-no-trigger", "An adjustment alone is not reviewed.", source,
             score(book, "L1", {"1100": control("1100", "M", adjust=-1)}),
             passed(review_triggers=[]))
    d, c = ids(book, "L1", "D"), ids(book, "L1", "C")
    book.add("triggers-of-two-whole-objectives", "Objectives come after controls, in order.",
             source, score(book, "L1", not_applicable(c + d)),
             passed(review_triggers=[trigger("NOT_APPLICABLE", name, "C" if name in c else "D")
                                     for name in c + d]
                    + [trigger("NO_SCORED_CONTROLS", objective_id=o) for o in "CD"]))


def write(book):
    for part in (adjustments, overrides, certificates, certificates_and_flags, before, triggers):
        part(book)
