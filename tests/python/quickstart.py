"""deploy/quickstart from the outside: it shows what it promises, and again changes nothing.

Runs it with binaries that are built already, in a folder and on ports of its own.
"""

import argparse
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

PORTS = 4
SECOND_RUN_SECONDS = 15
WAITING, FINAL = "ASSESSMENT_STATE_IN_REVIEW", "ASSESSMENT_STATE_PASSED"


def four_free_ports():
    """The first of four neighbouring ports on which nobody listens."""
    for first in range(21000, 29000, PORTS):
        sockets = [socket.socket() for _ in range(PORTS)]
        try:
            for offset, one in enumerate(sockets):
                one.bind(("127.0.0.1", first + offset))
            return first
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    sys.exit("quickstart.py: no four free ports in a row")


class Quickstart:
    """Runs the script under test with settings of its own."""

    def __init__(self, flags, folder, port):
        self._script = flags.source_dir / "deploy/quickstart"
        self._folder = folder
        self._environment = dict(
            os.environ, ASSAY_QUICKSTART_DIR=str(folder), ASSAY_QUICKSTART_PORT=str(port),
            ASSAY_QUICKSTART_BIN=str(flags.bin_dir), NO_COLOR="1")

    def run(self, *arguments, code=0, **environment):
        """What it printed; ends the test when it exits with another code."""
        # To a file: the services it leaves behind must not keep a pipe of ours open.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run([self._script, *arguments], stdin=subprocess.DEVNULL,
                                  stdout=output, stderr=output, cwd="/", check=False,
                                  env={**self._environment, **environment})
            output.seek(0)
            text = output.read()
        print(f"--- quickstart {' '.join(arguments)}: exit code {done.returncode}\n{text}")
        if done.returncode != code:
            sys.exit(f"FAILED  expected exit code {code}")
        return text

    def ask(self, person, *arguments):
        answer = subprocess.run([self._folder / "assayctl", "--as", person, "-o", "json",
                                 *arguments], check=True, capture_output=True, text=True)
        return json.loads(answer.stdout)

    def everything(self):
        """All that a second run must leave as it is."""
        names = ("sample-clean-pass", "sample-one-not-met", "sample-override")
        return {
            "assessments": [self.ask("anna", "assessment", "get", name) for name in names],
            "events": [self.ask("auditor", "assessment", "events", name) for name in names],
            "queue": self.ask("ravi", "review", "list"),
        }


def expect(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def scenario(quickstart, port):
    first = quickstart.run()
    for text in ("Passed", "Failed on objective(s): B", "sample-override"):
        expect(text in first, f"the first run shows {text!r}")
    before = quickstart.everything()
    expect([item["assessment"] for item in before["queue"]["review_items"]]
           == ["assessments/sample-override"], "exactly the third sample waits")

    begin = time.monotonic()
    quickstart.run()
    expect(time.monotonic() - begin < SECOND_RUN_SECONDS, "a second run is quick")
    expect(quickstart.everything() == before, "a second run changes nothing")

    quickstart.run(code=1, ASSAY_QUICKSTART_PORT=str(port + 100))
    quickstart.run("status")
    quickstart.run("stop")
    quickstart.run("status", code=1)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        text = quickstart.run(code=1)
        expect(f"port {port}" in text and "taken" in text, "a taken port is named")

    quickstart.run()
    expect(quickstart.everything() == before, "stop and start lose nothing")
    quickstart.ask("ravi", "review", "claim", "sample-override.1")
    quickstart.ask("ravi", "review", "decide", "sample-override.1", "--uphold", "--reason", "Seen.")
    quickstart.run()
    expect(not quickstart.ask("ravi", "review", "list").get("review_items"),
           "after a decision nothing waits, and a further run is content")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin_dir", required=True, type=pathlib.Path)
    parser.add_argument("--source_dir", required=True, type=pathlib.Path)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-quickstart-") as parent:
        folder = pathlib.Path(parent) / "data"
        port = four_free_ports()
        quickstart = Quickstart(flags, folder, port)
        try:
            scenario(quickstart, port)
        finally:
            if folder.exists():
                quickstart.run("reset")
        expect(not folder.exists(), "reset leaves nothing")


if __name__ == "__main__":
    main()
