"""A parsed text as columns of numbers, one row a token, for the linear engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.tokens import Doc

from kg import lexicon
from kg.annotate.reader.windows import CLOSING, INSIDE, OPENING, quotation_states

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_ATTRIBUTES = ("LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "SENT_START", "IS_SPACE")
#: Dependents of a cue that tell what it does.
CHILDREN = (
    "nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "attr", "prep", "agent", "mark", "aux", "auxpass", "neg", "prt",
    "advcl", "parataxis", "acl", "relcl", "poss", "dative", "acomp", "pobj", "advmod", "conj",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Tokens that are no white space, and a last row of zeros that stands for whatever is not there.

    ``token`` is the Doc's; ``word``, ``lemma``, ``pos``, ``tag`` and ``dep`` are spaCy's hashes; ``head``, and each of
    ``child``, is a row number; ``quote`` numbers the quotations from 1 (0 outside), ``state`` is that of
    ``quotation_states``; ``known`` is a number for the frames that the cue lexicon gives a word (0: it is not in it).
    """

    token: Ints
    word: Hashes
    lemma: Hashes
    pos: Hashes
    tag: Hashes
    dep: Hashes
    head: Ints
    depth: Ints
    start: Ints
    end: Ints
    sentence: Ints
    line: Ints
    quote: Ints
    state: Ints
    known: Ints
    child: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.word) - 1


@cache
def _frames() -> dict[int, int]:
    """Number of each lemma's set of frames in the cue lexicon, by the lemma's hash."""
    entries = lexicon.load("en/reporting_cues")
    sets = [" ".join([e["pos"], *sorted(e.get("frames", ["rest"]))]) for e in entries]
    numbers = {s: i for i, s in enumerate(sorted(set(sets)), 1)}
    return {get_string_id(e["lemma"]): numbers[s] for e, s in zip(entries, sets, strict=True)}


def columns(doc: Doc) -> Columns:
    """The columns of a parsed ``doc``."""
    table: Hashes = np.asarray(doc.to_array(list(_ATTRIBUTES)), np.uint64)
    kept = np.flatnonzero(table[:, -1] == 0)
    rows = np.vstack([table[kept], np.zeros((1, table.shape[1]), np.uint64)])
    word, lemma, pos, tag, dep = (np.ascontiguousarray(rows[:, i]) for i in range(5))
    start = rows[:, 6].astype(np.int64)
    head = _heads(table, kept)
    text = doc.text
    quote, state = _quotations(text, start)
    known = np.array([_frames().get(x, 0) for x in lemma.tolist()], np.int64)
    end = start + rows[:, 7].astype(np.int64)
    sentence = np.cumsum(table[:, 8] == 1)[np.append(kept, len(table) - 1)]
    return Columns(
        np.append(kept, -1), word, lemma, pos, tag, dep, head, _depths(head), start, end, sentence, _lines(text, start),
        quote, state, known, _children(head, dep),
    )  # fmt: skip


def _heads(table: Hashes, kept: Ints) -> Ints:
    """Row of each token's head; a sentence's root, and a token whose head is white space, has the last row."""
    rows = np.full(len(table) + 1, len(kept), np.int64)
    rows[kept] = np.arange(len(kept))
    heads = rows[kept + table[kept, 5].astype(np.int64)]
    return np.append(np.where(heads == np.arange(len(kept)), len(kept), heads), len(kept))


def _depths(head: Ints) -> Ints:
    """Steps from each row to the last one."""
    depth, at = np.zeros(len(head), np.int64), np.arange(len(head))
    while (at != len(head) - 1).any():
        depth += at != len(head) - 1
        at = head[at]
    return depth


def _lines(text: str, start: Ints) -> Ints:
    feeds = np.array([i for i, c in enumerate(text) if c == "\n"], np.int64)
    return np.searchsorted(feeds, start)


def _quotations(text: str, start: Ints) -> tuple[Ints, Ints]:
    """Number of the quotation that each token stands in, its marks included, and the token's state."""
    states = quotation_states(text).astype(np.int64)
    numbers = np.where(states == 0, 0, np.cumsum((states == OPENING) | ((states == INSIDE) & (_before(states) == 0))))
    state, number = states[start], numbers[start]
    state[-1] = number[-1] = 0
    return number, state


def _before(states: Ints) -> Ints:
    return np.concatenate([[0], states[:-1]])


def _children(head: Ints, dep: Hashes) -> dict[str, Ints]:
    """For each kind of dependent, the row of each token's last one."""
    out = {}
    for name in CHILDREN:
        rows = np.flatnonzero(dep == get_string_id(name))
        out[name] = np.full(len(head), len(head) - 1, np.int64)
        out[name][head[rows]] = rows
        out[name][-1] = len(head) - 1
    return out


def is_edge(state: Ints) -> Bools:
    """Whether a token is a quotation mark."""
    return np.isin(state, (OPENING, CLOSING))
