"""What the program finds in a golden case, held against what the case says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.annotate import layers
from kg.annotate.attribution.component import Attributor
from kg.annotate.reader.encoder import shipped
from kg.annotate.relations.component import Relations
from kg.query import run_named
from kg.records import Actor, Claim, Extraction, Mention, Spans
from tests.golden.cases import Case
from tests.merge.samples import merged

#: The stance that turns another round. To assert what one will not confirm is to turn it round as well.
OPPOSITE = {"asserts": "denies", "denies": "asserts", "declines": "asserts"}
SHORT = {"declines_to_confirm": "declines"}
_POSITION = re.compile(r"(.+?) (asserts|denies|declines) (.+)")
#: Names in the sentences of relations, with the actor's type and the other forms that name it.
ACTORS = {
    "Russia": ("State", "Russian"), "Turkey": ("State", "Turkish"), "Syria": ("State", "Syrian"),
    "Iran": ("State", "Iranian"), "Iraq": ("State", "Iraqi"), "Israel": ("State", "Israeli"),
    "Ukraine": ("State", "Ukrainian"), "Georgia": ("State", "Georgian"), "France": ("State", "French"),
    "Britain": ("State", "British"), "Germany": ("State", "German"), "Egypt": ("State", "Egyptian"),
    "Sudan": ("State", "Sudanese"), "Ethiopia": ("State", "Ethiopian"), "Qatar": ("State", "Qatari"),
    "Jordan": ("State", "Jordanian"), "Nato": ("Organisation", "Nato"), "Hezbollah": ("ArmedGroup", "Hezbollah"),
    "Nasrallah": ("Person", "Hassan Nasrallah"), "Erdogan": ("Person", "Erdogan"), "Macron": ("Person", "Macron"),
    "Brunson": ("Person", "Brunson"), "Kalat": ("Place", "Kalat"), "Gazette": ("Outlet", "Gazette"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with what was found, in words, and what of it must never be found; empty where all is right."""

    faults: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()


@cache
def judged(nlp: Language, case: Case) -> Verdict:
    """The verdict on a case; each is read once."""
    return _JUDGES[case.file](nlp, case)


def _verdict(faults: Sequence[str], dangers: Sequence[str]) -> Verdict:
    return Verdict((*faults, *(d for d in dangers if d not in faults)), tuple(dangers))


# -- what is found


def parsed(nlp: Language, text: str) -> Doc:
    """``text`` with spaCy's own annotation only."""
    with nlp.select_pipes(disable=[n for n in nlp.pipe_names if n.startswith("kg_")]):
        return nlp(text)


def extract(nlp: Language, text: str, date: str | None = None) -> Extraction:
    """What is found in one text."""
    return next(iter(kg.extract(nlp, [{"id": "t", "text": text, "date": date}])))


def sources(extraction: Extraction, stance: str) -> list[str]:
    """Names of the sources of claims with a stance, the narrator's left out."""
    names = {a.id: a.name for a in extraction.actors}
    taken = [c for c in extraction.claims if c.stance == stance and c.source != "narrator"]
    return sorted(names.get(c.source or "", "?") for c in taken)


def positions(extraction: Extraction) -> set[tuple[str, str, str]]:
    """Source, stance and edge of every claim with a proposition, by names."""
    names = {a.id: a.name for a in extraction.actors} | {"narrator": "narrator"}
    edges = {p.id: f"{names[p.subject]} {p.relation} {names[p.object]}" for p in extraction.propositions}
    return {
        (names.get(c.source or "", "?"), SHORT.get(c.stance, c.stance), edges[p])
        for c in extraction.claims
        for p in c.propositions
    }


def with_actors(doc: Doc) -> Doc:
    """``doc`` with those of ``ACTORS`` whose names it holds."""
    found = []
    for name, (kind, form) in ACTORS.items():
        spans = [m.span() for m in re.finditer(rf"\b(?:{form}|{name})\b", doc.text)]
        if spans:
            found.append(Actor(name, name, kind, (name,), mentions=tuple(Mention(s, e) for s, e in spans)))
    layers.set_actors(doc, found)
    return doc


# -- positions and stances


def denials(nlp: Language, case: Case) -> Verdict:
    """Every position is found; none is turned round, and nobody denies where nobody may."""
    found = positions(extract(nlp, case.text))
    want = {_POSITION.fullmatch(line).groups() for line in case.data["positions"]}  # type: ignore[union-attr]
    bad = {(s, OPPOSITE[stance], edge) for s, stance, edge in want} & found
    if case.data.get("open"):
        bad |= found
    elif case.data.get("no_denial"):
        bad |= {p for p in found if p[1] != "asserts"}
    elif not want:
        bad |= {p for p in found if p[1] == "denies" and " attacks " in p[2]}
    return _verdict(
        [f"misses {' '.join(p)}" for p in sorted(want - found)], [f"finds {' '.join(p)}" for p in sorted(bad)]
    )


def stance(nlp: Language, case: Case) -> Verdict:
    """Exactly the sources that deny, and those that decline; who denies never only asserts."""
    found = extract(nlp, case.text)
    denying, faults, dangers = sources(found, "denies"), list[str](), list[str]()
    for field, taken in (("denies", denying), ("declines", sources(found, "declines_to_confirm"))):
        want = sorted(case.data.get(field, []))
        if taken != want:
            faults.append(f"{taken} instead of {want} {field}")
        if case.alike:
            dangers += [f"finds that {name} {field}" for name in taken]
    turned = set(case.data.get("denies", [])) & set(sources(found, "asserts")) - set(denying)
    return _verdict(faults, dangers + [f"finds that {name} asserts" for name in sorted(turned)])


