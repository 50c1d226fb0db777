"""What no antecedent can get around: he is no woman and no state, and it is nobody."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.actors.kinds import first_names, titles
from kg.annotate.reader.features import PRONOUNS
from kg.annotate.reader.mentions import ENDING, one_head
from kg.gazetteer import fold
from kg.records import Span

_HE, _SHE, _IT = PRONOUNS["he"], PRONOUNS["she"], PRONOUNS["it"]
#: Types that he and she may stand for; it stands for any other.
PERSONAL = frozenset(("Person", "Unnamed"))


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one who is mentioned: gender (m, f or unknown), and whether it is somebody or something."""

    gender: str | None = None
    personal: bool | None = None

    def agree(self, other: Traits) -> bool:
        """Whether nothing speaks against their being one."""
        genders = None in (self.gender, other.gender) or self.gender == other.gender
        return genders and (None in (self.personal, other.personal) or self.personal == other.personal)

    def joined(self, other: Traits) -> Traits:
        """What is known of both together."""
        personal = self.personal if self.personal is not None else other.personal
        return Traits(self.gender or other.gender, personal)


def within(text: str, one: Span, other: Span) -> bool:
    """Whether a mention is a part of another that is not about it.

    "Ruiz" in "Ruiz's spokesman" is somebody else, but not in "President Ruiz", "Ruiz, the president" or "the Grain
    Council (GC)".
    """
    if not (other[0] <= one[0] and one[1] + ENDING < other[1]):
        return False
    leads = text[other[0] : one[0]].lower() in ("", "the ", "a ", "an ")
    apposed = leads and text[one[1] : one[1] + 2].lstrip()[:1] in (",", ":", "(")
    return not (apposed or one_head(text, one, other))


def traits(words: str, kind: str) -> Traits:
    """The traits of a mention, by its words and the type that is most probable for it."""
    pronoun = PRONOUNS.get(words.casefold(), 0)
    if pronoun:
        gender = {_HE: "m", _SHE: "f"}.get(pronoun)
        return Traits(gender, True if gender else False if pronoun == _IT else None)
    parts = [fold(w).rstrip(".") for w in words.split()]
    named = kind == "Person" and bool(parts) and words.rsplit(maxsplit=1)[-1][:1].isupper()
    return Traits(_gender(parts) if named else None, None if kind == "Unnamed" else kind in PERSONAL)


def _gender(parts: list[str]) -> str | None:
    """The gender that a title tells, or else the first name of a full one."""
    known = [titles()[p] for p in parts[:-1] if titles().get(p)]
    untitled = [p for p in parts if p not in titles()]
    return known[0] if known else first_names().get(untitled[0]) if len(untitled) > 1 else None
