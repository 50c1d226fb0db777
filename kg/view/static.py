"""A picture as SVG or PNG, for a document: the same lines as the page, with a legend and a caption."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kg.errors import KgError
from kg.records import SYMMETRIC
from kg.view.layout import Places, layout
from kg.view.picture import KINDS, SIGNS, STATUSES, Edge, Picture, Sign, Status, kind_of, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Colours that the colour-blind can tell apart (after Okabe and Ito), each with an arrowhead of its own.
COLOURS = {"+": "#0a66ad", "-": "#bd3d0a", "0": "#707782"}
HEADS = {
    "+": "-|>,head_length=5,head_width=2.6",
    "-": "|-|,widthA=0,widthB=3.4",
    "0": "->,head_length=4,head_width=2.4",
}
DASHES: dict[str, Any] = {
    "asserted": "solid",
    "contested": (0, (5, 2.6)),
    "denied": (0, (0.8, 2.2)),
    "unconfirmed": (0, (7, 2, 1, 2)),
}
MARKERS = {"state": "s", "armed": "D", "organisation": "h", "person": "o", "unnamed": "o"}
INK, SOFT, FACE = "#1d232b", "#59626e", "#e6e9ee"
#: Points a pixel of the layout takes; points of the margin, of a legend's line, and of type.
SCALE, MARGIN, ROW, TYPE = 0.78, 34.0, 17.0, 8.5
_SETTINGS: Any = {
    "svg.hashsalt": "hearsay",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "text.parse_math": False,
    "text.usetex": False,
}


def to_static(picture: Picture, form: Literal["svg", "png"]) -> bytes:
    """The picture in that format. The same picture gives the same bytes with the same version of matplotlib.

    Raises:
        KgError: matplotlib, which is not among the dependencies, is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise KgError("SVG and PNG need matplotlib: pip install matplotlib. An .html needs nothing.") from error
    out = BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = _figure(picture)
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(out, format=form, dpi=160, metadata=metadata)
    return out.getvalue()


