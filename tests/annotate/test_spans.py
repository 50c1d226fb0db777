"""Stretches of characters, and the tokens that they are."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.spans import Shelf, tokens_of

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))
NLP = spacy.blank("en")


@given(st.lists(SPANS), st.lists(SPANS), SPANS)
def test_a_shelf_gives_what_a_look_at_all_would_give(first: list[tuple[int, int]], more: list[tuple[int, int]],
                                                     asked: tuple[int, int]) -> None:  # fmt: skip
    shelf = Shelf(first)
    for span in more:
        shelf.add(span)
    everything = sorted([*first, *more])
    assert shelf.touching(asked) == [s for s in everything if s[0] <= asked[1] and asked[0] <= s[1]]


@given(st.text("ab .,'\n", min_size=1), st.data())
def test_tokens_are_those_that_share_a_character_with_the_span(text: str, data: st.DataObject) -> None:
    doc = NLP(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    sharing = [t.i for t in doc if t.idx < end and start < t.idx + len(t)]
    found = tokens_of(doc, (start, end))
    assert ([] if found is None else [t.i for t in found]) == sharing
