"""Putting people's judgements on record, and taking them back; what they concern is merged again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import MissingError, StoreError
from kg.merge.identity import Identity, known
from kg.merge.index import NameIndex
from kg.merge.judgements import (
    TERMS,
    ClaimMark,
    Judgement,
    Judgements,
    Verdict,
    bearer,
    is_item,
    is_name,
    is_span,
    mark_node,
    mark_quads,
    marks,
    own_anchor,
)
from kg.merge.link import stands
from kg.merge.merger import Merger, stale_mark
from kg.merge.presence import missing, unfound
from kg.rdf import from_quads
from kg.records import NARRATOR
from kg.store import Store
from kg.store.draft import Draft
from kg.vocab import KG, SKOS, WD, XSD

#: Articles whose merged graphs are changed in one transaction, which is held in memory: some 2 MB each.
MOST = 100
#: Who decides when nobody else is named.
USER = "user"


def judge(  # noqa: PLR0913  (what a judgement consists of)
    store: Store,
    left: str,
    right: str,
    judgement: Verdict,
    *,
    by: str = USER,
    reason: str = "",
    when: str | None = None,
) -> Judgement:
    """The judgement that two actors are ``same``, ``different`` or ``unsure``, on record; it replaces an earlier one.

    Args:
        store: the graph, open for writing.
        left: IRI of an actor after merging, or of an article's actor; or an anchor (``Q794``, ``person:anna weiss``).
            An actor after merging stands for its item or name, an actor of an article for its first mention.
        right: the other.
        judgement: ``same`` makes one of the two, ``different`` and ``unsure`` keep them apart, whatever their score.
        by: who decides.
        reason: why.
        when: an ISO date, where one is to be recorded: there is no clock here.

    Raises:
        StoreError: there is no such actor, or both are the same thing already.
    """
    if judgement not in TERMS:
        raise StoreError(f"{judgement!r} is no judgement. Say same, different or unsure.")
    anchors = anchor(store, left), anchor(store, right)
    if anchors[0] == anchors[1]:
        raise StoreError(
            f"{left} and {right} are one actor by item or name: {anchors[0]}. "
            "To part an article's actor from it, give the IRI of that actor."
        )
    said = Judgement(min(anchors), max(anchors), judgement, by, reason, when)
    apply(store, [(said, False)])
    judged = Judgements(store)
    return named(store, replace(said, iri=judged.node(said.left, said.right).value))


def apply(store: Store, said: Iterable[tuple[Judgement, bool]], problems: list[str] | None = None) -> int:
    """How many judgements were put on record or, where the second of a pair says so, taken back; merged once.

    One that names nobody in the graph is kept for articles to come, but not counted: what it names that is not there is
    added to ``problems``. All of it is one transaction, unless more than ``MOST`` articles hang on it: the next merge
    ends what broke off.
    """
    judged, graph = Judgements(store), store.graphs.decisions
    remove, new, touched, count = list[Quad](), list[Quad](), set[str](), 0
    for judgement, undo in said:
        ends = known(judgement.left), known(judgement.right)
        for end in ends:
            touched.update(judged.component(end))
        remove += store.match(judged.node(*ends), None, None, graph)
        new += [] if undo else judged.quads(judgement)
        trouble = unfound(store, judgement, undo=undo)
        if trouble is None:
            count += 1
        elif problems is not None:
            problems.append(trouble)
    judged_now = Draft(store)
    judged_now.apply(dict.fromkeys(remove), dict.fromkeys(new))
    articles = _concerned(judged_now, touched)
    fresh = [*new, *_marks(store, touched, articles)]
    with as_one(store, articles) as changed:
        changed.apply(dict.fromkeys(remove), dict.fromkeys(fresh))
        Merger(changed).run(articles=articles)
    return count


@contextmanager
def as_one(store: Store, articles: Collection[str]) -> Iterator[Store]:
    """A store whose changes, on ``articles``, are written in one transaction; ``store`` itself if these are many."""
    if len(articles) > MOST:
        yield store
        return
    draft = Draft(store)
    yield draft
    draft.commit()


def unjudge(store: Store, iri: str) -> None:
    """Take the judgement with this IRI back.

    Raises:
        StoreError: there is none.
    """
    found = next((j for j in Judgements(store).all() if j.iri == iri), None)
    if found is None:
        raise StoreError(f"No judgement has the IRI {iri}. 'kg merge --export-judgements FILE' lists them.")
    apply(store, [(found, True)])


def judgements(store: Store) -> list[Judgement]:
    """Every judgement on two actors, sorted, with names for people to read."""
    return [named(store, judgement) for judgement in Judgements(store).all()]


def mark_wrong(store: Store, claim: str, *, by: str = USER, reason: str = "", when: str | None = None) -> None:
    """Put on record that a claim (IRI) was wrongly extracted: it takes no stance any more; its evidence stays.

    Raises:
        StoreError: there is no such claim.
    """
    _mark(store, claim, mark_quads(store, ClaimMark(claim, by, reason, when)))


def unmark_wrong(store: Store, claim: str) -> None:
    """Take back that a claim is wrong; where nobody said so, nothing changes."""
    if claim in marks(store):
        _mark(store, claim, [])


def wrong_claims(store: Store) -> dict[str, ClaimMark]:
    """The claims that were found wrong, by IRI."""
    return marks(store)


def _mark(store: Store, claim: str, new: list[Quad]) -> None:
    before = list(store.match(mark_node(store, claim), None, None, store.graphs.decisions))
    reported = next(store.match(NamedNode(claim), KG.reportedIn))
    article = store.ids.article_id(cast(NamedNode, reported.object).value)
    with as_one(store, [article]) as changed:
        changed.apply(before, [*new, stale_mark(store, article)])
        Merger(changed).run(articles=[article])


def anchor(store: Store, what: str) -> str:
    """What an actor is known by, whatever is merged or extracted again: its item, its name, or a range of its article.

    Raises:
        StoreError: there is no such actor.
    """
    if "://" not in what or is_span(what):
        return known(what)
    node = NamedNode(what)
    if any(store.match(node, KG.resolvedTo)):
        return local_anchor(store, what)
    locals_ = sorted(cast(NamedNode, quad.subject).value for quad in store.match(None, KG.resolvedTo, node))
    if not locals_:
        raise StoreError(
            f"No actor has the IRI {what}. 'kg explain NAME' shows the IRIs of actors and of those behind them."
        )
    item = what.removeprefix(store.ids.wikidata_actor(""))
    if is_item(item):
        return item
    identity = Identity(NameIndex(store))
    for local in locals_:
        for quad in store.match(NamedNode(local), KG.nameKey):
            found = identity.actor(cast(Literal, quad.object).value)
            if found.iri == what:
                return found.anchor
    return local_anchor(store, locals_[0])


def local_anchor(store: Store, local: str) -> str:
    """The range of its article that stands for an article's actor.

    Raises:
        MissingError: there is no such actor.
        StoreError: it is an article's own voice, whom no judgement can make, or tell from, another.
    """
    article = store.ids.article_id(local)
    quads = list(store.match(graph=store.graphs.evidence(article)))
    extraction = from_quads(quads, store.ids) if quads else None
    actors = (*extraction.actors, *extraction.bystanders) if extraction else ()
    actor = next((a for a in actors if store.ids.local_actor(article, a.id) == local), None)
    if actor is not None:
        return own_anchor(actor, article, store.ids)
    if extraction and local == store.ids.local_actor(article, NARRATOR):
        raise StoreError(f"{local} is the article's own voice. Who that is follows from its publisher alone.")
    raise MissingError(f"No actor of an article has the IRI {local}. 'kg explain NAME' lists those behind an actor.")


def require(store: Store, *actors: str) -> None:
    """Make sure that the graph holds actors, given as ``judge`` takes them.

    Raises:
        MissingError: one of them is not there.
    """
    absent = missing(store, [anchor(store, actor) for actor in actors])
    if absent:
        raise MissingError(f"The graph holds nobody known as {' nor '.join(absent)}.")


def named(store: Store, judgement: Judgement) -> Judgement:
    """The judgement with the names of what its anchors stand for."""
    return replace(
        judgement, left_name=anchor_name(store, judgement.left), right_name=anchor_name(store, judgement.right)
    )


def anchor_name(store: Store, anchor: str) -> str:
    """A name for people: the label of an item, the compared name without its class, the words of a range."""
    if is_name(anchor):
        return anchor.partition(":")[2]
    if is_item(anchor):
        labels = store.match(NamedNode(store.ids.wikidata_actor(anchor)), SKOS.prefLabel)
        return next((cast(Literal, quad.object).value for quad in labels), anchor)
    article = store.ids.article_id(anchor)
    quads = list(store.match(graph=store.graphs.evidence(article)))
    if not quads:
        return ""
    extraction = from_quads(quads, store.ids)
    actors = (*extraction.actors, *extraction.bystanders)
    local = bearer(actors, anchor)
    return next((a.name for a in actors if a.id == local), "")


def _concerned(store: Store, anchors: Iterable[str]) -> set[str]:
    """Ids of the articles whose own actors a judgement on the anchors, made by now, concerns by item or range.

    Those that know an item as whom it stands for already have nothing to change.
    """
    identity, found = Identity(NameIndex(store)), set[str]()
    for each in anchors:
        parted = identity.judgements.with_verdict(each, "different", "unsure")
        found |= {store.ids.article_id(span) for span in (each, *parted) if is_span(span)}
        if is_item(each):
            actor, locals_ = identity.actor(each), (quad.subject for quad in store.match(None, KG.wikidata, WD[each]))
            other = (local for local in cast("Iterator[NamedNode]", locals_) if not stands(store, local, actor))
            found |= {store.ids.article_id(local.value) for local in other}
    return found


def _marks(store: Store, anchors: Iterable[str], articles: Iterable[str]) -> Iterable[Quad]:
    """Marks that articles are to be settled again, and names decided again."""
    index = NameIndex(store)
    names = {each for each in anchors if is_name(each)}
    names |= {name for each in anchors if is_item(each) for name in index.named(each)}
    true = Literal("true", datatype=XSD.boolean)
    yield from (Quad(index.node(name), KG.stale, true, store.graphs.decisions) for name in sorted(names))
    yield from (stale_mark(store, article) for article in sorted(articles))
