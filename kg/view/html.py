"""One HTML file that draws a picture and shows the evidence behind every line; it needs no network and no server."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from importlib.resources import files
from string import Template
from typing import Any

from kg.view.layout import layout
from kg.view.picture import KINDS, SIGNS, STATUSES, Edge, Evidence, Picture, kind_of, short

#: The page's scripts, in the order in which they build on each other.
SCRIPTS = ("dom.js", "network.js", "panel.js", "view.js")


def to_html(picture: Picture) -> bytes:
    """The page, UTF-8. Its content security policy allows its own style and script and nothing else.

    Text from articles stands in one JSON block, where no ``<`` or ``&`` is left that a browser could take for markup.
    """
    style = _asset("view.css")
    script = "".join(('"use strict";\n(() => {\n', *map(_asset, SCRIPTS), "})();\n"))
    page = Template(_asset("template.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        data=_inert(_Data().of(picture)),
    )
    return page.encode("utf-8")


def _asset(name: str) -> str:
    return files("kg.view.assets").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """What a content security policy calls an inline text by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _inert(data: Any) -> str:
    """``data`` as JSON that can stand inside a script element; a lone surrogate stays the escape that it is in JSON."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@dataclass
class _Data:
    """The page's data: nodes and edges refer to each other, and claims to articles, by number."""

    articles: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def of(self, picture: Picture) -> dict[str, Any]:
        drawing = layout(picture)
        places = drawing.places
        nodes = sorted(picture.nodes, key=lambda n: (-n.weight, n.label, n.id))
        number = {node.id: i for i, node in enumerate(nodes)}
        edges = [self._edge(edge, number) for edge in picture.edges]
        fields = ("id", "title", "date", "publisher", "url")
        return {
            "caption": picture.caption,
            "signs": SIGNS,
            "statuses": STATUSES,
            "kinds": KINDS,
            "width": drawing.width,
            "height": drawing.height,
            "nodes": [
                {"id": n.id, "label": n.label, "short": short(n.label), "type": n.type, "kind": kind_of(n.type),
                 "weight": n.weight, "x": places[n.id][0], "y": places[n.id][1]}
                for n in nodes
            ],
            "edges": edges,
            "articles": [dict(zip(fields, article, strict=True)) for article in self.articles],
        }  # fmt: skip

    def _edge(self, edge: Edge, number: dict[str, int]) -> dict[str, Any]:
        return {
            "id": edge.id,
            "subject": number[edge.subject],
            "object": number[edge.object],
            "relation": edge.relation,
            "phrase": short(edge.phrase, 40),
            "sign": edge.sign,
            "status": edge.status,
            "sources": edge.sources,
            "evidence": [self._claim(evidence) for evidence in edge.evidence],
        }

    def _claim(self, claim: Evidence) -> dict[str, Any]:
        article = (claim.article, claim.title, claim.date, claim.publisher, claim.url)
        return {
            "who": claim.who,
            "stance": claim.stance,
            "cue": claim.cue,
            "via": claim.via,
            "article": self.articles.setdefault(article, len(self.articles)),
            "passage": claim.passage or (("content", claim.quote),),
        }
