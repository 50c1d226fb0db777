"""Articles annotated for this whose texts are other people's: the annotation lies here, the texts where they are.

A line of ``annotations/*.jsonl`` is a list: the text's id, where the annotated part ends (or where it begins and ends)
and its digest, then its actors (id, type, whom they
belong to, mentions), claims (id, source, via, stance, spans of cue, source and content, claim around it) and positions
(claim, stance, subject, relation, object, spans of subject, object and trigger), all by characters of ``plain`` text.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "annotations"
_MARKS = re.compile(r"[\[\]]")
_BRACKETS = str.maketrans("[]{}", "()()")
#: Fields that name a text, in the corpora that were annotated.
_NAMES = ("id", "doc_id", "doc_key", "_id")
#: How words and marks are joined where a corpus has tokens: after, and before which there is no space.
_JOINED = (
    (re.compile(r" (n't|n’t|['’](?:s|re|ve|ll|d|m))\b"), r"\1"),
    (re.compile(r" ([,.;:?!%)\]”])"), r"\1"),
    (re.compile(r"([(\[$£€“]) "), r"\1"),
    (re.compile(r"(\w) ([-/]) (\w)"), r"\1\2\3"),
)


def articles(paths: Iterable[Path], folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The annotated articles of ``folder`` whose texts are in the corpora ``paths``; how many are not is logged."""
    texts = {name: text for path in paths for name, text in _texts(path)}
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    found = [article for line in lines if (article := _article(json.loads(line), texts)) is not None]
    log.info("%d of %d annotated articles have their texts", len(found), len(lines))
    return found


def plain(text: str) -> str:
    """Paragraphs with a blank line between, words with one space, and round brackets alone."""
    return "\n\n".join(" ".join(p.split()) for p in text.translate(_BRACKETS).split("\n") if p.strip())


def digest(text: str) -> str:
    """What tells whether a text is the one that was annotated."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of a corpus: JSON Lines, whose texts may be tokens, or sentences named by where they stand."""
    text = path.read_text("utf-8")
    if not text.startswith("{"):
        yield from ((f"{path.parent.name}/{path.stem}/{n}", row) for n, row in enumerate(_sentences(text)))
        return
    for line in text.splitlines():
        entry = json.loads(line)
        name = next((entry[key] for key in _NAMES if key in entry), "")
        yield name, entry["text"] if "text" in entry else " ".join(map(joined, entry["sentences"]))


def _sentences(text: str) -> Iterator[str]:
    """What stands before the first tab of each line, without the brackets around marked spans.

    Without tabs it is blocks of lines that have a token and its tag each.
    """
    if "\t" in text:
        return (_MARKS.sub("", line.partition("\t")[0]) for line in text.splitlines())
    blocks = (block.splitlines() for block in text.split("\n\n") if block.strip())
    return (joined([line.rpartition(" ")[0] for line in block if line]) for block in blocks)


def joined(tokens: Sequence[str]) -> str:
    """A sentence of tokens as people write it; straight quotation marks open and close in turn."""
    text = " ".join(tokens)
    for pattern, put in _JOINED:
        text = pattern.sub(put, text)
    parts = text.split('"')
    inner = [part.strip(" ") if number % 2 else part for number, part in enumerate(parts)]
    return '"'.join(inner)


def _article(line: list[Any], texts: Mapping[str, str]) -> dict[str, Any] | None:
    """The article in the shape of the guidelines; None where its text is not there, or another."""
    name, part, known, actors, claims, positions = line
    start, end = part if isinstance(part, list) else (0, part)
    text = plain(texts.get(name, ""))[start:end]
    if digest(text) != known:
        return None
    fields = ("id", "source", "via", "stance", "cue_span", "source_span", "content", "nested_in")
    stated = ("claim", "stance", "subject", "relation", "object", "subject_span", "object_span", "trigger")
    return {
        "id": f"{name}@{start}" if start else name,
        "text": text,
        "actors": [{"id": i, "type": kind, "of": of, "mentions": spans} for i, kind, of, spans in actors],
        "claims": [dict(zip(fields, claim, strict=True)) for claim in claims],
        "positions": [dict(zip(stated, position, strict=True)) for position in positions],
    }
