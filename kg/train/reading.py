"""Annotated articles as examples for the reader: windows, mentions, clusters, pairs, claims, with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.annotate.reader.antecedents import antecedent_pairs
from kg.annotate.reader.features import Floats
from kg.annotate.reader.labels import REACH, RELATED, STANCE, TYPES
from kg.annotate.reader.pairs import candidates
from kg.annotate.reader.windows import Ints, Stream, inputs, stream, windows
from kg.records import SYMMETRIC, Span

#: Characters around a trigger in which other mentions of its actors are left out of the pairs.
NEARBY = 400


@dataclass(slots=True)
class Pairs:
    """Ordered pairs of mentions of one window: pieces (pairs, 4), mention numbers (pairs, 2), and labels."""

    pieces: Ints
    mentions: Ints
    relation: Ints
    stance: Ints
    own: Ints
    trigger: Floats


@dataclass(slots=True)
class Example:
    """One article, or a stretch of one, as the reader's heads see it; pieces count from 0 at [CLS]."""

    inputs: list[dict[str, Ints]]
    windows: list[Span]
    pieces: Stream
    tags: list[Ints] = field(default_factory=list)
    inner: list[Ints] = field(default_factory=list)
    cues: list[tuple[Floats, Floats]] = field(default_factory=list)
    inner_cues: list[tuple[Floats, Floats]] = field(default_factory=list)
    mentions: Ints = field(default_factory=lambda: np.zeros((0, 4), np.int64))  # window, first, last, type (-1 unknown)
    gold: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    clusters: Ints = field(default_factory=lambda: np.zeros((0, 1), np.int64))  # of each mention, -1 beyond its last
    antecedents: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    features: Floats = field(default_factory=lambda: np.zeros((0, 1), np.float32))
    pairs: list[Pairs | None] = field(default_factory=list)
    claims: list[tuple[Ints, Ints]] = field(default_factory=list)  # regions (claims, pieces), stance
    spans: list[Span] = field(default_factory=list)


def hit(pieces: Stream, window: Span, span: Span) -> Ints:
    """Pieces of the window, counted from its [CLS], that share a character with the span."""
    a, b = window
    found: Ints = np.flatnonzero((pieces.starts[a:b] < span[1]) & (pieces.ends[a:b] > span[0])) + 1
    return found


def _tags(pieces: Stream, window: Span, attributions: Sequence[Mapping[str, Any]]) -> Ints:
    tags = np.zeros(window[1] - window[0] + 2, np.int64)
    for role, name in ((2, "content"), (0, "source_span"), (1, "cue_span")):
        for attribution in attributions:
            for span in attribution.get(name) or ():
                found = hit(pieces, window, span)
                tags[found] = 2 * role + 2
                if len(found) and pieces.starts[window[0] + found[0] - 1] <= span[0]:
                    tags[found[0]] = 2 * role + 1
    if tags[1] and tags[1] % 2 == 0:
        tags[1] -= 1
    return tags


def _cues(pieces: Stream, window: Span, attributions: Sequence[Mapping[str, Any]]) -> tuple[Floats, Floats]:
    size = window[1] - window[0] + 2
    cues, members = [], []
    for attribution in attributions:
        marks = []
        for name in ("cue_span", "source_span", "content"):
            row = np.zeros(size, np.float32)
            for span in attribution.get(name) or ():
                row[hit(pieces, window, span)] = 1
            marks.append(row)
        if marks[0].any():
            cues.append(marks[0] / marks[0].sum())
            members.append(np.stack(marks[1:]))
    return np.array(cues, np.float32).reshape(-1, size), np.array(members, np.float32).reshape(-1, 2, size)


