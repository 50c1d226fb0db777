"""Pronouns: third-person and relative pronouns to the referent they stand for."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.annotate.coreference.referents import PERSONAL, Cast, Place, Referent
from kg.annotate.coreference.speech import Speech
from kg.gazetteer import word_list
from kg.records import Mention

_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_IT = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_RELATIVE = frozenset(("who", "which", "that", "whose", "whom"))
THIRD = _HE | _SHE | _IT | _THEY
_WHO = frozenset(("who", "whom"))
_WINDOW = 3
_HELPING = frozenset(("allow", "assist", "enable", "help", "let"))
_WEATHER = frozenset(("seem", "appear", "turn", "take", "matter", "remain", "happen", "rain", "emerge", "mean"))


def resolve_pronoun(cast: Cast, token: Token, said: Speech) -> Referent | None:
    """The referent that a third-person pronoun stands for, where ``said`` is said."""
    word = token.lower_
    if word.endswith(("self", "selves")) and token.dep_ in ("dobj", "pobj", "dative"):
        subject = next((c for c in _verb(token).children if c.dep_ == "nsubj"), None)
        return cast.over.get(subject.i) if subject is not None else None
    fits = _agreement(word)
    if fits is None or (word == "it" and pleonastic(token)):
        return None
    lately = said.lately(cast, token.i)
    several = word in _THEY
    fit = (r for r in cast.referents if fits(r) or (several and _joined(cast, r, token)))
    ranked = [(score, r) for r in fit if (score := _salience(cast, r, token, said, lately)) > 0]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _joined(cast: Cast, referent: Referent, token: Token) -> bool:
    """Whether the referent was last named as the first of several subjects ("Mali and Kenya met. They ...")."""
    place = referent.last_before(token.i)
    if place is None or place.kind != "name" or cast.doc[place.head].dep_ == "conj":
        return False
    if not place.subject and not _served(cast.doc, place, token):
        return False
    return any(c.dep_ == "conj" and c.i in cast.over and c.i < token.i for c in cast.doc[place.head].children)


def _agreement(word: str) -> Callable[[Referent], bool] | None:
    if word in _HE:
        return _is_he
    if word in _SHE:
        return _is_she
    if word in _IT:
        return _is_it
    return _is_they if word in _THEY else None


def _is_he(r: Referent) -> bool:
    return r.type in PERSONAL and not r.plural and r.gender != "f"


def _is_she(r: Referent) -> bool:
    return r.type in PERSONAL and not r.plural and r.gender != "m"


def _is_it(r: Referent) -> bool:
    return r.type not in PERSONAL and not r.plural and r.type != "People"


def _is_they(r: Referent) -> bool:
    return r.group or (r.type == "Unnamed" and r.plural)


def _salience(cast: Cast, referent: Referent, token: Token, said: Speech, lately: dict[str, int]) -> float:
    """How likely the referent is meant: near, a subject, a speaker, often named; 0 where it cannot be."""
    place = _place(referent, token, said)
    if place is None or said.quoted(referent, token.i):
        return 0.0
    distance = cast.sentence[token.i] - place.sentence
    if distance > 1 and (heard := lately.get(referent.actor.id)) is not None:
        distance = min(distance, cast.sentence[token.i] - cast.sentence[heard] + 1)
    if distance > _WINDOW or (distance == 0 and _bound(cast.doc, place, token)):
        return 0.0
    foremost = _foremost(referent, place) if distance else place
    score = 4.0 - 1.2 * distance + _grammar(cast.doc, foremost, token, distance)
    score += 1.0 if {place.head, place.anchor} & said.heads else 0.0
    score += 0.4 if cast.doc[place.head].lower_ == token.lower_ else 0.0
    score += 0.3 if referent.genders and token.lower_ in _HE | _SHE else 0.0
    score += min(1.0, 0.2 * sum(p.head < token.i for p in referent.places))
    score -= 0.8 * (referent.type == "Place") + 0.8 * (
        place.kind == "name" and cast.doc[place.head].dep_ in ("amod", "compound")
    )
    return score - 0.004 * (token.i - place.head)


def _place(referent: Referent, token: Token, said: Speech) -> Place | None:
    """Where the referent was last mentioned; for a speaker, outside what others say before it."""
    place = referent.last_before(token.i)
    if place is None or token.i not in said.heads or token.i in said.inside or place.head not in said.inside:
        return place
    outside = [p for p in referent.places if p.end <= token.i and p.head not in said.inside]
    return max(outside, key=lambda p: p.head, default=place)


def _foremost(referent: Referent, place: Place) -> Place:
    """Where the referent was a subject in the sentence of ``place``, if it was; what came after makes it no lesser."""
    return next((p for p in referent.places if p.sentence == place.sentence and p.subject), place)


def _grammar(doc: Doc, place: Place, token: Token, distance: int) -> float:
    """Bonus for a subject, the more so for a pronoun that is itself a subject."""
    score = 1.0 if place.subject else 0.0
    if place.subject and doc[place.anchor].head.dep_ == "ROOT":
        score += 0.5
    if place.subject and token.dep_ in ("nsubj", "nsubjpass"):
        score += 0.6
    if token.dep_ == "poss" and distance == 0 and doc[place.anchor].head == _verb(token):
        score += 0.8
    if distance == 0 and _served(doc, place, token):
        score += 3.0
    at = doc[place.anchor]
    minor = at.dep_ == "pobj" or (at.dep_ == "poss" and at.head.dep_ not in ("nsubj", "nsubjpass"))
    return score - (0.4 if minor else 0.0)


def _served(doc: Doc, place: Place, token: Token) -> bool:
    """Whether the pronoun is whom it is to help that the object before it got something: "armed Mali to help it"."""
    at = doc[place.anchor]
    purposes = (a for a in token.ancestors if a.lemma_ in _HELPING and any(c.tag_ == "TO" for c in a.children))
    purpose = next(purposes, None) if token.dep_ != "poss" else None
    return purpose is not None and at.dep_ in ("dobj", "dative") and at.head == purpose.head and at.i < token.i


def _verb(token: Token) -> Token:
    """The verb of the token's clause."""
    head = token
    while head.head.i != head.i and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head


