"""The public Python API: ``load``, ``extract``, ``relate``, ``build`` and ``open``. Import these names from ``kg``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.annotate.pipeline import DEFAULT_PIPELINE, load_pipeline
from kg.annotate.relations.relate import relate
from kg.building import Settings, Tally, from_first_article
from kg.building import build as run
from kg.extraction import extract, register

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.store import View

__all__ = ["Report", "build", "extract", "load", "open", "relate"]


def load(name: str = DEFAULT_PIPELINE, *, gazetteer: str | None = None, min_confidence: float = 0.0) -> Language:
    """The installed spaCy pipeline ``name`` with our components behind it; a Doc gives its records as ``doc._.kg``.

    >>> import kg
    >>> nlp = kg.load()
    >>> nlp("Iran denied that it had attacked Oman.")._.kg.claims[0].stance
    'denies'

    Args:
        name: any installed English pipeline with a tagger, a parser and an entity recogniser.
        gazetteer: path of a YAML file of actors laid over the shipped gazetteer.
        min_confidence: propositions that are less sure are left out.

    Raises:
        PipelineError: no such pipeline is installed.
    """
    register()
    return load_pipeline(name, gazetteer=gazetteer, min_confidence=min_confidence)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: counts, and a message for each input that gave nothing.

    Of the articles that were read, ``added`` are new to the graph and ``replaced`` took the place of others with their
    ids; ``unchanged`` were there already. ``failures`` could not be read, ``skipped`` are no English articles.
    """

    added: int
    replaced: int
    unchanged: int
    claims: int
    denials: int
    failures: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def build(  # noqa: PLR0913  (the options of ``kg build``)
    inputs: str | Path | Iterable[str | Path],
    graph: str | Path,
    *,
    date: str | None = None,
    publisher: str | None = None,
    gazetteer: str | None = None,
    jobs: int = 1,
    again: bool = False,
    any_language: bool = False,
    min_confidence: float = 0.0,
) -> Report:
    """Articles into a merged graph, as ``kg build`` does it; adds to what the graph holds.

    >>> import kg
    >>> from pathlib import Path
    >>> _ = Path("note.txt").write_text("Iran denied that it had attacked Oman.")
    >>> report = kg.build("note.txt", "note.kg", date="2024-05-06")
    >>> report.added, report.denials, report.failures
    (1, 1, ())

    Args:
        inputs: files, folders or globs; one or several.
        graph: a directory, a ``.trig``, ``.nq`` or ``.jsonld`` file, or the address of a SPARQL server.
        date: of articles that have none (ISO 8601).
        publisher: of articles that have none.
        gazetteer: path of a YAML file of actors laid over the shipped gazetteer.
        jobs: processes that read.
        again: read anew also what the graph holds already.
        any_language: read also what is not English.
        min_confidence: propositions that are less sure are left out.

    Raises:
        StoreError: the graph cannot be opened or written. A graph is made only where there is something to put in.
        PipelineError: the spaCy pipeline is not installed.
    """
    from kg.readers import Bounds, Metadata, read
    from kg.store import open_store

    settings, tally = (
        replace(Settings(), gazetteer=gazetteer, jobs=jobs, again=again, min_confidence=min_confidence),
        Tally(),
    )
    several = inputs if isinstance(inputs, Iterable) and not isinstance(inputs, str) else [inputs]
    found = read(several, Metadata(date=date, publisher=publisher), bounds=Bounds(any_language=any_language))
    articles = from_first_article(found, tally)
    if articles is not None:
        with open_store(graph) as store:
            for _ in run(store, articles, tally, settings):
                pass
    counts = (tally.added, tally.replaced, tally.unchanged, tally.claims, tally.denials)
    return Report(*counts, tuple(tally.problems), tuple(tally.skipped))


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
    >>> list(graph.query(query, cue="admitted"))
    []
    >>> from kg.query import run_named
    >>> for who, _, act, *content in run_named(graph, "denials", {"source": "Graustark"}):
    ...     print(who, act, content[:3])
    Graustark Denial ['Graustark', 'assists', 'Red League']

    Answers become dataframes, and so does the whole graph, or a network:

    >>> graph.query("SELECT ?cue (COUNT(*) AS ?n) { ?c kg:cue ?cue } GROUP BY ?cue").to_pandas().columns.to_list()
    ['cue', 'n']
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
