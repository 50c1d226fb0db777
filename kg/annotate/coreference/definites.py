"""Definite descriptions: "the group", "the president", "the senior official" to the referent they stand for."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.annotate.actors.descriptions import armed
from kg.annotate.actors.phrases import Phrase, description
from kg.annotate.coreference.referents import Cast, Place, Referent
from kg.annotate.coreference.speech import Speech
from kg.gazetteer import word_list

_GROUP_TYPES = {
    "group": frozenset(("ArmedGroup",)),
    "organisation": frozenset(("ArmedGroup", "Organisation", "Party", "Outlet", "Coalition")),
    "force": frozenset(("ArmedForce",)),
    "government": frozenset(("Government",)),
    "ministry": frozenset(("Ministry",)),
    "party": frozenset(("Party",)),
    "coalition": frozenset(("Coalition",)),
    "outlet": frozenset(("Outlet",)),
    "people": frozenset(("People",)),
    "person": frozenset(("Person", "Unnamed")),
    "office": frozenset(("Person", "Unnamed")),
}
_COMMERCIAL = word_list("commercial")
#: Places that are seldom the one named last ("the region" is the Middle East).
_VAGUE = frozenset(("region",))
_SETTLEMENTS = frozenset(("city", "town", "village"))
_STATES = frozenset(("country", "nation", "kingdom", "state"))
_RULE = frozenset(("government", "regime", "authority"))
_WINDOW = 5
#: Offices that a head of state or government is called by.
_SAME_OFFICE = {"spokesman": "spokesperson", "spokeswoman": "spokesperson", "advisor": "adviser", "premier": "minister"}


def resolve_phrase(cast: Cast, phrase: Phrase) -> tuple[Referent, str] | None:
    """The referent that a definite phrase stands for, and why."""
    kind = phrase.noun["class"]
    if of_others(cast, phrase) is not None:
        return None
    if phrase.possessor is not None and kind not in ("person", "office"):
        return _of_possessor(cast, phrase)
    if kind in ("person", "office"):
        return _person(cast, phrase)
    if kind == "place":
        return _place(cast, phrase)
    if kind == "government" and phrase.noun["lemma"] in _RULE and not phrase.plural:
        found = _latest(cast, phrase, frozenset(("State",)), _WINDOW)
        return (found, "government of the state named last") if found else None
    if phrase.owner is not None and kind not in ("organisation", "group"):
        return None
    if kind == "people" and phrase.definiteness == "bare":
        return None  # "people want to know": nobody named before
    return _institution(cast, phrase)


def of_others(cast: Cast, phrase: Phrase) -> Token | None:
    """The plural noun of those whom a body belongs to, and whom nobody names ("the army of other countries")."""
    if phrase.owner is not None or phrase.noun["class"] not in ("force", "government", "ministry", "group"):
        return None
    of = next((c for c in cast.doc[phrase.head].children if c.lower_ == "of"), None)
    others = (c for c in of.children if c.dep_ == "pobj") if of is not None else ()
    return next((t for t in others if t.tag_ == "NNS" and t.i not in cast.over), None)


def _of_possessor(cast: Cast, phrase: Phrase) -> tuple[Referent, str] | None:
    """The state of "his country" and "its government": that of the one the pronoun stands for."""
    owner = cast.over.get(phrase.start)
    ruled = phrase.noun["lemma"] in _STATES or phrase.noun["lemma"] in ("government", "regime")
    if owner is None or not ruled or phrase.plural:
        return None
    entry = cast.entry(owner)
    state = owner if owner.type == "State" else cast.state(entry.country) if entry else None
    return (state, f"state of {owner.actor.name}") if state is not None else None


def resolve_forward(cast: Cast, phrase: Phrase, said: Speech) -> tuple[Referent, str] | None:
    """The referent that a phrase announces: named, or described more fully, only later."""
    kind, lemma = phrase.noun["class"], phrase.noun["lemma"]
    if of_others(cast, phrase) is not None:
        return None
    if kind in ("person", "office"):
        if phrase.plural:
            return None
        owner = cast.over.get(phrase.owner.start) if phrase.owner is not None else None
        known = [
            r
            for r in cast.referents
            if r.type == "Person" and r.places and _holds(r, lemma, owner, duties(cast, phrase))
        ]
        if len(known) == 1 and kind == "office":
            return known[0], f"the only {lemma} in the text"
        person = (
            None if phrase.head not in said.heads or (known and kind == "office") else _next_speaker(cast, phrase, said)
        )
        if person is None and not known and (kind == "office" or lemma in word_list("callings")):
            person = _last_speaker(cast, phrase, said)
            return (person, "another word for the last speaker") if person else None
        return (person, "the role comes before the name") if person else None
    if phrase.owner is not None or phrase.definiteness != "definite" or " " in description(cast.doc, phrase):
        return None
    types = _GROUP_TYPES.get(kind, frozenset())
    later = [r for r in cast.referents if r.type in types and r.places and (lemma in r.lemmas or _named_so(r, lemma))]
    return (later[0], f"the only {lemma} in the text") if len(later) == 1 else None


def _last_speaker(cast: Cast, phrase: Phrase, said: Speech) -> Referent | None:
    """The person without an office who spoke last, at most two sentences before, for a definite office that speaks."""
    if phrase.head not in said.heads or phrase.definiteness != "definite" or phrase.owner is not None:
        return None
    here, gender = cast.sentence[phrase.head], phrase.noun.get("gender")
    heard = [(p.head, r) for r in cast.referents for p in r.places if p.head in said.heads and p.head < phrase.head]
    last, referent = max(heard, key=lambda pair: pair[0], default=(0, None))
    if referent is None or phrase.head in said.inside:
        return None
    if referent.type != "Person" or referent.offices or here - cast.sentence[last] > 2:
        return None
    return referent if gender is None or referent.gender in (None, gender) else None


def _next_speaker(cast: Cast, phrase: Phrase, said: Speech) -> Referent | None:
    """The person without an office who first appears in the next sentences, and speaks there."""
    here, gender = cast.sentence[phrase.head], phrase.noun.get("gender")
    for referent in cast.referents:
        first = min(referent.places, key=lambda p: p.head, default=None)
        if first is None or referent.type != "Person" or first.head < phrase.head or referent.offices:
            continue
        if (
            first.head in said.heads
            and 0 < cast.sentence[first.head] - here <= 3
            and referent.gender in (None, gender or referent.gender)
        ):
            return referent
    return None


def _institution(cast: Cast, phrase: Phrase) -> tuple[Referent, str] | None:
    """A group, organisation or institution of the phrase's kind, the one described so before if any."""
    kind, lemma = phrase.noun["class"], phrase.noun["lemma"]
    types = _GROUP_TYPES.get(kind, frozenset())
    if lemma in _COMMERCIAL:
        types = frozenset(("Organisation",))
    elif armed(description(cast.doc, phrase)):
        types = frozenset(("ArmedGroup",))
    before = [
        r for r in cast.referents if r.type in types and (p := r.last_before(phrase.start)) and _near(cast, p, phrase)
    ]
    same = [
        r for r in before if (lemma in r.lemmas and (r.plural == phrase.plural or not r.plural)) or _named_so(r, lemma)
    ]
    chosen = _best(cast, same or _unmarked(cast, phrase, before), phrase)
    return (chosen, f"{lemma!r} described before" if same else f"latest {kind}") if chosen else None


