"""SPARQL over a view, and the named queries that come with Hearsay."""

from kg.query.named_queries import NamedQuery, Param, list_named, named, whole
from kg.query.run import Answer, run, run_named

__all__ = ["Answer", "NamedQuery", "Param", "list_named", "named", "run", "run_named", "whole"]
