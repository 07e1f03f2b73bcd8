"""RULE_MODEL.md, sections 2 and 3: from what was recorded about one item to points that count."""

import dataclasses
import datetime

MET, PARTIALLY_MET, NOT_MET, NOT_APPLICABLE, BLANK = 1, 2, 3, 4, 5
THEORETICAL, PRACTICAL = 1, 2
RESULTS = {"": 0, "QUESTION_RESULT_UNSPECIFIED": 0, "QUESTION_RESULT_MEETS": 1,
           "QUESTION_RESULT_DOES_NOT_MEET": 2, "QUESTION_RESULT_NOT_APPLICABLE": 3}
UNANSWERED, MEETS, DOES_NOT_MEET, QUESTION_NA = 0, 1, 2, 3
SCOPES = {"": 0, "SCOPE_VERDICT_UNSPECIFIED": 0, "SCOPE_VERDICT_COVERS": 1,
          "SCOPE_VERDICT_DOES_NOT_COVER": 2}


def day(text):
    """Days since 1970-01-01."""
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


@dataclasses.dataclass
class Finding:
    mark: int = 0  # k: mark k-1 of the scale; 0: none.
    # Question id -> (outcome, a gate's answer); only those that say something.
    questions: dict = dataclasses.field(default_factory=dict)

    def present(self):
        return self.mark > 0 or bool(self.questions)


@dataclasses.dataclass
class Record:
    theoretical: Finding = dataclasses.field(default_factory=Finding)
    practical: Finding = dataclasses.field(default_factory=Finding)
    adjustment: int = 0
    overridden: bool = False
    not_applicable: bool = False
    overturned: bool = False


@dataclasses.dataclass
class QuestionResult:
    question: str
    state: str
    reason: str


@dataclasses.dataclass
class Result:
    state: int = BLANK
    open: bool = False
    phase: int = 0
    base_known: bool = False
    base_points: int = 0
    mark: int = 0
    points: int = 0
    maximum: int = 0
    reasons: list = dataclasses.field(default_factory=list)
    questions: list = dataclasses.field(default_factory=list)


def _read_finding(basis, control, finding):
    marks = basis.marks(control)
    status = finding.get("status", "CONTROL_STATUS_UNSPECIFIED")
    if "mark" in finding:
        return Finding([mark["id"] for mark in marks].index(finding["mark"]) + 1)
    if status != "CONTROL_STATUS_UNSPECIFIED":
        position = {"CONTROL_STATUS_MET": 1, "CONTROL_STATUS_PARTIALLY_MET": 2,
                    "CONTROL_STATUS_NOT_MET": len(marks)}
        return Finding(position[status])
    kinds = {question["id"]: question["kind"] for question in basis.questions(control)}
    questions = {}
    for said in finding.get("questions", []):
        name = said["question_id"]
        answer = said.get("answer", "") if kinds[name] == "gate" else ""
        outcome = RESULTS[said.get("result", "")]
        if outcome or answer:
            questions[name] = (outcome, answer)
    return Finding(0, questions)


def read_record(basis, control, recorded, overturned):
    """One ControlInput; `recorded` is {} for a control that was left out."""
    return Record(
        theoretical=_read_finding(basis, control, recorded.get("theoretical", {})),
        practical=_read_finding(basis, control, recorded.get("practical", {})),
        adjustment=recorded.get("adjustment", {}).get("points", 0),
        overridden="override" in recorded,
        not_applicable="not_applicable" in recorded,
        overturned=overturned)


def choose_phase(options, record):
    """(phase, finding); the phase is 0 when none is present."""
    candidates = {"latest": ((PRACTICAL, record.practical), (THEORETICAL, record.theoretical)),
                  "practical_only": ((PRACTICAL, record.practical),),
                  "theoretical_only": ((THEORETICAL, record.theoretical),)}
    for phase, finding in candidates[options["phase"]]:
        if finding.present():
            return phase, finding
    return 0, Finding()


