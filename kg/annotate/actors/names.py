"""Names: the gazetteer's, corrected by context, and the entity recogniser's, corrected by the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.annotate import layers
from kg.annotate.actors.bodies import owned
from kg.annotate.actors.candidates import Candidate, Number, covered, trimmed
from kg.annotate.actors.kinds import aged, repeated, settle, titles
from kg.annotate.actors.linking import Context, choose, context_of
from kg.annotate.actors.people import generation, is_person, person_over, surnames
from kg.annotate.actors.places import is_place
from kg.annotate.spans import listed
from kg.gazetteer import Gazetteer, Match, fold, is_generic, word_list, words
from kg.lexicon import load

_TYPES = {
    "PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "People",
}  # fmt: skip
_QUANTITIES = word_list("quantities")
_NOBODY = word_list("no_actors")
#: Opens a name that an Arab is known by ("father of", "mother of").
_PARENTS = frozenset(("Abu", "Umm", "Um"))
_ARTICLES = word_list("joined_articles")
_MANAGERS = word_list("behind_company_names")
_SPEAKERS = word_list("before_names")


@cache
def noun_types() -> dict[str, str]:
    """Last word of an organisation's name to its type."""
    kinds = {"group": "ArmedGroup", "force": "ArmedForce", "government": "Government", "ministry": "Ministry"}
    kinds |= {"party": "Party", "coalition": "Coalition", "outlet": "Outlet"}
    return {e["lemma"]: kinds[e["class"]] for e in load("en/actor_nouns") if e["class"] in kinds}


def is_title(token: Token) -> bool:
    """Whether the token is a title before a name ("Mr", "President")."""
    return token.is_title and fold(token.text).rstrip(".") in titles()


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Names in ``doc`` from left to right; they overlap only where a modifier lies in a longer name."""
    text = layers.text(doc)
    matches = list(gazetteer.matches(text))
    context = context_of(text, gazetteer, matches)
    starts = token_starts(doc)
    known: list[Candidate] = []
    for match in matches:
        candidate = _known(doc, match, gazetteer, context, starts)
        led = candidate is not None and candidate.type == "Coalition" and "-led" in text[match.start : match.end]
        inner = () if candidate and not led else gazetteer.shorter(text, match)
        known += [c for c in (candidate, *(_known(doc, m, gazetteer, context, starts) for m in inner)) if c]
    found = _with_entities(doc, known, gazetteer)
    owned(doc, found, gazetteer)
    settle(doc, found)
    _mark_places(doc, found)
    found += aged(doc, found)
    found += repeated(doc, found)
    return sorted(found + surnames(doc, found), key=lambda c: (c.start, c.end))


def token_starts(doc: Doc) -> dict[int, int]:
    """First character of each token to the token's number."""
    return {start: i for i, start in enumerate(doc.to_array("IDX").tolist())}


def _mark_places(doc: Doc, found: list[Candidate]) -> None:
    """Make places of unknown names that the text calls one ("the town of Manbij"), wherever they stand."""
    said = {doc[c.start : c.end].text for c in found if c.entry is None and _called_place(doc, c)}
    for candidate in found:
        name = doc[candidate.start : candidate.end].text
        if candidate.entry is None and name in said:
            candidate.type, candidate.key = "Place", f"Place:{match_key(doc, candidate.start, candidate.end)}"
            candidate.reason, candidate.modifier = f"{candidate.reason}; called a place", False


def _called_place(doc: Doc, candidate: Candidate) -> bool:
    """Whether a noun for places stands before "of" and the name, or right after the name."""
    start, end = candidate.start, candidate.end
    before = start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in word_list("place_nouns")
    after = end < len(doc) and doc[end].is_lower and doc[end].lower_ in word_list("place_nouns")
    return before or (
        after and candidate.label in ("GPE", "LOC", "FAC", "ORG") and doc[end].lower_ not in ("border", "coast")
    )


def _tokens(doc: Doc, start: int, end: int, starts: dict[int, int]) -> tuple[int, int] | None:
    """The token range of a character range that begins at a token; it may end inside one ("Isis's", "US-")."""
    first = starts.get(start)
    if first is None:
        return None
    last = first
    while last + 1 < len(doc) and doc[last + 1].idx < end:
        last += 1
    return first, last + 1


