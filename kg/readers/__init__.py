"""Files, folders, globs and standard input to articles."""

from kg.readers.base import MAX_CHARACTERS, Bounds, Foreign, Metadata, Note, Problem, Repeat, Skip, read
from kg.readers.shapes import FIELDS
from kg.readers.source import Reader, Source

__all__ = [
    "FIELDS",
    "MAX_CHARACTERS",
    "Bounds",
    "Foreign",
    "Metadata",
    "Note",
    "Problem",
    "Reader",
    "Repeat",
    "Skip",
    "Source",
    "read",
]
