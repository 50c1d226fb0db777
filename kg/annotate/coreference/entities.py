"""Actors from clusters of mentions: their names, types, and whom they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.annotate.actors.kinds import titles
from kg.annotate.reader.features import Floats
from kg.annotate.reader.labels import TYPES
from kg.annotate.reader.mentions import Found, is_pronoun, overlap
from kg.annotate.spans import Shelf
from kg.gazetteer import fold
from kg.records import Actor, Mention, Span

#: Overlap of a cluster's mention with a description that the grammar reads, from which on they are the same words.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of a Doc's mentions: types (mentions, 13), and the numbers of each mention's clusters."""

    mentions: list[Found]
    types: Floats
    clusters: list[tuple[int, ...]]

    def same(self) -> dict[str, str]:
        """The keys of names that turned out to be another's, with that one's key: the first of their cluster."""
        first: dict[int, str] = {}
        out = dict[str, str]()
        for found, numbers in zip(self.mentions, self.clusters, strict=True):
            if found.key is not None and first.setdefault(numbers[0], found.key) != found.key:
                out[found.key] = first[numbers[0]]
        return out


def entities(
    text: str, scores: Scores, known: dict[str, Actor], least: float, listed: Collection[str] = ()
) -> list[Actor]:
    """An actor for each cluster with a name or a mention that is at least so sure, in the order of first mention.

    Args:
        text: the article's.
        scores: of its mentions.
        known: the actors that names and the grammar of descriptions gave, by id.
        least: probability of a mention.
        listed: ids of those whom the gazetteer lists, with their types.
    """
    members: dict[int, list[int]] = {}
    for i, numbers in enumerate(scores.clusters):
        for number in numbers:
            members.setdefault(number, []).append(i)
    fresh = iter(range(max((int(a[1:]) for a in known if a[1:].isdigit()), default=0) + 1, 10**9))
    same = scores.same()
    known = {name: replace(a, of=same.get(a.of or "", a.of)) for name, a in known.items()}
    described = [a for a in known.values() if all(m.kind == "description" for m in a.mentions)]
    out = []
    for rows in members.values():
        found = [scores.mentions[i] for i in rows]
        keys = [f.key for f in found if f.key]
        key = keys[0] if keys else None
        if key is None and max(f.chance for f in found) < least:
            continue
        mentions = tuple(_mention(text, scores, known, i) for i in rows)
        alone = [i for i in rows if len(scores.clusters[i]) == 1] or rows
        kind = TYPES[int(scores.types[alone].mean(0).argmax())]
        if key is None:
            surest = max(found, key=lambda f: (not is_pronoun(text, f.span), f.chance)).span
            out.append(_new(text, f"a{next(fresh)}", mentions, kind, _bare(text[slice(*surest)], kind)))
        else:
            sure = key in listed or known[key].wikidata or known[key].type == "Place"
            owner = next((of for k in keys if (of := known[k].of) not in (None, *keys)), None)
            actor = replace(known[key], of=owner)
            out.append(_completed(text, actor, mentions, actor.type if sure else kind))
    return list(_owned(out, described))


def _mention(text: str, scores: Scores, known: Mapping[str, Actor], number: int) -> Mention:
    found = scores.mentions[number]
    if len(scores.clusters[number]) > 1:
        return Mention(*found.span, "pronoun", "stands for several: antecedent head")
    if is_pronoun(text, found.span):
        return Mention(*found.span, "pronoun", "pronoun: antecedent head")
    named = known[found.key].mentions if found.key else ()
    inside = any(m.kind == "name" and found.span[0] <= m.start and m.end <= found.span[1] for m in named)
    return Mention(*found.span, "name" if inside else "description", "mention head")


def _new(text: str, identity: str, mentions: tuple[Mention, ...], kind: str, name: str) -> Actor:
    """An actor whom no known name names."""
    forms = tuple(dict.fromkeys(text[m.start : m.end] for m in mentions if m.kind != "pronoun"))
    return Actor(identity, name, kind, forms, mentions=mentions, reason="mention head")


def _bare(name: str, kind: str) -> str:
    """The name without an article, and of a person without a title."""
    first, _, rest = name.partition(" ")
    title = kind == "Person" and fold(first).rstrip(".") in titles()
    return _bare(rest, kind) if rest and (title or first.lower() in ("the", "a", "an")) else name


def _completed(text: str, actor: Actor, mentions: tuple[Mention, ...], kind: str) -> Actor:
    """A named actor with every mention, and its type; the name of one that has another now is bare."""
    forms = [text[m.start : m.end] for m in mentions if m.kind != "pronoun"]
    names = tuple(dict.fromkeys([*actor.names, *forms]))
    name = actor.name if kind == actor.type else _bare(actor.name, kind)
    return replace(actor, name=name, names=names, mentions=mentions, type=kind)


def _owned(actors: list[Actor], described: list[Actor]) -> Iterator[Actor]:
    """The actors with whom they belong to.

    Where the grammar reads the same description it knows whose it is, or that it is nobody's ("residents of Moscow");
    else it is the one who is named inside the first description ("a senior Iranian official"). "His aide" is his.
    """
    ids = {a.id for a in actors}
    bearers: dict[Span, list[str]] = {}
    for start, end, bearer in sorted((m.start, m.end, a.id) for a in actors for m in a.mentions):
        bearers.setdefault((start, end), []).append(bearer)
    shelf = Shelf(bearers)
    owners = {(m.start, m.end): a.of for a in described for m in a.mentions}
    grammar = Shelf(owners)
    his = {m.start: a.id for a in actors for m in a.mentions if m.kind == "pronoun"}
    for actor in actors:
        first = next((m for m in actor.mentions if m.kind == "description"), None)
        if actor.of is not None or first is None:
            yield actor if actor.of in ids else replace(actor, of=None)
            continue
        span = first.start, first.end
        known = [owners[s] for s in grammar.touching(span) if overlap(s, span) >= _SAME]
        parts = (s for s in shelf.touching(span) if span[0] <= s[0] and s[1] <= span[1])
        inside = [bearer for s in parts for bearer in bearers[s] if bearer != actor.id]
        of = his.get(first.start) or next(iter(known or inside), None)
        yield replace(actor, of=of if of in ids and of != actor.id else None)


def with_author(actors: Iterable[Actor], signed: Collection[Span], name: str | None) -> Iterator[Actor]:
    """``actors``, of whom the nameless one who is the source of a statement's own words bears its author's ``name``.

    Args:
        actors: those of the article.
        signed: where "I" and "my" are the source of claims without a cue.
        name: whose statement the title says that the article is.
    """
    for actor in actors:
        if name and not actor.names and any((m.start, m.end) in signed for m in actor.mentions):
            bare = _bare(name, "Person")
            yield replace(actor, name=bare, names=tuple(dict.fromkeys((bare, name))), type="Person")
        else:
            yield actor
