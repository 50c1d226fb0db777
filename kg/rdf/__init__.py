"""Records to quads and back: where RDF terms start."""

from kg.rdf.from_quads import from_quads
from kg.rdf.graphs import Graphs
from kg.rdf.to_quads import to_quads

__all__ = ["Graphs", "from_quads", "to_quads"]
