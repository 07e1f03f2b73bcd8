#!/usr/bin/env python3
"""Writes vectors/*.json: hand-written expectations, refused where reference.py contradicts them.

    generate.py            writes the vectors
    generate.py --check    says whether the stored ones are what it would write
"""

import argparse
import json
import sys

from cases import builder
from cases import dcc_flags
from cases import dcc_objectives
from cases import dcc_records
from cases import options
from cases import public_schemes
from cases import refused
import reference

PARTS = (dcc_objectives, dcc_flags, dcc_records, options, refused, public_schemes)


def encode(vector):
    """JSON with one control on a line."""

    def block(value, depth):
        flat = json.dumps(value, ensure_ascii=False)
        if not isinstance(value, (dict, list)) or not value or depth > 2 and len(flat) < 400:
            return flat
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return flat
        pad = "  " * (depth + 1)
        if isinstance(value, dict):
            lines = [f"{pad}{json.dumps(key)}: {block(entry, depth + 1)}"
                     for key, entry in value.items()]
            return "{\n" + ",\n".join(lines) + "\n" + pad[2:] + "}"
        lines = [pad + block(entry, max(depth + 1, 3)) for entry in value]
        return "[\n" + ",\n".join(lines) + "\n" + pad[2:] + "]"

    return block(vector, 0) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    flags = parser.parse_args()
    book = builder.Book()
    for part in PARTS:
        part.write(book)
    if book.problems:
        print("The reference implementation disagrees:", *book.problems, sep="\n  ")
        return 1
    wanted = {f"{name}.json": encode(vector) for name, vector in book.vectors.items()}
    stored = {path.name: path for path in reference.VECTORS.glob("*.json")}
    if flags.check:
        stale = sorted(stored.keys() ^ wanted.keys()) + sorted(
            name for name in stored.keys() & wanted.keys()
            if stored[name].read_text(encoding="utf-8") != wanted[name])
        print(f"{len(wanted)} vectors, {len(stale)} of them not as generated", *stale, sep="\n  ")
        return 1 if stale or len(wanted) < builder.LEAST_VECTORS else 0
    reference.VECTORS.mkdir(exist_ok=True)
    for name in stored.keys() - wanted.keys():
        stored[name].unlink()
    for name, text in wanted.items():
        (reference.VECTORS / name).write_text(text, encoding="utf-8")
    print(f"{len(wanted)} vectors written")
    return 0 if len(wanted) >= builder.LEAST_VECTORS else 1


if __name__ == "__main__":
    sys.exit(main())
