"""Stands as the store holds them, with the claims graph of an article that is about to go in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge.scope import Scope
from kg.merge.stands import Stand, day_of, is_outcome, span_of
from kg.rdf.graphs import cut
from kg.store import Store
from kg.vocab import DCT, FACT, KG, POLARITY

Term = NamedNode | Literal
_POLARITY = {True: POLARITY["denies"], False: POLARITY["asserts"]}
_WORDS = NamedNode("urn:words")
_FUTURE, _CERTAIN = FACT["future"], FACT["certain"]
Values = dict[NamedNode, list[Term]]


class StandReader:
    """Reads the stands of claims; those of the article with the claims graph ``own`` from ``fresh`` alone."""

    def __init__(self, store: Store, own: NamedNode, fresh: Iterable[Quad]) -> None:
        """A reader of ``store`` in which the claims graph ``own`` will be ``fresh``."""
        self.store, self.own = store, own
        self.fresh: dict[object, list[Quad]] = {}
        self.taken: dict[tuple[NamedNode, object], list[Quad]] = {}
        for quad in fresh:
            self.fresh.setdefault(quad.subject, []).append(quad)
            if quad.predicate in {KG.asserts, KG.denies}:
                self.taken.setdefault((quad.predicate, quad.object), []).append(quad)

    def owned(self, scope: Scope) -> list[Stand]:
        """Every stand that the article itself brings, of the claims in ``scope``."""
        stances = (q for quads in self.taken.values() for q in quads if scope.holds(cast(NamedNode, q.subject)))
        return [stand for quad in stances for stand in self._stands(quad)]

    def mine(self, stance: NamedNode, proposition: NamedNode) -> list[Stand]:
        """Stands that claims of the article itself take on a proposition."""
        return [stand for quad in self.taken.get((stance, proposition), ()) for stand in self._stands(quad)]

    def others(self, stance: NamedNode, proposition: NamedNode) -> Iterator[Stand]:
        """Stands that claims of other articles take on a proposition."""
        for quad in self.store.match(None, stance, proposition):
            if quad.graph_name != self.own:
                yield from self._stands(quad)

    def of_words(self, words: str, *, denies: bool) -> Iterator[NamedNode]:
        """Claims of other articles that assert, or deny, the same words."""
        for quad in self.store.match(None, KG.wording, Literal(words)):
            claim = cast(NamedNode, quad.subject)
            if quad.graph_name != self.own and any(self.store.match(claim, KG.polarity, _POLARITY[denies])):
                yield claim

    def of_claim(self, claim: NamedNode, *, denies: bool) -> Stand | None:
        """The stand of a claim on its own words, which are no proposition; None without a source."""
        said = self._values(claim)
        source, article = _first(said, KG.source), _first(said, KG.reportedIn)
        if not isinstance(source, NamedNode) or not isinstance(article, NamedNode):
            return None
        return Stand(
            claim, source, denies, _WORDS, "", article.value, _name(said, KG.speechAct),
            _first(said, KG.tense) == _FUTURE, _first(said, KG.certainty) == _CERTAIN, self._day(said, article),
        )  # fmt: skip

    def _stands(self, stance: Quad) -> Iterator[Stand]:
        """A stand for each wording of the proposition in the claim."""
        claim, proposition = cast(NamedNode, stance.subject), cast(NamedNode, stance.object)
        bare = self.of_claim(claim, denies=stance.predicate == KG.denies)
        for quad in self.store.match(claim, KG.states) if bare else ():
            worded = self._values(cast(NamedNode, quad.object))
            if bare and proposition in worded.get(KG.expresses, ()):
                begin, end = _time(worded)
                yield replace(
                    bare, proposition=proposition, relation=_name(worded, KG.relation), begin=begin, end=end,
                    place=_text(worded, KG.place), outcome=is_outcome(_text(worded, KG.predicateText) or ""),
                )  # fmt: skip

    def _day(self, said: Values, article: NamedNode) -> int | None:
        """The day on which the claim was made, else that of its article."""
        dates = (cast(Literal, quad.object).value for quad in self.store.match(article, DCT.date))
        return day_of(cut(_text(said, KG.saidOn), _text(said, KG.precision)), *dates)

    def _values(self, node: NamedNode) -> Values:
        """What the evidence and the claims graphs say of ``node``, by property."""
        values: Values = {}
        stored = (quad for quad in self.store.match(node) if quad.graph_name != self.own)
        for quad in (*stored, *self.fresh.get(node, ())):
            values.setdefault(quad.predicate, []).append(cast(Term, quad.object))
        return values


def _first(values: Mapping[NamedNode, list[Term]], predicate: NamedNode) -> Term | None:
    return next(iter(values.get(predicate, ())), None)


def _text(values: Values, predicate: NamedNode) -> str | None:
    found = _first(values, predicate)
    return None if found is None else found.value


def _name(values: Values, predicate: NamedNode) -> str:
    """The name of the term that is the value."""
    return KG.name_of(NamedNode(_text(values, predicate) or ""))


def _time(worded: Values) -> tuple[int | None, int | None]:
    """The stated time of a wording: its first and last day."""
    begin, end = span_of(_text(worded, KG.validFrom)), span_of(_text(worded, KG.validTo))
    return begin and begin[0], end and end[1]
