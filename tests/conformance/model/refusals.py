"""RULE_MODEL.md, section 4, and the scoring service's table of refused inputs."""

import datetime

from model import items

MAX_CERTIFICATES, MAX_CONTROLS, MAX_QUESTIONS, MAX_OVERTURNED = 10, 2000, 100, 200
MAX_REASON, MAX_ANSWER, MAX_NUMBER, MAX_ID = 4000, 200, 100, 64
NOT_FOUND = {"catalogues": "CATALOGUE_NOT_FOUND", "ruleSets": "RULE_SET_NOT_FOUND",
             "questionSets": "QUESTION_SET_NOT_FOUND"}


def refusal(reason, field, code="INVALID_ARGUMENT"):
    return {"code": code, "reason": reason, "field": field}


def find(schemes, request):
    """The first refusal of a ScoreRequest; None when it is scored."""
    basis = request.get("basis", {})
    refused = _basis(schemes, basis) or _request(request)
    if refused:
        return refused
    compiled = schemes.basis(basis)
    if request.get("digest_version", 0) == 1 and compiled.model_version != 1:
        return refusal("DIGEST_VERSION_INVALID", "digest_version")
    refused = _form(request["inputs"], request.get("overturned_controls", []))
    if refused:
        return refused
    return _rules(schemes.document(basis["catalogue"]), compiled, request)


def _basis(schemes, basis):
    for key in ("catalogue", "rule_set"):
        if not basis.get(key):
            return refusal("RESOURCE_NAME_INVALID", f"basis.{key}")
    for key in ("catalogue", "rule_set", "question_set"):
        if basis.get(key):
            try:
                document = schemes.document(basis[key])
            except (KeyError, FileNotFoundError):
                return refusal(NOT_FOUND[basis[key].split("/")[2]], "", "NOT_FOUND")
            name, catalogue = basis[key].split("/"), basis["catalogue"].split("/")
            theirs = document.get("catalogue", catalogue[3])
            if (name[1], theirs) != (catalogue[1], catalogue[3]):
                return refusal("DOCUMENTS_DO_NOT_MATCH", "", "FAILED_PRECONDITION")
    profiles = [p["id"] for p in schemes.document(basis["catalogue"])["profiles"]]
    if basis.get("profile", "") not in profiles:
        return refusal("PROFILE_UNKNOWN", "basis.profile")
    return None


def _request(request):
    if isinstance(request.get("mode", ""), int):
        return refusal("MODE_INVALID", "mode")
    if isinstance(request.get("view", ""), int):
        return refusal("VIEW_INVALID", "view")
    if request.get("digest_version", 0) not in (0, 1, 2):
        return refusal("DIGEST_VERSION_INVALID", "digest_version")
    return None


def _is_date(text):
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _texts(prefix, control):
    yield f"{prefix}.control_id", control.get("control_id", ""), MAX_ID
    for outer, inner in (("adjustment", "reason"), ("override", "reasoning"),
                         ("not_applicable", "justification")):
        yield f"{prefix}.{outer}.{inner}", control.get(outer, {}).get(inner, ""), MAX_REASON
    for phase in ("theoretical", "practical"):
        finding = control.get(phase, {})
        yield f"{prefix}.{phase}.mark", finding.get("mark", ""), MAX_ID
        for i, said in enumerate(finding.get("questions", [])):
            where = f"{prefix}.{phase}.questions[{i}]"
            yield f"{where}.question_id", said.get("question_id", ""), MAX_ID
            yield f"{where}.answer", said.get("answer", ""), MAX_ANSWER
            yield f"{where}.justification", said.get("justification", ""), MAX_REASON


def _form(inputs, overturned):
    """Counts, lengths, dates: before anything is judged by rules."""
    if not _is_date(inputs.get("as_of", "")):
        return refusal("DATE_INVALID", "inputs.as_of")
    certificates, controls = inputs.get("certificates", []), inputs.get("controls", [])
    counts = [("inputs.certificates", certificates, MAX_CERTIFICATES),
              ("inputs.controls", controls, MAX_CONTROLS),
              ("overturned_controls", overturned, MAX_OVERTURNED)]
    counts += [(f"inputs.controls[{i}].{phase}.questions",
                control.get(phase, {}).get("questions", []), MAX_QUESTIONS)
               for i, control in enumerate(controls) for phase in ("theoretical", "practical")]
    for field, values, limit in counts:
        if len(values) > limit:
            return refusal("TOO_MANY", field)
    for i, certificate in enumerate(certificates):
        if len(certificate.get("number", "")) > MAX_NUMBER:
            return refusal("TEXT_TOO_LONG", f"inputs.certificates[{i}].number")
        for key in ("issued_on", "expires_on", "revoked_on"):
            if (key != "revoked_on" or certificate.get(key)) and not _is_date(
                    certificate.get(key, "")):
                return refusal("DATE_INVALID", f"inputs.certificates[{i}].{key}")
    for i, control in enumerate(controls):
        for field, text, limit in _texts(f"inputs.controls[{i}]", control):
            if len(text) > limit:
                return refusal("TEXT_TOO_LONG", field)
    return None


