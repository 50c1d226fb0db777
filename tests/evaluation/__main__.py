"""Prints the figures of the quality gate, or raises its floors; writes the articles as JSON for ``kg evaluate``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import kg
from kg.evaluate import markup
from tests.evaluation import gate


def main() -> int:
    parser = argparse.ArgumentParser(description=gate.__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    parser.add_argument("--gold", type=Path, help="only write the articles there, as JSON Lines, for kg evaluate")
    options = parser.parse_args()
    if options.gold:
        options.gold.write_text("".join(json.dumps(a) + "\n" for a in markup.articles(gate.ARTICLES)), "utf-8")
        return 0
    found = gate.measured(kg.load())
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    floors = gate.read_floors()["floors"]
    lower = [
        f"{e}, {k}: {a:g}, floor {b:g}" for e in found for k, (a, b) in gate.below(found[e], floors.get(e, {})).items()
    ]
    if options.update:
        lower = gate.update(found, allow_regression=options.allow_regression)
    sys.stderr.writelines(f"under its floor: {line}\n" for line in lower)
    return bool(lower)


if __name__ == "__main__":
    sys.exit(main())
