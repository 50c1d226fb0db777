"""Files, folders, globs and standard input to articles."""

from kg.readers.base import MAX_CHARACTERS, Metadata, Problem, Repeat, Skip, read

__all__ = ["MAX_CHARACTERS", "Metadata", "Problem", "Repeat", "Skip", "read"]