def judge_questions(basis, control, finding, overturned):
    """(what counts: [(question, meets)], number of open ones, explanation)."""
    counted, results, asked, opened = [], [], {}, 0
    for question in basis.questions(control):
        outcome, answer = finding.questions.get(question["id"], (UNANSWERED, ""))
        if overturned and outcome == QUESTION_NA:
            outcome = UNANSWERED
        condition = question.get("asked_when")
        if condition is None:
            is_asked = True
        else:
            gate_asked, gate_answer, gate_na = asked[condition["question"]]
            is_asked = gate_asked and (gate_answer in condition["answers"] or gate_na)
        asked[question["id"]] = (is_asked, answer, outcome == QUESTION_NA)
        if not is_asked:
            results.append(QuestionResult(question["id"], "NOT_ASKED", "NOT_ASKED"))
            continue
        meets, state, reason = _judge(basis, question, outcome, answer)
        results.append(QuestionResult(question["id"], state, reason))
        if state == "OPEN":
            opened += 1
        if meets is not None:
            counted.append((question, meets))
    return counted, opened, results


def _judge(basis, question, outcome, answer):
    """One asked question: (meets, or None when it is left out; state; reason)."""
    counts_as_met = basis.options["question_not_applicable"] == "counts_as_met"
    if outcome == QUESTION_NA:
        if counts_as_met and question["scored"]:
            return True, "NOT_APPLICABLE", "QUESTION_NOT_APPLICABLE_COUNTS_AS_MET"
        return None, "NOT_APPLICABLE", "QUESTION_NOT_APPLICABLE_EXCLUDED"
    if question["kind"] == "gate" and answer == "":
        return False, "OPEN", "GATE_UNANSWERED"
    if not question["scored"]:
        return None, "MET", "GATE_ANSWERED"
    if outcome == UNANSWERED:
        return False, "OPEN", "QUESTION_UNANSWERED"
    if outcome == MEETS:
        return True, "MET", "QUESTION_MEETS"
    return False, "NOT_MET", "QUESTION_DOES_NOT_MEET"


def derive_mark(basis, control, counted):
    """(mark, reason)."""
    last = len(basis.marks(control))
    if basis.rules.get("derivation", "all_meet") == "indicators":
        return _derive_from_indicators(counted, last)
    said = [meets for _, meets in counted]
    if said and all(said):
        return 1, "ALL_QUESTIONS_MEET"
    if not any(said):
        return last, "NO_QUESTION_MEETS"
    return (2 if last == 3 else last), "SOME_QUESTIONS_MEET"


def _derive_from_indicators(counted, last):
    columns = {"met": [], "partially_met": [], "not_met": []}
    for question, meets in counted:
        # An unscored gate gets here only when it is open: a failing present.
        columns[question["indicator"] if question["scored"] else "not_met"].append(meets)
    if not all(columns["not_met"]):
        return last, "INDICATORS_NOT_MET"
    if columns["met"] and all(columns["met"]):
        return 1, "INDICATORS_MET"
    if last == 3 and columns["partially_met"] and all(columns["partially_met"]):
        return 2, "INDICATORS_PARTIALLY_MET"
    return last, "INDICATORS_NOT_MET"


def _state_of(points, marks):
    if points == marks[0]["points"]:
        return MET
    return NOT_MET if points == marks[-1]["points"] else PARTIALLY_MET


def _certificate_kinds(control):
    if "certificate_kind" in control:
        return [control["certificate_kind"]]
    return control.get("certificate_kinds", [])


def certificate_reason(kinds, certificates, as_of):
    """Section 3, step 4; of several that do not stand, the one that came nearest is named."""
    order = ["ANCHOR_CERTIFICATE_VALID", "ANCHOR_CERTIFICATE_SCOPE_NOT_JUDGED",
             "ANCHOR_CERTIFICATE_SCOPE_NOT_COVERED", "ANCHOR_CERTIFICATE_EXPIRED",
             "ANCHOR_CERTIFICATE_REVOKED", "ANCHOR_CERTIFICATE_NOT_YET_VALID"]
    found = []
    for certificate in certificates:
        if certificate["kind"] not in kinds:
            continue
        revoked = certificate.get("revoked_on", "")
        if as_of < day(certificate["issued_on"]):
            found.append(order[5])
        elif revoked and day(revoked) <= as_of:
            found.append(order[4])
        elif as_of > day(certificate["expires_on"]):
            found.append(order[3])
        else:
            found.append(order[{1: 0, 2: 2, 0: 1}[SCOPES[certificate.get("scope_verdict", "")]]])
    return min(found, key=order.index) if found else "ANCHOR_CERTIFICATE_MISSING"