def _rules(catalogue, basis, request):
    kinds = {kind for control in basis.controls
             for kind in [control.get("certificate_kind"), *control.get("certificate_kinds", [])]}
    seen = []
    for i, certificate in enumerate(request["inputs"].get("certificates", [])):
        refused = _certificate(certificate, kinds, seen, f"inputs.certificates[{i}]")
        if refused:
            return refused
        seen.append(certificate)
    known = {control["id"] for control in catalogue["controls"]}
    in_scope = {control["id"]: control for control in basis.controls}
    named = [(c.get("control_id", ""), f"inputs.controls[{i}]", ".control_id", c)
             for i, c in enumerate(request["inputs"].get("controls", []))]
    named += [(name, f"overturned_controls[{i}]", "", None)
              for i, name in enumerate(request.get("overturned_controls", []))]
    met = set()
    for name, path, key, recorded in named:
        reason = None
        if name not in known:
            reason = "CONTROL_UNKNOWN"
        elif name not in in_scope:
            reason = "CONTROL_NOT_IN_SCOPE"
        elif (name, key) in met:
            reason = "CONTROL_DUPLICATE"
        if reason:
            return refusal(reason, path + key)
        met.add((name, key))
        refused = recorded is not None and Judge(basis, in_scope[name], recorded, path).run()
        if refused:
            return refused
    return None


def _certificate(certificate, kinds, seen, path):
    if certificate.get("kind", "") not in kinds:
        return refusal("CERTIFICATE_INVALID", f"{path}.kind")
    if certificate["expires_on"] < certificate["issued_on"]:
        return refusal("CERTIFICATE_INVALID", f"{path}.expires_on")
    if certificate.get("revoked_on") and certificate["revoked_on"] < certificate["issued_on"]:
        return refusal("CERTIFICATE_INVALID", f"{path}.revoked_on")
    number = certificate.get("number", "")
    for earlier in seen:
        same_number = earlier.get("number", "") == number and earlier["kind"] == certificate["kind"]
        if same_number and (number or earlier == certificate):
            return refusal("CERTIFICATE_INVALID", f"{path}.number")
    return None


