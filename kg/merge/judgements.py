"""What people decided: two actors are the same, different, or not to be told; a claim is wrong.

A judgement hangs on *anchors*, which outlive merging and extracting again: a Wikidata item (``Q794``), a compared name
(``person:anna weiss``), or a character range in which an article mentions the actor. It overrides every score.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import IO, Literal, cast

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.ids import Ids, digest, escape
from kg.merge.keys import fold
from kg.rdf.to_quads import date_literal
from kg.records import Actor
from kg.store import Store
from kg.store.cells import guarded, unguarded
from kg.vocab import KG, PROV, RDF

Verdict = Literal["same", "different", "unsure"]
TERMS = {"same": KG.Same, "different": KG.NotSame, "unsure": KG.Unsure}
_VERDICTS = {term: verdict for verdict, term in TERMS.items()}
_ITEM = re.compile(r"Q[0-9]+")
_NAME = re.compile(r"(polity|person|people|body):.+")
_SPAN = re.compile(r"(.+)#(?:char=([0-9]+),([0-9]+)|name=(.+))")
#: In a file: take back what was judged about the two.
UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's decision on two actors, by anchor; ``when`` is an ISO date where one was given."""

    left: str
    right: str
    judgement: Verdict
    by: str
    reason: str = ""
    when: str | None = None
    left_name: str = ""
    right_name: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """Somebody's decision that a claim (IRI) was wrongly extracted."""

    claim: str
    by: str
    reason: str = ""
    when: str | None = None


class Judgements:
    """The judgements of a graph, read when they are asked for."""

    def __init__(self, store: Store) -> None:
        """For ``store``."""
        self.store, self.graph = store, store.graphs.decisions

    @cached_property
    def some(self) -> bool:
        """Whether there is any on two actors."""
        return any(self.store.match(None, RDF.type, KG.ActorJudgement, self.graph))

    def all(self) -> list[Judgement]:
        """Every judgement on two actors, sorted."""
        nodes = (q.subject for q in self.store.match(None, RDF.type, KG.ActorJudgement, self.graph))
        return sorted((self._read(cast(NamedNode, node)) for node in nodes), key=lambda j: (j.left, j.right))

    def of(self, anchor: str) -> Iterator[tuple[str, Judgement]]:
        """The other anchor and the judgement, of each that hangs on ``anchor``."""
        if not self.some:
            return
        for predicate, other in ((KG.left, KG.right), (KG.right, KG.left)):
            for quad in self.store.match(None, predicate, Text(anchor), self.graph):
                node = cast(NamedNode, quad.subject)
                yield self._text(node, other) or "", self._read(node)

    def with_verdict(self, anchor: str, *verdicts: Verdict) -> set[str]:
        """Anchors that were judged so in relation to ``anchor``."""
        return {other for other, judgement in self.of(anchor) if judgement.judgement in verdicts}

    def component(self, anchor: str) -> list[str]:
        """All anchors judged the same as ``anchor``, by whatever chain, itself included: items, names, then spans."""
        found, todo = {anchor}, [anchor]
        while todo:
            new = self.with_verdict(todo.pop(), "same") - found
            found |= new
            todo += new
        return sorted(found, key=_rank)

    def apart(self, anchor: str, *others: str) -> bool:
        """Whether something the same as ``anchor`` was judged not the same as one of ``others``, or perhaps not."""
        if not self.some:
            return False
        theirs = {each for other in others for each in self.component(other)}
        return any(self.with_verdict(mine, "different", "unsure") & theirs for mine in self.component(anchor))

    def anchored(self, article: str) -> list[str]:
        """Anchors of judgements in the article, sorted."""
        node = NamedNode(self.store.ids.article(article))
        found = set()
        for quad in self.store.match(None, KG.anchoredIn, node, self.graph):
            judged = cast(NamedNode, quad.subject)
            for predicate in (KG.left, KG.right):
                anchor = self._text(judged, predicate) or ""
                if _SPAN.fullmatch(anchor) and self.store.ids.article_id(anchor) == article:
                    found.add(anchor)
        return sorted(found)

    def quads(self, judgement: Judgement) -> list[Quad]:
        """Quads of a judgement."""
        node = self.node(judgement.left, judgement.right)
        quads = [
            *_signed(self.store, node, judgement.by, judgement.reason, judgement.when),
            Quad(node, RDF.type, KG.ActorJudgement, self.graph),
            Quad(node, KG.left, Text(judgement.left), self.graph),
            Quad(node, KG.right, Text(judgement.right), self.graph),
            Quad(node, KG.judgement, TERMS[judgement.judgement], self.graph),
        ]
        articles = {self.store.ids.article_id(a) for a in (judgement.left, judgement.right) if _SPAN.fullmatch(a)}
        for article in sorted(articles):
            quads.append(Quad(node, KG.anchoredIn, NamedNode(self.store.ids.article(article)), self.graph))
        return quads

    def node(self, left: str, right: str) -> NamedNode:
        """The node of the judgement on two anchors, whichever comes first."""
        return NamedNode(f"{self.store.ids.base}id/judgement/{digest(*sorted((left, right)))}")

    def _text(self, node: NamedNode, predicate: NamedNode) -> str | None:
        return next((cast(Text, q.object).value for q in self.store.match(node, predicate, None, self.graph)), None)

    def _read(self, node: NamedNode) -> Judgement:
        left, right = self._text(node, KG.left) or "", self._text(node, KG.right) or ""
        verdict = next(cast(NamedNode, q.object) for q in self.store.match(node, KG.judgement, None, self.graph))
        return Judgement(
            left, right, cast(Verdict, _VERDICTS[verdict]), _judge(self.store, node), self._text(node, KG.reason) or "",
            self._text(node, KG.judgedOn), iri=node.value,
        )  # fmt: skip


