"""What two mentions have in common to the eye: words, heads, distance, quotation; the antecedent head's other input."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Pronouns by what they can stand for; a mention that is none has class 0.
_CLASSES = (
    "", "he him his himself", "she her hers herself", "it its itself", "they them their theirs themselves",
    "i me my mine myself", "we us our ours ourselves", "you your yours", "who whom whose which that",
    "this these those",
)  # fmt: skip
PRONOUNS = {word: number for number, words in enumerate(_CLASSES) for word in words.split()}
_MINOR = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "to",
        "and",
        "at",
        "by",
        "from",
        "with",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
    ]
)
_CUT = re.compile(r",| (?:of|in|on|for|from|who|which|that|at|to|with|by|near|against|based|backed by|led by) ")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_POSSESSIVE = re.compile(r"['’]s?$")
#: Buckets of the distance in sentences: 0, 1, 2, 3-4, 5-8, more.
_DISTANCES = np.array([0, 1, 2, 4, 8])
#: The feature that has the distance in mentions.
DISTANCE = 6
#: Length of a pair's features.
PAIR_FEATURES = 34


@dataclass(frozen=True)
class Look:
    """A mention as its letters show it."""

    text: str
    sentence: int
    quoted: bool
    opens: bool

    @cached_property
    def plain(self) -> str:
        """The words in small letters, without an article in front and a possessive ending."""
        return _ARTICLE.sub("", _POSSESSIVE.sub("", " ".join(self.text.split())).casefold())

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words but the small ones."""
        return frozenset(re.findall(r"\w+", self.plain)) - _MINOR

    @cached_property
    def head(self) -> str:
        """The last word before the first preposition, without a plural s."""
        parts = re.findall(r"\w+", _CUT.split(self.plain, maxsplit=1)[0])
        return parts[-1].removesuffix("s") if parts else ""

    @cached_property
    def pronoun(self) -> int:
        """Its class of pronouns, 0 for other mentions."""
        return PRONOUNS.get(self.text.casefold().strip(), 0)

    @cached_property
    def named(self) -> bool:
        """Whether it ends in a word with a capital."""
        parts = re.findall(r"\w+", _POSSESSIVE.sub("", self.text))
        return bool(parts) and parts[-1][0].isupper() and not self.pronoun

    @cached_property
    def acronym(self) -> str:
        """The first letters of its capitalised words."""
        return "".join(w[0] for w in re.findall(r"\w+", self.text) if w[0].isupper()).casefold()

    @cached_property
    def plural(self) -> bool:
        """Whether its head seems to be a plural."""
        parts = re.findall(r"\w+", _CUT.split(self.plain, maxsplit=1)[0])
        return (bool(parts) and parts[-1].endswith("s") and not self.named) or self.pronoun in (4, 6)


def looks(text: str, mentions: Sequence[Span], quoted: NDArray[np.bool_]) -> list[Look]:
    """The look of each mention; ``quoted`` tells of each character whether it stands in a quotation."""
    ends = borders(text)
    starts = [0, *ends]
    out = []
    for s, e in mentions:
        number = sentence_of(s, ends)
        out.append(Look(text[s:e], number, bool(quoted[s]), s - starts[number] < 12))
    return out


def pair_features(seen: Sequence[Look], pairs: Ints, first: Ints, speaker: NDArray[np.bool_]) -> Floats:
    """Features (pairs, PAIR_FEATURES) of mentions with earlier ones.

    Args:
        seen: the mentions in text order.
        pairs: later and earlier mention (pairs, 2).
        first: the first mention that the later one of each pair is compared with (pairs,).
        speaker: whether the earlier mention is the source of the claim that the later one stands in (pairs,).
    """
    if not len(pairs):
        return np.zeros((0, PAIR_FEATURES), np.float32)
    later, earlier = pairs.T
    plain, head = (_numbers([getattr(x, name) for x in seen]) for name in ("plain", "head"))
    pronoun, quoted, opens, plural, named, sentence = (
        np.array([getattr(x, name) for x in seen])
        for name in ("pronoun", "quoted", "opens", "plural", "named", "sentence")
    )
    shared, length = _shared([x.words for x in seen])
    both, short = shared[later, earlier], _acronyms(seen)
    out = np.zeros((len(pairs), PAIR_FEATURES), np.float32)
    row = np.arange(len(pairs))
    out[row, np.searchsorted(_DISTANCES, sentence[later] - sentence[earlier])] = 1
    out[:, DISTANCE] = np.log1p(later - earlier)
    out[:, 7] = speaker
    out[row, 8 + pronoun[later]] = 1
    out[:, 18] = plain[later] == plain[earlier]
    out[:, 19] = (head[later] == head[earlier]) & (head[earlier] > 0) & (pronoun[later] == 0)
    out[:, 20] = (length[later] > 0) & (both == length[later])
    out[:, 21] = (length[earlier] > 0) & (both == length[earlier])
    out[:, 22] = short[later, earlier] | short[earlier, later]
    out[:, 23] = both > 0
    out[:, 24] = named[later] & named[earlier] & (both == 0)
    out[:, 25] = quoted[earlier] == quoted[later]
    out[:, 26] = quoted[later]
    out[:, 27] = (pronoun[earlier] > 0) & (pronoun[earlier] == pronoun[later])
    out[:, 28] = (pronoun[earlier] > 0) & (pronoun[earlier] != pronoun[later])
    out[:, 29] = opens[earlier]
    out[:, 30] = plural[later] == plural[earlier]
    before = np.concatenate([np.zeros((1, plain.max() + 1)), np.eye(plain.max() + 1)[plain].cumsum(0)])
    out[:, 31] = np.log1p(before[later, plain[earlier]] - before[first, plain[earlier]])
    out[:, 32] = named[earlier]
    out[:, 33] = named[later]
    return out


def _numbers(words: Sequence[str]) -> Ints:
    """A number for each different word; 0 for none."""
    known = {"": 0}
    return np.array([known.setdefault(word, len(known)) for word in words], np.int64)


def _shared(words: Sequence[frozenset[str]]) -> tuple[Floats, Floats]:
    """How many words each two mentions share (mentions, mentions), and how many each has."""
    known = {word: n for n, word in enumerate(sorted(frozenset().union(*words)))}
    has = np.zeros((len(words), len(known)), np.float32)
    for row, own in zip(has, words, strict=True):
        row[[known[word] for word in own]] = 1
    return has @ has.T, has.sum(1)


def _acronyms(seen: Sequence[Look]) -> NDArray[np.bool_]:
    """Whether one mention is the acronym of another (mentions, mentions)."""
    out = np.zeros((len(seen), len(seen)), bool)
    short: dict[str, list[int]] = {}
    for i, x in enumerate(seen):
        if len(x.plain) > 1:
            short.setdefault(x.plain, []).append(i)
    for j, x in enumerate(seen):
        if len(x.words) > 1:
            out[short.get(x.acronym, []), j] = True
    return out
