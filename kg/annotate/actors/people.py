"""People: names that the recogniser cuts short, takes for something else, or passes over."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.actors.candidates import Candidate, covered
from kg.annotate.actors.kinds import first_names, titles
from kg.gazetteer import Gazetteer, fold, is_generic, word_list, words
from kg.spelling import DIALECT, SHORT, alike, given

#: Titles that tell a soldier from a member of parliament.
_CAREERS = dict.fromkeys(word_list("ranks"), "army") | dict.fromkeys(word_list("mandates"), "parliament")
_ARTICLES = word_list("joined_articles")

#: Words after a name that tell a child from a parent of the same name.
GENERATIONS = frozenset(("jr", "junior", "sr", "senior", "ii", "iii", "iv"))


def person_over(doc: Doc, entity: Candidate, inside: list[Candidate], gazetteer: Gazetteer) -> Candidate | None:
    """A person's name around a known name: the known person under a fuller name, or somebody else."""
    last = inside[-1]
    if generation(doc[entity.start : entity.end].text) and last.type == "Person":
        return entity
    if last.type != "Person":
        other = last.entry is not None and last.type != "State"
        return entity if last.end < entity.end and (other or _called_like_a_state(doc, entity, inside)) else None
    if any(c.entry is not None and c.type != "Person" for c in inside):
        return None  # "It was Russia Trump warned"
    full = words(gazetteer.entries[last.entry].name) if last.entry is not None else []
    if full and words(doc[entity.start : entity.end].text)[:1] == full[:1]:
        entity.key, entity.entry, entity.gender = last.key, last.entry, last.gender
        entity.reason = f"{entity.reason}; fuller name of {' '.join(full)}"
        return entity
    return (
        entity if last.end == entity.end and last.start > entity.start and doc[entity.start].shape_[0] == "X" else None
    )


def _called_like_a_state(doc: Doc, entity: Candidate, inside: list[Candidate]) -> bool:
    """Whether the name of a state is somebody's given name here: "Jordan Hale", "Chad Brandt"."""
    (given, *more), rest = inside, doc[entity.start + 1 : entity.end]
    name = given.label in ("name", "capital") and (given.start, given.end) == (entity.start, entity.start + 1)
    return name and not more and all(t.pos_ == "PROPN" and t.is_title for t in rest)


def is_person(doc: Doc, start: int, end: int) -> bool:
    """Whether what was read as an organisation is somebody with a common first name: "Marie-Anne Brandt-Weiss"."""
    parts = [part for word in doc[start:end].text.split() for part in word.split("-")]
    last = fold(doc[end - 1].text)
    plain = 1 < len(doc[start:end].text.split()) < 4 and all(part[:1].isupper() and part.isalpha() for part in parts)
    body = last in word_list("company_words") | word_list("legal_forms") | word_list("lowered_in_names") or is_generic(
        last
    )
    return plain and not body and "-" in doc[start:end].text and fold(parts[0]) in first_names()


def name_parts(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without Jr and the like; what a hyphen joins is one word.

    >>> name_parts("Abu Omar al-Hadi"), name_parts("Anna Brandt-Weiss Jr")
    (('abu', 'omar', 'hadi'), ('anna', 'brandtweiss'))
    """
    return tuple(word for chunk in name.split() if (word := _one_word(chunk)) and word not in GENERATIONS)


def _one_word(chunk: str) -> str:
    """A word of a name, folded and run together, without an article that a hyphen joins to it."""
    parts = [fold(part) for part in chunk.split("-") if part]
    while len(parts) > 1 and parts[0] in _ARTICLES:
        del parts[0]
    return "" if chunk in _ARTICLES else "".join(words("".join(parts)))


def surname(name: str) -> str:
    """The folded last word of a person's name, without Jr and the like."""
    parts = name_parts(name)
    return parts[-1] if parts else ""


def same_word(one: str, other: str) -> bool:
    """Whether words of names are spellings of one within a text: Jolani and Golani, not Hassan and Hussein."""
    if one == other:
        return True
    known = {one, other} <= first_names().keys()
    return min(len(one), len(other)) > SHORT and not known and alike(one, other) >= DIALECT


def generation(name: str) -> str:
    """Jr, Sr ... at the end of a person's name, folded and short; empty where there is none."""
    last = words(name)[-1:]
    return {"junior": "jr", "senior": "sr"}.get(last[0], last[0]) if last and last[0] in GENERATIONS else ""


def same_given(one: str, other: str) -> bool:
    """Whether the given names in two full names of one surname are the same; of several, at least the first."""
    mine, theirs = name_parts(one)[:-1], name_parts(other)[:-1]
    pairs = list(zip(mine, theirs, strict=False)) if len(mine) == len(theirs) else [(mine[0], theirs[0])]
    return all(same_word(a, b) or given(a) == given(b) for a, b in pairs)


def other_career(doc: Doc, one: Candidate, other: Candidate) -> bool:
    """Whether titles tell two people apart: a rank of an army before one, an elected office before the other."""
    careers = {_career(doc, one.start), _career(doc, other.start)}
    return len(careers) == 2 and None not in careers


def _career(doc: Doc, start: int) -> str | None:
    """Army or parliament, as the title before a name has it; the nearest that tells."""
    for i in range(start - 1, max(start - 4, -1), -1):
        title = fold(doc[i].text).rstrip(".")
        if title and title not in titles() and title not in _CAREERS:
            return None
        if title in _CAREERS:
            return _CAREERS[title]
    return None


def surnames(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Mentions of people by surname that the recogniser passed over or took for something else (mended in place)."""
    people = [c for c in found if c.type == "Person" and c.end - c.start > 1]
    last = {surname(doc[c.start : c.end].text): c for c in reversed(people)}
    last.pop("", None)
    over = covered(found)
    for candidate in found:
        parts = name_parts(doc[candidate.start : candidate.end].text)
        if candidate.entry is None and candidate.type != "Person" and len(parts) == 1 and parts[0] in last:
            owner = last[parts[0]]
            candidate.reason = f"{candidate.reason}; surname of {doc[owner.start : owner.end].text}"
            candidate.type, candidate.key = "Person", f"Person:{parts[0]}"
    if not last:
        return []
    return [
        Candidate(t.i, t.i + 1, "Person", f"Person:{fold(t.text)}", reason="surname of a person named in full")
        for t in doc
        if t.is_title and t.i not in over and fold(t.text) in last and len(t.text) > 2
    ]