def _known(doc: Doc, match: Match, gazetteer: Gazetteer, context: Context, starts: dict[int, int]) -> Candidate | None:
    """The candidate for a name of the gazetteer, unless context speaks against it."""
    span = _tokens(doc, match.start, match.end, starts)
    reading, reason = choose(match, gazetteer, context)
    if span is None or reading is None or _shouted(doc, *span, reading.ambiguous):
        return None
    start, end = span
    if doc[end - 1].lower_ == "military" and _qualifies(doc[end - 1]):
        return None  # "a Turkish military operation": the state's
    if reading.ambiguous and reading.surface.startswith("the ") and end < len(doc) and doc[end].shape_[0] == "X":
        return None  # "the North Pole", "the Times Square"
    entry = gazetteer.entries[reading.entry]
    key = f"entry:{reading.entry}"
    if reading.role == "capital" and (why := is_place(doc, start, end)):
        return Candidate(
            start, end, "Place", f"place:{match_key(doc, start, end)}", reason=f"place: {why}", label="GPE"
        )
    if reading.role == "people" and start and (doc[start - 1].lower_ in _QUANTITIES or doc[start - 1].like_num):
        return Candidate(start, end, entry.type, key, reason=reason, entry=reading.entry, modifier=True)
    if entry.type == "Person" and end < len(doc) and generation(doc[end].text):
        key = f"Person:{match_key(doc, start, end + 1)}"
        return Candidate(start, end + 1, "Person", key, reason=f"{reason}, of another generation", gender=entry.gender)
    modifier = reading.role == "adjective" and entry.type == "People"
    if modifier and doc[start].tag_ in ("NNS", "NNPS"):
        modifier = False
    plural: Number = "plural" if reading.role == "people" else "singular"
    return Candidate(
        start, end, entry.type, key, reason=reason, entry=reading.entry, modifier=modifier,
        label=reading.role, gender=entry.gender, number=plural,
    )  # fmt: skip


def _qualifies(adjective: Token) -> bool:
    """Whether "military" tells the kind of the act behind it."""
    act = adjective.head
    return adjective.dep_ in ("amod", "compound") and act.i > adjective.i and act.lemma_ in word_list("military_acts")


def _shouted(doc: Doc, start: int, end: int, ambiguous: bool) -> bool:
    """Whether an acronym that may be a word stands between words in capitals, as in a headline."""
    around = [t for t in (doc[start - 1] if start else None, doc[end] if end < len(doc) else None) if t is not None]
    doubtful = ambiguous or doc[start].text == "WHO"
    return doubtful and doc[start].is_upper and any(t.is_alpha and t.is_upper and len(t) > 1 for t in around)


def match_key(doc: Doc, start: int, end: int) -> str:
    """The folded words of a token range, as part of a key."""
    return " ".join(words(doc[start:end].text))


