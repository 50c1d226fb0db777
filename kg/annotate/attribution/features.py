"""What the linear engine sees: of a word that may be a cue, and of a cue with a word near it.

A feature is a conjunction of columns, hashed into a table of weights (Weinberger et al. 2009, "Feature hashing for
large scale multitask learning"); templates name the columns. spaCy's hashes do not change from run to run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from kg.annotate.attribution.columns import CHILDREN, Columns, Hashes, Ints, is_edge
from kg.annotate.reader.windows import INSIDE

Slots = NDArray[np.uint32]
Floats = NDArray[np.float32]

#: The table has 2 ** BITS rows.
BITS = 18
#: Tokens before and after a cue that may be its content or source.
REACH = 80
_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)

#: Parts of speech of cues, and marks that stand for one.
_CUE_TAGS = ("VERB", "NOUN", "AUX", "ADP", "PROPN", "ADJ", "ADV", "PART")
_CUE_MARKS = (":", "—", "―", "–", "--")

_NEAR = tuple(
    f"{column}{offset:+d}"
    for column, most in (("word", 3), ("pos", 3), ("tag", 2))
    for offset in range(-most, most + 1)
    if offset
)
CUE_TEMPLATES: tuple[tuple[str, ...], ...] = tuple(
    tuple(t.split())
    for t in (
        "lemma", "word", "lemma pos", "lemma tag", "tag", "dep", "lemma dep", "known", "known tag", "known dep",
        *_NEAR,
        "lemma word+1", "lemma word-1", "lemma word+1 word+2", "lemma pos+1", "lemma pos-1", "tag tag+1", "tag-1 tag",
        "tag-1 tag tag+1", "tag tag+1 tag+2", "word-1 word word+1", "known pos+1", "known word+1",
        "up.lemma", "up.lemma dep", "up.tag dep", "up.tag dep tag", "lemma up.lemma", "up.dep dep", "up.known dep",
        "quote", "lemma quote", "tag quote", "opens", "closes", "lemma opens", "lemma closes", "known opens closes",
        "tag opens closes", "speech", "lemma speech", "known speech", "dep opens closes quote",
        "above", "above.lemma", "above quote", "above.lemma above.dep", "above.dep known", "above tag known",
        "first", "length",
        "frame", "frame lemma", "frame tag", "frame known", "frame dep",
        *(f"{c}.side" for c in CHILDREN), *(f"{c}.side lemma" for c in CHILDREN), *(f"{c}.side tag" for c in CHILDREN),
        "nsubj.lemma", "nsubj.tag", "nsubj.lemma lemma", "nsubj.tag lemma", "nsubjpass.tag lemma", "dobj.lemma",
        "dobj.lemma lemma", "dobj.tag lemma", "prep.word", "prep.word lemma", "prep.word known", "agent.word lemma",
        "mark.word", "mark.word lemma", "aux.word", "aux.word lemma", "neg.word lemma", "xcomp.tag lemma",
        "xcomp.lemma lemma", "ccomp.tag lemma", "prt.word lemma", "nsubj.tag frame", "nsubj.lemma frame",
        "attr.lemma lemma", "acomp.lemma lemma", "ccomp.mark", "ccomp.mark lemma", "poss.tag lemma", "acl.tag lemma",
        "pobj.lemma lemma", "pobj.tag lemma", "nsubj.ent lemma",
    )
)  # fmt: skip


def mixed(columns: Mapping[str, Hashes], templates: Sequence[tuple[str, ...]], rows: int) -> Slots:
    """Table slots of shape (rows, templates)."""
    out = np.empty((len(templates), rows), np.uint32)
    for i, names in enumerate(templates):
        value = np.full(rows, (i + 1) * 0x2545F4914F6CDD1D & 0xFFFFFFFFFFFFFFFF, np.uint64)
        for name in names:
            value ^= columns[name]
            value *= _FACTOR
            value ^= value >> _SHIFT
        out[i] = (value * _FACTOR) >> np.uint64(64 - BITS)
    return out.T


def _number(values: Ints | NDArray[np.bool_]) -> Hashes:
    return values.astype(np.int64).astype(np.uint64)


@cache
def _cue_kinds() -> tuple[Hashes, Hashes]:
    return np.array([get_string_id(t) for t in _CUE_TAGS], np.uint64), np.array(
        [get_string_id(m) for m in _CUE_MARKS], np.uint64
    )


def cue_words(c: Columns) -> Ints:
    """Rows of the words that may be cues."""
    tags, marks = _cue_kinds()
    return np.flatnonzero(np.isin(c.pos[:-1], tags) | np.isin(c.word[:-1], marks))


def _at(c: Columns, rows: Ints) -> Ints:
    return np.where((rows < 0) | (rows > len(c)), len(c), rows)


def _distance(hit: NDArray[np.bool_], rows: Ints, step: int, most: int) -> Ints:
    """Steps from each row to the nearest hit behind it (``step`` 1) or before it (-1), at most ``most``."""
    out = np.full(len(rows), most, np.int64)
    for i in range(most - 1, 0, -1):
        at = rows + step * i
        inside = (at >= 0) & (at < len(hit))
        out[inside & hit[np.where(inside, at, 0)]] = i
    return out


def above(c: Columns) -> Ints:
    """The nearest ancestor of each row that the cue lexicon knows, or the last row."""
    out, last = c.head.copy(), len(c)
    for _ in range(12):
        on = (out != last) & (c.known[out] == 0)
        if not on.any():
            break
        out[on] = c.head[out[on]]
    out[(out != last) & (c.known[out] == 0)] = last
    return out


def cue_features(c: Columns, rows: Ints) -> Slots:
    """Table slots (rows, templates) of the words ``rows`` as cues."""
    values: dict[str, Hashes] = {n: getattr(c, n)[rows] for n in ("word", "lemma", "pos", "tag", "dep")}
    for name in _NEAR:
        column, offset = name[:-2], int(name[-2:])
        values[name] = getattr(c, column)[_at(c, rows + offset)]
    head, over = c.head[rows], above(c)[rows]
    values |= {f"up.{n}": getattr(c, n)[head] for n in ("lemma", "tag", "dep")}
    values |= {f"above.{n}": getattr(c, n)[over] for n in ("lemma", "dep")}
    values["known"], values["up.known"] = _number(c.known[rows]), _number(c.known[head])
    values["above"] = _number(np.where(over == len(c), 0, 1 + (over < rows)))
    values |= _quotation_columns(c, rows)
    values |= _child_columns(c, rows)
    return mixed(values, CUE_TEMPLATES, len(rows))


def _quotation_columns(c: Columns, rows: Ints) -> dict[str, Hashes]:
    inside = c.quote > 0
    edge = is_edge(c.state)
    opens, closes = _distance(inside, rows, 1, 6), _distance(inside, rows, -1, 6)
    speech = np.bincount(c.sentence[:-1], inside[:-1] & ~edge[:-1], minlength=int(c.sentence.max()) + 1)
    length = np.bincount(c.sentence[:-1], minlength=int(c.sentence.max()) + 1)
    first = np.searchsorted(c.sentence[:-1], c.sentence[rows])
    return {
        "quote": _number(inside[rows]),
        "opens": _number(np.where(inside[rows], 9, opens)),
        "closes": _number(np.where(inside[rows], 9, closes)),
        "speech": _number(np.minimum(speech[c.sentence[rows]] // 4, 3)),
        "first": _number(np.minimum(rows - first, 3)),
        "length": _number(np.minimum(length[c.sentence[rows]] // 5, 6)),
    }


def _child_columns(c: Columns, rows: Ints) -> dict[str, Hashes]:
    last, out = len(c), dict[str, Hashes]()
    frame = np.zeros(len(rows), np.int64)
    for name in CHILDREN:
        child = c.child[name][rows]
        side = np.where(child == last, 0, np.where(child < rows, 1, 2))
        out[f"{name}.side"] = _number(side)
        out |= {f"{name}.{n}": getattr(c, n)[child] for n in ("word", "lemma", "tag")}
        if name in ("nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "prep", "agent", "parataxis", "acl", "poss"):
            frame = frame * 3 + side
        if name == "ccomp":
            out["ccomp.mark"] = c.word[c.child["mark"][child]]
        if name == "nsubj":
            out["nsubj.ent"] = c.pos[child]
    out["frame"] = _number(frame)
    return out


PAIR_TEMPLATES: tuple[tuple[str, ...], ...] = tuple(
    tuple(t.split())
    for t in (
        "path", "path side", "path cue", "path frame", "path side known", "path quoted", "path speech", "path tag",
        "path word", "branch side", "branch cue", "branch cue side", "branch known", "branch frame", "branch quoted",
        "branch second", "branch second cue", "branch second side", "branch speech", "branch word", "branch lemma cue",
        "ups side", "ups branch mark", "branch mark cue", "branch head cue", "branch head", "ups arm side",
        "ups arm cue", "arm cue.tag branch", "second third ups branch",
        "gap side", "gap side cue", "gap branch side", "sent", "sent quoted", "sent quoted speech", "sent side cue",
        "quoted", "quoted cue", "quoted speech cue", "quoted speech side", "quoted away side", "quoted away cue",
        "quoted rank side", "rank quoted cue", "rank away speech side", "own", "own branch", "own side quoted",
        "word", "tag", "word-1", "word+1", "tag-1 tag", "tag tag+1", "word side", "word-1 side", "word+1 side",
        "word-1 word", "word word+1", "dep", "dep path", "tag side gap", "word quoted side", "dep tag head",
        "comma side", "comma branch side", "comma quoted side", "govern", "govern side", "govern sent", "govern cue",
        "govern path", "between", "between side", "between quoted side", "between govern", "cue.tag side",
        "cue.dep branch side", "cue cue.dep side", "first side", "first branch", "edge branch", "edge path",
        "edge branch word", "edge word side cue",
        "loose quoted side", "loose rank quoted side", "loose sent", "loose away quoted side", "loose speech own cue",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """Words near cues: rows of the cue and of the word, flat, and for each cue the range of its pairs."""

    cue: Ints
    word: Ints
    bounds: Ints


def pairs(c: Columns, cues: Ints) -> Pairs:
    """Every word of the same line within reach of each cue."""
    first = np.maximum(np.searchsorted(c.line[:-1], c.line[cues]), cues - REACH)
    last = np.minimum(np.searchsorted(c.line[:-1], c.line[cues], side="right"), cues + REACH + 1)
    sizes = last - first
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    word = np.arange(bounds[-1]) - np.repeat(bounds[:-1] - first, sizes)
    return Pairs(np.repeat(cues, sizes), word, bounds)


def _paths(c: Columns, p: Pairs) -> dict[str, Ints]:
    """Of the way through the tree: steps up, steps down, and the rows below the turning point."""
    a, b = p.cue.copy(), p.word.copy()
    none = np.full(len(a), len(c), np.int64)
    ups, downs, arm, branch, second, third = (
        np.zeros_like(a),
        np.zeros_like(a),
        none,
        none.copy(),
        none.copy(),
        none.copy(),
    )
    while (apart := a != b).any():
        below = apart & (c.depth[b] >= c.depth[a])
        over = apart & (c.depth[a] >= c.depth[b])
        third[below], second[below] = second[below], branch[below]
        branch[below], arm = b[below], np.where(over, a, arm)
        b, a = np.where(below, c.head[b], b), np.where(over, c.head[a], a)
        ups, downs = ups + over, downs + below
    return {"ups": ups, "downs": downs, "arm": arm, "branch": branch, "second": second, "third": third, "top": a}


def pair_features(c: Columns, p: Pairs, likely: Floats) -> Slots:
    """Table slots (pairs, templates); ``likely`` is the probability of each row to be a cue."""
    way = _paths(c, p)
    values: dict[str, Hashes] = {n: getattr(c, n)[p.word] for n in ("word", "lemma", "tag", "dep")}
    values |= {"word-1": c.word[_at(c, p.word - 1)], "word+1": c.word[p.word + 1]}
    values |= {"tag-1": c.tag[_at(c, p.word - 1)], "tag+1": c.tag[p.word + 1], "head": c.tag[c.head[p.word]]}
    values |= {
        "cue": c.lemma[p.cue],
        "cue.tag": c.tag[p.cue],
        "cue.dep": c.dep[p.cue],
        "known": _number(c.known[p.cue]),
    }
    values |= _way_columns(c, p, way)
    values |= _place_columns(c, p)
    values |= _speech_columns(c, p)
    values |= _rival_columns(c, p, likely)
    return mixed(values, PAIR_TEMPLATES, len(p.cue))


def _way_columns(c: Columns, p: Pairs, way: dict[str, Ints]) -> dict[str, Hashes]:
    ups, branch = _number(np.minimum(way["ups"], 4)), c.dep[way["branch"]]
    turn = ups * np.uint64(3) + _number(way["branch"] < way["top"])
    path = branch ^ (turn * _FACTOR)
    deep = c.dep[way["second"]] * np.uint64(31)
    shape = np.zeros(len(c) + 1, np.int64)
    for name in ("nsubj", "ccomp", "dobj", "xcomp", "agent", "nsubjpass", "parataxis", "poss", "prep"):
        shape = shape * 2 + (c.child[name] != len(c))
    return {
        "ups": ups,
        "branch": path,
        "second": c.dep[way["second"]],
        "third": c.dep[way["third"]],
        "path": path ^ deep ^ (c.dep[way["third"]] * np.uint64(961)) ^ _number(np.minimum(way["downs"], 5)),
        "arm": c.dep[way["arm"]],
        "mark": c.word[c.child["mark"][way["branch"]]],
        "head": c.tag[way["branch"]],
        "frame": _number(shape[p.cue]),
        "edge": _number(c.start[p.word] == c.start[way["branch"]]),
    }


@cache
def _commas() -> Hashes:
    return np.array([get_string_id(m) for m in ",;:"], np.uint64)


def _place_columns(c: Columns, p: Pairs) -> dict[str, Hashes]:
    away = p.word - p.cue
    commas = np.cumsum(np.isin(c.word, _commas()))
    between = np.abs(commas[np.maximum(p.word - 1, 0)] - commas[p.cue])
    first = np.searchsorted(c.sentence[:-1], c.sentence[p.word])
    return {
        "side": _number(np.sign(away) + 1),
        "gap": _number(np.searchsorted([1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 60], np.abs(away), side="right")),
        "sent": _number(np.clip(c.sentence[p.word] - c.sentence[p.cue], -2, 2) + 2),
        "comma": _number(np.minimum(between, 3)),
        "first": _number(np.minimum(p.word - first, 2)),
    }


def _speech_columns(c: Columns, p: Pairs) -> dict[str, Hashes]:
    """Of the word's quotation: whether it is the cue's, how far it begins from the cue, how many lie between."""
    quote, own = c.quote[p.word], c.quote[p.cue]
    numbers = np.arange(int(c.quote.max()) + 2)
    order = np.flatnonzero(c.quote[:-1])
    begin = np.searchsorted(c.quote[order], numbers) if len(order) else np.zeros_like(numbers)
    finish = np.searchsorted(c.quote[order], numbers, side="right") if len(order) else begin
    rows = np.append(order, len(c))
    starts, ends = rows[np.minimum(begin, len(order))], rows[np.maximum(finish - 1, 0)]
    away = np.where(quote == 0, 0, np.where(p.word < p.cue, p.cue - ends[quote], starts[quote] - p.cue))
    passed = np.maximum.accumulate(c.quote)
    rank = np.abs(quote - passed[p.cue]) - ((quote > passed[p.cue]) & (own == 0))
    size = np.where(quote == 0, 0, ends[quote] - starts[quote])
    plain = np.cumsum(c.quote == 0)
    first = np.searchsorted(c.sentence[:-1], c.sentence[p.cue])
    last = np.searchsorted(c.sentence[:-1], c.sentence[p.cue], side="right") - 1
    loose = np.maximum(plain[p.word] - plain[last], 0) + np.maximum(plain[first] - plain[p.word], 0)
    return {
        "loose": _number(np.searchsorted([1, 2, 4, 8, 16], loose, side="right")),
        "quoted": _number(np.where(quote == 0, 0, np.where(c.state[p.word] == INSIDE, 1, 2))),
        "speech": _number(np.searchsorted([1, 4, 8], size, side="right")),
        "away": _number(np.searchsorted([1, 2, 3, 5, 8, 12, 20], away, side="right")),
        "rank": _number(np.where(quote == 0, 9, np.clip(rank, 0, 3))),
        "own": _number((quote == own) * 2 + (own > 0)),
    }


def _rival_columns(c: Columns, p: Pairs, likely: Floats) -> dict[str, Hashes]:
    """Of the other likely cues: whether the word hangs below one, and whether one stands between."""
    sure = likely >= 0.5
    govern = np.arange(len(c) + 1)
    for _ in range(12):
        on = (govern != len(c)) & ~sure[govern]
        govern[on] = c.head[govern[on]]
    below = c.head[p.word]
    govern = govern[below]
    count = np.cumsum(sure)
    low, high = np.minimum(p.word, p.cue), np.maximum(p.word, p.cue)
    between = count[np.maximum(high - 1, low)] - count[low]
    return {
        "govern": _number(np.where(govern == len(c), 0, np.where(govern == p.cue, 1, 2 + (govern < p.cue)))),
        "between": _number(np.minimum(between, 2)),
    }
