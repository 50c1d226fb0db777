"""The names of a graph, kept in its store: what was counted of each, its blocks, and what it joins.

Counts are sums over the articles, so they can be added and taken away in any order. Nothing is written before
``flush``, which gives the difference to what the store holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import escape
from kg.merge.candidates import limit, opposite
from kg.merge.cluster import Changing, Join, candidates, decide, rival
from kg.merge.judgements import Judgements, is_name
from kg.merge.names import Name, Tally, add, to_json
from kg.rdf.to_quads import score_literal
from kg.store import Store
from kg.vocab import KG, RDF


class NameIndex(Changing):
    """The names of a store, with the changes of one transaction."""

    def __init__(self, store: Store) -> None:
        """The names of ``store``."""
        self.store, self.ids, self.graph = store, store.ids, store.graphs.decisions
        self.judgements = Judgements(store)
        self._names: dict[str, Name] = {}
        self._before: dict[str, Name] = {}
        self._joins: dict[str, Join | None] = {}
        self._joins_before: dict[str, Join | None] = {}
        self._members: dict[str, set[str]] = {}

    # What is there

    def name(self, key: str) -> Name:
        """The name with its counts; one that nobody bears has none."""
        if key not in self._names:
            tally = next(self.store.match(self.node(key), KG.tally, None, self.graph), None)
            counts = {} if tally is None else json.loads(cast(Literal, tally.object).value)
            self._names[key] = Name(key, counts)
        return self._names[key]

    def block(self, block: str) -> Iterable[str]:
        """Keys of the names in a block; none where there are too many to compare."""
        members = self._block(block)
        return members if len(members) <= limit(block) else ()

    def _block(self, block: str) -> set[str]:
        """Keys in a block; of one that is too large only so many that this can be seen."""
        if block not in self._members:
            quads = islice(self.store.match(None, KG.block, Literal(block), self.graph), limit(block) + 1)
            self._members[block] = {self.key(cast(NamedNode, quad.subject)) for quad in quads}
        return self._members[block]

    def decided(self, key: str) -> Join | None:
        """What the name joins."""
        if key not in self._joins:
            self._joins[key] = self._stored_join(key)
        return self._joins[key]

    def _stored_join(self, key: str) -> Join | None:
        node = self.node(key)
        centre = next(self.store.match(node, KG.joins, None, self.graph), None)
        if centre is None:
            return None
        said = {q.predicate: cast(Literal, q.object).value for q in self.store.match(node, None, None, self.graph)}
        strength, likely = (float(Decimal(said[each])) for each in (KG.score, KG.probability))
        found = self.key(cast(NamedNode, centre.object))
        return Join(found, strength, said[KG.reason], likely, said.get(KG.features, ""))

    def joined(self, key: str) -> str | None:
        """The centre that the name joins."""
        found = self.decided(key)
        return None if found is None else found.centre

    def joining(self, key: str) -> set[str]:
        """Names that join the name."""
        stored = (self.key(cast(NamedNode, q.subject)) for q in self.store.match(None, KG.joins, self.node(key)))
        mine = {other for other, found in self._joins.items() if found is not None and found.centre == key}
        return {other for other in stored if other not in self._joins} | mine

    def named(self, item: str) -> set[str]:
        """Names that some article calls the item by."""
        actor = NamedNode(self.ids.wikidata_actor(item))
        return {self.key(cast(NamedNode, q.subject)) for q in self.store.match(None, KG.nameOf, actor, self.graph)}

    def apart(self, key: str, other: str) -> bool:
        """Whether somebody judged a name and another, or an item of the other, different, or is unsure."""
        return self.judgements.apart(key, other, *(self.name(other).items if is_name(other) else ()))

    def settled(self, key: str) -> bool:
        """Whether somebody judged what the name is the same as."""
        return bool(self.judgements.with_verdict(key, "same"))

    # What changes

    def shift(self, changes: dict[str, tuple[Tally, Tally]]) -> set[str]:
        """Take the first counts of each name away and add the second; the names that are to be decided anew.

        To be called once: one index, one transaction.
        """
        moved = {key: self._moved(key, *change) for key, change in changes.items()}
        moved = {key: name for key, name in moved.items() if name.tally != self.name(key).tally}
        near = {key: candidates(self.name(key), self) for key in moved}
        touched = {*moved, *self._rehouse(moved)}
        for key, name in moved.items():
            self._before[key] = self._names[key]
            self._names[key] = name
        for key in moved:
            touched |= self._reached(key, near[key], candidates(self.name(key), self), touched)
        return touched

    def _reached(self, key: str, before: set[str], after: set[str], known: set[str]) -> set[str]:
        """Of the names that were or are compared with ``key``, but for the known, those to which it is another now."""
        old, new = self._before[key], self.name(key)

        def seen(each: str, other: Name, near: set[str]) -> Join | None:
            return rival(self.name(each), other, self) if each in near else None

        return {each for each in (before | after) - known if seen(each, old, before) != seen(each, new, after)}

    def _moved(self, key: str, gone: Tally, new: Tally) -> Name:
        tally = {aspect: dict(counts) for aspect, counts in self.name(key).tally.items()}
        add(tally, new)
        add(tally, gone, -1)
        return Name(key, tally)

    def _rehouse(self, moved: dict[str, Name]) -> set[str]:
        """Move names between blocks; the members of blocks that have become too large, or are so no longer."""
        gone, new = dict[str, set[str]](), dict[str, set[str]]()
        for key, name in moved.items():
            before, after = _homes(self.name(key)), _homes(name)
            for block in before - after:
                gone.setdefault(block, set()).add(key)
            for block in after - before:
                new.setdefault(block, set()).add(key)
        crossed = set[str]()
        for block in sorted({*gone, *new}):
            old = self._whole(block) if block in gone else self._block(block)
            self._members[block] = (old - gone.get(block, set())) | new.get(block, set())
            if (len(old) > limit(block)) != (len(self._members[block]) > limit(block)):
                crossed |= old | self._members[block] | self._block(opposite(block))
        return crossed

    def _whole(self, block: str) -> set[str]:
        quads = self.store.match(None, KG.block, Literal(block), self.graph)
        return {self.key(cast(NamedNode, quad.subject)) for quad in quads}

    def record(self, key: str, joined: Join | None) -> None:
        """Put a join on record, or take it off."""
        self._joins_before.setdefault(key, self.decided(key))
        self._joins[key] = joined

    def decide(self, keys: Iterable[str], judged: Iterable[str] = ()) -> set[str]:
        """Decide names anew; those whose bearers may be somebody else now, ``judged`` and what joins them too."""
        changed = decide(keys, self).union(judged)
        changed |= {key for key, before in self._before.items() if _bearing(before) != _bearing(self.name(key))}
        if self.judgements.some:
            changed |= {each for key in changed for each in self.judgements.component(key) if is_name(each)}
        return changed.union(*(self.joining(key) for key in changed))

    def changed(self) -> list[tuple[Name, Join | None, Join | None]]:
        """Names whose join changes: the name, what it joined and what it will, sorted by name."""
        found = ((self.name(key), before, self.decided(key)) for key, before in sorted(self._joins_before.items()))
        return [change for change in found if change[1] != change[2]]

    def all(self) -> list[Name]:
        """Every name that the store holds, sorted."""
        nodes = (cast(NamedNode, q.subject) for q in self.store.match(None, RDF.type, KG.Name, self.graph))
        return [self.name(key) for key in sorted(map(self.key, nodes))]

    def flush(self) -> tuple[list[Quad], list[Quad]]:
        """Quads that go and quads that come."""
        remove: list[Quad] = []
        new: list[Quad] = []
        for key in sorted({*self._before, *self._joins_before}):
            before = self._before.get(key, self.name(key))
            old = set(self._quads(before, self._joins_before.get(key, self.decided(key))))
            after = set(self._quads(self.name(key), self.decided(key)))
            remove += old - after
            new += after - old
        return remove, new

    def _quads(self, name: Name, joined: Join | None) -> Iterator[Quad]:
        if not name.tally:
            return
        node = self.node(name.key)
        yield Quad(node, RDF.type, KG.Name, self.graph)
        yield Quad(node, KG.tally, Literal(to_json(name.tally)), self.graph)
        for block in _homes(name):
            yield Quad(node, KG.block, Literal(block), self.graph)
        for item in name.items:
            yield Quad(node, KG.nameOf, NamedNode(self.ids.wikidata_actor(item)), self.graph)
        if joined is not None:
            yield Quad(node, KG.joins, self.node(joined.centre), self.graph)
            yield Quad(node, KG.score, score_literal(joined.score), self.graph)
            yield Quad(node, KG.probability, score_literal(joined.probability), self.graph)
            yield Quad(node, KG.reason, Literal(joined.reason), self.graph)
            if joined.features:
                yield Quad(node, KG.features, Literal(joined.features), self.graph)

    def node(self, key: str) -> NamedNode:
        """The node of a name."""
        return NamedNode(f"{self.ids.base}id/name/{escape(key)}")

    def key(self, node: NamedNode) -> str:
        """The name behind a node; the inverse of ``node``."""
        return self.ids.local_id(node.value)


def _bearing(name: Name) -> tuple[object, ...]:
    """What decides which actor a name that joins no other stands for."""
    return name.items, name.weak, tuple(name.parted.items())


def _homes(name: Name) -> frozenset[str]:
    """The blocks of a name that somebody bears."""
    return frozenset(name.blocks if name.articles else ())
