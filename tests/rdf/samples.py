"""Three short articles of two invented outlets, with extractions written by hand, and strategies for random ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kg.rdf.normal import normal_form
from kg.records import (
    RELATIONS,
    STANCES,
    Actor,
    Article,
    Claim,
    Extraction,
    Mention,
    Proposition,
    Role,
    Span,
)

_NORTH = (
    "Ruritania shelled the Blue Guard, a senior Ruritanian official told Borderwire. "
    "Anna Weiss, a spokeswoman for the Ruritanian foreign ministry, denied that Ruritania had attacked the Blue Guard."
)
_SOUTH = "Strelsau struck the Blue Guard at dawn. “We do not fight Ruritania,” Anna Weiss said, quoting the Blue Guard."
_THIRD = "Graustark could not confirm that Ruritania attacked the Blue Guard. Ruritania and Graustark are allies."


def _at(text: str, quote: str, nth: int = 0) -> Span:
    """Span of the ``nth`` occurrence of ``quote``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return start, start + len(quote)


def _mention(text: str, quote: str, nth: int = 0) -> Mention:
    return Mention(*_at(text, quote, nth))


def north() -> Extraction:
    """An unnamed official asserts, a spokeswoman denies; both speak for Ruritania."""
    text = _NORTH
    state = Actor("a1", "Ruritania", "State", ("Ruritania",), "Q900001", mentions=(_mention(text, "Ruritania"),))
    guard = Actor("a2", "Blue Guard", "ArmedGroup", ("the Blue Guard",), mentions=(_mention(text, "the Blue Guard"),))
    official = Actor(
        "a3", "a senior Ruritanian official", "Unnamed", ("a senior Ruritanian official",), of="a1",
        mentions=(Mention(*_at(text, "a senior Ruritanian official"), "description", "unnamed source"),),
    )  # fmt: skip
    wire = Actor("a4", "Borderwire", "Outlet", ("Borderwire",), mentions=(_mention(text, "Borderwire"),))
    weiss = Actor("a5", "Anna Weiss", "Person", ("Anna Weiss",), mentions=(_mention(text, "Anna Weiss"),))
    ministry = Actor("a6", "Ruritanian foreign ministry", "Ministry", ("the Ruritanian foreign ministry",), of="a1")
    attack = Proposition(
        "p1", "a1", "attacks", "a2", _at(text, "shelled"), _at(text, "Ruritania shelled the Blue Guard"),
        predicate="shelled", valid_from="2031-05-02", precision="day", time_text="on Friday",
    )  # fmt: skip
    said = Claim(
        "c1", "a3", (_at(text, "Ruritania shelled the Blue Guard"),), cue="told", cue_span=(_at(text, "told"),),
        source_span=(_at(text, "a senior Ruritanian official"),), propositions=("p1",), via=("a4",), when="2031-05-03",
        confidence=0.9,
    )  # fmt: skip
    denied = Claim(
        "c2", "a5", (_at(text, "Ruritania had attacked the Blue Guard"),), stance="denies", cue="denied",
        cue_span=(_at(text, "denied"),), propositions=("p1",), disputes="c1", speech_act="Denial",
    )  # fmt: skip
    role = Role("a5", "spokeswoman", "a6", _at(text, "a spokeswoman for the Ruritanian foreign ministry"))
    article = Article("north-1", text, "2031-05-03", "The Northern Courier", "Shells at the border")
    actors = (state, guard, official, wire, weiss, ministry)
    return Extraction(article, actors, (role,), (attack,), (said, denied), "test 1")


def south() -> Extraction:
    """The same state by its capital, without an item; a nested denial; the narrator asserts."""
    text = _SOUTH
    state = Actor("a1", "Ruritania", "State", ("Ruritania", "Strelsau"), mentions=(_mention(text, "Strelsau"),))
    guard = Actor("a2", "Blue Guard", "ArmedGroup", ("the Blue Guard",), mentions=(_mention(text, "the Blue Guard"),))
    weiss = Actor("a3", "Anna Weiss", "Person", ("Anna Weiss",))
    struck = Proposition("p1", "a1", "attacks", "a2", trigger=_at(text, "struck"))
    fights = Proposition("p2", "a2", "attacks", "a1", trigger=_at(text, "fight"))
    narrated = Claim("c1", "narrator", (_at(text, "Strelsau struck the Blue Guard at dawn"),), propositions=("p1",))
    quoted = Claim("c2", "a3", (_at(text, "We do not fight Ruritania"),), stance="denies", cue="said", kind="direct")
    inner = Claim(
        "c3", "a2", (_at(text, "We do not fight Ruritania"),), stance="denies", cue="quoting", propositions=("p2",),
        via=("a3",), nested_in="c2",
    )  # fmt: skip
    article = Article("south/2 “ä”", text, "2031-05", "The Southern Star")
    return Extraction(article, (state, guard, weiss), (), (struck, fights), (narrated, quoted, inner), "test 1")


