"""The allow list: where a rule does not hold, and why."""

import dataclasses
import fnmatch

from source import Finding

FILE_NAME = "allow_list.txt"


@dataclasses.dataclass(frozen=True)
class Entry:
    line: int
    rule: str
    pattern: str


def parse(text):
    """Reads the list; an entry without a reason is an error of this repository: ValueError."""
    entries = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(maxsplit=2)
        if len(words) < 3:
            raise ValueError(f"{FILE_NAME}:{number}: rule, path and reason, please: {line}")
        entries.append(Entry(number, words[0], words[1]))
    return entries


def apply(entries, findings):
    """The findings that no entry covers, plus one for each entry that covers none."""
    used = set()
    kept = []
    for finding in findings:
        covering = [e for e in entries
                    if e.rule == finding.rule and fnmatch.fnmatchcase(finding.path, e.pattern)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    for entry in entries:
        if entry not in used:
            kept.append(Finding(f"tools/lint/{FILE_NAME}", entry.line, "stale-allowance",
                                f"nothing in {entry.pattern} breaks {entry.rule} any more"))
    return kept