class Judge:
    """One control that is in scope."""

    def __init__(self, basis, control, recorded, path):
        self.basis, self.control, self.recorded, self.path = basis, control, recorded, path
        self.options = basis.options
        self.on_anchor = basis.is_anchor(control["objective"])

    def run(self):
        for phase in ("theoretical", "practical"):
            refused = self._finding(phase, self.recorded.get(phase, {}))
            if refused:
                return refused
        return self._adjustment() or self._override() or self._not_applicable()

    def _refuse(self, reason, field):
        return refusal(reason, f"{self.path}.{field}")

    def _finding(self, phase, finding):
        status = finding.get("status", "CONTROL_STATUS_UNSPECIFIED")
        has_status = status != "CONTROL_STATUS_UNSPECIFIED"
        questions, marks = finding.get("questions", []), self.basis.marks(self.control["id"])
        if isinstance(status, int):
            return self._refuse("STATUS_INVALID", f"{phase}.status")
        if (has_status or "mark" in finding) and questions:
            return self._refuse("STATUS_AND_QUESTIONS", phase)
        if has_status and "mark" in finding:
            return self._refuse("STATUS_AND_MARK", f"{phase}.mark")
        if "mark" in finding and finding["mark"] not in [mark["id"] for mark in marks]:
            return self._refuse("MARK_UNKNOWN", f"{phase}.mark")
        if status == "CONTROL_STATUS_PARTIALLY_MET" and len(marks) != 3:
            return self._refuse("MARK_UNKNOWN", f"{phase}.status")
        seen = set()
        for i, said in enumerate(questions):
            refused = self._question(f"{phase}.questions[{i}]", said, seen)
            if refused:
                return refused
        return self._all_not_applicable(phase, finding)

    def _question(self, path, said, seen):
        known = {q["id"]: q for q in self.basis.questions(self.control["id"])}
        name, result = said["question_id"], said.get("result", "")
        if name not in known:
            elsewhere = name in self.basis.all_questions and name.startswith(
                self.control["id"] + ".")
            reason = "QUESTION_NOT_IN_SCOPE" if elsewhere else "QUESTION_UNKNOWN"
            return self._refuse(reason, f"{path}.question_id")
        if name in seen:
            return self._refuse("QUESTION_DUPLICATE", f"{path}.question_id")
        seen.add(name)
        if isinstance(result, int):
            return self._refuse("STATUS_INVALID", f"{path}.result")
        is_na, justified = result == "QUESTION_RESULT_NOT_APPLICABLE", bool(
            said.get("justification", "").strip())
        if is_na and not justified:
            return self._refuse("QUESTION_NOT_APPLICABLE_NEEDS_JUSTIFICATION",
                                f"{path}.justification")
        if is_na and self.on_anchor and self.options["anchor_not_applicable"] == "refuse":
            return self._refuse("NOT_APPLICABLE_ON_ANCHOR", f"{path}.result")
        if justified and not is_na:
            return self._refuse("QUESTION_JUSTIFICATION_UNEXPECTED", f"{path}.justification")
        answer = said.get("answer", "")
        if known[name]["kind"] == "gate" and answer and answer not in known[name]["answers"]:
            return self._refuse("GATE_ANSWER_UNKNOWN", f"{path}.answer")
        return None

    def _all_not_applicable(self, phase, finding):
        if not finding.get("questions"):
            return None
        read = items.read_record(self.basis, self.control["id"], {phase: finding}, False)
        _, _, results = items.judge_questions(self.basis, self.control["id"],
                                              getattr(read, phase), False)
        scored = {q["id"] for q in self.basis.questions(self.control["id"]) if q["scored"]}
        states = [r.state for r in results
                  if r.state != "NOT_ASKED" and (r.question in scored or r.state == "OPEN")]
        if states and all(state == "NOT_APPLICABLE" for state in states):
            return self._refuse("ALL_QUESTIONS_NOT_APPLICABLE", f"{phase}.questions")
        return None

    def _adjustment(self):
        adjustment = self.recorded.get("adjustment", {})
        change = adjustment.get("points", 0)
        if change not in (-1, 0, 1):
            return self._refuse("ADJUSTMENT_OUT_OF_RANGE", "adjustment.points")
        if change == 0:
            return None
        if self.options["adjustment_reason"] == "required" and not adjustment.get(
                "reason", "").strip():
            return self._refuse("ADJUSTMENT_REASON_REQUIRED", "adjustment.reason")
        record = items.read_record(self.basis, self.control["id"], self.recorded, False)
        phase, finding = items.choose_phase(self.options, record)
        blank = phase == 0 and not record.overridden and not record.not_applicable
        if blank and self.options["adjust_blank"] == "refuse":
            return self._refuse("ADJUSTMENT_ON_BLANK", "adjustment.points")
        if self.options["adjustment_clamp"] == "on" or (phase == 0 and not blank):
            return None
        marks = self.basis.marks(self.control["id"])
        mark = len(marks) if blank else finding.mark
        if not mark:
            counted, _, _ = items.judge_questions(self.basis, self.control["id"], finding, False)
            mark, _ = items.derive_mark(self.basis, self.control["id"], counted)
        if not marks[-1]["points"] <= marks[mark - 1]["points"] + change <= marks[0]["points"]:
            return self._refuse("ADJUSTMENT_OUTSIDE_POINTS", "adjustment.points")
        return None

    def _override(self):
        if "override" not in self.recorded:
            return None
        if not self.recorded["override"].get("reasoning", "").strip():
            return self._refuse("OVERRIDE_REASONING_REQUIRED", "override.reasoning")
        if "not_applicable" in self.recorded:
            return self._refuse("OVERRIDE_WITH_NOT_APPLICABLE", "override")
        if self.on_anchor and self.options["anchor_override"] == "refuse":
            return self._refuse("OVERRIDE_ON_ANCHOR", "override")
        return None

    def _not_applicable(self):
        if "not_applicable" not in self.recorded:
            return None
        if not self.recorded["not_applicable"].get("justification", "").strip():
            return self._refuse("NOT_APPLICABLE_JUSTIFICATION_REQUIRED",
                                "not_applicable.justification")
        if self.on_anchor and self.options["anchor_not_applicable"] == "refuse":
            return self._refuse("NOT_APPLICABLE_ON_ANCHOR", "not_applicable")
        return None
