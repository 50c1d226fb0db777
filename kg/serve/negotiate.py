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


#: What ``?format=`` or ``?output=`` may be, beside a media type -> the ``Accept`` that it stands for.
SHORT: Mapping[str, str] = {
    "json": "application/sparql-results+json, application/ld+json;q=0.9",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "n3": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
}


def accepted(name: str) -> str | None:
    """The ``Accept`` that a format's short name, or a list of media types, stands for; None where it stands for none.

    >>> accepted("csv"), accepted("text/turtle"), accepted("application/sparql-results xml"), accepted("docx")
    ('text/csv', 'text/turtle', 'application/sparql-results+xml', None)
    """
    parts = (part.strip().lower().replace(" ", "+") for part in name.split(","))  # a plus that nobody percent-encoded
    known = [p if p in (*TABLES, *GRAPHS) else SHORT.get(p.replace("-", "")) for p in parts]
    return ", ".join(filter(None, known)) or None


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
