"""The main journey from an independent client: Debian's python3-grpcio and generated messages.

Starts the four services as processes on free loopback ports, then creates an assessment, records
101 controls, overrides, confirms and submits as an assessor, claims and upholds as a reviewer, and
expects a final verdict. Reads the rich details of one error on the way.

Shares no code with the project but its protos, its samples and its binaries. Exits 0 when
everything is as expected.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

try:
    import grpc
    import google.protobuf  # noqa: F401, what the generated messages need
except ImportError as missing:
    sys.exit(f"journey.py: {missing}. Install it: apt-get install python3-grpcio python3-protobuf")

import services
import stubs

START_SECONDS = 30
DELIVERY_SECONDS = 30
CALL_SECONDS = 10
OVERRIDDEN, NOT_APPLICABLE = "2317", "2412"


def check(actual, expected, what):
    """Prints one line; ends the journey when `actual` is not `expected`."""
    if actual != expected:
        raise SystemExit(f"FAILED  {what}: expected {expected!r}, got {actual!r}")
    print(f"ok      {what}: {actual}", flush=True)


def eventually(ask, what):
    """The first true answer of `ask`; ends the journey when there is none in time."""
    deadline = time.monotonic() + DELIVERY_SECONDS
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    raise SystemExit(f"FAILED  {what}: not within {DELIVERY_SECONDS} s")


class Assessor:
    """Takes one assessment to its submission; remembers name and etag."""

    def __init__(self, store, messages, token):
        self._store = store
        self._messages = messages
        self._token = token
        self._requests = 0
        self.assessment = None

    def call(self, method, **fields):
        """One write with the present etag and a request id of its own."""
        self._requests += 1
        request = getattr(self._messages, f"{method}Request")(
            request_id=f"python-{self._requests}", **fields)
        if self.assessment is not None:
            request.name = self.assessment.name
            request.etag = self.assessment.etag
        answer = self._store.call(method, request, self._token)
        self.assessment = getattr(answer, "assessment", answer)
        return answer

    def read(self):
        request = self._messages.GetAssessmentRequest(name=self.assessment.name)
        self.assessment = self._store.call("GetAssessment", request, self._token)
        return self.assessment

    def verdict(self):
        request = self._messages.GetVerdictRequest(name=self.assessment.current_verdict)
        return self._store.call("GetVerdict", request, self._token)


def expect_refused_override(assessor, protos):
    """An override without reasoning: code, reason, metadata and field travel in the details."""
    change = protos.store.ControlChange()
    change.result.control_id = OVERRIDDEN
    change.result.override.SetInParent()
    try:
        assessor.call("RecordControlResults", changes=[change])
    except grpc.RpcError as error:
        check(error.code(), grpc.StatusCode.INVALID_ARGUMENT, "refused override: code")
        info, bad_request = protos.error_details(error)
        check(info.reason, "OVERRIDE_REASONING_REQUIRED", "refused override: reason")
        check(info.domain, "assay", "refused override: domain")
        fields = [violation.field for violation in bad_request.field_violations]
        check(len(fields) == 1 and fields[0].endswith("override.reasoning"), True,
              f"refused override: names the field {fields}")
    else:
        raise SystemExit("FAILED  an override without reasoning was accepted")


def assess(assessor, sample, protos):
    """Create, record, override, confirm, submit."""
    to_message = protos.from_json
    assessment = to_message(sample["assessment"], protos.store.Assessment())
    assessor.call("CreateAssessment", assessment=assessment, assessment_id="python-journey")
    check(assessor.assessment.name, "assessments/python-journey", "created")
    certificates = [to_message(c, protos.scoring.Certificate()) for c in sample["certificates"]]
    assessor.call("RecordCertificates", certificates=certificates)
    changes = [to_message(c, protos.store.ControlChange()) for c in sample["changes"]]
    override = protos.store.ControlChange()
    for change in changes:
        if change.result.control_id == OVERRIDDEN:
            override.result.control_id = OVERRIDDEN
            override.result.override.CopyFrom(change.result.override)
            change.result.ClearField("override")
    check(len(changes), 101, "controls to record")
    assessor.call("RecordControlResults", changes=changes)
    expect_refused_override(assessor, protos)
    assessor.call("RecordControlResults", changes=[override])
    assessor.call("ConfirmControls", all=True)
    check(assessor.assessment.controls_confirmed, 101, "controls confirmed")
    answer = assessor.call("SubmitAssessment", as_of=sample["submit"]["as_of"])
    check(answer.verdict.verdict.result_string, "Passed", "verdict")
    check(assessor.assessment.state, protos.store_resources.ASSESSMENT_STATE_IN_REVIEW,
          "state: in review")


def review(queue, protos, token, assessment):
    """Wait for the item, claim it, uphold, wait for the effect."""

    def waiting():
        listed = queue.call("ListReviewItems", protos.queue.ListReviewItemsRequest(), token)
        return [item for item in listed.review_items if item.assessment == assessment.name]

    items = eventually(waiting, "the item reaches the queue")
    check(len(items), 1, "items in the queue")
    check([flag.trigger.control_id for flag in items[0].flags], [OVERRIDDEN, NOT_APPLICABLE],
          "flagged controls")
    claim = queue.call("ClaimReviewItem", protos.queue.ClaimReviewItemRequest(
        name=items[0].name, request_id="python-claim"), token)
    item = claim.review_item
    decide = protos.queue.DecideReviewItemRequest(
        name=item.name, claim_token=claim.claim_token, submission_number=item.submission_number,
        result_digest=item.result_digest, etag=item.etag, request_id="python-decide")
    decide.decision.kind = protos.queue_resources.DECISION_KIND_UPHOLD
    decide.decision.reason = "The reasoning holds."
    queue.call("DecideReviewItem", decide, token)

    def applied():
        got = queue.call("GetReviewItem", protos.queue.GetReviewItemRequest(name=item.name), token)
        return got.decision.effect == protos.queue_resources.DECISION_EFFECT_APPLIED

    eventually(applied, "the decision is applied")
    print("ok      decision applied", flush=True)


def journey(deployment, protos, sample):
    anna = deployment.token("anna@northgate-assurance", "northgate-assurance", "assessor")
    ravi = deployment.token("ravi@iasme-review", "scheme-owner", "reviewer")
    store = protos.client(deployment.address("assessment-store"), "assessment_store",
                          "AssessmentStoreService", CALL_SECONDS)
    queue = protos.client(deployment.address("review-queue"), "review_queue",
                          "ReviewQueueService", CALL_SECONDS)
    assessor = Assessor(store, protos.store, anna)
    assess(assessor, sample, protos)
    submitted = assessor.assessment.current_verdict
    review(queue, protos, ravi, assessor.assessment)
    check(assessor.read().state, protos.store_resources.ASSESSMENT_STATE_PASSED, "state: passed")
    check(assessor.assessment.current_verdict, submitted, "final verdict is the submitted one")
    check(assessor.verdict().verdict.result_string, "Passed", "final verdict")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin_dir", required=True, type=pathlib.Path)
    parser.add_argument("--source_dir", required=True, type=pathlib.Path)
    parser.add_argument("--googleapis_dir", required=True, type=pathlib.Path)
    flags = parser.parse_args()
    sample = json.loads((flags.source_dir / "deploy/samples/sample-override.json").read_text())
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assay-py-")))
        protos = stubs.Protos(flags.source_dir / "proto", flags.googleapis_dir, folder / "stubs")
        deployment = stack.enter_context(
            services.Deployment(flags.bin_dir, flags.source_dir, folder, START_SECONDS))
        try:
            journey(deployment, protos, sample)
        except (SystemExit, grpc.RpcError):
            deployment.print_logs()
            raise
    print("The journey is complete.")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"journey.py: {failed}\n{failed.stderr or ''}")
