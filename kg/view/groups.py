"""Who belongs together: communities of actors by the relations that align them."""

from __future__ import annotations

import networkx as nx

from kg.view.picture import Picture

#: Smaller communities than this are no group.
SMALLEST = 3


def groups(picture: Picture) -> dict[str, int]:
    """Number of the group of each actor that is in one, the largest group first.

    Louvain's communities (Blondel et al. 2008) of the actors that somebody asserts to be aligned, each pair weighted by
    its sources; seeded, so that the same picture gives the same groups.
    """
    graph = nx.Graph()
    for edge in sorted(picture.edges, key=lambda e: e.id):
        if edge.sign == "+" and edge.status in ("asserted", "contested"):
            before = graph.get_edge_data(edge.subject, edge.object, {"weight": 0})["weight"]
            graph.add_edge(edge.subject, edge.object, weight=before + edge.sources)
    found = nx.community.louvain_communities(graph, seed=1) if graph else []
    ranked = sorted((sorted(c) for c in found if len(c) >= SMALLEST), key=lambda c: (-len(c), c))
    return {actor: number for number, community in enumerate(ranked) for actor in community}
