"""Which actor an anchor stands for: what people judged goes first, then items, then names and what they join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import StoreError
from kg.merge.homonyms import AT
from kg.merge.index import NameIndex
from kg.merge.judgements import Judgement, is_item, is_name, is_span
from kg.merge.names import total

#: Who decides by rule.
MERGER = "merger"


@dataclass(frozen=True, slots=True)
class Found:
    """The IRI of an actor, the anchor that it is known by, and why: reason, score, judge, probability and features.

    ``features`` says what each feature of the pair model adds to the log-odds; nothing where it was not asked.
    """

    iri: str
    anchor: str
    reason: str
    score: float = 1.0
    by: str = MERGER
    probability: float = 1.0
    features: str = ""


class Identity:
    """Finds actors by the names and judgements of a graph."""

    def __init__(self, index: NameIndex) -> None:
        """Over the names of ``index``."""
        self.index, self.ids, self.judgements = index, index.ids, index.judgements

    def actor(self, anchor: str) -> Found:
        """The actor that an anchor stands for."""
        same = self.judgements.component(anchor)
        if len(same) > 1:
            return self._judged(anchor, same)
        if is_item(anchor):
            return Found(self.ids.wikidata_actor(anchor), anchor, f"Wikidata item {anchor}")
        return self._named(anchor) if is_name(anchor) else self._alone(anchor)

    def _judged(self, anchor: str, same: list[str]) -> Found:
        """The actor of several anchors that people judged the same: that of the first of them."""
        said = self._saying(anchor)
        names = [each for each in same if is_name(each)]
        if is_item(same[0]):
            found = Found(self.ids.wikidata_actor(same[0]), same[0], "")
        else:
            found = self._bearer(names) or (self._alone(same[0]) if is_span(same[0]) else self._by_name(same[0]))
        return Found(found.iri, found.anchor, said.reason or "judged the same", 1.0, said.by)

    def _saying(self, anchor: str) -> Judgement:
        """The first of the judgements that make the anchor the same as another."""
        found = (said for _, said in self.judgements.of(anchor) if said.judgement == "same")
        return min(found, key=lambda said: (said.left, said.right))

    def _named(self, key: str) -> Found:
        """The actor of a name: the centre that it joins, if any, and the one item that bears the name, if any."""
        joined = self.index.decided(key)
        if joined is None:
            return self._bearer([key]) or self._by_name(key)
        found = self.actor(joined.centre)
        reason = f"{key} is a form of {joined.centre}: {joined.reason}"
        return Found(found.iri, found.anchor, reason, joined.score, MERGER, joined.probability, joined.features)

    def _bearer(self, keys: list[str]) -> Found | None:
        """The one item that bears the names, if there is just one, and nobody judged otherwise."""
        items = total({"item": dict(self.index.name(key).counts("item"))} for key in keys).get("item", {})
        bearers = [item for item in sorted(items) if not any(self.judgements.apart(key, item) for key in keys)]
        if len(bearers) != 1:
            return None
        found = self.actor(bearers[0])
        return Found(found.iri, found.anchor, f"same name as the one item that bears it: {keys[0]}")

    def _by_name(self, key: str) -> Found:
        return Found(self.ids.actor(key.partition(":")[2], key), key, f"same name: {key}")

    def _alone(self, anchor: str) -> Found:
        return Found(self.ids.actor("", anchor), anchor, "")

    def parted(self, key: str) -> Mapping[str, str]:
        """Those bearers of a name who are somebody else: what each is told by, by their states."""
        return self.index.name(key).parted

    def other(self, key: str, state: str) -> str:
        """The anchor of the bearer of a name who belongs to ``state``, and is not the best known."""
        return f"{key}{AT}{self.parted(key)[state]}"

    def tells(self, key: str) -> bool:
        """Whether a name that is weak in one article tells whom it means.

        It joins another, a person said so, or other articles bear it as the name of a body or a place.
        """
        named = not key.startswith("person:") and not self.index.name(key).weak
        return named or self.index.decided(key) is not None or len(self.judgements.component(key)) > 1


def known(anchor: str) -> str:
    """The anchor, if it is one.

    Raises:
        StoreError: it is none.
    """
    if is_item(anchor) or is_name(anchor) or is_span(anchor):
        return anchor
    raise StoreError(
        f"{anchor!r} is no actor of the graph. Give its IRI, its Wikidata item, or a name as in person:anna weiss."
    )