def _attributions(doc: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Attributed claims with a cue or a source, once for each content: outermost ones, and those inside others."""
    seen: dict[Any, Mapping[str, Any]] = {}
    for claim in doc["claims"]:
        if claim["source"] != "narrator" and claim.get("content"):
            key = tuple(map(tuple, claim["content"])), tuple(map(tuple, claim.get("cue_span") or ()))
            seen.setdefault((*key, tuple(map(tuple, claim.get("source_span") or ()))), claim)
    outer = [c for c in seen.values() if not c.get("nested_in")]
    return outer, [c for c in seen.values() if c.get("nested_in")]


def speakers(doc: Mapping[str, Any], spans: Sequence[Span]) -> list[Span | None]:
    """For each mention, the source span of the innermost claim whose content holds it."""
    held = [
        (sum(e - s for s, e in c["content"]), c)
        for c in doc["claims"]
        if c["source"] != "narrator" and c.get("source_span")
    ]
    out: list[Span | None] = []
    for start, end in spans:
        around = [(n, c) for n, c in held if any(s <= start and end <= e for s, e in c["content"])]
        out.append(tuple(min(around, key=lambda x: x[0])[1]["source_span"][0]) if around else None)
    return out


def _labels(doc: Mapping[str, Any]) -> dict[tuple[Span, Span], Mapping[str, Any]]:
    out: dict[tuple[Span, Span], Mapping[str, Any]] = {}
    for q in doc.get("positions") or ():
        if q["subject_span"] and q["object_span"]:
            s, o = tuple(q["subject_span"]), tuple(q["object_span"])
            out.setdefault((s, o), q)  # the first: others deny or pass on what it says
            if q["relation"] in SYMMETRIC:
                out.setdefault((o, s), q)
    return out


def _own(doc: Mapping[str, Any], q: Mapping[str, Any]) -> int:
    """1 where the position is its claim's, 0 where it is the narrator's inside a content, -1 outside any."""
    if not q["trigger"]:
        return -1
    held = [
        c for c in doc["claims"] if c["source"] != "narrator" and any(s <= q["trigger"][0] < e for s, e in c["content"])
    ]
    if not held:
        return -1
    return int(q["claim"] is not None)


def example(
    doc: Mapping[str, Any], tokenizer: Tokenizer, first: int, extra: Sequence[tuple[Span, str]] = (), most: int = 6
) -> Example:
    """The article as one example.

    Args:
        doc: an annotated article of the guidelines' shape, with spans.
        tokenizer: the encoder's.
        first: size of its first window.
        extra: names that the annotation passed over, with a key for each actor.
        most: windows that are kept (the first ones).
    """
    text = doc["text"]
    pieces = stream(tokenizer, text)
    cuts = list(windows(pieces, tokenizer, first=first))[:most]
    out = Example([inputs(pieces, tokenizer, a, b) for a, b in cuts], cuts, pieces)
    outer, nested = _attributions(doc)
    for window in cuts:
        out.tags.append(_tags(pieces, window, outer))
        out.inner.append(_tags(pieces, window, nested))
        out.cues.append(_cues(pieces, window, outer))
        out.inner_cues.append(_cues(pieces, window, nested))
    listed = {(s, e): (a["id"], a["type"], True) for a in doc["actors"] for s, e in a["mentions"]}
    sets = _sets(doc)
    for (s, e), key in extra:
        if not any(s < f and t < e for t, f in listed):
            listed[s, e] = (f"~{key}", "", False)
    rows, keys = [], []
    for (s, e), (key, kind, gold) in sorted(listed.items()):
        for w, window in enumerate(cuts):
            found = hit(pieces, window, (s, e))
            if len(found):
                rows.append((w, found[0], found[-1], TYPES.index(kind) if kind in TYPES else -1))
                out.spans.append((s, e))
                keys.append((key, gold))
                break
    if rows:
        out.mentions = np.array(rows, np.int64)
        out.gold = np.array([g for _, g in keys])
        borne = [sorted(sets.get(span, {key})) for span, (key, _) in zip(out.spans, keys, strict=True)]
        numbers = {k: n for n, k in enumerate(dict.fromkeys(k for ks in borne for k in ks))}
        out.clusters = np.full((len(borne), max(map(len, borne))), -1)
        for row, names in zip(out.clusters, borne, strict=True):
            row[: len(names)] = [numbers[k] for k in names]
    out.antecedents, out.features = antecedent_pairs(text, out.spans, speakers(doc, out.spans))
    _pairs(doc, out, [k for k, _ in keys])
    _claims(doc, out)
    return out


def _sets(doc: Mapping[str, Any]) -> dict[Span, set[str]]:
    """The actors of mentions that stand for several: "both sides", "they"."""
    out: dict[Span, set[str]] = {}
    for actor in doc["actors"]:
        for s, e in actor["mentions"]:
            out.setdefault((s, e), set()).add(actor["id"])
    for q in doc.get("positions") or ():
        for end in ("subject", "object"):
            if q[f"{end}_span"]:
                out.setdefault(tuple(q[f"{end}_span"]), set()).add(q[end])
    return {span: actors for span, actors in out.items() if len(actors) > 1}


def _pairs(doc: Mapping[str, Any], out: Example, keys: list[str]) -> None:
    """Write the pairs of each window with their labels."""
    labels, near = _labels(doc), _related(doc)
    located = [(int(w), int(a), int(b)) for w, a, b in out.mentions[:, :3]]
    found = candidates(doc["text"], out.spans, located)
    for w, window in enumerate(out.windows):
        chosen = {(i, j): None for i, j in found if located[i][0] == w and keys[i] != keys[j]}
        chosen |= dict.fromkeys(_annotated(labels, out, w))
        rows = []
        for i, j in chosen:
            q = labels.get((out.spans[i], out.spans[j]))
            if q is None and any(abs(t - out.spans[i][0]) < NEARBY for t in near.get((keys[i], keys[j]), ())):
                continue  # another mention of a related pair nearby: neither one nor the other
            rows.append((i, j, q, _trigger(out.pieces, window, q)))
        out.pairs.append(_labelled(doc, out.mentions, rows) if rows else None)


def _related(doc: Mapping[str, Any]) -> dict[tuple[str, str], list[int]]:
    """Where the triggers stand of what each actor does to another."""
    out: dict[tuple[str, str], list[int]] = {}
    for q in doc.get("positions") or ():
        if q["trigger"]:
            out.setdefault((q["subject"], q["object"]), []).append(q["trigger"][0])
            if q["relation"] in SYMMETRIC:
                out.setdefault((q["object"], q["subject"]), []).append(q["trigger"][0])
    return out


def _annotated(labels: Iterable[tuple[Span, Span]], out: Example, w: int) -> Iterator[tuple[int, int]]:
    """Pairs of a window that are annotated, also those beyond a sentence."""
    where = {s: k for k, s in enumerate(out.spans) if out.mentions[k, 0] == w}
    for s, o in labels:
        i, j = where.get(s), where.get(o)
        if i is None or j is None or i == j:
            continue
        if abs(int(out.mentions[i, 1] - out.mentions[j, 1])) <= 2 * REACH:
            yield i, j


def _trigger(pieces: Stream, window: Span, q: Mapping[str, Any] | None) -> Floats:
    """The trigger's share of each piece of a window."""
    out = np.zeros(window[1] - window[0] + 2, np.float32)
    if q is not None and q["trigger"]:
        found = hit(pieces, window, q["trigger"])
        out[found] = 1 / max(1, len(found))
    return out


def _labelled(doc: Mapping[str, Any], m: Ints, rows: list[tuple[int, int, Any, Floats]]) -> Pairs:
    return Pairs(
        np.array([(*m[i, 1:3], *m[j, 1:3]) for i, j, *_ in rows]),
        np.array([(i, j) for i, j, *_ in rows]),
        np.array([RELATED.index(q["relation"]) if q else 0 for _, _, q, _ in rows]),
        np.array([STANCE.index(q["stance"]) if q else -100 for _, _, q, _ in rows]),
        np.array([_own(doc, q) if q else -1 for _, _, q, _ in rows]),
        np.array([t for *_, t in rows], np.float32),
    )


def regions(pieces: Stream, window: Span, claim: Mapping[str, Any]) -> Ints:
    """Region of each piece of a window as seen from a claim: 0 source, 1 cue, 2 content, 3 the rest."""
    out = np.full(window[1] - window[0] + 2, 3, np.int64)
    for number, name in ((2, "content"), (0, "source_span"), (1, "cue_span")):
        for span in claim.get(name) or ():
            out[hit(pieces, window, span)] = number
    return out


def home(pieces: Stream, cuts: Sequence[Span], claim: Mapping[str, Any]) -> int | None:
    """The window of a claim: that of its cue, else of where its content begins."""
    start = (claim.get("cue_span") or claim["content"])[0][0]
    for w, (a, b) in enumerate(cuts):
        if pieces.starts[a] <= start < pieces.ends[b - 1]:
            return w
    return None


def _claims(doc: Mapping[str, Any], out: Example) -> None:
    found: list[list[tuple[Ints, int]]] = [[] for _ in out.windows]
    seen = set()
    for claim in doc["claims"]:
        key = str([claim.get("content"), claim.get("cue_span")])
        if claim["source"] == "narrator" or not claim.get("content") or key in seen:
            continue
        seen.add(key)
        w = home(out.pieces, out.windows, claim)
        if w is not None:
            stance = claim.get("cue_stance") or claim["stance"]
            found[w].append((regions(out.pieces, out.windows[w], claim), STANCE.index(stance)))
    for rows in found:
        size = len(out.inputs[len(out.claims)]["ids"])
        out.claims.append(
            (np.array([r for r, _ in rows], np.int64).reshape(-1, size), np.array([s for _, s in rows], np.int64))
        )
