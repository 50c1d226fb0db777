"""The errors that users meet: each message says what, where, and what to do next."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that Hearsay raises on purpose."""


class ReadError(KgError):
    """An input that cannot be read as an article: names the file, and the line where there is one."""


class PassedOver(KgError):  # noqa: N818  (nothing went wrong)
    """An input that is no article, and is left out on purpose: says what, and why."""


class LexiconError(KgError):
    """A lexicon or gazetteer entry that does not fit its schema: names the file and the entry."""


class PipelineError(KgError):
    """A spaCy pipeline that is missing or lacks what a component needs."""


class QueryError(KgError):
    """A query that cannot be parsed, an unknown named query, or a parameter that is missing."""


class StoreError(KgError):
    """A graph that cannot be opened, read or written."""


class MissingError(StoreError):
    """A graph, article, actor, claim or judgement that is not there."""


class ReadOnlyError(StoreError):
    """A change to a graph that was opened, or is served, for reading only."""


class BusyError(StoreError):
    """A graph that another process holds: later it can be had."""


class RemoteError(StoreError):
    """A SPARQL server that does not answer, refuses us, or is none."""
