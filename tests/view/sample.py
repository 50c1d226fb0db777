"""Two invented articles that contradict each other, their graph, and pictures made by hand."""

from __future__ import annotations

from kg.merge import merge
from kg.records import Actor, Article, Claim, Extraction, Proposition, Span
from kg.store import Store, open_store
from kg.view.picture import Edge, Evidence, Node, Picture

FIRST = "Norvania attacked Estmar, the army said. Estmar leads the Coast Front."
SECOND = "A minister denied that Norvania had attacked Estmar."
STATES = (
    Actor("a1", "Norvania", "State", ("Norvania",)),
    Actor("a2", "Estmar", "State", ("Estmar",)),
    Actor("a3", "Coast Front", "ArmedGroup", ("Coast Front", "the Front")),
)


def span(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return start, start + len(words)


def first() -> Extraction:
    """The army asserts the attack; the narrator asserts who leads whom."""
    army = Actor("a4", "the army", "Unnamed", ("the army",))
    propositions = (Proposition("p1", "a1", "attacks", "a2"), Proposition("p2", "a2", "leads", "a3"))
    attack, leads = (span(FIRST, words) for words in ("Norvania attacked Estmar", "Estmar leads the Coast Front"))
    said = {"cue": "said", "cue_span": (span(FIRST, "said"),), "source_span": (span(FIRST, "the army"),)}
    claims = (
        Claim("c1", "a4", (attack,), "asserts", propositions=("p1",), **said),  # type: ignore[arg-type]
        Claim("c2", "narrator", (leads,), "asserts", propositions=("p2",)),
    )
    article = Article("one", FIRST, "2020-03-01", "Harbour Post", "Attack </script>", "https://example.org/one")
    return Extraction(article, (*STATES, army), (), propositions, claims)


def second() -> Extraction:
    """A minister denies the attack, in an article without a title or an address."""
    minister = Actor("a4", "a minister", "Unnamed", ("a minister",))
    denial = Claim("c1", "a4", (span(SECOND, "Norvania had attacked Estmar"),), "denies", propositions=("p1",))
    article = Article("two", SECOND, "2021-05-01", "Estmar Today")
    return Extraction(article, (*STATES[:2], minister), (), (Proposition("p1", "a1", "attacks", "a2"),), (denial,))


def graph(*extractions: Extraction) -> Store:
    """A merged graph in memory."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in extractions:
            writer.write(extraction)
    merge(store)
    return store


def claim(stance: str = "asserts", source: str = "s1", **more: str) -> Evidence:
    """A claim by somebody."""
    return Evidence(source, more.pop("who", source), stance, more.pop("quote", "They met."), **more)  # type: ignore[arg-type]


def edge(subject: str, object_: str, *evidence: Evidence, relation: str = "supports", sign: str = "+") -> Edge:
    """A proposition about which the claims were made."""
    name = f"x/{subject}.{relation}.{object_}"
    return Edge(name, subject, object_, relation, sign, evidence or (claim(),))  # type: ignore[arg-type]


def star(size: int, caption: str = "A star.") -> Picture:
    """One actor in the middle of ``size`` others, and two apart from them."""
    others = [Node(f"x/n{i:03}", f"Actor number {i}", "State", 1) for i in range(size)]
    nodes = (
        Node("x/hub", "The hub", "Organisation", size),
        *others,
        Node("x/p", "P", "Person"),
        Node("x/q", "Q", "Unnamed"),
    )
    edges = [edge("x/hub", node.id) for node in others]
    return Picture(nodes, (*edges, edge("x/p", "x/q", claim("denies"), relation="attacks", sign="-")), caption)