def _named_so(referent: Referent, lemma: str) -> bool:
    """Whether the noun is the last word of a name ("the Justice Department": "the department")."""
    return any(name.lower().split()[-1:] == [lemma] for name in referent.actor.names)


def _unmarked(cast: Cast, phrase: Phrase, before: list[Referent]) -> list[Referent]:
    """Those that a bare noun may name without having been called so: no modifiers that would tell them apart."""
    bare = description(cast.doc, phrase).split()
    kind = phrase.noun["class"]
    if kind in ("people", "coalition", "ministry", "party") and len(bare) > 1:
        return []
    if kind == "coalition":  # "the coalition" is not "some partners"
        before = [r for r in before if not r.lemmas or r.actor.wikidata]
    if kind == "organisation" and phrase.noun["lemma"] not in word_list("any_organisation"):
        return []
    if kind == "group" and (len(bare) > 1 or phrase.noun["lemma"] == "rebel"):
        return []  # "the rebels" are not the militants named last
    return [r for r in before if r.plural == phrase.plural or kind in ("group", "force") or not phrase.plural]


def _near(cast: Cast, place: Place, phrase: Phrase) -> bool:
    return cast.sentence[phrase.head] - place.sentence <= _WINDOW * 2


def _person(cast: Cast, phrase: Phrase) -> tuple[Referent, str] | None:
    """The holder of the office, or the unnamed source described so before."""
    lemma = phrase.noun["lemma"]
    people = [
        r
        for r in cast.referents
        if r.type in ("Person", "Unnamed") and r.plural == phrase.plural and r.last_before(phrase.start)
    ]
    owner = cast.over.get(phrase.owner.start) if phrase.owner is not None else None
    gender = phrase.noun.get("gender")
    people = [r for r in people if gender is None or r.gender in (None, gender)]
    same = [r for r in people if _holds(r, lemma, owner, duties(cast, phrase))]
    chosen = max(same, key=lambda r: _standing(cast, r, phrase), default=None)
    if chosen is not None:
        return chosen, f"{lemma!r} described before"
    unnamed = None if owner is not None or phrase.noun["class"] == "office" else _latest_unnamed(cast, phrase, people)
    return (unnamed, "the unnamed source of the sentence before") if unnamed is not None else None


