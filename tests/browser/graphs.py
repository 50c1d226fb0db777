"""Graphs of invented articles for the explorer: two that contradict each other, hostile texts, and many actors."""

from __future__ import annotations

from pathlib import Path

from kg.merge import merge
from kg.records import Actor, Article, Claim, Extraction, Proposition
from kg.store import open_store
from tests.view.sample import first, in_words, second, span

SCRIPT = "<script>document.title = 'hacked'</script><img src=x onerror=\"document.title = 'hacked'\">"
LONG = "Republic" * 625
RTL = "جمهورية الساحل"


def hostile() -> Extraction:
    """Names of 5,000 letters, from right to left, and of markup, in an article whose text and title are markup too."""
    text = f"{SCRIPT} attacked {RTL}, {LONG} said. {RTL} denied it: {SCRIPT} had not attacked {RTL}."
    actors = (
        Actor("a1", SCRIPT, "State", (SCRIPT,)),
        Actor("a2", RTL, "State", (RTL,)),
        Actor("a3", LONG, "Organisation", (LONG,)),
    )
    said, denied = span(text, f"{SCRIPT} attacked {RTL}"), span(text, f"{SCRIPT} had not attacked {RTL}")
    claims = (
        Claim("c1", "a3", (said,), "asserts", "said", (span(text, LONG),), (span(text, "said"),), propositions=("p1",)),
        Claim("c2", "a2", (denied,), "denies", "denied", propositions=("p1",)),
    )
    article = Article("hostile", text, "2020-06-01", SCRIPT, SCRIPT, "javascript:document.title='hacked'")
    return Extraction(article, actors, (), (Proposition("p1", "a1", "attacks", "a2"),), claims)


def passed_on() -> Extraction:
    """What a minister says, two outlets having passed it on."""
    text = "Estmar backs the Coast Front, a minister told Harbour Radio, the Tide Times wrote."
    actors = (
        Actor("a1", "Estmar", "State", ("Estmar",)),
        Actor("a2", "Coast Front", "ArmedGroup", ("Coast Front",)),
        Actor("a3", "Ola Brandt", "Person", ("Ola Brandt",)),
        Actor("a4", "Harbour Radio", "Outlet", ("Harbour Radio",)),
        Actor("a5", "Tide Times", "Outlet", ("Tide Times",)),
    )
    said = span(text, "Estmar backs the Coast Front")
    claim = Claim("c1", "a3", (said,), "asserts", "told", via=("a4", "a5"), propositions=("p1",))
    article = Article("passed-on", text, "2020-05-01", "Tide Times", "Backing")
    return Extraction(article, actors, (), (Proposition("p1", "a1", "supports", "a2"),), (claim,))


def save(path: Path, *extractions: Extraction) -> Path:
    """A merged graph at ``path``."""
    with open_store(path) as store:
        with store.writer() as writer:
            for extraction in extractions:
                writer.write(extraction)
        merge(store)
    return path


def small(path: Path) -> Path:
    """The graph of all five articles."""
    return save(path, first(), second(), in_words(), hostile(), passed_on())