def third() -> Extraction:
    """Somebody declines to confirm; a symmetric relation; a bystander."""
    text = _THIRD
    graustark = Actor("a1", "Graustark", "State", ("Graustark",), "Q900002", mentions=(_mention(text, "Graustark"),))
    state = Actor("a2", "Ruritania", "State", ("Ruritania",), "Q900001", mentions=(_mention(text, "Ruritania"),))
    guard = Actor("a3", "Blue Guard", "ArmedGroup", ("the Blue Guard",), mentions=(_mention(text, "the Blue Guard"),))
    police = Actor("a4", "police", "ArmedForce", ("police",))
    attack = Proposition("p1", "a2", "attacks", "a3")
    allied = Proposition("p2", "a2", "alliedWith", "a1", evidence=_at(text, "Ruritania and Graustark are allies"))
    doubt = Claim(
        "c1",
        "a1",
        (_at(text, "Ruritania attacked the Blue Guard"),),
        stance="declines_to_confirm",
        propositions=("p1",),
    )
    told = Claim("c2", "narrator", (_at(text, "Ruritania and Graustark are allies"),), propositions=("p2",))
    article = Article("north-3", text, None, "The Northern Courier")
    return Extraction(article, (graustark, state, guard), (), (attack, allied), (doubt, told), bystanders=(police,))


def samples() -> list[Extraction]:
    """All three."""
    return [north(), south(), third()]


# Random extractions: few names and items, so that merging has something to do.

_WORDS = st.sampled_from(
    ["Ruritania", "the Blue Guard", "Anna Weiss", "Zenda", "police", "Graustark", "Rupert Hentzau"]
)
_ITEMS = st.sampled_from([None, None, "Q900001", "Q900002"])
_TYPES = st.sampled_from(["State", "ArmedGroup", "Person", "Unnamed", "Outlet", "Place"])
_TEXT = "Ruritania denied that the Blue Guard had struck. Graustark “would not say” – so Zenda’s\u00a0police said."


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(_TEXT) - 2))
    return start, draw(st.integers(start + 1, len(_TEXT)))


def _sorted_spans(largest: int) -> st.SearchStrategy[tuple[Span, ...]]:
    return st.lists(spans(), max_size=largest, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def _actor(draw: st.DrawFn, number: int, known: list[str]) -> Actor:
    mentions = draw(
        st.lists(st.builds(_random_mention, spans(), st.sampled_from(["", "why"])), max_size=2, unique_by=_place)
    )
    return Actor(
        f"a{number}", draw(_WORDS), draw(_TYPES), tuple(draw(st.lists(_WORDS, max_size=2, unique=True))), draw(_ITEMS),
        draw(st.sampled_from([None, *known])), tuple(mentions),
    )  # fmt: skip


def _random_mention(span: Span, reason: str) -> Mention:
    return Mention(*span, "description" if reason else "name", reason)


def _place(mention: Mention) -> Span:
    return mention.start, mention.end


@st.composite
def _claim(draw: st.DrawFn, number: int, ids: list[str], propositions: list[str]) -> Claim:
    others = [f"c{n}" for n in range(1, number)]
    return Claim(
        f"c{number}", draw(st.sampled_from(["narrator", *ids])), draw(_sorted_spans(2).filter(bool)),
        draw(st.sampled_from(STANCES)), draw(st.sampled_from([None, "said", "den\"ied\n"])), draw(_sorted_spans(1)),
        draw(_sorted_spans(1)), draw(st.sampled_from(["direct", "indirect", "mixed"])),
        tuple(draw(st.lists(st.sampled_from(propositions), max_size=2, unique=True))) if propositions else (),
        tuple(draw(st.lists(st.sampled_from(ids), max_size=3))), draw(st.sampled_from([None, *others])),
        draw(st.sampled_from([None, *others])), draw(st.sampled_from([None, "2031", "2031-05", "2031-05-02"])),
        draw(st.sampled_from(["Statement", "Denial", "Odd act/é"])), confidence=draw(st.integers(0, 10000)) / 10000,
    )  # fmt: skip


@st.composite
def extractions(draw: st.DrawFn, article: str = "random", most: int = 4) -> Extraction:
    """A random extraction in normal form of an article with the id ``article``."""
    ids = [f"a{n}" for n in range(1, draw(st.integers(1, most)) + 1)]
    actors = tuple(draw(_actor(n, ids)) for n in range(1, len(ids) + 1))
    of = st.sampled_from(ids)
    roles = st.builds(Role, of, st.sampled_from(["spokesman", "analyst"]), of, st.none() | spans())
    relations = st.sampled_from(sorted(RELATIONS))
    build = st.builds(
        Proposition, st.just("p"), of, relations, of, st.none() | spans(), predicate=st.sampled_from(["", "met"])
    )
    found = draw(st.lists(build, max_size=3))
    propositions = tuple(replace(p, id=f"p{n}") for n, p in enumerate(found, 1))
    names = [p.id for p in propositions]
    claims = tuple(draw(_claim(n, ids, names)) for n in range(1, draw(st.integers(0, most)) + 1))
    publisher = draw(st.sampled_from([None, "The Northern Courier", "Borderwire"]))
    source = Article(article, _TEXT, draw(st.sampled_from([None, "2031-05-03", "2031-05-03T10:00:00Z"])), publisher)
    bystanders = (replace(actors[0], id="b1", of=None),) if draw(st.booleans()) else ()
    chosen = tuple(draw(st.lists(roles, max_size=2, unique=True)))
    return normal_form(Extraction(source, actors, chosen, propositions, claims, "test", bystanders))
