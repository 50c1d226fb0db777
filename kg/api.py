"""The public Python API: ``load``, ``extract``, ``relate`` and ``open``. Import these names from ``kg``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.annotate.pipeline import load_pipeline as load
from kg.annotate.relations.relate import relate
from kg.extraction import extract

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import View

__all__ = ["extract", "load", "open", "relate"]


def open(path: str | Path) -> View:
    """A read view of a graph: its actors, claims and propositions, and SPARQL over all of it.

    Args:
        path: a store directory; a ``.trig``, ``.nq``, ``.ttl`` or ``.jsonld`` file; or the address of a SPARQL server.

    Use it as a context manager, or ``close`` it, so that others may write:

    >>> import kg
    >>> with kg.open("story.trig") as graph:
    ...     [actor.label for actor in graph.find("Strelsau")]
    ...     [(claim.source_label, claim.quote) for claim in graph.claims() if claim.stance == "denies"][0]
    ['Ruritania']
    ('Flavia Elphberg', 'Ruritania never sanctioned us')

    Queries know the prefixes, and bind values as terms, never as text:

    >>> graph = kg.open("story.trig")
    >>> query = "SELECT ?quote WHERE { ?claim kg:cue ?cue ; kg:evidence/nif:anchorOf ?quote }"
    >>> list(graph.query(query, cue="admitted").rows())
    []
    >>> for who, _, act, *content in kg.query.run_named(graph, "denials", {"source": "Graustark"}).rows():
    ...     print(who, act, content[:3])
    Graustark Denial ['Graustark', 'assists', 'Red League']

    The whole graph in the shapes of other libraries:

    >>> graph.to_pandas("edges").groupby("stance").size().to_dict()
    {'asserts': 11, 'declines_to_confirm': 2, 'denies': 4}
    >>> graph.to_networkx().number_of_edges()
    17
    >>> len(graph.to_rdflib()) > 1000
    True
    >>> graph.close()

    Raises:
        StoreError: there is no graph there, or it cannot be opened.
    """
    from kg.store import open_store

    return open_store(path, read_only=True).view()
