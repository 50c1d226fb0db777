"""Blocking: which names are worth comparing. Two names that share no block are never looked at together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.spelling import given, run_together, skeleton

if TYPE_CHECKING:
    from kg.merge.names import Name

#: A block that holds more names than this tells nothing, and is left out.
LARGEST = 60
#: Initials that more full names than this share tell nothing.
AMBIGUOUS = 3
#: How many letters of either end are compared, by the length of the word.
ENDS = {2: range(1, 6), 3: range(5, 9), 4: range(8, 100)}
#: Letters of an acronym.
ACRONYM = range(3, 8)
#: Names in the one block look among those in the other, not among their own.
_OPPOSITE = {"acronym": "initials", "initials": "acronym", "initial": "initialled", "initialled": "initial"}


def blocks(name: Name) -> tuple[str, ...]:
    """The blocks of a name, each a short string; ``Name.blocks`` keeps them."""
    find = {"person": _person, "body": _body}.get(name.kind, _other)
    return tuple(dict.fromkeys((*_same(name), *find(name))))


def limit(block: str) -> int:
    """How many names the block may hold."""
    return AMBIGUOUS if block.startswith("initials:") else LARGEST


def opposite(block: str) -> str:
    """Where the members of ``block`` look for others: there, but short forms among what they may be short for."""
    kind, _, rest = block.partition(":")
    return f"{_OPPOSITE[kind]}:{rest}" if kind in _OPPOSITE else block


def _same(name: Name) -> Iterator[str]:
    """The sound of all words run together, with and without particles: of whatever class."""
    yield f"same:{run_together(name.words)}"
    yield f"same:{name.run_together}"


def _person(name: Name) -> Iterator[str]:
    """The given name by consonants with either end of the surname, and the other way round; initial and surname."""
    if len(name.words) < 2:
        return
    first, last = given(name.words[0]), name.words[-1]
    for end in _ends(last) if len(first) > 1 else ():
        yield f"given:{skeleton(first)}:{end}"
    for surname in dict.fromkeys((last, name.words[1]) if len(name.words[1]) > 1 else (last,)):
        if len(first) == 1:
            yield f"initial:{skeleton(surname)}:{first}"
            continue
        yield f"initialled:{skeleton(surname)}:{first[0]}"
        for end in _ends(first):
            yield f"surname:{skeleton(surname)}:{end}"


def _ends(word: str) -> Iterator[str]:
    """Either end of a word, with how it begins: a slip spares the first letter, and one end of words nearly as long."""
    for n in (2, 3, 4):
        if len(word) in ENDS[n]:
            yield word[:n]
            yield f"{skeleton(word)[0]}-{word[-n:]}"


def _body(name: Name) -> Iterator[str]:
    """All words but one, and how that one begins; the words by consonants; the initials, or the acronym."""
    bones = [skeleton(word) for word in name.words]
    yield f"body:{' '.join(sorted(bones))}"
    if len(bones) == 1:
        yield f"start:{name.words[0][:4]}"
        yield f"end:{name.words[0][-4:]}"
        if len(name.words[0]) in ACRONYM and name.capitals:
            yield f"acronym:{name.words[0]}"
    elif len(bones) < 7:
        for i, word in enumerate(name.words):
            rest = " ".join(sorted(bones[:i] + bones[i + 1 :]))
            for end in _ends(word) if len(bones) == 2 else (bones[i][:1],):
                yield f"but:{rest}:{end}"
    if len(bones) in ACRONYM:
        yield f"initials:{''.join(word[0] for word in name.words)}"


def _other(name: Name) -> Iterator[str]:
    """Places and peoples: the words by consonants; of several, the last."""
    yield f"{name.kind}:{' '.join(sorted(map(skeleton, name.words)))}"
    if len(name.words) > 1:
        yield f"{name.kind}:last:{name.words[-1]}"
