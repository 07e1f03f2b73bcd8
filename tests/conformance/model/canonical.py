"""The canonical result bytes (CANONICAL.md), versions 1 and 2."""

import hashlib
import struct

from model import evaluation as evaluating
from model import items

OBJECTIVE_OUTCOMES = {"PASSED": 1, "FAILED": 2, "NOT_ASSESSED_AT_LEVEL": 3,
                      "NO_SCORED_CONTROLS": 4, "INCOMPLETE": 5}
OUTCOMES = {"PASSED": 1, "FAILED": 2, "INCOMPLETE": 3, "CONDITIONAL": 4, "RATED": 5}


def u8(value):
    return struct.pack(">B", value)


def u16(value):
    return struct.pack(">H", value)


def u32(value):
    return struct.pack(">I", value)


def i32(value):
    return struct.pack(">i", value)


def text(value):
    raw = value if isinstance(value, bytes) else value.encode()
    return u32(len(raw)) + raw


def _head(result, version):
    digests = result.basis.digests
    kinds = ("catalogue", "question_set", "rule_set")
    raw = [bytes.fromhex(digests.get(kind, "")) for kind in kinds]
    return b"ASSAYRES" + u32(version) + b"".join(map(text, raw)) + text(result.basis.profile)


def _certificates(result):
    def key(certificate):
        revoked = certificate.get("revoked_on", "")
        return (certificate["kind"].encode(), items.day(certificate["issued_on"]),
                items.day(certificate["expires_on"]), bool(revoked),
                items.day(revoked) if revoked else 0,
                items.SCOPES[certificate.get("scope_verdict", "")])

    out = []
    certificates = sorted(map(key, result.request["inputs"].get("certificates", [])))
    for kind, issued, expires, is_revoked, revoked, scope in certificates:
        out.append(text(kind) + i32(issued) + i32(expires) + u8(is_revoked)
                   + (i32(revoked) if is_revoked else b"") + u8(scope))
    return u32(len(out)) + b"".join(out)


def _mode(result):
    return u8(1 if evaluating.is_final(result.request) else 2)


def _as_of(result):
    return i32(items.day(result.request["inputs"]["as_of"]))


def _questions(result, control, finding):
    """In the order of the set; those that say nothing are left out."""
    return [(question["id"], *finding.questions[question["id"]])
            for question in result.basis.questions(control)
            if question["id"] in finding.questions]


def _question_bytes(said):
    name, outcome, answer = said
    return text(name) + u8(outcome) + text(answer)


def _verdict_tail(result):
    return (u8(result.failed_on_anchor) + u32(len(result.failed))
            + b"".join(map(text, result.failed)) + text(result.result_string))


def _control_1(result, control):
    record, came_to = result.records[control], result.results[control]
    out = text(control)
    for finding in (record.theoretical, record.practical):
        said = _questions(result, control, finding)
        out += u8(finding.mark) + u32(len(said)) + b"".join(map(_question_bytes, said))
    out += i32(record.adjustment)
    out += u8(record.overridden) + u8(record.not_applicable) + u8(record.overturned)
    out += u8(came_to.state) + u8(came_to.open) + u8(came_to.phase) + u8(came_to.base_known)
    return out + i32(came_to.base_points) + i32(came_to.points) + i32(came_to.maximum)


def _objective_1(objective):
    out = text(objective.id) + u8(OBJECTIVE_OUTCOMES[objective.outcome])
    for state in evaluating.STATES:
        out += i32(objective.counts[state])
    out += i32(objective.points) + i32(objective.maximum) + i32(objective.needed)
    return (out + u8(objective.reached) + u8(objective.none_not_met) + u8(objective.anchor)
            + u8(objective.fails))


def _version_1(result):
    controls = [_control_1(result, control["id"]) for control in result.basis.controls]
    return (_head(result, 1) + i32(result.basis.threshold) + _mode(result) + _as_of(result)
            + _certificates(result) + u32(len(controls)) + b"".join(controls)
            + u32(len(result.objectives)) + b"".join(map(_objective_1, result.objectives))
            + u8(OUTCOMES[result.outcome]) + _verdict_tail(result))


def _control_2(result, control):
    record, came_to = result.records[control], result.results[control]
    flags = (record.overridden | record.not_applicable << 1 | record.overturned << 2
             | came_to.base_known << 3 | came_to.open << 4)
    return (u8(record.theoretical.mark) + u8(record.practical.mark)
            + struct.pack(">b", record.adjustment) + u8(flags)
            + u8(came_to.state | came_to.phase << 4)
            + u16(came_to.base_points) + u16(came_to.points))


def _objective_2(objective):
    flags = (objective.reached | objective.none_not_met << 1 | objective.within_limit << 2
             | objective.anchor << 3 | objective.fails << 4)
    counts = b"".join(u16(objective.counts[state]) for state in evaluating.STATES)
    return (u8(OBJECTIVE_OUTCOMES[objective.outcome]) + u8(flags) + counts
            + i32(objective.points) + i32(objective.maximum) + i32(objective.needed))


def _version_2(result):
    controls = [control["id"] for control in result.basis.controls]
    said = []
    for phase, name in ((items.THEORETICAL, "theoretical"), (items.PRACTICAL, "practical")):
        for control in controls:
            finding = getattr(result.records[control], name)
            said += [u8(phase) + _question_bytes(one)
                     for one in _questions(result, control, finding)]
    return (_head(result, 2) + _mode(result) + _as_of(result) + _certificates(result)
            + u32(len(controls)) + b"".join(_control_2(result, c) for c in controls)
            + u32(len(said)) + b"".join(said)
            + u32(len(result.objectives)) + b"".join(map(_objective_2, result.objectives))
            + u8(OUTCOMES[result.outcome]) + text(result.outcome_id)
            + i32(result.points) + i32(result.maximum) + i32(result.score)
            + _verdict_tail(result))


def digest(result, version=2):
    raw = _version_1(result) if version == 1 else _version_2(result)
    return hashlib.sha256(raw).hexdigest()
