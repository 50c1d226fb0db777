"""Two invented articles that contradict each other, their graph, and pictures made by hand."""

from __future__ import annotations

from kg.merge import merge
from kg.records import Actor, Article, Claim, Extraction, Proposition, Span
from kg.store import Store, open_store
from kg.view.picture import Edge, Evidence, Node, Picture

FIRST = "Norvania attacked Estmar, the army said. Estmar leads the Coast Front."
SECOND = "A minister denied that Norvania had attacked Estmar."
THIRD = "Ida Moss said that the coast road is safe after dark. Per Lund denied that the coast road is safe after dark."
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
    propositions = (_attack(), Proposition("p2", "a2", "leads", "a3"))
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
    return Extraction(article, (*STATES[:2], minister), (), (_attack(),), (denial,))


def in_words() -> Extraction:
    """A pilot says what an engineer denies in the same words, which are about no two actors."""
    actors = (Actor("a1", "Ida Moss", "Person", ("Ida Moss",)), Actor("a2", "Per Lund", "Person", ("Per Lund",)))
    words = "the coast road is safe after dark"
    late = THIRD.rindex(words)
    claims = (
        Claim("c1", "a1", (span(THIRD, words),), "asserts", "said", (span(THIRD, "Ida Moss"),)),
        Claim("c2", "a2", ((late, late + len(words)),), "denies", "denied", (span(THIRD, "Per Lund"),)),
    )
    return Extraction(Article("three", THIRD, "2020-04-01", "Harbour Post"), actors, (), (), claims)


def _attack() -> Proposition:
    """The same attack in both articles, by its day, however far apart they came out."""
    day = {"valid_from": "2020-02-28", "valid_to": "2020-02-28", "precision": "day"}
    return Proposition("p1", "a1", "attacks", "a2", predicate="attacked", **day)  # type: ignore[arg-type]


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