def mark_quads(store: Store, mark: ClaimMark) -> list[Quad]:
    """Quads of the decision that a claim is wrong."""
    node, graph = mark_node(store, mark.claim), store.graphs.decisions
    reported = next(store.match(NamedNode(mark.claim), KG.reportedIn), None)
    if reported is None:
        raise StoreError(f"No claim in the graph has the IRI {mark.claim}. 'kg explain NAME' lists claims.")
    return [
        *_signed(store, node, mark.by, mark.reason, mark.when),
        Quad(node, RDF.type, KG.ClaimJudgement, graph),
        Quad(node, KG.judgedClaim, NamedNode(mark.claim), graph),
        Quad(node, KG.anchoredIn, cast(NamedNode, reported.object), graph),
    ]


def mark_node(store: Store, claim: str) -> NamedNode:
    """The node of the decision on a claim."""
    return NamedNode(f"{store.ids.base}id/judgement/{digest('claim', claim)}")


def marks(store: Store, article: str | None = None) -> dict[str, ClaimMark]:
    """The decisions on claims by IRI of the claim, of one article or of all."""
    graph = store.graphs.decisions
    if article is None:
        nodes = [q.subject for q in store.match(None, RDF.type, KG.ClaimJudgement, graph)]
    else:
        nodes = [q.subject for q in store.match(None, KG.anchoredIn, NamedNode(store.ids.article(article)), graph)]
    found = {}
    for node in cast(list[NamedNode], nodes):
        for quad in store.match(node, KG.judgedClaim, None, graph):
            said = {q.predicate: cast(Text, q.object).value for q in store.match(node, None, None, graph)}
            claim = cast(NamedNode, quad.object).value
            found[claim] = ClaimMark(claim, _judge(store, node), said.get(KG.reason, ""), said.get(KG.judgedOn))
    return dict(sorted(found.items()))


def _signed(store: Store, node: NamedNode, by: str, reason: str, when: str | None) -> Iterator[Quad]:
    """Who decided, why, and when if that is known."""
    graph = store.graphs.decisions
    yield Quad(node, PROV.wasAttributedTo, NamedNode(f"{store.ids.base}id/agent/{escape(by)}"), graph)
    yield Quad(node, KG.reason, Text(reason), graph)
    if when:
        yield Quad(node, KG.judgedOn, date_literal(when), graph)


