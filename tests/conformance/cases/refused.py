"""Vectors of refused requests: code, reason and field of each."""

import copy

from cases import options
from cases.builder import CE, certificate, control
from cases.dcc_objectives import basis, score as dcc_score

SOURCE = "RULE_MODEL.md, section 4, and the scoring service's README."
LIMITS = "services/scoring/limits.h."


class Refusals:
    """Adds refused-<name> vectors."""

    def __init__(self, book):
        self.book = book

    def __call__(self, name, pins, made, reason, field, code="INVALID_ARGUMENT", source=SOURCE):
        error = {"code": code, "reason": reason}
        if field:
            error["field"] = field
        self.book.add(f"refused-{name}", pins, source, made, error=error)


def one(recorded, **more):
    """The second control of the tiny mandatory objective, alone."""
    return options.score(changes={"M2": recorded}, default=None, **more)


def asked(*outcomes):
    return {"control_id": "M2", "theoretical": {"questions": list(outcomes)}}


def meets(name, **more):
    return {"question_id": name, "result": "QUESTION_RESULT_MEETS", **more}


def identities(add):
    for name, ids, reason, field in (
            ("control-unknown", ["9999"], "CONTROL_UNKNOWN", 0),
            ("control-not-in-scope", ["1204"], "CONTROL_NOT_IN_SCOPE", 0),
            ("control-twice", ["2100", "2100"], "CONTROL_DUPLICATE", 1)):
        made = dcc_score(add.book, "L1", default=None)
        made["inputs"]["controls"] = [control(i, "M") for i in ids]
        add(name, "Only controls of the profile, each once.", made, reason,
            f"inputs.controls[{field}].control_id")
    for name, ids, reason, field in (
            ("overturned-unknown", ["9999"], "CONTROL_UNKNOWN", 0),
            ("overturned-not-in-scope", ["1204"], "CONTROL_NOT_IN_SCOPE", 0),
            ("overturned-twice", ["2100", "2100"], "CONTROL_DUPLICATE", 1)):
        add(name, "Only controls of the profile are overturned, each once.",
            dcc_score(add.book, "L1", overturned=ids), reason, f"overturned_controls[{field}]")


def findings(add):
    path = "inputs.controls[0].theoretical"
    add("status-and-questions", "A phase has a status or questions.",
        one({"control_id": "M2", "theoretical": {"status": "CONTROL_STATUS_MET",
                                                 "questions": [meets("M2.1")]}}),
        "STATUS_AND_QUESTIONS", path)
    add("mark-and-questions", "A phase has a mark or questions.",
        one({"control_id": "M2", "theoretical": {"mark": "met", "questions": [meets("M2.1")]}}),
        "STATUS_AND_QUESTIONS", path)
    add("status-and-mark", "A phase has a status or a mark.",
        one({"control_id": "M2", "theoretical": {"status": "CONTROL_STATUS_MET", "mark": "met"}}),
        "STATUS_AND_MARK", f"{path}.mark")
    add("status-and-questions-practical", "The practical phase is judged by itself.",
        one({"control_id": "M2", "practical": {"status": "CONTROL_STATUS_MET",
                                               "questions": [meets("M2.1")]}}),
        "STATUS_AND_QUESTIONS", "inputs.controls[0].practical")
    add("status-invalid", "A number that is no status.",
        one({"control_id": "M2", "theoretical": {"status": 9}}), "STATUS_INVALID", f"{path}.status")
    add("outcome-invalid", "A number that is no outcome of a question.",
        one(asked({"question_id": "M2.1", "result": 9})), "STATUS_INVALID",
        f"{path}.questions[0].result")
    add("mark-unknown", "A mark that the scale does not have.", one(control("M2", "=most")),
        "MARK_UNKNOWN", f"{path}.mark")
    add("partially-met-on-two-marks", "PARTIALLY_MET on a scale of two marks.",
        options.score("outcomes", {"M2": "P"}, default=None), "MARK_UNKNOWN", f"{path}.status")
    add("partially-met-on-four-marks", "PARTIALLY_MET on a scale of four marks.",
        options.score("outcomes", {"N1": "P"}, default=None), "MARK_UNKNOWN", f"{path}.status")


