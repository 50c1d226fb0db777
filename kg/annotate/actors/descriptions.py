"""Descriptions: groups, institutions and unnamed sources that stand on their own, as candidates.

Only phrases that introduce somebody, or say whose they are, become actors here; ``the group`` and ``the president``
refer back and are left to coreference.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from kg.annotate.actors.bodies import key_of, kind_of, known, label_of
from kg.annotate.actors.candidates import Candidate, Number
from kg.annotate.actors.phrases import Phrase, description, predicative
from kg.gazetteer import Gazetteer, word_list

TYPES = {
    "person": "Unnamed", "office": "Unnamed", "document": "Unnamed", "group": "ArmedGroup", "force": "ArmedForce",
    "government": "Government", "ministry": "Ministry", "party": "Party", "coalition": "Coalition",
    "organisation": "Organisation", "outlet": "Outlet", "people": "People", "place": "Place",
}  # fmt: skip
_SERVICES = frozenset(("navy", "air force", "police", "guard"))
_RULE = frozenset(("government", "regime"))
#: Bodies of government of which a state has one.
_ONE_EACH = frozenset(("parliament", "cabinet", "presidency"))
#: Words that say nothing of what a body is.
_PASSING = word_list("idle_modifiers")
_STATES = frozenset(("State",))
#: What a description beside a name may be another word for.
_BODIES = frozenset(("ArmedGroup", "ArmedForce", "Organisation", "Outlet", "Party", "Coalition"))
_ARMED = frozenset(("group", "force"))
#: Words for the armed people of a group as a whole.
_TROOPS = frozenset(("fighters", "force", "forces", "militia", "militias"))


def describe(doc: Doc, phrase: Phrase, gazetteer: Gazetteer) -> Candidate | None:
    """The candidate that a phrase introduces; None for one that refers back, or names no actor by itself."""
    kind = phrase.noun["class"]
    if kind in ("document", "place") or (kind == "office" and not phrase.plural) or predicative(doc[phrase.head]):
        return None
    if phrase.noun.get("vehicle") and (phrase.owner is None or phrase.owner.type == "State"):
        return None  # "Russian jets": the state acts
    key = _key(doc, phrase, gazetteer)
    if key is None:
        return None
    candidate = _candidate(doc, phrase, key, TYPES[kind])
    candidate.gender = phrase.noun.get("gender")
    if key.startswith("entry:"):
        candidate.entry = int(key.partition(":")[2])
        candidate.type = gazetteer.entries[candidate.entry].type
        candidate.of = None if candidate.type == "State" else candidate.of
    if key.startswith("body:") and phrase.owner is not None:
        candidate.name = label_of(gazetteer, phrase.owner, key.rpartition(":")[2])
    return candidate


def armed(said: str) -> bool:
    """Whether a description only says that its actor is armed ("terror group"), which tells no group from another."""
    *modifiers, head = said.split()
    return bool(modifiers) and head in word_list("armed_bodies") and set(modifiers) <= word_list("armed_labels")


def same_group(doc: Doc, phrase: Phrase, over: Mapping[int, Candidate]) -> str | None:
    """The key of the group that a description stands beside as another word for it ("the PKK, a militia, ...")."""
    if phrase.noun["class"] not in ("group", "force", "organisation", "outlet", "party", "coalition"):
        return None
    head, own = doc[phrase.head], over.get(phrase.head)
    if own is not None and own.start > phrase.start and own.type in _BODIES and own.kind == "name" and not own.modifier:
        return own.key  # "the state-run Vestria TV"
    listed = head.dep_ == "pobj" and head.head.lower_ in ("including", "like")  # "including militia units, Hezbollah"
    apposed = [] if listed else [c.i for c in head.children if c.dep_ == "appos"]
    beside = [head.head.i] if head.dep_ == "appos" else apposed
    beside += _before(doc, phrase) + _after(doc, phrase)
    names = (over[i] for i in beside if i in over)
    return next((n.key for n in names if n.type in _BODIES and not n.modifier and n.kind == "name"), None)


def beside_name(doc: Doc, phrase: Phrase, key: str) -> Candidate | None:
    """The candidate of a phrase that only the name beside it makes an actor ("the carmaker Volvo")."""
    return None if predicative(doc[phrase.head]) else _candidate(doc, phrase, key, TYPES[phrase.noun["class"]])


def together(phrase: Phrase, over: Mapping[int, Candidate]) -> list[Candidate]:
    """Description and name as one mention, where the name follows ("European airframer Airbus")."""
    name = over.get(phrase.end)
    if name is None or name.start != phrase.end or name.type not in _BODIES or name.modifier or name.kind != "name":
        return []
    reason = "description and name"
    return [Candidate(phrase.start, name.end, name.type, name.key, "description", reason, entry=name.entry)]


def _before(doc: Doc, phrase: Phrase) -> list[int]:
    """The word before a comma and "a militia that ...", whatever the parser ties it to."""
    apposed = doc[phrase.start].lower_ in ("a", "an") and doc[phrase.head].dep_ not in ("nsubj", "nsubjpass")
    if not apposed or phrase.start < 2 or doc[phrase.start - 1].text != ",":
        return []
    closed = phrase.end < len(doc) and (doc[phrase.end].lower_ in ("that", "which", ",", ".", "whose"))
    bracket = 2 if doc[phrase.start - 2].text == ")" else 1
    return [phrase.start - 1 - bracket] if closed else []


def _after(doc: Doc, phrase: Phrase) -> list[int]:
    """The first word of a name right after "the Kurdish militia" or "the Kurdish militia the"."""
    end = phrase.head + 1
    step = 1 if end < len(doc) and doc[end].lower_ == "the" else 0
    return [end + step] if end + step < len(doc) and doc[end + step].pos_ == "PROPN" else []


def of_people(doc: Doc, phrase: Phrase, names: list[Candidate], gazetteer: Gazetteer) -> str | None:
    """The key of the one known group that "the Kurdish fighters" can be, as it is also called with that word."""
    if phrase.noun["class"] not in _ARMED or doc[phrase.head].lower_ not in _TROOPS:
        return None
    said = {c.start: c for c in names if c.type == "People" and phrase.start <= c.start < phrase.head}
    known = {c.key: c.entry for c in names if c.entry is not None and c.type == "ArmedGroup"}
    fits = [
        key
        for key, entry in known.items()
        for i in said
        if any(
            reading.entry == entry
            for link in (" ", "-led ")
            for reading in gazetteer.lookup(doc[i].text + link + gazetteer.entries[entry].name)
        )
    ]
    return fits[0] if len(set(fits)) == 1 else None


def _candidate(doc: Doc, phrase: Phrase, key: str, type_: str) -> Candidate:
    owner = phrase.owner
    reason = f"{phrase.noun['class']} noun {phrase.noun['lemma']!r}" + (
        f" of {doc[owner.start : owner.end].text}" if owner else ""
    )
    number: Number = "plural" if phrase.plural else "singular"
    return Candidate(
        phrase.start, phrase.end, type_, key, "description", reason, of=owner.key if owner else None, number=number
    )


def _key(doc: Doc, phrase: Phrase, gazetteer: Gazetteer) -> str | None:
    """The identity of what the phrase describes; None where only the text before can tell."""
    kind, lemma, owner = phrase.noun["class"], phrase.noun["lemma"], phrase.owner
    if owner is not None and kind in ("government", "force", "ministry") and not phrase.backers:
        return _organ(doc, phrase, gazetteer)
    if kind == "person" and not phrase.plural:
        return None if phrase.definiteness == "definite" and owner is None else f"unnamed:{phrase.start}"
    said = description(doc, phrase)
    if kind in _ARMED and owner is None and phrase.end > phrase.head + 1:
        said = f"{said} {doc[phrase.head + 1 : phrase.end].text.lower()}"
    if phrase.possessor is not None:
        return None
    if phrase.definiteness == "definite" and owner is None and not phrase.backers and (" " not in said or armed(said)):
        return None
    if kind in ("organisation", "people", "place", "outlet") and said == lemma:
        return None
    number = (
        next((t.lower_ for t in doc[phrase.start : phrase.head] if t.pos_ == "NUM"), "") if kind == "person" else ""
    )
    return f"{TYPES[kind]}:{number} {said}" if number else f"{TYPES[kind]}:{said}"


def _organ(doc: Doc, phrase: Phrase, gazetteer: Gazetteer) -> str:
    """The identity of a government, force or ministry of somebody."""
    kind, lemma, owner = phrase.noun["class"], phrase.noun["lemma"], phrase.owner
    assert owner is not None  # noqa: S101  (the caller has looked)
    if kind == "force" and owner.entry is not None and _each_of(doc, phrase, owner):
        return f"entry:{owner.entry}"
    if kind == "force" and owner.type in _STATES:
        return _body(owner, lemma if lemma in _SERVICES else "armed forces", gazetteer)
    if kind == "government" and lemma in _RULE:
        state = _state(owner, gazetteer)
        if state is not None:
            return f"entry:{state}"
    if owner.type in _STATES and (kind == "ministry" or lemma in _ONE_EACH):
        return _body(owner, kind_of(_own_words(doc, phrase, owner)), gazetteer)
    return f"{TYPES[kind]}:{description(doc, phrase)}"


def _body(owner: Candidate, kind: str, gazetteer: Gazetteer) -> str:
    """The key of the body of that kind that a state has."""
    entry = _forces(owner, gazetteer) if kind == "armed forces" else None
    return key_of(owner, kind, known(gazetteer, owner, kind) if entry is None else entry)


def _own_words(doc: Doc, phrase: Phrase, owner: Candidate) -> str:
    """What the phrase calls a body, without its state and the rest: "foreign ministry", "Ministry of Defence"."""
    end, named = phrase.head + 1, range(owner.start, owner.end)
    if end + 1 < phrase.end and doc[end].lower_ == "of" and end + 1 not in named:
        end = min(phrase.end, owner.start if owner.start > end else phrase.end)
    kept = [t for t in doc[phrase.start : end] if t.i not in named and t.is_alpha and t.pos_ not in ("DET", "PART")]
    while kept and kept[-1].lower_ in ("of", "for", "in"):
        kept.pop()
    return " ".join(t.text for t in kept if t.lower_ not in _PASSING) or doc[phrase.head].text


def _each_of(doc: Doc, phrase: Phrase, owner: Candidate) -> bool:
    """Whether the forces are those of several states one by one ("the armies of Vestria, Norvania and Estmar")."""
    if not phrase.plural or owner.type not in _STATES or owner.start <= phrase.head:
        return False
    of = doc[phrase.head].nbor().lower_ == "of"
    behind = doc[owner.end : owner.end + 3]
    listed = bool(behind) and behind[0].lower_ in (",", "and") and any(t.ent_type_ == "GPE" for t in behind)
    return of and listed


def _forces(owner: Candidate, gazetteer: Gazetteer) -> int | None:
    """The known armed forces of a state."""
    return None if owner.entry is None else gazetteer.forces.get(gazetteer.entries[owner.entry].country)


def _state(owner: Candidate, gazetteer: Gazetteer) -> int | None:
    """The state of an owner: itself, or the one that a known leader rules."""
    if owner.entry is None:
        return None
    entry = gazetteer.entries[owner.entry]
    if entry.type == "State":
        return owner.entry
    return gazetteer.state.get(entry.country) if entry.type == "Person" else None
