"""How many golden cases are right, by file and kind, and the floors that the numbers must keep.

``python -m tests.golden.measure`` prints the table. ``--update`` raises the floors to it. ``--known`` writes the list
of dangerous cases that fail (``known.yaml``), and lowers to its length how many there may be. Neither lets anything get
worse unless ``--allow-regression`` is given as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

import kg
from tests.golden.cases import Case, all_cases
from tests.golden.judges import Verdict, judged

FLOORS, KNOWN = (Path(__file__).parent / name for name in ("floors.json", "known.yaml"))
Results = dict[Case, Verdict]
#: Right cases by file and kind.
Counts = dict[str, dict[str, int]]


def results(nlp: Language) -> Results:
    """The verdict on every case."""
    return {case: judged(nlp, case) for case in all_cases()}


def counted(cases: Iterable[Case]) -> Counts:
    """How many of the cases there are by file and kind."""
    out: Counts = {}
    for case in cases:
        kinds = out.setdefault(case.file, {})
        kinds[case.kind] = kinds.get(case.kind, 0) + 1
    return out


def right(found: Results) -> Counts:
    """How many cases are right by file and kind; 0 where none is."""
    nothing = {file: dict.fromkeys(kinds, 0) for file, kinds in counted(found).items()}
    some = counted(case for case, verdict in found.items() if not verdict.faults)
    return {file: kinds | some.get(file, {}) for file, kinds in nothing.items()}


def below(counts: Counts, floors: Counts) -> list[str]:
    """Kinds with fewer right cases than their floor."""
    return [
        f"{file}, {kind}: {counts.get(file, {}).get(kind, 0)} right, floor {floor}"
        for file, kinds in floors.items()
        for kind, floor in kinds.items()
        if counts.get(file, {}).get(kind, 0) < floor
    ]


def failing(found: Results) -> list[dict[str, str]]:
    """The dangerous cases in which something is found that must never be, with what that is."""
    return [
        {"file": case.file, "text": case.text, "reason": "; ".join(verdict.dangers)}
        for case, verdict in found.items()
        if case.dangerous and verdict.dangers
    ]


# -- files


def read_floors() -> dict[str, Any]:
    """``floors`` by file and kind, and ``known``, the most dangerous cases that may fail."""
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {"known": None, "floors": {}}


def _write_floors(data: Mapping[str, Any]) -> None:
    FLOORS.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def read_known() -> dict[tuple[str, str], str]:
    """Reasons of the dangerous cases that are known to fail, by file and text."""
    found = yaml.safe_load(KNOWN.read_text("utf-8")) if KNOWN.is_file() else None
    return {(k["file"], k["text"]): k["reason"] for k in found or ()}


def update(counts: Counts, *, allow_regression: bool = False) -> list[str]:
    """Raises the floors to ``counts``, or gives the kinds below theirs and writes nothing."""
    data = read_floors()
    lower = below(counts, data["floors"])
    if not lower or allow_regression:
        _write_floors(data | {"floors": counts})
        return []
    return lower


def update_known(known: list[dict[str, str]], *, allow_regression: bool = False) -> list[str]:
    """Writes the cases that are known to fail, or says that they have become more and writes nothing."""
    data = read_floors()
    most = data["known"]
    if most is not None and len(known) > most and not allow_regression:
        return [f"{len(known)} dangerous cases fail, at most {most} may"]
    head = "# Dangerous cases that fail with the shipped weights; written by python -m tests.golden.measure --known.\n"
    KNOWN.write_text(head + yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
    _write_floors(data | {"known": len(known)})
    return []


# -- the command


def table(found: Results) -> Iterator[str]:
    """A line for each kind, and one for the dangerous cases."""
    of, counts, floors = counted(found), right(found), read_floors()
    for file, kinds in of.items():
        yield f"{file}: {sum(counts[file].values())} of {sum(kinds.values())}"
        for kind, size in kinds.items():
            yield f"  {counts[file][kind]:4} of {size:3}  floor {floors['floors'].get(file, {}).get(kind, 0):3}  {kind}"
    dangerous = sum(case.dangerous for case in found)
    yield f"dangerous: {len(failing(found))} of {dangerous} fail, at most {floors['known']} may"


def main() -> int:
    """The exit code: 1 where a kind is below its floor, or more dangerous cases fail than may."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.measure", description=__doc__)
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--known", action="store_true", help="write the dangerous cases that fail")
    parser.add_argument("--allow-regression", action="store_true", help="let both get worse")
    options = parser.parse_args()
    found = results(kg.load())
    sys.stdout.writelines(line + "\n" for line in table(found))
    worse = below(right(found), read_floors()["floors"])
    if options.update:
        worse = update(right(found), allow_regression=options.allow_regression)
    if options.known:
        worse += update_known(failing(found), allow_regression=options.allow_regression)
    sys.stderr.writelines(line + "\n" for line in worse)
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
