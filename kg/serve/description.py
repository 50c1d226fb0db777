"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.negotiate import GRAPHS, best
from kg.serve.protocol import wanted_format

_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "dct": "http://purl.org/dc/terms/",
}
_TEXT = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX formats: <http://www.w3.org/ns/formats/>
PREFIX dct: <http://purl.org/dc/terms/>
<> a sd:Service ;
    dct:title "Hearsay" ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query {update} ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML ;
    sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ; sd:defaultGraph <#union> .
<#union> a sd:Graph .
"""


def description(request: Request, *, update: bool) -> Response:
    """The description of the service, in the format that the client likes best.

    Raises:
        HTTPException: 406 where it takes none of ours.
    """
    accept = wanted_format(request.query_params.multi_items()) or request.headers.get("accept")
    media = best(accept, _FORMATS)
    if media is None:
        raise HTTPException(406, f"The service can be described as {', '.join(GRAPHS)}.")
    text = _TEXT.replace("{update}", ", sd:SPARQL11Update" if update else "")
    here = str(request.url.replace(query=""))
    triples = ox.parse(text, ox.RdfFormat.TURTLE, base_iri=here)
    return Response(ox.serialize(triples, format=_FORMATS[media], prefixes=PREFIXES), media_type=media)
