"""The errors that users meet: each message says what, where, and what to do next."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that Hearsay raises on purpose."""


class ReadError(KgError):
    """An input that cannot be read as an article: names the file, and the line where there is one."""


class LexiconError(KgError):
    """A lexicon or gazetteer entry that does not fit its schema: names the file and the entry."""


class PipelineError(KgError):
    """A spaCy pipeline that is missing or lacks what a component needs."""


class QueryError(KgError):
    """A query that cannot be parsed, an unknown named query, or a parameter that is missing."""


class StoreError(KgError):
    """A graph that cannot be opened, read or written."""
