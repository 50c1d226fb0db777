"""Roles: who holds which office of whom ("the Chilean minister Ana Ruiz", "Ana Ruiz, a spokesperson for ...")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.actors.candidates import Candidate
from kg.annotate.actors.phrases import Phrase
from kg.gazetteer import Gazetteer, word_list, words

_CLASSES = frozenset(("office", "person"))
_DASHES = frozenset((",", "–", "—", "("))


@dataclass(frozen=True, slots=True)
class Holding:
    """``person`` holds the role that ``phrase`` names."""

    person: Candidate
    phrase: Phrase


def holdings(doc: Doc, phrases: list[Phrase], over: Mapping[int, Candidate]) -> Iterator[Holding]:
    """Roles whose holder is named beside the phrase, or beside one that it is joined to ("president and founder")."""
    roles = [p for p in phrases if p.noun["class"] in _CLASSES and not p.plural]
    people = [_beside(doc, phrase, over) for phrase in roles]
    for i, (left, right) in enumerate(pairwise(roles)):
        if doc[left.end : right.start].text == "and" and right.definiteness == "bare":
            people[i] = people[i] or people[i + 1]
            people[i + 1] = people[i + 1] or people[i]
            if people[i] is not None:
                left.owner, right.owner = left.owner or right.owner, right.owner or left.owner
    yield from (Holding(person, phrase) for person, phrase in zip(people, roles, strict=True) if person is not None)


def overlooked(doc: Doc, phrases: list[Phrase], over: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """People whom only the role before their name gives away ("the Chilean minister Ana Ruiz")."""
    for phrase in phrases:
        if phrase.noun["class"] not in _CLASSES or phrase.plural:
            continue
        if _speaks_for(doc, phrase):
            continue
        yield from _explained(doc, phrase, over)
        start = phrase.end
        _mistaken(doc, over.get(start), start)
        if start < len(doc) and doc[start].text == "," and phrase.definiteness in ("definite", "possessive"):
            start += 1
        end = start
        while end < len(doc) and end not in over and doc[end].pos_ == "PROPN" and doc[end].is_title:
            end += 1
        if 1 < end - start < 5:
            key = f"Person:{' '.join(words(doc[start:end].text))}"
            yield Candidate(start, end, "Person", key, reason=f"name after the role {phrase.noun['lemma']!r}")


def _explained(doc: Doc, phrase: Phrase, over: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Somebody whose name stands before a comma and what he is ("said Ana Ruiz, a lawmaker")."""
    end = phrase.start - 1
    if end < 1 or doc[end].text != "," or doc[phrase.start].lower_ not in ("a", "an"):
        return
    start = end
    while start and start - 1 not in over and doc[start - 1].pos_ == "PROPN" and doc[start - 1].is_title:
        start -= 1
    if 1 < end - start < 4:
        key = f"Person:{' '.join(words(doc[start:end].text))}"
        yield Candidate(start, end, "Person", key, reason=f"name before the role {phrase.noun['lemma']!r}")


def _mistaken(doc: Doc, name: Candidate | None, start: int) -> None:
    """Make a person of an unknown name of two or three words right behind a role, whatever it was read as."""
    if name is None or name.start != start or name.entry is not None or name.type != "Organisation":
        return
    if name.label and 1 < name.end - start < 4 and all(t.is_title and t.pos_ == "PROPN" for t in doc[start : name.end]):
        name.type, name.reason = "Person", f"{name.reason}; behind a role"
        name.key = f"Person:{' '.join(words(doc[start : name.end].text))}"


def _beside(doc: Doc, phrase: Phrase, over: Mapping[int, Candidate]) -> Candidate | None:
    """The person named right after the phrase, or before it as what it explains."""
    after = None if _speaks_for(doc, phrase) else _name_at(phrase.end, over)
    if after is not None:
        return after
    end = _past_group(doc, phrase)
    if end + 1 < len(doc) and doc[end].text == "," and phrase.definiteness in ("definite", "possessive", "bare"):
        after = _name_at(end + 1, over)
        if after is not None and after.end < len(doc) and doc[after.end].text in (",", "."):
            return after
    if phrase.end < len(doc) and doc[phrase.end].lower_ in ("'s", "’s"):
        return None
    before = over.get(phrase.start - 2) if phrase.start > 1 and doc[phrase.start - 1].text in _DASHES else None
    return before if before is not None and before.type == "Person" and before.end == phrase.start - 1 else None


def _past_group(doc: Doc, phrase: Phrase) -> int:
    """Where the phrase ends together with "of the group"."""
    of = next((c for c in doc[phrase.head].children if c.i == phrase.end and c.lower_ == "of"), None)
    return phrase.end if of is None else of.right_edge.i + 1


def _speaks_for(doc: Doc, phrase: Phrase) -> bool:
    """Whether a name right behind the phrase is whom it speaks for ("a spokeswoman for Attorney General Ana Ruiz")."""
    spokesman = phrase.noun["lemma"].startswith("spokes")
    return spokesman and phrase.end > phrase.head + 1 and doc[phrase.head + 1].lower_ == "for"


def _name_at(i: int, over: Mapping[int, Candidate]) -> Candidate | None:
    """The person whose name begins at token ``i``."""
    name = over.get(i)
    return name if name is not None and name.start == i and name.type == "Person" else None


def role_words(doc: Doc, phrase: Phrase) -> str:
    """The role in lower case, without articles and without the name of whom it is ("deputy spokesperson")."""
    end = phrase.head + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and end + 2 <= phrase.end and phrase.owner is None:
        end = phrase.end
    elif (
        end + 1 < len(doc)
        and doc[end].lower_ == "of"
        and doc[end + 1].lower_ in ("state", "staff", "defence", "defense")
    ):
        end += 2
    start = phrase.start
    owner = phrase.owner
    while start < phrase.head and (
        doc[start].pos_ in ("DET", "PART") or doc[start].lower_ in ("’s", "'s") or doc[start].tag_ == "PRP$"
        or (owner is not None and owner.start <= start < owner.end)
    ):  # fmt: skip
        start += 1
    return doc[start:end].text.lower()


def incumbent(doc: Doc, phrase: Phrase, names: list[Candidate], gazetteer: Gazetteer) -> Candidate | None:
    """Who held the office on the article's day ("the French president"), where the text names nobody who held it."""
    day, owner = layers.article_date(doc), phrase.owner
    if day is None or owner is None or owner.entry is None or phrase.plural or phrase.noun["class"] != "office":
        return None
    state = gazetteer.entries[owner.entry]
    if state.type != "State" or phrase.definiteness not in ("definite", "possessive") or _not_now(doc, phrase):
        return None
    named = (gazetteer.entries[c.entry] for c in names if c.entry is not None and c.type == "Person")
    if any(e.country == state.country and phrase.noun["lemma"] in e.offices for e in named):
        return None
    entry = gazetteer.holder(state.country or "", role_words(doc, phrase), day[:10])
    if entry is None:
        return None
    reason = f"held the office on {day[:10]}"
    return Candidate(phrase.start, phrase.end, "Person", f"entry:{entry}", "description", reason, entry=entry)


def _not_now(doc: Doc, phrase: Phrase) -> bool:
    """Whether the phrase means another time ("the former president", "the president at the time")."""
    return any(t.lower_ in word_list("of_other_times") for t in doc[phrase.start : phrase.end + 4])
