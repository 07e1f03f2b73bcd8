#!/usr/bin/env python3
"""Runs every vector against the real services, as a vendor would against its own server.

Starts catalogue and scoring as processes with the shipped schemes and those of this folder, then
`assayctl conformance run`. Exits 0 when all vectors passed and none is missing. With
--random COUNT it runs that many random assessments instead, of which the whole verdict must be
what model/ computes; --seed repeats a run.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))

import services  # noqa: E402, the helpers of the Python journey
from cases import builder  # noqa: E402
from cases import random_assessments  # noqa: E402

SEED = 20261122
START_SECONDS = 30
RUN_SECONDS = 240


class ScoringOnly(services.Deployment):
    """The two services that score, with a scheme folder of their own."""

    def __init__(self, scheme_dir, *arguments):
        services.NAMES = ("catalogue", "scoring")
        super().__init__(*arguments)
        self._scheme_dir = scheme_dir

    def _flags(self, name):
        return [f"--scheme_dir={self._scheme_dir}" if flag.startswith("--scheme_dir=") else flag
                for flag in super()._flags(name)]


def merged_schemes(source_dir, folder):
    """Shipped schemes and those of the vectors side by side, as one catalogue serves them."""
    merged = folder / "schemes"
    for parent in (source_dir / "services/catalogue/data", HERE / "schemes"):
        shutil.copytree(parent, merged, dirs_exist_ok=True)
    return merged


def vectors_to_run(flags, folder):
    if not flags.random:
        return HERE / "vectors"
    print(f"{flags.random} random assessments, seed {flags.seed}", flush=True)
    made = folder / "random"
    made.mkdir()
    for vector in random_assessments.make(flags.random, flags.seed):
        (made / f"{vector['name']}.json").write_text(json.dumps(vector), encoding="utf-8")
    return made


def run(assayctl, address, token, folder, vectors):
    command = [assayctl, "--scoring", address, "--token-file", token, "--home", folder,
               "-o", "json", "conformance", "run", "--vectors", vectors]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False,
                          timeout=RUN_SECONDS)
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"FAILED  assayctl ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def report(code, answer, least):
    for vector in answer["vectors"]:
        if vector["passed"]:
            continue
        print(f"FAILED  {vector['name']}: {vector['pins']}")
        for difference in vector["differences"]:
            print(f"        {difference['field']}: expected {difference['expected']}, "
                  f"got {difference['got']}")
    print(f"{answer['passed']} vectors passed, {answer['failed']} failed")
    if code == 0 and answer["passed"] < least:
        print(f"FAILED  fewer than {least} vectors")
        return 1
    return code


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin_dir", required=True, type=pathlib.Path)
    parser.add_argument("--source_dir", required=True, type=pathlib.Path)
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-conformance-") as name:
        folder = pathlib.Path(name)
        scheme_dir = merged_schemes(flags.source_dir, folder)
        vectors = vectors_to_run(flags, folder)
        with ScoringOnly(scheme_dir, flags.bin_dir, flags.source_dir, folder,
                         START_SECONDS) as deployment:
            token = folder / "token.jwt"
            token.touch(mode=0o600)
            token.write_text(deployment.token("vectors@platform", "scheme-owner", "platform"),
                             encoding="utf-8")
            try:
                code, answer = run(flags.bin_dir / "assayctl", deployment.address("scoring"),
                                   token, folder, vectors)
            except SystemExit:
                deployment.print_logs()
                raise
        return report(code, answer, flags.random or builder.LEAST_VECTORS)


if __name__ == "__main__":
    sys.exit(main())
