"""Blocking: which names are worth comparing. Two names that share no block are never looked at together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.merge.spelling import given, skeleton, sound

if TYPE_CHECKING:
    from kg.merge.names import Name

#: A block that holds more names than this tells nothing, and is left out.
LARGEST = 60
#: Letters of an acronym.
ACRONYM = range(3, 8)


def blocks(name: Name) -> tuple[str, ...]:
    """The blocks of a name, each a short string; ``Name.blocks`` keeps them."""
    find = {"person": _person, "body": _body}.get(name.kind, _other)
    return tuple(sys.intern(block) for block in dict.fromkeys((*_same(name), *find(name))))


def _same(name: Name) -> Iterator[str]:
    """The sound of all words run together, with and without particles: of whatever class."""
    yield f"same:{sound(''.join(name.words))}"
    yield f"same:{name.run_together}"


def _person(name: Name) -> Iterator[str]:
    """Surname by consonants with the first letter; given name with either end of the surname."""
    if len(name.words) < 2:
        return
    first, last = given(name.words[0]), name.words[-1]
    yield f"surname:{skeleton(last)}:{first[0]}"
    yield f"given:{skeleton(first)}:{last[:3]}"
    yield f"given:{skeleton(first)}:{last[-3:]}"
    if len(name.words) > 2:
        yield f"surname:{skeleton(name.words[1])}:{first[0]}"


def _body(name: Name) -> Iterator[str]:
    """All words but one; the words by consonants; the initials, or the acronym that they make."""
    bones = [skeleton(word) for word in name.words]
    yield f"body:{' '.join(sorted(bones))}"
    if len(bones) == 1:
        yield f"start:{name.words[0][:4]}"
        yield f"end:{name.words[0][-4:]}"
        if len(name.words[0]) in ACRONYM and name.capitals:
            yield f"initials:{name.words[0]}"
    elif len(bones) < 7:
        for i in range(len(bones)):
            yield f"but:{' '.join(sorted(bones[:i] + bones[i + 1 :]))}"
    if len(bones) in ACRONYM:
        yield f"initials:{''.join(word[0] for word in name.words)}"


def _other(name: Name) -> Iterator[str]:
    """Places and peoples: the words by consonants; of several, the last."""
    yield f"{name.kind}:{' '.join(sorted(map(skeleton, name.words)))}"
    if len(name.words) > 1:
        yield f"{name.kind}:last:{name.words[-1]}"
