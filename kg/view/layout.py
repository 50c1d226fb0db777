"""Where each actor stands: those who side with each other close together, parts that nothing joins side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.picture import Picture, short

Places = dict[str, tuple[float, float]]
Points = NDArray[np.float64]

#: How strongly an edge of each sign pulls: friends stand closer than enemies.
PULL = {"+": 3.0, "0": 1.0, "-": 0.6}
#: Pixels of a label's character and line, the free space around a label, and more of it around the weightiest.
CHARACTER, LINE, GAP, HUB = 6.4, 34.0, 10.0, 30.0
#: How far coordinates give way to their ranks, which fill the space evenly: a hub's many neighbours spread out.
EVEN = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node stands, in pixels from the upper left, and the size of the whole with its labels."""

    places: Places
    width: float
    height: float


def layout(picture: Picture, aspect: float = 1.5) -> Layout:
    """Coordinates of every node of the picture, which becomes about ``aspect`` times as wide as high.

    The same picture gives the same coordinates: the layout is seeded, and coordinates are whole numbers.
    """
    graph = _graph(picture)
    room = _room(picture)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return _packed([_part(graph.subgraph(sorted(part)), room, aspect) for part in parts], aspect)


def _room(picture: Picture) -> dict[str, tuple[float, float]]:
    """Half the width and height that each node needs for its label, and for its lines where it has many."""
    heaviest = max((node.weight for node in picture.nodes), default=0) or 1
    room = {}
    for node in picture.nodes:
        wide, high = max(len(short(node.label)), 5) * CHARACTER + GAP, LINE + GAP
        busy = HUB * math.sqrt(node.weight / heaviest)
        room[node.id] = (wide / 2 + busy, high / 2 + busy)
    return room


def _graph(picture: Picture) -> nx.Graph:
    """The undirected graph of who has to do with whom, weighted by pull."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(node.id for node in picture.nodes))
    for edge in sorted(picture.edges, key=lambda e: e.id):
        before = graph.get_edge_data(edge.subject, edge.object, {"weight": 0.0})["weight"]
        graph.add_edge(edge.subject, edge.object, weight=min(before + PULL[edge.sign], 6.0))
    return graph


def _part(graph: nx.Graph, room: Mapping[str, tuple[float, float]], aspect: float) -> dict[str, Points]:
    """Boxes (x, y, half width, half height) of the nodes of one connected part, none on top of another."""
    names = sorted(graph)
    half = np.array([room[n] for n in names])
    points = _spread(graph, names) * np.sqrt(len(names)) * 62 * np.array([np.sqrt(aspect), 1 / np.sqrt(aspect)])
    placed = np.round(apart(points, half))
    return {n: np.concatenate([placed[i], half[i]]) for i, n in enumerate(names)}


def _spread(graph: nx.Graph, names: list[str]) -> Points:
    """Coordinates between -1 and 1 from ForceAtlas2, started on a circle; crowded middles are drawn wider."""
    if len(names) == 1:
        return np.zeros((1, 2))
    start = nx.circular_layout(sorted(names, key=lambda n: (-graph.degree(n), n)))
    rounds = 300 if len(names) < 100 else 80  # each is quadratic in the actors
    found = nx.forceatlas2_layout(graph, pos=start, weight="weight", max_iter=rounds, seed=1)
    points = np.nan_to_num(np.array([found[n] for n in names], dtype=np.float64))
    points -= points.mean(axis=0)
    points /= np.abs(points).max(axis=0).clip(1e-9)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / (len(names) - 1) * 2 - 1
    return np.asarray((1 - EVEN) * points + EVEN * ranks, dtype=np.float64)


def apart(points: Points, half: Points, rounds: int = 200) -> Points:
    """``points`` moved until boxes of the sizes ``half`` (n by 2: half width, half height) no longer overlap.

    Each round pushes every overlapping pair apart along the axis on which it overlaps less.
    """
    points = points.copy()
    first, second = np.triu_indices(len(points), 1)
    for _ in range(rounds):
        delta = points[second] - points[first]
        depth = half[first] + half[second] - np.abs(delta)
        hit = np.flatnonzero((depth > 0.5).all(axis=1))
        if not len(hit):
            break
        axis = np.argmin(depth[hit], axis=1)
        toward = np.where(delta[hit, axis] < 0, -1.0, 1.0)
        push = 0.5 * depth[hit, axis] * toward
        np.subtract.at(points, (first[hit], axis), push)
        np.add.at(points, (second[hit], axis), push)
    return points


def _packed(parts: Iterable[Mapping[str, Points]], aspect: float) -> Layout:
    """The parts in rows, the largest first, from the upper left."""
    places: Places = {}
    row, across, down = 0.0, 0.0, 0.0
    left = top = 0.0
    for part in parts:
        boxes = np.array(list(part.values()))
        low = (boxes[:, :2] - boxes[:, 2:]).min(axis=0)
        wide, high = ((boxes[:, :2] + boxes[:, 2:]).max(axis=0) - low).tolist()
        row = row or max(wide, 400.0 * aspect)
        if left and left + wide > row:
            left, top = 0.0, down + GAP
        for name, (x, y) in zip(part, (boxes[:, :2] - low + (left, top)).tolist(), strict=True):
            places[name] = (float(round(x)), float(round(y)))
        left, down = left + wide + GAP, max(down, top + high)
        across = max(across, left)
    return Layout(places, round(across), round(down))