class ItemScorer:
    """One item through section 3, step by step."""

    def __init__(self, basis, control, record, final, certificates, as_of):
        self.basis, self.control, self.record = basis, control, record
        self.options, self.final = basis.options, final
        self.certificates, self.as_of = certificates, as_of
        self.marks = basis.marks(control["id"])
        self.best, self.worst = self.marks[0]["points"], self.marks[-1]["points"]
        self.overridden = record.overridden and not record.overturned
        self.not_applicable = record.not_applicable and not record.overturned
        self.result = Result(maximum=self.best)

    def score(self):
        if self._had_flag_overturned():
            self._say("FLAG_OVERTURNED")
        self._find()
        left_open = self._blank()
        self._adjust(left_open)
        if not left_open:
            self._certificate()
        self._override()
        self._leave_set()
        return self.result

    def _say(self, reason):
        self.result.reasons.append(reason)

    def _had_flag_overturned(self):
        record = self.record
        marked = any(outcome == QUESTION_NA
                     for finding in (record.theoretical, record.practical)
                     for outcome, _ in finding.questions.values())
        return record.overturned and (record.overridden or record.not_applicable or marked)

    def _find(self):
        result = self.result
        result.phase, finding = choose_phase(self.options, self.record)
        if self.record.overturned and not finding.mark:
            left = {name: said for name, said in finding.questions.items()
                    if said[0] != QUESTION_NA or said[1]}
            if not left:
                finding = Finding()
        if not finding.present():
            return
        result.base_known = True
        opened = 0
        if finding.mark:
            result.mark = finding.mark
            self._say("STATUS_RECORDED")
        else:
            counted, opened, result.questions = judge_questions(
                self.basis, self.control["id"], finding, self.record.overturned)
            result.mark, reason = derive_mark(self.basis, self.control["id"], counted)
            self._say(reason)
        result.base_points = result.points = self.marks[result.mark - 1]["points"]
        # The mark, not its points, is the state: a middle mark may share its points with another.
        result.state = {1: MET, len(self.marks): NOT_MET}.get(result.mark, PARTIALLY_MET)
        if opened and not self.final:
            result.open = True
            self._say("QUESTION_OPEN")

    def _honoured_override(self):
        return self.overridden and self.options["override_policy"] == "met"

    def _blank(self):
        """Whether the item is left open as a blank."""
        if self.result.base_known or self._honoured_override() or self.not_applicable:
            return False
        self.result.points = self.worst
        if self.final and self.options["blank"] == "not_met":
            self.result.state = NOT_MET
            self._say("BLANK_NOT_MET")
            return False
        self.result.state, self.result.open = BLANK, True
        self._say("BLANK_OPEN")
        return True

    def _adjust(self, left_open):
        change, result = self.record.adjustment, self.result
        if change == 0:
            return
        counting_blank = (not result.base_known and result.state == NOT_MET
                          and self.options["adjust_blank"] == "allow")
        if not result.base_known and not counting_blank:
            if self.record.overturned and (left_open or result.state == NOT_MET):
                self._say("ADJUSTMENT_DROPPED")
            return
        points = result.points + change
        held = min(max(points, self.worst), self.best)
        if held != points and self.options["adjustment_clamp"] == "refuse":
            self._say("ADJUSTMENT_DROPPED")
            return
        self._say("ADJUSTED_UP" if change > 0 else "ADJUSTED_DOWN")
        if held != points:
            self._say("ADJUSTMENT_CLAMPED")
        if held != result.points:
            result.points, result.state = held, _state_of(held, self.marks)

    def _certificate(self):
        kinds = _certificate_kinds(self.control)
        if not kinds:
            return
        reason = certificate_reason(kinds, self.certificates, self.as_of)
        self._say(reason)
        if reason == "ANCHOR_CERTIFICATE_VALID":
            return
        if self.options["anchor_certificate"] == "enforce":
            self.result.state, self.result.points = NOT_MET, self.worst
        else:
            self._say("ANCHOR_CERTIFICATE_RECORDED_ONLY")

    def _override(self):
        if not self.overridden:
            return
        if self.options["override_policy"] == "ignore":
            self._say("OVERRIDE_IGNORED")
            return
        self.result.state, self.result.points, self.result.open = MET, self.best, False
        self._say("OVERRIDDEN_TO_MET")

    def _leave_set(self):
        if self.not_applicable:
            self.result.state, self.result.open = NOT_APPLICABLE, False
            self.result.points = self.result.maximum = 0
            self._say("NOT_APPLICABLE_LEAVES_SET")