def _judge(store: Store, node: NamedNode) -> str:
    quad = next(store.match(node, PROV.wasAttributedTo, None, store.graphs.decisions))
    return store.ids.local_id(cast(NamedNode, quad.object).value)


def is_item(anchor: str) -> bool:
    """Whether it is a Wikidata item."""
    return bool(_ITEM.fullmatch(anchor))


def is_name(anchor: str) -> bool:
    """Whether it is a compared name."""
    return not is_span(anchor) and bool(_NAME.fullmatch(anchor))


def is_span(anchor: str) -> bool:
    """Whether it is a character range of an article, or a name in one."""
    return bool(_SPAN.fullmatch(anchor))


def _rank(anchor: str) -> tuple[int, int, str]:
    """Items first, the oldest before the rest; then names, the fullest before the rest; then ranges."""
    if is_name(anchor):
        return 1, -len(anchor), anchor
    return (0 if is_item(anchor) else 2), len(anchor), anchor


def own_anchor(actor: Actor, article: str, ids: Ids) -> str:
    """What stands for a local actor: its first mention by name, else its first; its name, where it has no mention."""
    named = [m for m in actor.mentions if m.kind == "name"] or list(actor.mentions)
    if not named:
        return f"{ids.article(article)}#name={escape(fold(actor.name))}"
    return ids.span(article, *min((m.start, m.end) for m in named))


def name_anchor(name: str, article: str, ids: Ids) -> str:
    """What stands for whoever an article calls by that name, for people to read: ``ARTICLE#name=anna weiss``."""
    return f"{ids.article(article)}#name={fold(name)}"


def bearer(actors: Iterable[Actor], anchor: str) -> str | None:
    """Local id of the actor whose mention covers most of the anchor's range; the first of them that do."""
    match = _SPAN.fullmatch(anchor)
    if match is None:
        return None
    if match[4] is not None:
        named = [a for a in actors if escape(fold(a.name)) in (match[4], escape(match[4]))]
        return next((a.id for a in sorted(named, key=lambda a: bool(a.mentions))), None)
    start, end = int(match[2]), int(match[3])
    best: tuple[int, int] | None = None
    found = None
    for actor in actors:
        spans = [(m.start, m.end) for m in actor.mentions]
        for begin, stop in spans:
            rank = min(stop, end) - max(begin, start), begin - stop
            if rank[0] > 0 and (best is None or rank > best):
                best, found = rank, actor.id
    return found


def write_csv(judgements: Iterable[Judgement], file: IO[str]) -> None:
    """Write judgements as CSV, one a line, as ``read_csv`` reads them."""
    names = [f.name for f in fields(Judgement) if f.name != "iri"]
    writer = csv.DictWriter(file, names, lineterminator="\n")
    writer.writeheader()
    for judgement in judgements:
        writer.writerow({name: guarded(getattr(judgement, name) or "") for name in names})


def read_csv(file: IO[str], *, by: str, where: str) -> Iterator[tuple[Judgement, bool]]:
    """Judgements of a CSV file, and whether each is to be taken back; lines without a judgement are left out.

    Raises:
        StoreError: a column is missing, or a judgement is none of same, different, unsure and undo.
    """
    reader = csv.DictReader(file)
    if not {"left", "right", "judgement"} <= set(reader.fieldnames or ()):
        raise StoreError(
            f"{where} has no columns left, right and judgement. 'kg merge --review {where}' writes such a file."
        )
    for cells in reader:
        row = {name: unguarded(cell) if isinstance(cell, str) else cell for name, cell in cells.items()}
        verdict = (row["judgement"] or "").strip().casefold()
        if not verdict:
            continue
        if verdict not in (*TERMS, UNDO):
            raise StoreError(
                f"{where}, line {reader.line_num}: {verdict!r} is no judgement. Write same, different, unsure or undo."
            )
        known = Judgement(row["left"], row["right"], "unsure", row.get("by") or by, row.get("reason") or "")
        said = cast(Verdict, "unsure" if verdict == UNDO else verdict)
        yield replace(known, judgement=said, when=row.get("when") or None), verdict == UNDO
