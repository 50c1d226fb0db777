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


def doubted() -> Extraction:
    """Estmar denies that it belongs to the League, Ida Moss will not confirm that Norvania does; Sundmark does."""
    text = (
        "Estmar denied that it belongs to the Harbour League. Ida Moss would not confirm that Norvania belongs to it. "
        "Sundmark belongs to the Harbour League."
    )
    actors = (
        Actor("a1", "Estmar", "State", ("Estmar",)),
        Actor("a2", "Norvania", "State", ("Norvania",)),
        Actor("a3", "Sundmark", "State", ("Sundmark",)),
        Actor("a4", "Harbour League", "Coalition", ("Harbour League",)),
        Actor("a5", "Ida Moss", "Person", ("Ida Moss",)),
    )
    words = ("it belongs to the Harbour League", "Norvania belongs to it", "Sundmark belongs to the Harbour League")
    said = [(span(text, each),) for each in words]
    members = tuple(Proposition(f"p{i}", f"a{i}", "memberOf", "a4") for i in (1, 2, 3))
    claims = (
        Claim("c1", "a1", said[0], "denies", "denied", propositions=("p1",)),
        Claim("c2", "a5", said[1], "declines_to_confirm", "would not confirm", propositions=("p2",)),
        Claim("c3", "narrator", said[2], "asserts", propositions=("p3",)),
    )
    return Extraction(Article("doubted", text, "2020-09-01", "Harbour Post", "Members"), actors, (), members, claims)


def passed_on() -> Extraction:
    """What a minister says, two outlets having passed it on."""
    text = "Estmar backs the Coast Front, a minister told Harbour Radio, the Tide Times wrote."
    actors = (
        Actor("a1", "Estmar", "State", ("Estmar",)),
        Actor("a2", "Coast Front", "ArmedGroup", ("Coast Front",)),
        Actor("a3", "Ola Brandt", "Person", ("Ola Brandt",)),
        Actor("a4", "Harbour Radio", "Outlet", ("Harbour Radio", "Radio Ostra")),
        Actor("a5", "Tide Times", "Outlet", ("Tide Times",)),
    )
    said, source, cue = (span(text, words) for words in ("Estmar backs the Coast Front", "a minister", "told"))
    claim = Claim("c1", "a3", (said,), "asserts", "told", (source,), (cue,), via=("a4", "a5"), propositions=("p1",))
    whole = Claim("c2", "narrator", ((0, len(text)),), "asserts")
    article = Article("passed-on", text, "2020-05-01", "Tide Times", "Backing")
    return Extraction(article, actors, (), (Proposition("p1", "a1", "supports", "a2"),), (claim, whole))


def save(path: Path, *extractions: Extraction) -> Path:
    """A merged graph at ``path``."""
    with open_store(path) as store:
        with store.writer() as writer:
            for extraction in extractions:
                writer.write(extraction)
        merge(store)
    return path


def small(path: Path) -> Path:
    """The graph of all six articles."""
    return save(path, first(), second(), in_words(), hostile(), passed_on(), doubted())
