"""The explorer's page: one HTML file that needs nothing else, or the same page with its data fetched from a server."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from string import Template
from typing import Any

#: The page's own scripts, in the order in which they build on each other; the bundle of sigma and graphology first.
SCRIPTS = (
    "vendor/graph.js", "dom.js", "data.js", "state.js", "exports.js", "evidence.js", "programs.js", "drawing.js",
    "labels.js", "places.js", "network.js", "panel.js", "timeline.js", "contested.js", "ties.js", "allies.js",
    "actor.js", "article.js", "find.js", "tables.js", "query.js", "foresee.js", "correct.js", "filters.js", "main.js",
)  # fmt: skip
STYLES = ("page.css", "views.css")


def to_html(data: dict[str, Any]) -> bytes:
    """The page with ``data`` in it, UTF-8. Its content security policy allows its own style and script, nothing else.

    Text from articles stands in one JSON block, where no ``<`` or ``&`` is left that a browser could take for markup.
    """
    style, script = _style(), _script()
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:"
    return _page(data, policy)


def served_html(address: str) -> tuple[bytes, str]:
    """The page that fetches its data from ``address``, UTF-8, and its content security policy.

    The policy allows requests to the server that the page came from, which also gives the query editor, and no others.
    """
    style, script = _style(), _script()
    policy = (
        f"default-src 'none'; style-src 'self' '{_hash(style)}'; script-src 'self' '{_hash(script)}'; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return _page({"fetch": address}, policy), f"{policy}; frame-ancestors 'none'"


def asset(name: str) -> str:
    """The text of a file of the page."""
    return files("kg.view.assets").joinpath(name).read_text("utf-8")


def _page(data: dict[str, Any], policy: str) -> bytes:
    parts = {"style": _style(), "script": _script(), "policy": policy, "data": _inert(data)}
    return Template(asset("template.html")).substitute(parts).encode("utf-8")


def _style() -> str:
    return "".join(map(asset, STYLES))


def _script() -> str:
    """All scripts in one function, where their names meet each other and nothing else."""
    return "".join(('"use strict";\n(() => {\n', *(f"{asset(name)}\n" for name in SCRIPTS), "})();\n"))


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
