"""Ordered pairs of mentions that the relation head scores."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.reader.labels import REACH
from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import Span

#: A located mention: window, first and last row of its view.
At = tuple[int, int, int]


def candidates(text: str, spans: Sequence[Span], at: Sequence[At]) -> list[tuple[int, int]]:
    """Ordered pairs of mentions of one window and one sentence, near enough to be scored."""
    ends = borders(text)
    first = [sentence_of(s, ends) for s, _ in spans]
    last = [sentence_of(e - 1, ends) for _, e in spans]
    groups: dict[tuple[int, int], list[int]] = {}
    for i, (window, *_) in enumerate(at):
        for sentence in {first[i], last[i]}:
            groups.setdefault((window, sentence), []).append(i)
    found = {
        (i, j)
        for group in groups.values()
        for i in group
        for j in group
        if i != j and spans[i] != spans[j] and abs(at[i][1] - at[j][1]) <= REACH
    }
    return sorted(found)
