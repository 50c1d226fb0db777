"""What is no actor: an unnamed source that is linked to nobody, belongs to nobody, and whose words name no people.

Readers take a word for a source now and then ("covertly", "the buffer"). Such a thing stays in the evidence of its
article, but the graph holds no actor for it.
"""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon
from kg.gazetteer import fold, word_list
from kg.records import Actor

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
#: Endings of nouns that name people: "lobbyist", "librarian", "fishermen".
_PEOPLE = ("ist", "ian", "man", "men", "woman", "women", "people", "folk")
_PLURALS = (("ies", "y"), ("ves", "fe"), ("men", "man"), ("sses", "ss"), ("s", ""))


def is_junk(actor: Actor) -> bool:
    """Whether the actor of an article is none: nothing says who it is, and it is neither linked nor anybody's."""
    if actor.type != "Unnamed" or actor.wikidata is not None or actor.of is not None:
        return False
    return not any(_names_people(name) for name in (actor.name, *actor.names))


def _names_people(name: str) -> bool:
    """Whether the words name people: a noun for such before what qualifies it, or a name."""
    said = _WORD.findall(name)
    if not said or fold(said[0]) in word_list("openers"):
        return False
    end = next((i for i, word in enumerate(said) if i and fold(word) in word_list("openers")), len(said))
    return any(_is_people(word) for word in said[:end])


def _is_people(word: str) -> bool:
    low = fold(word)
    return bool(word[0].isupper() or _singulars(low) & _nouns() or low.removesuffix("s").endswith(_PEOPLE))


def _singulars(word: str) -> set[str]:
    return {word} | {word.removesuffix(end) + single for end, single in _PLURALS if word.endswith(end)}


@cache
def _nouns() -> frozenset[str]:
    """Nouns and pronouns that name people and bodies."""
    lemmas = {word for entry in lexicon.load("en/actor_nouns") for word in str(entry["lemma"]).split()}
    return frozenset(lemmas) | word_list("people_nouns") | word_list("unnamed_pronouns")
