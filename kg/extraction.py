"""Docs to records: the last place that sees a spaCy object."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg import layout
from kg.annotate import layers
from kg.annotate.pipeline import BATCH, VERSION, abandon
from kg.dates import dated
from kg.errors import ReadError
from kg.ids import article_id
from kg.records import NARRATOR, Actor, Article, Claim, Extraction, Proposition
from kg.watch import TooSlowError, Watch

#: Characters without a space that may be a word, an address among them.
LONGEST_WORD = 200
_NO_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
log = logging.getLogger(__name__)


#: What an article may be given as: a text, the fields of one (only ``text`` is needed), or the record itself.
Given = Article | Mapping[str, Any] | str


def extract(
    nlp: Language,
    articles: Given | Iterable[Given],
    failures: list[str] | None = None,
    *,
    timeout: float | None = None,
) -> Iterator[Extraction]:
    """One Extraction an article, in the order given; of one article, or of several.

    One without an id is known by what it says and how it was published. ``nlp`` is as it was when all is read.

    >>> import kg
    >>> nlp = kg.load()
    >>> [claim.stance for found in kg.extract(nlp, "Iran denied that it had attacked Oman.") for claim in found.claims]
    ['denies']

    An article that makes a component fail, or that takes longer than ``timeout`` (seconds of the processor, beyond what
    its length explains), gives no Extraction: it is logged, and its message is appended to ``failures`` when a list is
    given.
    """
    several = [articles] if isinstance(articles, str | Mapping | Article) else articles
    before = nlp.default_error_handler
    try:
        yield from _Run(nlp, [] if failures is None else failures, timeout).extractions(map(_article, several))
    finally:
        nlp.default_error_handler = before


class _Run:
    """Articles on their way through the pipeline."""

    def __init__(self, nlp: Language, failures: list[str], timeout: float | None) -> None:
        self.nlp, self.failures, self.watch = nlp, failures, Watch(timeout)
        self.waiting: deque[Article] = deque()  # taken in, and not come out yet
        self.again: deque[Article] = deque()  # with others when something was too slow: tried by themselves
        # The attribute, not nlp.set_error_handler: spaCy 3.8.18's compiled parser refuses a handler of its own.
        nlp.default_error_handler = self._failed

    def extractions(self, articles: Iterator[Article]) -> Iterator[Extraction]:
        """The Extraction of each article on which nothing fails."""
        with self.watch:
            yield from self._through(articles, BATCH)
            while self.again:
                yield from self._through(iter([self.again.popleft()]), 1)

    def _through(self, articles: Iterator[Article], batch: int) -> Iterator[Extraction]:
        """Articles through the pipeline, which is begun anew where something breaks it."""
        version = pipeline_version(self.nlp)
        while True:
            try:
                for doc, article in self.nlp.pipe(self._prepared(articles), as_tuples=True, batch_size=batch):
                    found = self._assembled(doc, article, version)
                    self.watch.done()
                    if found is not None:
                        with self.watch.off():
                            yield found
            except TooSlowError as error:  # between two components
                self._broken(error)
                continue
            finally:
                abandon(self.nlp)
            return

    def _broken(self, error: Exception) -> None:
        first = self.waiting.popleft() if self.waiting else None
        if first is not None:
            self._fail(first.id, "reading", error)
        self.again += self.waiting
        self.waiting.clear()

    def _prepared(self, articles: Iterator[Article]) -> Iterator[tuple[Doc, Article]]:
        while True:
            with self.watch.off():
                article = next(articles, None)
            if article is None:
                return
            self.waiting.append(article)
            self.watch.begin(len(article.text))
            try:
                doc = prepared(self.nlp, article)
            except Exception as error:
                self._fail(article.id, "the tokenizer", error)
            else:
                yield doc, article

    def _assembled(self, doc: Doc, article: Article, version: str) -> Extraction | None:
        self._forget(article.id)
        try:
            return assemble(doc, article, version)
        except Exception as error:
            self._fail(article.id, "the record", error)
            return None

    def _failed(self, name: str, _proc: Any, docs: list[Doc], error: Exception) -> None:
        """What spaCy calls where a component fails on one of ``docs``."""
        ids = [found for doc in docs if (found := layers.article_id(doc)) is not None]
        if len(ids) > 1:  # one of them
            self.again += [article for article in self.waiting if article.id in ids]
        for each in ids:
            self._forget(each)
            if len(ids) == 1:
                self._fail(each, name, error)

    def _fail(self, article: str, name: str, error: Exception) -> None:
        self._forget(article)
        self.watch.done()
        if isinstance(error, TooSlowError):
            what = f"{error}, in {name}. Give it more with --article-timeout, or leave it out"
        else:
            what = f"{name} failed ({type(error).__name__}: {error})"
        self.failures.append(f"article {article!r}: {what}")
        log.error(self.failures[-1], exc_info=error)

    def _forget(self, article: str) -> None:
        self.waiting = deque(each for each in self.waiting if each.id != article)


def pipeline_version(nlp: Language) -> str:
    """What decides the output, in one line (see ``annotate.pipeline.version_of``): it is part of the evidence."""
    meta = nlp.meta
    return str(meta.get(VERSION) or f"hearsay {kg.__version__}; {meta['lang']}_{meta['name']} {meta['version']}")


def assemble(doc: Doc, article: Article, version: str = "") -> Extraction:
    """The Extraction of an annotated Doc: only propositions that a claim uses; actors and bystanders apart."""
    claims = tuple(_numbered_claims(layers.claims(doc)))
    used = {p for c in claims for p in c.propositions}
    propositions = tuple(p for p in layers.propositions(doc) if p.id in used)
    roles = tuple(layers.roles(doc))
    actors = tuple(layers.actors(doc))
    takes_part = _participants(actors, claims, propositions) | {a.id for a in actors if a.wikidata}
    taking = tuple(a for a in actors if a.id in takes_part)
    bystanders = tuple(a for a in actors if a.id not in takes_part)
    known = {a.id for a in actors}
    return Extraction(
        article,
        taking,
        tuple(r for r in roles if {r.person, r.of} <= known),
        propositions,
        claims,
        version,
        bystanders,
    )


def _article(given: Given) -> Article:
    """The article that is meant, with its date in ISO 8601 and an id.

    Raises:
        ReadError: it has no text.
    """
    fields = {"text": given} if isinstance(given, str) else given
    if not isinstance(fields, Article | Mapping):
        raise ReadError(f"An article is a text, a dict of its fields or a kg.Article, not a {type(given).__name__}.")
    if isinstance(fields, Mapping) and not isinstance(fields.get("text"), str):
        raise ReadError(f"An article needs a text; this one has {', '.join(map(str, fields)) or 'nothing'}.")
    whole = dated(fields if isinstance(fields, Article) else Article.from_dict({"id": "", **fields}))
    published = (whole.title, whole.publisher, whole.date, whole.url)
    return whole if whole.id else replace(whole, id=article_id(whole.text, *published))


def records_of(doc: Doc) -> Extraction:
    """What our components found in a Doc, by whatever pipeline it was made."""
    known = {"id": layers.article_id(doc) or "", "date": layers.article_date(doc), "publisher": layers.publisher(doc)}
    return assemble(doc, _article({"text": doc.text, **known}))


def register() -> None:
    """Let every Doc give its records as ``doc._.kg``."""
    if not Doc.has_extension("kg"):
        Doc.set_extension("kg", getter=records_of)


def prepared(nlp: Language, article: Article) -> Doc:
    """The article's tokens, which know the article that they come from.

    Where so many characters stand without a space that they are no word, they are cut before the tokenizer sees them:
    its rules take time that grows with the square of a word. Headlines and capitals are read in ordinary case, and the
    marks of lists and posts as blanks; every character keeps its place.
    """
    pieces = _pieces(layout.read(article.text).prose)
    made = [nlp.make_doc(piece) for piece in pieces]
    doc = made[0] if len(made) == 1 else Doc.from_docs(made, ensure_whitespace=False)
    layers.set_article(doc, article)
    return doc


def _pieces(text: str) -> list[str]:
    """The text, cut inside of what is no word. The pieces together are the text.

    >>> [len(piece) for piece in _pieces("said " + "(" * 450)]
    [205, 200, 50]
    """
    cuts = [0]
    for match in _NO_WORD.finditer(text):
        cuts += range(match.start() + LONGEST_WORD, match.end(), LONGEST_WORD)
    return [text[start:end] for start, end in pairwise([*cuts, len(text)])] or [text]


def _numbered_claims(claims: list[Claim]) -> Iterator[Claim]:
    """Claims that have a source, with scores rounded so that the same input gives the same bytes."""
    kept = {c.id for c in claims if c.source}
    for claim in claims:
        if claim.source:
            yield replace(
                claim,
                confidence=round(claim.confidence, 2),
                nested_in=claim.nested_in if claim.nested_in in kept else None,
                disputes=claim.disputes if claim.disputes in kept else None,
            )


def _participants(
    actors: tuple[Actor, ...], claims: tuple[Claim, ...], propositions: tuple[Proposition, ...]
) -> set[str]:
    """Ids of actors that speak, pass something on, or stand in a proposition, and of those they belong to."""
    ids = {x for c in claims for x in (c.source, *c.via) if x and x != NARRATOR}
    ids |= {x for p in propositions for x in (p.subject, p.object, p.place) if x}
    owner = {a.id: a.of for a in actors}
    return ids | {of for i in ids if (of := owner.get(i))}