def questions(add):
    path = "inputs.controls[0].theoretical.questions"
    for name, outcomes, reason, field, pins in (
            ("question-unknown", [meets("M2.9")], "QUESTION_UNKNOWN", "[0].question_id",
             "No question of the set."),
            ("question-of-another-control", [meets("M1.3")], "QUESTION_UNKNOWN",
             "[0].question_id", "A question of another control."),
            ("question-not-in-scope", [meets("M2.4")], "QUESTION_NOT_IN_SCOPE",
             "[0].question_id", "A question of the second profile only."),
            ("question-twice", [meets("M2.1"), meets("M2.1")], "QUESTION_DUPLICATE",
             "[1].question_id", "Each question once in a phase."),
            ("question-na-without-justification",
             [meets("M2.1"), {"question_id": "M2.2", "result": "QUESTION_RESULT_NOT_APPLICABLE"}],
             "QUESTION_NOT_APPLICABLE_NEEDS_JUSTIFICATION", "[1].justification",
             "Why it does not apply is required."),
            ("question-justification-unexpected", [meets("M2.1", justification="Because.")],
             "QUESTION_JUSTIFICATION_UNEXPECTED", "[0].justification",
             "A justification is for a question that does not apply."),
            ("all-questions-na",
             [{"question_id": f"M2.{i}", "result": "QUESTION_RESULT_NOT_APPLICABLE",
               "justification": "None of it exists."} for i in (1, 2, 3)],
             "ALL_QUESTIONS_NOT_APPLICABLE", "", "That is a control N/A in disguise.")):
        add(name, pins, one(asked(*outcomes)), reason, path + field)
    add("gate-answer-unknown", "Only an answer the gate lists, compared exactly.",
        options.score(changes={"M1": {"M1.1": "=Yes"}}, default=None), "GATE_ANSWER_UNKNOWN",
        f"{path}[0].answer")
    made = dcc_score(add.book, "L1", default=None)
    made["inputs"]["controls"] = [{"control_id": "2314", "theoretical": {
        "questions": [meets("2314.1")]}}]
    add("question-without-a-question-set", "Without a question set there are no questions.", made,
        "QUESTION_UNKNOWN", f"{path}[0].question_id")


def flags(add):
    path = "inputs.controls[0]"
    for points in (2, -2):
        recorded = control("M2", "M", adjust=points)
        add(f"adjustment-of-{'minus-' if points < 0 else ''}2", "One point either way, no more.",
            one(recorded), "ADJUSTMENT_OUT_OF_RANGE", f"{path}.adjustment.points")
    for name, outer, inner, reason in (
            ("adjustment-without-reason", "adjustment", "reason", "ADJUSTMENT_REASON_REQUIRED"),
            ("override-without-reasoning", "override", "reasoning", "OVERRIDE_REASONING_REQUIRED"),
            ("na-without-justification", "not_applicable", "justification",
             "NOT_APPLICABLE_JUSTIFICATION_REQUIRED")):
        recorded = {"control_id": "M2", "theoretical": {"status": "CONTROL_STATUS_PARTIALLY_MET"},
                    outer: {"points": 1} if outer == "adjustment" else {}}
        add(name, "Why is required.", one(recorded), reason, f"{path}.{outer}.{inner}")
        blank = copy.deepcopy(recorded)
        blank[outer][inner] = " \t\n"
        add(f"{name}-only-spaces", "Spaces say nothing.", one(blank), reason,
            f"{path}.{outer}.{inner}")
    add("adjustment-on-a-blank", "Nothing to adjust.", one(control("M2", adjust=1)),
        "ADJUSTMENT_ON_BLANK", f"{path}.adjustment.points")
    add("na-on-ce", "CE always applies.",
        dcc_score(add.book, "L1", {"0001": control("0001", "M", na=True)}),
        "NOT_APPLICABLE_ON_ANCHOR", f"{path}.not_applicable")
    add("override-and-na", "One or the other.",
        dcc_score(add.book, "L1", {"2100": control("2100", "M", override=True, na=True)}),
        "OVERRIDE_WITH_NOT_APPLICABLE", "inputs.controls[13].override")


def certificates(add):
    path = "inputs.certificates"
    valid = certificate(CE)
    for name, made, field, pins in (
            ("of-no-kind", [certificate("")], "[0].kind", "A kind is required."),
            ("of-an-unknown-kind", [certificate("ISO_27001")], "[0].kind",
             "No control rests on that kind."),
            ("that-ends-before-it-begins", [certificate(CE, "2026-02-01", "2026-01-31")],
             "[0].expires_on", "Ends before it begins."),
            ("revoked-before-it-begins", [certificate(CE, "2026-02-01", "2027-01-31",
                                                      revoked="2026-01-31")],
             "[0].revoked_on", "Revoked before it begins."),
            ("of-the-same-number-twice", [valid, certificate(CE, "2025-01-01", "2025-12-31")],
             "[1].number", "The same kind and number twice."),
            ("twice-without-number", [certificate(CE, number=""), certificate(CE, number="")],
             "[1].number", "Identical doubles.")):
        add(f"certificate-{name}", pins, dcc_score(add.book, "L1", certificates=made),
            "CERTIFICATE_INVALID", path + field)
    for key, value in (("issued_on", "2026-02-30"), ("expires_on", ""), ("revoked_on", "soon")):
        add(f"certificate-date-{key.replace('_', '-')}", "A date is YYYY-MM-DD and exists.",
            dcc_score(add.book, "L1", certificates=[{**valid, key: value}]), "DATE_INVALID",
            f"{path}[0].{key}")
    for value, name in (("", "missing"), ("2026-13-01", "no-month"), ("01.10.2026", "other-form"),
                        ("2025-02-29", "no-leap-year")):
        add(f"as-of-{name}", "The day is required, YYYY-MM-DD.",
            dcc_score(add.book, "L1", as_of=value), "DATE_INVALID", "inputs.as_of")