def _with_entities(doc: Doc, known: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """``known`` names, with the recogniser's entities where these add to them."""
    over = covered(known)
    dropped: set[int] = set()
    added: list[Candidate] = []
    for entity in doc.ents:
        candidate = _entity(doc, entity)
        if candidate is None:
            continue
        inside = {id(c): c for i in range(candidate.start, candidate.end) if (c := over.get(i))}
        verdict = _merged(doc, candidate, list(inside.values()), gazetteer)
        if verdict is None:
            continue
        if verdict.type == "Person" or (verdict.label == "ORG" and not _body_of_state(doc, verdict, inside.values())):
            dropped |= set(inside)
        added.append(verdict)
    return [c for c in known if id(c) not in dropped] + added


def _body_of_state(doc: Doc, body: Candidate, inside: Iterable[Candidate]) -> bool:
    """Whether the name is that of a state, which stays a mention of its own, with the kind of a body behind it."""
    return any(
        c.start == body.start and c.type == "State" and c.end < body.end and is_generic(doc[c.end : body.end].text)
        for c in inside
    )


def _entity(doc: Doc, entity: Span) -> Candidate | None:
    """The candidate for an entity of the recogniser, trimmed; None where it cannot name an actor."""
    type_ = _TYPES.get(entity.label_)
    if type_ is None:
        return None
    start, end = trimmed(doc, entity.start, entity.end)
    if entity.text.lower() in _NOBODY:
        return None
    start, end = _joined(doc, start, end)
    if entity.label_ == "NORP" and end - start > 1 and doc[start].text in _PARENTS:
        type_ = "Person"
    if entity.label_ == "PERSON":
        start, end = _untitled(doc, start, _unowned(doc, start, end))
    elif entity.label_ == "ORG":
        start, end = _unmanned(doc, start, end)
    if start >= end or (doc[start].is_lower and "-" not in doc[start : start + 2].text) or doc[start].is_digit:
        return None
    if entity.label_ == "ORG":
        type_ = _body(doc, start, end) or ("Person" if is_person(doc, start, end) else type_)
    modifier = entity.label_ == "NORP" and doc[end - 1].tag_ not in ("NNS", "NNPS", "NNP")
    key = f"{type_}:{match_key(doc, start, end)}"
    return Candidate(start, end, type_, key, reason=f"entity {entity.label_}", label=entity.label_, modifier=modifier)


def _joined(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The range of a name with what an article and a hyphen join to it ("Qasr" ez-Zafar)."""

    def joint(i: int) -> bool:
        return 0 < i < len(doc) - 2 and doc[i].lower_ in _ARTICLES and doc[i + 1].text == "-" and _capital(doc[i + 2])

    if end > start and joint(end):
        return start, end + 3
    if start > 2 and joint(start - 2) and doc[start - 3].pos_ == "PROPN" and _capital(doc[start - 3]):
        return start - 3, end
    return start, end


def _capital(token: Token) -> bool:
    return token.shape_.startswith("Xx")


def _body(doc: Doc, start: int, end: int) -> str | None:
    """The type that the last word of an organisation's name tells, or the first ("Ministry of Information")."""
    first = doc[start].lower_ if end - start > 2 and doc[start + 1].lower_ in ("of", "for") else ""
    return noun_types().get(doc[end - 1].lower_) or noun_types().get(first)


def _unowned(doc: Doc, start: int, end: int) -> int:
    """Where a person's name ends: before an 's and what is said to be the person's ("Ana Ruiz's Twitter")."""
    return next((i for i in range(start + 1, end) if doc[i].lower_ in ("'s", "’s")), end)


def _unmanned(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The range of an organisation's name without a year before it and offices behind it ("2005 Apple Inc. CEO")."""
    while end - start > 1 and doc[start].shape_ == "dddd":
        start += 1
    while end > start and doc[end - 1].lower_ in _MANAGERS:
        end -= 1
    return start, end


def _untitled(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The range of a person's name without titles before it and role words in it."""
    while end - start > 1 and (fold(doc[start].text).rstrip(".") in titles() or doc[start].lower_ in _SPEAKERS):
        start += 1
        while end - start > 1 and doc[start].is_punct:
            start += 1
    return start, end


def _listed(doc: Doc, entity: Candidate, inside: list[Candidate]) -> bool:
    """Whether an entity is nothing but known names in a row: "Oman & Qatar"."""
    spans = ((s.start_char, s.end_char) for c in (entity, *inside) for s in (doc[c.start : c.end],))
    whole, *parts = spans
    return bool(listed(layers.text(doc), whole, parts))


def _merged(doc: Doc, entity: Candidate, inside: list[Candidate], gazetteer: Gazetteer) -> Candidate | None:
    """What an entity adds to the known names in it: itself, itself as one of them, or nothing."""
    if not inside:
        return entity
    first = inside[0]
    if len(inside) == 1 and first.start <= entity.start and entity.end <= first.end:
        return None
    if entity.label == "PERSON":
        return person_over(doc, entity, inside, gazetteer)
    proper = sum(doc[i].pos_ == "PROPN" or doc[i].shape_.startswith("X") for i in range(entity.start, entity.end))
    if entity.label != "ORG" or (first.label == "name" and first.start > entity.start):
        return None
    states = all(c.label in ("adjective", "name", "capital") and c.type in ("State", "People", "Place") for c in inside)
    apart = first.end < entity.end and doc[first.end].lower_ in ("'s", "’s")
    if _listed(doc, entity, inside):
        return None
    return entity if states and not apart and proper > first.end - first.start else None
