"""A small annotated article for the tests of training."""

from __future__ import annotations

from typing import Any

TEXT = "Kenya denied that Uganda had attacked Somalia. It met Chad.\n\nUganda slept."


def span(words: str, text: str = TEXT) -> list[int]:
    """Where the words first stand."""
    return [text.index(words), text.index(words) + len(words)]


def _actor(name: str, *mentions: list[int]) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "type": "State", "names": [name], "mentions": list(mentions)}


def article() -> dict[str, Any]:
    """Kenya denies an attack; it meets Chad, as the narrator says."""
    again = TEXT.rindex("Uganda")
    return {
        "id": "made",
        "text": TEXT,
        "actors": [
            _actor("Kenya", span("Kenya"), span("It")),
            _actor("Uganda", span("Uganda"), [again, again + 6]),
            _actor("Somalia", span("Somalia")),
            _actor("Chad", span("Chad")),
        ],
        "claims": [
            {
                "id": "c1", "source": "kenya", "stance": "denies", "cue": "denied", "cue_stance": "denies", "via": [],
                "nested_in": None, "cue_span": [span("denied")], "source_span": [span("Kenya")],
                "content": [span("Uganda had attacked Somalia")], "propositions": [],
            }
        ],
        "positions": [
            {
                "claim": "c1", "stance": "denies", "subject": "uganda", "relation": "attacks", "object": "somalia",
                "subject_span": span("Uganda"), "object_span": span("Somalia"), "trigger": span("attacked"),
            },
            {
                "claim": None, "stance": "asserts", "subject": "kenya", "relation": "consultsWith", "object": "chad",
                "subject_span": span("It"), "object_span": span("Chad"), "trigger": span("met"),
            },
        ],
    }  # fmt: skip
