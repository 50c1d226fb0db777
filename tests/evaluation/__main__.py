"""Prints the figures of the quality gate, or raises its floors."""

from __future__ import annotations

import argparse
import json
import sys

import kg
from tests.evaluation import gate


def main() -> int:
    parser = argparse.ArgumentParser(description=gate.__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args()
    found = gate.measure(kg.load())
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    lower = gate.update(found, allow_regression=options.allow_regression) if options.update else []
    sys.stderr.writelines(f"would fall: {line}\n" for line in lower)
    return bool(lower)


if __name__ == "__main__":
    sys.exit(main())
