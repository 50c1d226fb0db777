"""Writes ``lexicons/actors/territories.yaml``: provinces and territories that are no states, out of rigour (MIT).

Run by hand, ``python -m kg.train.territories``, when rigour has news; nothing else imports rigour, which needs a
compiler on some machines. A name that is also a state's, or a common first name, is marked as
ambiguous.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kg.gazetteer import fold, load_gazetteer
from kg.lexicon import load

TARGET = Path(__file__).parents[1] / "lexicons" / "actors" / "territories.yaml"
HEAD = """\
# Provinces and territories that are no states, with their Wikidata ids. Written by kg/train/territories.py from
# rigour.territories (https://github.com/opensanctions/rigour, MIT licence); do not edit by hand.
"""


def territories() -> list[dict[str, Any]]:
    """Entries of the gazetteer for rigour's territories below the state, sorted by code."""
    from rigour.territories import get_territories

    below = [t for t in get_territories() if not t.is_country and not t.is_historical and t.qid]
    gazetteer, first = load_gazetteer(), {fold(n) for e in load("en/first_names") for n in e["names"]}
    out = []
    for territory in sorted(below, key=lambda t: t.code):
        name, parent = re.sub(r" \([^)]*\)$", "", territory.name), territory.parent
        known = gazetteer.by_qid.get(territory.qid)
        if parent is None or (known is not None and gazetteer.entries[known].type != "Place"):
            continue
        readings = [r for r in gazetteer.lookup(name) if gazetteer.entries[r.entry].qid != territory.qid]
        entry: dict[str, Any] = {
            "name": name,
            "type": "Place",
            "country": parent.code[:2].upper(),
            "qid": territory.qid,
        }
        if readings or fold(name) in first:
            entry["ambiguous"] = [name]
        out.append(entry)
    return out


def main() -> None:
    """Write the file."""
    lines = (yaml.safe_dump(e, default_flow_style=True, allow_unicode=True, width=10_000) for e in territories())
    TARGET.write_text(HEAD + "".join(f"- {line}" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
