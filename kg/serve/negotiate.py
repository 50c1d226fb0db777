"""Content negotiation (RFC 9110, 12.5.1): which of the media types on offer a client likes best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Media types of tables and truth values, the one we like best first, with the format's name in ``kg.store.Result``.
TABLES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
#: Media types of triples.
GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "text/plain": "nt",
}


def best(accept: str | None, offered: Iterable[str]) -> str | None:
    """The media type of ``offered`` (best first) that the header ``Accept`` puts highest; None where it takes none.

    >>> best("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> best("image/png", ["text/csv"])
    """
    ranges = _ranges(accept or "*/*")
    weights = [(weight, -place, media) for place, media in enumerate(offered) if (weight := _weight(media, ranges))]
    return max(weights)[2] if weights else None


def _ranges(accept: str) -> dict[str, float]:
    """Media range to its weight; what cannot be read as a weight counts as 1."""
    ranges = {}
    for part in accept.split(","):
        media, *params = (piece.strip().lower() for piece in part.split(";"))
        weight = next((p.partition("=")[2] for p in params if p.replace(" ", "").startswith("q=")), "1")
        try:
            ranges[media] = float(weight)
        except ValueError:
            ranges[media] = 1.0
    return ranges


def _weight(media: str, ranges: Mapping[str, float]) -> float:
    """The weight of the most exact range that holds ``media``, else 0."""
    family = media.partition("/")[0]
    return next((ranges[r] for r in (media, f"{family}/*", "*/*") if r in ranges), 0.0)