def _figure(picture: Picture) -> Figure:
    """A figure whose data units are points, so that text keeps its size whatever the number of actors."""
    from matplotlib.figure import Figure

    drawing = layout(picture)
    places = {node: (x * SCALE, y * SCALE) for node, (x, y) in drawing.places.items()}
    width = max(620.0, drawing.width * SCALE + 2 * MARGIN)
    caption = textwrap.wrap(picture.caption, int(width / 4.6))
    foot = ROW * (3.6 + 0.8 * len(caption))
    height = drawing.height * SCALE + 2 * MARGIN + foot
    figure = Figure(figsize=(width / 72, height / 72), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(-MARGIN, width - MARGIN)
    axes.set_ylim(height - MARGIN, -MARGIN)
    axes.axis("off")
    _draw_edges(axes, picture, places)
    _draw_nodes(axes, picture, places)
    _draw_foot(axes, caption, height - MARGIN - foot, width - 2 * MARGIN)
    return figure


def _radii(picture: Picture) -> dict[str, float]:
    """Size of each node in points; its area grows with the number of claims."""
    heaviest = max((node.weight for node in picture.nodes), default=0) or 1
    return {node.id: 3.5 + 6 * math.sqrt(node.weight / heaviest) for node in picture.nodes}


def _draw_nodes(axes: Axes, picture: Picture, places: Places) -> None:
    halo = {"boxstyle": "square,pad=0.08", "facecolor": "white", "alpha": 0.75, "linewidth": 0}
    radii = _radii(picture)
    for node in sorted(picture.nodes, key=lambda n: (n.weight, n.id)):
        (x, y), radius = places[node.id], radii[node.id]
        _mark(axes, kind_of(node.type), (x, y), radius)
        look: dict[str, Any] = {"fontsize": TYPE, "color": INK, "bbox": halo, "zorder": 4}
        axes.text(x, y + radius + 2, short(node.label), ha="center", va="top", **look)


def _mark(axes: Axes, kind: str, at: tuple[float, float], radius: float) -> None:
    """The outline of an actor of that kind."""
    look: dict[str, Any] = {"facecolor": FACE, "edgecolor": INK, "linewidth": 0.9, "zorder": 3}
    line = ":" if kind == "unnamed" else "-"
    axes.scatter(*at, s=(2 * radius) ** 2, marker=MARKERS[kind], linestyle=line, **look)


def _draw_edges(axes: Axes, picture: Picture, places: Places) -> None:
    radii = _radii(picture)
    for line, sources, bend in _bent(lines(picture.edges)):
        look = {
            "connectionstyle": f"arc3,rad={bend:.3f}",
            "linewidth": 0.9 + 0.7 * math.log2(sources),
            "shrinkA": radii[line.subject],
            "shrinkB": radii[line.object] + 2,
        }
        look |= {"arrowstyle": "-"} if line.mutual else {}
        _arrow(axes, (places[line.subject], places[line.object]), line.sign, line.status, **look)


class Line(NamedTuple):
    """What the propositions that are drawn as one line have in common."""

    subject: str
    object: str
    sign: Sign
    status: Status
    mutual: bool = False


def lines(edges: Iterable[Edge]) -> dict[Line, int]:
    """Lines to draw, each with its number of sources: propositions alike in all but the relation share one.

    What holds both ways joins a line that goes one way, or is one without a head.
    """
    sources: dict[Line, set[str]] = defaultdict(set)
    for edge in sorted(edges, key=lambda e: e.relation in SYMMETRIC):
        line = Line(edge.subject, edge.object, edge.sign, edge.status)
        if edge.relation in SYMMETRIC:
            ways = (line, line._replace(subject=edge.object, object=edge.subject))
            line = next((way for way in ways if way in sources), line._replace(mutual=True))
        sources[line] |= {e.source for e in edge.evidence}
    return {line: len(found) for line, found in sources.items()}


def _bent(drawn: Mapping[Line, int]) -> Iterator[tuple[Line, int, float]]:
    """Each line with its sources and its curvature: lines between the same two actors are bent apart."""
    pairs: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in drawn:
        pairs[tuple(sorted((line.subject, line.object)))].append(line)
    for group in pairs.values():
        step = min(0.16, 0.9 / len(group))
        for i, line in enumerate(group):
            side = 1 if line.subject < line.object else -1
            yield line, drawn[line], side * step * (i - (len(group) - 1) / 2)


def _arrow(axes: Axes, ends: tuple[Any, Any], sign: str, status: str, **look: Any) -> None:
    """An arrow: colour and head by sign, dash by status."""
    from matplotlib.patches import FancyArrowPatch

    kind = {"arrowstyle": HEADS[sign], "color": COLOURS[sign], "linestyle": DASHES[status]}
    plain = {"shrinkA": 0, "shrinkB": 0, "linewidth": 0.9, "alpha": 0.75, "zorder": 2}
    axes.add_patch(FancyArrowPatch(*ends, **{**kind, **plain, **look}))


def _draw_foot(axes: Axes, caption: list[str], top: float, width: float) -> None:
    """The legend in two lines, and the caption."""
    axes.plot([0, width], [top, top], color="#d9d6cd", linewidth=0.7)
    samples: list[tuple[str, str, str, dict[str, str]]] = [(s, "asserted", text, {}) for s, text in SIGNS.items()]
    plain = {"arrowstyle": "-"}
    samples += [("+", "asserted", "both ways", plain), *(("0", s, text, plain) for s, text in STATUSES.items())]
    left = 0.0
    for sign, status, text, look in samples:
        _arrow(axes, ((left, top + ROW), (left + 26, top + ROW)), sign, status, **look)
        left = _legend(axes, left + 31, top + ROW, text)
    left = 0.0
    for kind, text in KINDS.items():
        _mark(axes, kind, (left + 5, top + 2 * ROW), 4)
        left = _legend(axes, left + 14, top + 2 * ROW, text)
    for i, line in enumerate(caption):
        axes.text(0, top + ROW * (3.2 + 0.8 * i), line, va="center", fontsize=TYPE - 0.5, color=SOFT)


def _legend(axes: Axes, left: float, y: float, text: str) -> float:
    """Where the next entry starts."""
    axes.text(left, y, text, va="center", fontsize=TYPE - 0.5, color=INK)
    return left + 4.7 * len(text) + 14