def contested(nlp: Language, case: Case) -> Verdict:
    """Exactly the contradictions between two articles."""
    articles = [{"id": f"x{n}", "text": t, "date": f"2031-05-0{n + 1}"} for n, t in enumerate(case.data["articles"])]
    rows = run_named(merged(kg.extract(nlp, articles)).view(), "contested").rows()
    found = {f"{row[3]} / {row[6]}: {row[0]} {row[1]} {row[2]}" for row in rows}
    return _same(case, found, set(case.data["contested"]))


def relations(nlp: Language, case: Case) -> Verdict:
    """Exactly the propositions between given actors."""
    doc = Relations(shipped())(with_actors(parsed(nlp, case.text)))
    found = {f"{p.subject} {p.relation} {p.object}" for p in layers.propositions(doc)}
    return _same(case, found, set(case.data["expect"]))


def _same(case: Case, found: set[str], want: set[str]) -> Verdict:
    faults = [f"misses {x}" for x in sorted(want - found)]
    extra = [f"finds {x}" for x in sorted(found - want)]
    return _verdict([*faults, *extra], extra if case.alike else [])


# -- attribution


def attribution(nlp: Language, case: Case) -> Verdict:
    """Every claim is found, and none where nobody says anything."""
    found = layers.claims(Attributor(shipped())(parsed(nlp, case.text)))
    missing = [w for w in case.data["expect"] if not any(_matches(case.text, c, w) for c in found)]
    extra = [f"finds the claim {case.text[c.content[0][0] : c.content[-1][1]]!r}" for c in found] if case.alike else []
    return _verdict([f"misses {w['content']!r}" for w in missing], extra)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _quoted(text: str, spans: Spans) -> list[str]:
    return _words(" ".join(text[s:e] for s, e in spans))


def _matches(text: str, claim: Claim, want: dict[str, Any]) -> bool:
    """Same content words (a leading ``that`` aside), a shared word of source and cue, same kind and nesting."""
    content, wanted = _quoted(text, claim.content), _words(want["content"])
    return (
        (content in (wanted, ["that", *wanted]) or ["of", *content] == wanted)
        and _words(want.get("source", "")) in ([], _quoted(text, claim.source_span))
        and (want["cue"] == claim.cue or bool({*_words(want["cue"] or "")} & {*_quoted(text, claim.cue_span)}))
        and want.get("kind", claim.kind) == claim.kind
        and want.get("nested", False) <= bool(claim.nested_in)
    )


# -- actors


def actors(nlp: Language, case: Case) -> Verdict:
    """Who is named, of which type, and whose they are."""
    doc = nlp(case.text)
    found = layers.actors(doc)
    faults = [f for surface, want in case.data.get("expect", {}).items() for f in _other(doc, found, surface, want)]
    for surface, qid in case.data.get("never", {}).items():
        actor = actor_at(found, case.text, surface)
        if actor is not None and (qid is None or actor.wikidata == qid):
            faults.append(f"{surface!r} is {actor.name}")
    return Verdict((*faults, *_pairs(found, case)))


def coreference(nlp: Language, case: Case) -> Verdict:
    """Which words name the same actor."""
    return Verdict(tuple(_pairs(layers.actors(nlp(case.text)), case)))


def _other(doc: Doc, found: list[Actor], surface: str, want: dict[str, Any]) -> Iterator[str]:
    """What is other than the case wants of the actor named by ``surface``."""
    actor = actor_at(found, doc.text, surface)
    if actor is None:
        yield f"{surface!r} is no actor"
        return
    names = {a.id: a.name for a in found}
    got = {"type": actor.type, "qid": actor.wikidata, "name": actor.name, "of": names.get(actor.of or "", "nobody")}
    for field in want.keys() & got.keys():
        if want[field] is not None and got[field] != want[field]:
            yield f"{field} of {surface!r} is {got[field]!r}"
    roles = [f"{r.role} of {names[r.of]}" for r in layers.roles(doc) if r.person == actor.id]
    if "role" in want and want["role"] not in roles:
        yield f"roles of {surface!r} are {roles}"
    if "with" in want and actor_at(found, doc.text, want["with"]) != actor:
        yield f"{surface!r} is not {want['with']!r}"


def _pairs(found: list[Actor], case: Case) -> Iterator[str]:
    """Pairs that are not the same, or not apart, as the case says."""
    for one, other in case.data.get("same", []):
        first, second = (actor_at(found, case.text, s) for s in (one, other))
        if first is None or second is None or first.id != second.id:
            yield f"{one!r} is {first and first.name}, {other!r} is {second and second.name}"
    for one, other in case.data.get("apart", []):
        first, second = (actor_at(found, case.text, s) for s in (one, other))
        if first is not None and second is not None and first.id == second.id:
            yield f"{one!r} and {other!r} are both {first.name}"


def _span(text: str, surface: str) -> tuple[int, int]:
    """Where the surface stands; ``surface#2`` is its second occurrence."""
    words, _, number = surface.partition("#")
    start = -1
    for _ in range(int(number or 1)):
        start = text.index(words, start + 1)
    return start, start + len(words)


def actor_at(found: list[Actor], text: str, surface: str) -> Actor | None:
    """The actor with a mention over the end of the surface; of several, the one whose mention fits best."""
    start, end = _span(text, surface)
    fits = [
        (abs(m.start - start) + abs(m.end - end), a.id, a)
        for a in found
        for m in a.mentions
        if max(m.start, start) < min(m.end, end) and abs(m.end - end) < 25 and m.end > end - 2
    ]
    return min(fits, key=lambda f: f[:2])[2] if fits else None


_JUDGES: dict[str, Callable[[Language, Case], Verdict]] = {
    "actors": actors, "attribution": attribution, "attribution_layouts": attribution, "contested": contested,
    "coreference": coreference, "denials": denials, "relations": relations, "stance": stance,
}  # fmt: skip
