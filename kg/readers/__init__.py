"""Files, folders, globs and standard input to articles."""

from kg.readers.base import MAX_CHARACTERS, Foreign, Metadata, Note, Problem, Repeat, Skip, read

__all__ = ["MAX_CHARACTERS", "Foreign", "Metadata", "Note", "Problem", "Repeat", "Skip", "read"]
