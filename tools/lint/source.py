"""The files under lint and the views of them that the checks read."""

import dataclasses
import functools
import pathlib
import re
import subprocess

CPP_SUFFIXES = (".h", ".cc")

_CPP_TOKEN = re.compile(
    r"//[^\n]*"  # line comment
    r"|/\*.*?\*/"  # block comment
    r'|R"([^()\\\s]{0,16})\(.*?\)\1"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'  # string
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])*'",  # character, not a digit separator
    re.DOTALL,
)


@dataclasses.dataclass(frozen=True)
class Finding:
    """One broken rule at one place. Sorts by place."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


@dataclasses.dataclass(frozen=True)
class SourceFile:
    """A text file of the repository; `path` is relative to its root, with '/'."""

    path: str
    text: str

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]

    @property
    def folder(self):
        return self.path.rsplit("/", 1)[0] if "/" in self.path else ""

    @property
    def is_cpp(self):
        return self.path.endswith(CPP_SUFFIXES)

    @property
    def is_test(self):
        return self.path.startswith("tests/") or self.name.endswith(("_test.cc", "_test.py"))

    @functools.cached_property
    def uncommented(self):
        """C++ text with comments blanked; strings stay. Lines keep their numbers."""
        return _CPP_TOKEN.sub(
            lambda m: _blank(m[0]) if m[0].startswith("/") else m[0], self.text
        )

    @functools.cached_property
    def code(self):
        """C++ text with comments and the insides of literals blanked."""
        return _CPP_TOKEN.sub(lambda m: _blank(m[0]), self.text)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1


def read_tree(root):
    """Every text file that git tracks or would track, in path order."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout.decode()
    files = []
    for path in sorted(set(filter(None, listing.split("\0")))):
        full = pathlib.Path(root, path)
        if not full.is_file():
            continue
        try:
            files.append(SourceFile(path, full.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # Binary: golden bytes, released.binpb.
    return files
