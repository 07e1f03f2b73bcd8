"""Calls and words that have no place here, or only in the files of the allow list."""

import dataclasses
import re
from typing import Callable

from source import Finding, SourceFile


def _any_cpp(source):
    return source.is_cpp


def _cpp_test(source):
    return source.is_cpp and source.is_test


def _exact_arithmetic(source):
    parts = source.path.split("/")
    return source.is_cpp and (
        source.path.startswith("services/scoring/engine/")
        or (parts[0] == "services" and "domain" in parts[2:-1])
    )


def _outside_sync(source):
    return source.is_cpp and source.folder != "common/sync"


@dataclasses.dataclass(frozen=True)
class Ban:
    rule: str
    pattern: re.Pattern
    message: str
    applies: Callable[[SourceFile], bool]


BANS = (
    Ban(
        "real-time",
        re.compile(
            r"\babsl::Now\b|\bGetCurrentTimeNanos\b"
            r"|\b(?:system|steady|high_resolution)_clock::now\b"
            r"|=\s*std::chrono::\w+_clock\s*;"  # An alias would hide the call.
            r"|(?<![\w.>])(?:std::|::)?time\s*\(\s*(?:nullptr|NULL|0|&)"
            r"|\b(?:clock_gettime|gettimeofday)\s*\("
        ),
        "time comes in through assay::Clock",
        _any_cpp,
    ),
    Ban(
        "real-randomness",
        re.compile(
            r"\bstd::(?:rand|srand|random_device)\b|\babsl::BitGen\b|\bRAND_bytes\b"
            r"|\bgetrandom\s*\(|\bgetentropy\s*\("
        ),
        "ids and randomness come in through assay::IdSource",
        _any_cpp,
    ),
    Ban(
        "floating-point",
        re.compile(r"\b(?:double|float)\b"),
        "decisions are made in integers",
        _exact_arithmetic,
    ),
    Ban(
        "bare-mutex",
        re.compile(
            r"\bstd::(?:recursive_|shared_|timed_|recursive_timed_|shared_timed_)?mutex\b"
            r"|\bstd::condition_variable(?:_any)?\b|\babsl::(?:Mutex|MutexLock|CondVar)\b"
        ),
        "use the annotated wrappers of common/sync",
        _outside_sync,
    ),
    Ban(
        "sleep-in-test",
        re.compile(r"\b(?:sleep_for|sleep_until|SleepFor|usleep|nanosleep)\b"),
        "tests never sleep: wait for the event, or move the fake clock",
        _cpp_test,
    ),
    Ban(
        "regex",
        re.compile(r"\bstd::w?regex\b|\bRE2\b"),
        "no regular expressions on data from outside",
        _any_cpp,
    ),
)

_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")


def check(files):
    for source in files:
        for ban in BANS:
            if not ban.applies(source):
                continue
            for match in ban.pattern.finditer(source.code):
                yield Finding(
                    source.path,
                    source.line_of(match.start()),
                    ban.rule,
                    f"{match[0].strip()}: {ban.message}",
                )
        for match in _UNFINISHED.finditer(source.text):
            yield Finding(
                source.path,
                source.line_of(match.start()),
                "unfinished",
                f"{match[0]}: finish it, or open an issue and say nothing here",
            )
