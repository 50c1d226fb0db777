"""Keys under which local actors of different articles are the same: each a function of one local actor alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kg.gazetteer import word_list
from kg.records import Actor
from kg.spelling import without_title

#: Types that may be one actor under one name: a body is called a party here and an armed group there.
TYPE_CLASS = {
    "State": "polity", "Place": "polity", "Person": "person", "People": "people", "Government": "body",
    "Ministry": "body", "ArmedForce": "body", "ArmedGroup": "body", "Party": "body", "Coalition": "body",
    "Organisation": "body", "Outlet": "body",
}  # fmt: skip
#: Types of which a state or a leader has one, and the words that its description may have: "Estmari troops".
_ONE_OF_A_KIND = frozenset({"Government", "Ministry", "ArmedForce"})
ONE_OF_A_KIND = 3
LEGAL_FORMS = word_list("legal_forms")
_WORD = re.compile(r"\w+")
_QUOTES = str.maketrans("’‘`“”", "'''\"\"")
_WHEREABOUTS = re.compile(r"\s+(?:in|inside|within)\s+\S.*$")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Keys:
    """The Wikidata item of a local actor, and the form in which its name is compared; None where it has none.

    ``known`` says that a gazetteer vouches for the name. ``weak`` is a name too poor to tell an actor by, unless others
    bear it as their own or it turns out to be short for another: one word for a person, or a mere description with a
    capital in it ("the German airline").
    """

    wikidata: str | None
    name: str | None
    known: bool = False
    weak: bool = False


def keys(actor: Actor) -> Keys:
    """Keys of a local actor; an unnamed source has none, and so stays alone in its article."""
    if actor.type == "Unnamed":
        return Keys(None, None)
    known = "gazetteer" in actor.reason
    key = name_key(actor)
    short = actor.type == "Person" and key is not None and " " not in key
    return Keys(actor.wikidata, key, known, weak=not known and (short or not _named(actor)))


def name_key(actor: Actor) -> str | None:
    """Class of type and folded name; None for a description.

    A name from the gazetteer is believed as it is. Any other must have a capital.
    """
    kind, name = TYPE_CLASS.get(actor.type), without_article(actor.name)
    known = "gazetteer" in actor.reason
    if kind is None or not (known or is_proper(name)):
        return None
    if kind == "body" and not known and not _named(actor):
        name = without_whereabouts(name)
    return compared(kind, name, known=known)


def compared(kind: str, name: str, *, known: bool = False) -> str:
    """The form in which a name of that class is compared; a company's without its legal form, a person's without title.

    >>> compared("body", "the Harrow Corp."), compared("person", "Cmdr Mona Harrow")
    ('body:harrow', 'person:mona harrow')
    """
    bare = {"body": without_legal_form, "person": without_title}.get(kind)
    return f"{kind}:{fold(name) if known or bare is None else bare(fold(name))}"


def _named(actor: Actor) -> bool:
    """Whether the article names the actor, or describes a body of which there is one: the Estmari army."""
    if not actor.mentions or any(mention.kind == "name" for mention in actor.mentions):
        return True
    kind = without_article(actor.name).partition(" of ")[0]
    one = actor.type in _ONE_OF_A_KIND and len(kind.split()) <= ONE_OF_A_KIND
    return one and not any(c.isdecimal() or c in "-–" for c in actor.name)


def without_article(name: str) -> str:
    """``name`` without a leading article."""
    return _ARTICLE.sub("", name.strip(), count=1) if _ARTICLE.match(name.strip()) else name.strip()


def without_whereabouts(name: str) -> str:
    """The description of a body without where it is, if several words, a capital among them, are left.

    >>> without_whereabouts("Estmari forces inside Norvania"), without_whereabouts("rebels in Norvania")
    ('Estmari forces', 'rebels in Norvania')
    """
    rest = _WHEREABOUTS.sub("", name)
    return rest if " " in rest and is_proper(rest) else name


def without_legal_form(name: str) -> str:
    """A folded name without the legal form of a company at its end.

    >>> without_legal_form("apple inc.")
    'apple'
    """
    words = name.split()
    while len(words) > 1 and set(_WORD.findall(words[-1])) <= LEGAL_FORMS:
        words.pop()
    return " ".join(words).rstrip(",")


def is_proper(name: str) -> bool:
    """Whether a word of ``name``, its article apart, has a capital among its letters or begins with a digit."""
    return any(word != word.lower() or word[0].isdigit() for word in _WORD.findall(without_article(name)))


def fold(name: str) -> str:
    """``name`` without accents, capitals, article and odd spacing: two spellings of one name become equal.

    >>> fold("The  Fárs News Agency")
    'fars news agency'
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_QUOTES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return without_article(" ".join(plain.casefold().split()))
