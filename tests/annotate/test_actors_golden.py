"""Golden cases of actors and of coreference: who is named, and which words name the same one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from kg.annotate import layers
from kg.records import Actor

GOLDEN = Path(__file__).parents[1] / "golden"
Case = dict[str, Any]


def _cases(name: str) -> list[Any]:
    cases = yaml.safe_load((GOLDEN / f"{name}.yaml").read_text("utf-8"))
    return [pytest.param(c, id=c["id"], marks=_marks(c)) for c in cases]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    """A case that is known to fail says why; that it passes one day is news."""
    return [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []


def _span(text: str, surface: str) -> tuple[int, int]:
    """Where the surface stands; ``surface#2`` is its second occurrence."""
    words, _, number = surface.partition("#")
    start = -1
    for _ in range(int(number or 1)):
        start = text.index(words, start + 1)
    return start, start + len(words)


def _actor(actors: list[Actor], text: str, surface: str) -> Actor | None:
    """The actor with a mention over the end of the surface; of several, the one whose mention fits best."""
    start, end = _span(text, surface)
    fits = [
        (abs(m.start - start) + abs(m.end - end), a.id, a)
        for a in actors
        for m in a.mentions
        if max(m.start, start) < min(m.end, end) and abs(m.end - end) < 25 and m.end > end - 2
    ]
    return min(fits, key=lambda f: f[:2])[2] if fits else None


def _roles(nlp_doc: Any, actors: list[Actor], person: Actor) -> list[str]:
    names = {a.id: a.name for a in actors}
    return [f"{r.role} of {names[r.of]}" for r in layers.roles(nlp_doc) if r.person == person.id]


@pytest.mark.model
@pytest.mark.parametrize("case", _cases("actors"))
def test_actors_golden(nlp: Language, case: Case) -> None:
    doc = nlp(case["text"])
    actors = layers.actors(doc)
    by_id = {a.id: a for a in actors}
    for surface, wanted in case.get("expect", {}).items():
        actor = _actor(actors, case["text"], surface)
        assert actor is not None, f"{surface!r} is no actor"
        got = {
            "type": actor.type,
            "qid": actor.wikidata,
            "name": actor.name,
            "of": by_id[actor.of].name if actor.of else "nobody",
        }
        for key in wanted.keys() & got.keys():
            assert wanted[key] is None or got[key] == wanted[key], f"{key} of {surface!r} is {got[key]!r}"
        if "role" in wanted:
            assert wanted["role"] in _roles(doc, actors, actor)
        if "with" in wanted:
            assert _actor(actors, case["text"], wanted["with"]) == actor
    for surface, qid in case.get("never", {}).items():
        actor = _actor(actors, case["text"], surface)
        assert actor is None or (qid is not None and actor.wikidata != qid), f"{surface!r} is {actor.name}"
    _assert_apart(actors, case)


def _assert_apart(actors: list[Actor], case: Case) -> None:
    for one, other in case.get("apart", []):
        first, second = (_actor(actors, case["text"], s) for s in (one, other))
        assert first is None or second is None or first.id != second.id, f"{one!r} and {other!r} are both {first.name}"


@pytest.mark.model
@pytest.mark.parametrize("case", _cases("coreference"))
def test_coreference_golden(nlp: Language, case: Case) -> None:
    actors = layers.actors(nlp(case["text"]))
    for one, other in case.get("same", []):
        first, second = (_actor(actors, case["text"], s) for s in (one, other))
        assert first is not None, f"{one!r} is no actor"
        assert second is not None, f"{other!r} is no actor"
        assert first.id == second.id, f"{one!r} is {first.name}, {other!r} is {second.name}"
    _assert_apart(actors, case)
