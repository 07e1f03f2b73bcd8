"""How files are named, guarded and built, and what none of them may name."""

import re

from source import Finding

# Built by concatenation, so that this file does not name what it forbids.
_MACHINE_PATH = re.compile(r"(?<![\w.}*-])/(?:" + "|".join(["work", "root", "home"]) + r")/\w[\w./-]*")
_LOCK_ADDRESS = re.compile(r'"resolved"\s*:')


def guard_of(path):
    return "ASSAY_" + re.sub(r"[^A-Z0-9]", "_", path.upper()) + "_"


def _check_guard(source):
    want = guard_of(source.path)
    lines = source.uncommented.splitlines()
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return
    opening = [line.split() for line in lines[first:first + 2]]
    if opening != [["#ifndef", want], ["#define", want]]:
        yield Finding(source.path, first + 1, "header-guard", f"header guard must be {want}")


def _check_built(files):
    lists = {s.folder: s.text for s in files if s.name == "CMakeLists.txt"}
    for source in files:
        if not source.is_cpp:
            continue
        if source.folder not in lists:
            yield Finding(source.path, 1, "folder-target", f"{source.folder}/ has no CMakeLists.txt")
        elif source.name.endswith(".cc") and source.name not in lists[source.folder]:
            yield Finding(
                source.path, 1, "not-built",
                f"{source.name} is not named in {source.folder}/CMakeLists.txt: never built")


def check(files):
    for source in files:
        if source.name.endswith(".h"):
            yield from _check_guard(source)
        for match in _MACHINE_PATH.finditer(source.text):
            yield Finding(
                source.path, source.line_of(match.start()), "machine-path",
                f"{match[0]}: names a place on one machine; take it from a flag or the environment")
        if source.name == "package-lock.json":
            for match in _LOCK_ADDRESS.finditer(source.text):
                yield Finding(
                    source.path, source.line_of(match.start()), "lock-address",
                    "names a registry; strip the resolved entries, integrity is enough")
    yield from _check_built(files)
