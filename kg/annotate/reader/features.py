"""What two mentions have in common to the eye: words, heads, distance, quotation; the antecedent head's other input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import Span

Floats = NDArray[np.float32]

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


def pair_features(later: Look, earlier: Sequence[Look], gaps: NDArray[np.int64], speaker: NDArray[np.bool_]) -> Floats:
    """Features (pairs, PAIR_FEATURES) of one mention with each earlier one.

    Args:
        later: the mention that refers.
        earlier: those that it may refer to.
        gaps: mentions between each of them and the later one.
        speaker: whether each is the source of the claim that the later one stands in.
    """
    out = np.zeros((len(earlier), PAIR_FEATURES), np.float32)
    if not len(earlier):
        return out
    same = Counter(x.plain for x in earlier)
    sentences = np.array([later.sentence - x.sentence for x in earlier])
    out[np.arange(len(earlier)), np.searchsorted(_DISTANCES, sentences)] = 1
    out[:, 6] = np.log1p(gaps)
    out[:, 7] = speaker
    out[:, 8 : 8 + len(_CLASSES)][:, later.pronoun] = 1
    for row, x in zip(out, earlier, strict=True):
        row[18] = x.plain == later.plain
        row[19] = bool(x.head) and x.head == later.head and not later.pronoun
        row[20] = bool(later.words) and later.words <= x.words
        row[21] = bool(x.words) and x.words <= later.words
        row[22] = _is_acronym(later, x) or _is_acronym(x, later)
        row[23] = bool(x.words & later.words)
        row[24] = later.named and x.named and not x.words & later.words
        row[25] = x.quoted == later.quoted
        row[26] = later.quoted
        row[27] = bool(x.pronoun) and x.pronoun == later.pronoun
        row[28] = bool(x.pronoun) and x.pronoun != later.pronoun
        row[29] = x.opens
        row[30] = later.plural == x.plural
        row[31] = np.log1p(same[x.plain])
        row[32] = x.named
        row[33] = later.named
    return out


def _is_acronym(short: Look, long: Look) -> bool:
    return len(short.plain) > 1 and short.plain == long.acronym and len(long.words) > 1
