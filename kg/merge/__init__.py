"""The same actors and the same propositions across articles: recorded, explained, reversible.

``merge`` brings the merged graphs in step with the evidence, ``update`` those of some articles; ``remove`` takes
articles out; ``reset`` leaves only the evidence. People override the merger: ``judge`` says that two actors are the
same, different or not to be told, ``unmerge`` parts an actor of an article from the actor that it was taken to be, and
``mark_wrong`` takes the stance from a claim; ``unjudge``, ``rejoin`` and ``unmark_wrong`` take that back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.merge.copies import keep_duplicates, keeps_duplicates
from kg.merge.judgements import ClaimMark, Judgement, Judgements
from kg.merge.judging import (
    USER,
    anchor,
    apply,
    as_one,
    judge,
    judgements,
    local_anchor,
    mark_wrong,
    require,
    unjudge,
    unmark_wrong,
    wrong_claims,
)
from kg.merge.merger import Counts, Merger
from kg.merge.undoing import undo
from kg.store import Store
from kg.vocab import KG, RDF, XSD

__all__ = [
    "ClaimMark", "Judgement", "MergeReport", "begin", "count_copies", "finish", "judge", "judgements",
    "keeps_duplicates", "mark_wrong", "merge", "rejoin", "remove", "require", "reset", "unjudge", "unmark_wrong",
    "unmerge", "unmerged", "update", "wrong_claims",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a run did (``articles`` settled, ``removed`` of them gone), and what the graph holds after it.

    ``problems`` holds one message for each article that could not be merged.
    """

    articles: int
    removed: int
    local_actors: int
    actors: int
    propositions: int
    contested: int
    problems: tuple[str, ...] = ()


def merge(store: Store, progress: Callable[[str], None] | None = None) -> MergeReport:
    """What merging did. Doing it again changes nothing; the order in which articles came makes no difference.

    Raises:
        StoreError: the store is read-only.
    """
    return _report(store, Merger(store).run(progress))


def update(store: Store, articles: Iterable[str] | None = None, problems: list[str] | None = None) -> int:
    """How many articles were settled to merge those with these ids, which came, changed or went; None: all that did.

    The same as ``merge`` where no other did, without a look at the rest of the graph: the cost of one article does not
    grow with it. Without ids one query finds what came, changed or went; nothing is counted. Messages on articles that
    cannot be merged are added to ``problems``.

    Raises:
        StoreError: the store is read-only.
    """
    counts = Merger(store).run(articles=articles)
    if problems is not None:
        problems += counts.problems
    return counts.articles


def begin(store: Store) -> None:
    """Note that a build writes to the store; ``finish`` takes the note away."""
    store.apply(add=[_unfinished(store)])


def finish(store: Store, problems: list[str] | None = None) -> None:
    """Merge all that came, changed or went, as ``update`` does, and note that no build has left anything to do.

    Raises:
        StoreError: the store is read-only.
    """
    update(store, problems=problems)
    store.apply(remove=[_unfinished(store)])


def unmerged(store: Store) -> int:
    """How many articles a build that runs, or was cut off, has not merged yet; 0 where there was none."""
    if not any(store.match(store.graphs.decisions, KG.unfinished, None, store.graphs.decisions)):
        return 0
    return len(Merger(store).outdated())


def _unfinished(store: Store) -> Quad:
    node = store.graphs.decisions
    return Quad(node, KG.unfinished, Literal("true", datatype=XSD.boolean), node)


def _report(store: Store, counts: Counts) -> MergeReport:
    def count(predicate: NamedNode, value: NamedNode | None = None) -> int:
        return sum(1 for _ in store.match(None, predicate, value))

    return MergeReport(
        counts.articles,
        counts.removed,
        count(RDF.type, KG.LocalActor),
        len({q.object for q in store.match(None, KG.resolvedTo)}),
        count(RDF.type, KG.Proposition),
        count(RDF.type, KG.ContestedProposition),
        tuple(counts.problems),
    )


def remove(store: Store, articles: Iterable[str]) -> MergeReport:
    """What is left after taking out the articles with these ids, and everything that only they supported.

    Raises:
        StoreError: one of them is not there; then, of up to ``judging.MOST``, none is gone.
    """
    wanted = list(articles)
    with as_one(store, wanted) as changed:
        with changed.writer() as writer:
            for article in wanted:
                writer.remove(article)
        Merger(changed).run(articles=wanted)
    return merge(store)


def count_copies(store: Store, *, apart: bool) -> int:
    """How many articles were settled to count each publication of a text as a voice of its own, or no longer.

    Raises:
        StoreError: the store is read-only.
    """
    return update(store, keep_duplicates(store, keep=apart))


def unmerge(store: Store, local: str, *, by: str = USER, reason: str = "judged different") -> MergeReport:
    """What is left after judging that ``local`` (IRI of an article's actor) is not the actor it was taken to be.

    The judgement outlives every later merge, and extracting the article again.

    Raises:
        StoreError: there is no such local actor.
    """
    found = next(store.match(NamedNode(local), KG.resolvedTo), None)
    if found is None or not isinstance(found.object, NamedNode):
        raise StoreError(f"No actor of an article has the IRI {local}. 'kg explain NAME' lists those behind an actor.")
    mine, other = local_anchor(store, local), anchor(store, found.object.value)
    if mine != other:  # what stands alone needs no parting
        apply(store, [(Judgement(min(mine, other), max(mine, other), "different", by, reason), False)])
    return _report(store, Counts())


def rejoin(store: Store, local: str) -> MergeReport:
    """What is left after taking back every judgement that parts ``local`` from an actor; if any."""
    mine = local_anchor(store, local)
    apart = [said for _, said in Judgements(store).of(mine) if said.judgement == "different"]
    apply(store, [(said, True) for said in apart])
    return _report(store, Counts())


def reset(store: Store, *, judgements: bool = False) -> None:
    """Take out all that merging made, so that only the evidence is left; people's judgements too when asked to.

    ``merge`` makes it again.
    """
    undo(store, judgements=judgements)
