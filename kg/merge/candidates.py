"""Blocking: which names are worth comparing. Two names that share no block are never looked at together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.merge.spelling import given, run_together, skeleton

if TYPE_CHECKING:
    from kg.merge.names import Name

#: A block that holds more names than this tells nothing, and is left out.
LARGEST = 60
#: Initials that more full names than this share tell nothing.
AMBIGUOUS = 3
#: Letters of an acronym.
ACRONYM = range(3, 8)
_ACRONYM, _FULL = "acronym:", "initials:"


def blocks(name: Name) -> tuple[str, ...]:
    """The blocks of a name, each a short string; ``Name.blocks`` keeps them."""
    find = {"person": _person, "body": _body}.get(name.kind, _other)
    return tuple(sys.intern(block) for block in dict.fromkeys((*_same(name), *find(name))))


def limit(block: str) -> int:
    """How many names the block may hold."""
    return AMBIGUOUS if block.startswith(_FULL) else LARGEST


def opposite(block: str) -> str:
    """Where the members of ``block`` look for others: there, but acronyms among what they may be short for."""
    if block.startswith(_FULL):
        return sys.intern(_ACRONYM + block.removeprefix(_FULL))
    return sys.intern(_FULL + block.removeprefix(_ACRONYM)) if block.startswith(_ACRONYM) else block


def _same(name: Name) -> Iterator[str]:
    """The sound of all words run together, with and without particles: of whatever class."""
    yield f"same:{run_together(name.words)}"
    yield f"same:{name.run_together}"


def _person(name: Name) -> Iterator[str]:
    """Surname by consonants with the first letter; given name with either end of the surname."""
    if len(name.words) < 2:
        return
    first, last = given(name.words[0]), name.words[-1]
    yield f"surname:{skeleton(last)}:{first[0]}"
    for n in _ends(len(last)) if len(first) > 1 else ():
        yield f"given:{skeleton(first)}:{last[:n]}"
        yield f"given:{skeleton(first)}:{last[-n:]}"
    if len(name.words) > 2 and len(name.words[1]) > 1:
        yield f"surname:{skeleton(name.words[1])}:{first[0]}"


def _ends(letters: int) -> tuple[int, ...]:
    """How many letters are compared at either end of a word so long: a slip spares one end of words nearly as long."""
    return (3,) if letters < 8 else (3, 4) if letters == 8 else (4,)


def _body(name: Name) -> Iterator[str]:
    """All words but one, and how that one begins; the words by consonants; the initials, or the acronym."""
    bones = [skeleton(word) for word in name.words]
    yield f"body:{' '.join(sorted(bones))}"
    if len(bones) == 1:
        yield f"start:{name.words[0][:4]}"
        yield f"end:{name.words[0][-4:]}"
        if len(name.words[0]) in ACRONYM and name.capitals:
            yield f"{_ACRONYM}{name.words[0]}"
    elif len(bones) < 7:
        for i in range(len(bones)):
            yield f"but:{' '.join(sorted(bones[:i] + bones[i + 1 :]))}:{bones[i][: 2 if len(bones) == 2 else 1]}"
    if len(bones) in ACRONYM:
        yield f"{_FULL}{''.join(word[0] for word in name.words)}"


def _other(name: Name) -> Iterator[str]:
    """Places and peoples: the words by consonants; of several, the last."""
    yield f"{name.kind}:{' '.join(sorted(map(skeleton, name.words)))}"
    if len(name.words) > 1:
        yield f"{name.kind}:last:{name.words[-1]}"