def limits(add):
    many = [certificate(CE, number=f"C-{i}") for i in range(11)]
    add("11-certificates", "At most 10.", dcc_score(add.book, "L1", certificates=many), "TOO_MANY",
        "inputs.certificates", source=LIMITS)
    add.book.add("limit-10-certificates", "Ten are taken.", LIMITS,
                 dcc_score(add.book, "L1", certificates=many[:10]),
                 {"outcome": "OUTCOME_PASSED"})
    add("101-questions", "At most 100 in a finding.",
        one(asked(*[meets(f"M2.{i}") for i in range(1, 102)])), "TOO_MANY",
        "inputs.controls[0].theoretical.questions", source=LIMITS)
    add("201-overturned", "At most 200.",
        dcc_score(add.book, "L1", overturned=[f"{i}" for i in range(201)]), "TOO_MANY",
        "overturned_controls", source=LIMITS)
    for length, fits in ((4000, True), (4001, False)):
        recorded = control("M2", "M", override=True)
        recorded["override"]["reasoning"] = "é" * length
        made = options.score(changes={"M2": recorded})
        if fits:
            add.book.add("limit-4000-characters", "Characters count, not bytes.", LIMITS, made,
                         {"outcome": "OUTCOME_PASSED"})
        else:
            add("4001-characters", "At most 4000 characters.", made, "TEXT_TOO_LONG",
                "inputs.controls[3].override.reasoning", source=LIMITS)
    add("long-certificate-number", "At most 100 characters.",
        dcc_score(add.book, "L1", certificates=[certificate(CE, number="9" * 101)]),
        "TEXT_TOO_LONG", "inputs.certificates[0].number", source=LIMITS)
    add("long-answer", "At most 200 characters.",
        one(asked({"question_id": "M2.1", "answer": "a" * 201})), "TEXT_TOO_LONG",
        "inputs.controls[0].theoretical.questions[0].answer", source=LIMITS)


def requests(add):
    good = dcc_score(add.book, "L1")
    small = {**good, "inputs": {"as_of": "2026-10-01"}}
    for name, change, reason, field, pins in (
            ("profile-unknown", {"basis": basis("L9")}, "PROFILE_UNKNOWN", "basis.profile",
             "A profile of the catalogue is required."),
            ("profile-missing", {"basis": {**basis("L1"), "profile": ""}}, "PROFILE_UNKNOWN",
             "basis.profile", "A profile is required."),
            ("catalogue-missing", {"basis": {**basis("L1"), "catalogue": ""}},
             "RESOURCE_NAME_INVALID", "basis.catalogue", "A catalogue is required."),
            ("rule-set-missing", {"basis": {**basis("L1"), "rule_set": ""}},
             "RESOURCE_NAME_INVALID", "basis.rule_set", "A rule set is required."),
            ("mode-unknown", {"mode": 7}, "MODE_INVALID", "mode", "A number that is no mode."),
            ("view-unknown", {"view": 7}, "VIEW_INVALID", "view", "A number that is no view."),
            ("digest-version-3", {"digest_version": 3}, "DIGEST_VERSION_INVALID",
             "digest_version", "Versions 1 and 2 exist.")):
        add(name, pins, {**small, **change}, reason, field)
    add("digest-version-1-of-model-2", "Version 1 knows rule sets of model version 1 only.",
        options.score(digest_version=1), "DIGEST_VERSION_INVALID", "digest_version",
        source="CANONICAL.md.")
    for name, change, reason in (
            ("rule-set-not-found", {"rule_set": "schemes/dcc/ruleSets/asr-9"},
             "RULE_SET_NOT_FOUND"),
            ("catalogue-not-found", {"catalogue": "schemes/dcc/catalogues/none"},
             "CATALOGUE_NOT_FOUND"),
            ("question-set-not-found", {"question_set": "schemes/dcc/questionSets/none"},
             "QUESTION_SET_NOT_FOUND")):
        add(name, "The catalogue does not know the document.",
            {**small, "basis": {**basis("L1"), **change}}, reason, "", "NOT_FOUND")
    other = {**basis("L1"), "rule_set": "schemes/options/ruleSets/default"}
    add("documents-do-not-match", "A rule set of another catalogue.", {**small, "basis": other},
        "DOCUMENTS_DO_NOT_MATCH", "", "FAILED_PRECONDITION")


def write(book):
    add = Refusals(book)
    for part in (identities, findings, questions, flags, certificates, limits, requests):
        part(add)