def _latest_unnamed(cast: Cast, phrase: Phrase, people: list[Referent]) -> Referent | None:
    """The one unnamed person of the last sentences, whom a bare "the aide" or "the diplomat" may mean."""
    if phrase.plural or phrase.definiteness != "definite" or phrase.noun["lemma"] not in word_list("unnamed_again"):
        return None
    near = [
        r
        for r in people
        if r.type == "Unnamed" and r.lemmas & word_list("unnamed_again")
        and (p := r.last_before(phrase.start)) and cast.sentence[phrase.head] - p.sentence <= 2
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _standing(cast: Cast, referent: Referent, phrase: Phrase) -> float:
    """Weight of a holder of an office: how often named in the whole text counts more than how lately."""
    place = referent.last_before(phrase.start)
    distance = 9 if place is None else cast.sentence[phrase.head] - place.sentence
    return 0.3 * min(10, len(referent.places)) - 0.3 * min(9, distance)


def duties(cast: Cast, phrase: Phrase) -> frozenset[str]:
    """What the phrase says that the office is for."""
    return word_list("duties") & {t.lower_ for t in cast.doc[phrase.start : phrase.end]}


def _holds(referent: Referent, lemma: str, owner: Referent | None, for_: frozenset[str]) -> bool:
    """Whether the referent is known to hold the office, of ``owner`` and ``for_`` something where they are named."""
    if for_ and referent.duties and not for_ & referent.duties:
        return False
    lemma = _SAME_OFFICE.get(lemma, lemma)
    offices = {(_SAME_OFFICE.get(head, head), of) for head, of in referent.offices}
    if owner is not None:
        if (lemma, owner.actor.id) in offices:
            return True
        return referent.type == "Unnamed" and lemma in referent.lemmas and referent.actor.of == owner.actor.id
    return any(head == lemma for head, _ in offices) or lemma in {_SAME_OFFICE.get(x, x) for x in referent.lemmas}


def _place(cast: Cast, phrase: Phrase) -> tuple[Referent, str] | None:
    lemma = phrase.noun["lemma"]
    if (
        phrase.plural
        or lemma in _VAGUE
        or (phrase.owner is not None and (lemma in _STATES or phrase.owner.type != "State"))
    ):
        return None
    types = frozenset(("State",)) if lemma in _STATES else frozenset(("Place",))
    found = _latest(cast, phrase, types, 2, but=_waters(cast) if lemma in _SETTLEMENTS else ())
    return (found, f"latest {lemma}") if found else None


def _waters(cast: Cast) -> set[str]:
    """Ids of places that the text calls a river, a valley ...: no town."""
    named = ((r.actor.id, p.end) for r in cast.referents if r.type == "Place" for p in r.places)
    return {id_ for id_, end in named if end < len(cast.doc) and cast.doc[end].lower_ in word_list("no_towns")}


def _latest(
    cast: Cast, phrase: Phrase, types: frozenset[str], window: int, but: Collection[str] = ()
) -> Referent | None:
    """The referent of those types that is foremost in the last sentences."""
    here = cast.sentence[phrase.head]
    fits = [
        r
        for r in cast.referents
        if r.type in types and (p := r.last_before(phrase.start)) and here - p.sentence <= window
    ]
    return _best(cast, [r for r in fits if r.actor.id not in but], phrase)


def _best(cast: Cast, referents: list[Referent], phrase: Phrase) -> Referent | None:
    """The foremost: near, subject, often named."""
    if not referents:
        return None
    return max(referents, key=lambda r: _weight(cast, r, phrase))


def _weight(cast: Cast, referent: Referent, phrase: Phrase) -> float:
    place = referent.last_before(phrase.start)
    if place is None:
        return 0.0
    distance = cast.sentence[phrase.head] - place.sentence
    return place.subject - distance + min(2.0, 0.3 * len(referent.places)) + 0.001 * place.head