def _bound(doc: Doc, place: Place, token: Token) -> bool:
    """Whether grammar forbids it: subject and object of one verb are not the same, unless reflexive."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "poss":
        return False
    head = doc[place.head]
    same_verb = head.head == token.head and head.head.pos_ in ("VERB", "AUX") and head.dep_ != "poss"
    return same_verb or (head.dep_ == "nsubj" and token.dep_ == "dobj" and head.head == _sharing(token.head))


def _sharing(verb: Token) -> Token | None:
    """The verb whose subject is also that of ``verb``, which has none: "he rang her, asking her to come"."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or any(c.dep_ in ("nsubj", "mark") for c in verb.children):
        return None
    return verb.head


def pleonastic(token: Token) -> bool:
    """Whether ``it`` stands for a clause or for nothing ("it is clear that", "it seems")."""
    if token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    verb = token.head
    clausal = any(c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl") for c in verb.children)
    predicate = next((c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")), None)
    if verb.lemma_ == "be" and predicate is not None:
        if predicate.lower_ in word_list("of_agents"):
            return False
        inner = any(c.dep_ in ("ccomp", "xcomp", "acl", "relcl", "prep") for c in predicate.children)
        return clausal or (inner and predicate.pos_ in ("ADJ", "NOUN")) or predicate.ent_type_ in ("DATE", "TIME")
    passive = token.dep_ == "nsubjpass" and any(c.dep_ == "ccomp" for c in verb.children)
    return (verb.lemma_ in _WEATHER and clausal) or passive


def resolve_relative(cast: Cast, token: Token) -> Referent | None:
    """The referent right before a relative pronoun ("AirTanker, which ...")."""
    if token.lower_ not in _RELATIVE or token.tag_ not in ("WP", "WDT", "WP$") or token.i == 0:
        return None
    before = token.nbor(-1)
    if before.text == "," and token.i > 1:
        before = before.nbor(-1)
    referent = cast.over.get(before.i)
    clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    if clause is not None and cast.over.get(clause.head.i) is not referent:
        explained = clause.head.head if clause.head.dep_ == "appos" else clause.head
        referent = cast.over.get(explained.i) if token.lower_ in _WHO else None
    if referent is None or (token.lower_ in _WHO and referent.type == "Place"):
        return None
    return None if token.lower_ == "which" and referent.type in PERSONAL else referent


def resolve_ahead(cast: Cast, token: Token) -> Referent | None:
    """The person named soon after a ``he`` or ``she`` that nobody before it fits ("When he came, Grant said")."""
    fits = _agreement(token.lower_)
    if fits is None or token.lower_ not in _HE | _SHE:
        return None
    ahead = [
        (p.head, r)
        for r in cast.referents
        if r.type == "Person" and fits(r)
        for p in r.places
        if p.head > token.i and p.kind == "name" and cast.sentence[p.head] - cast.sentence[token.i] <= 1
    ]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else None


def note(cast: Cast, token: Token, referent: Referent, reason: str) -> None:
    """Record a pronoun as a mention."""
    mention = Mention(token.idx, token.idx + len(token.text), "pronoun", reason)
    if token.lower_ in _HE | _SHE and referent.type in PERSONAL:
        referent.genders["m" if token.lower_ in _HE else "f"] += 1
    cast.attach(referent, mention, (token.i, token.i + 1), token.i)
