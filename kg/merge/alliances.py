"""Who stands with whom and against whom, as claims have it: signed, weighted ties between actors, never facts.

Everything is derived from the claims in a graph when it is asked for, stored nowhere, and points back to its claims:
for a day (``at``), according to somebody (``according_to``), in triads, and in communities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.errors import QueryError
from kg.merge.spoken import Spoken, spoken
from kg.merge.stands import NO_STAND, STANDING, day_of
from kg.store import View

#: How much a relation says about the tie, 0 to 1: in the order of Goldstein's scale of conflict and cooperation
#: (Journal of Conflict Resolution 36, 1992), where an attack weighs most and a meeting little; standing relations as
#: the strongest.
SCALE = {
    "alliedWith": 1.0, "memberOf": 1.0, "leads": 1.0, "supports": 0.8, "assists": 0.8, "cooperatesWith": 0.7,
    "agreesWith": 0.6, "yieldsTo": 0.2, "consultsWith": 0.2, "opposes": 1.0, "attacks": 1.0, "coerces": 0.7,
    "mobilisesAgainst": 0.7, "sanctions": 0.7, "threatens": 0.6, "protestsAgainst": 0.5, "accuses": 0.4, "rejects": 0.3,
}  # fmt: skip
#: A tie whose weight is nearer to 0 than this is neither friendly nor hostile.
MARGIN = 0.1
#: Days for which what was said or done goes on to count.
MEMORY = 365
#: Types of sources that nobody can be asked about: an article's own voice, and sources without a name.
NAMELESS = frozenset({"Narrator", "Unnamed"})
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Leaning:
    """What one claim says of how two actors stand to each other: IRIs of it, its source, its proposition, and both.

    ``value`` is 1 (aligned) to -1 (hostile), 0 where the claim denies it; ``begin`` and ``end`` are the days, as
    ordinals, of what is claimed, None where they are open.
    """

    claim: str
    source: str
    proposition: str
    subject: str
    object: str
    value: float
    begin: int | None
    end: int | None

    def counts_on(self, day: int) -> bool:
        """Whether it had begun by then, and ended no longer than ``MEMORY`` days before."""
        if self.begin is None and self.end is None:
            return False
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end + MEMORY)


@dataclass(frozen=True, slots=True)
class Tie:
    """How two actors stand to each other. ``left`` and ``right`` are IRIs, in their order; neither is the doer.

    ``weight`` is the mean of what sources say, -1 (hostile) to 1 (aligned); ``strength`` how many stances it rests on,
    a source counted once for each proposition; ``first`` and ``last`` ISO days of the earliest and latest; ``claims``
    and ``sources`` their IRIs. A denial pulls the weight towards 0. ``against`` are the sources whose own mean is of
    another sign.
    """

    left: str
    right: str
    left_label: str
    right_label: str
    weight: float
    strength: int
    first: str | None
    last: str | None
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """+ for friends, - for foes, 0 for neither."""
        return sign_of(self.weight)

    @property
    def backing(self) -> tuple[str, ...]:
        """The sources whose own mean is of the tie's sign."""
        return tuple(source for source in self.sources if source not in self.against)


@dataclass(frozen=True, slots=True)
class Shift:
    """A tie that is ``new``, has ``ended``, or has ``turned`` (another sign) between two times."""

    kind: str
    before: Tie | None
    after: Tie | None


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors with signed ties between all: of first and second, first and third, second and third.

    Balanced when the product of the signs is positive (Cartwright and Harary, 1956); ``strength`` is the weakest tie's.
    """

    actors: tuple[str, str, str]
    labels: tuple[str, str, str]
    signs: tuple[str, str, str]
    strength: int

    @property
    def balanced(self) -> bool:
        """Whether friends agree about friends and foes."""
        return self.signs.count("-") % 2 == 0

    @property
    def kind(self) -> str:
        """What the three are to one another."""
        return ("allies", "ally of an enemy", "common enemy", "all enemies")[self.signs.count("-")]


def alliances(  # noqa: PLR0913  (what ties can be asked for)
    view: View,
    *,
    at: str | None = None,
    according_to: str | None = None,
    alone: bool = False,
    named: bool = False,
    actor: str | None = None,
) -> list[Tie]:
    """Ties between actors, the strongest first.

    Args:
        view: the graph.
        at: an ISO day; what happened or was said after it does not count, nor what had ended ``MEMORY`` days before.
        according_to: IRI of an actor; only what it says, or what others say on its behalf, counts.
        alone: what others say on its behalf does not count.
        named: only named voices count: neither narrators nor unnamed sources.
        actor: IRI of an actor; only its ties.

    Raises:
        QueryError: ``at`` is no date.
    """
    chosen = [each for each in leanings(view) if actor in (None, each.subject, each.object)]
    if at is not None:
        day = day_of(at)
        if day is None:
            raise QueryError(f"{at!r} is no date. Give a day as YYYY-MM-DD.")
        chosen = [each for each in chosen if each.counts_on(day)]
    if according_to is not None:
        own = _claims_of(view, according_to, alone=alone)
        chosen = [each for each in chosen if each.claim in own]
    if named:
        nameless = {a.iri for a in view.actors() if a.type in NAMELESS}
        chosen = [each for each in chosen if each.source not in nameless]
    pairs: dict[tuple[str, str], list[Leaning]] = defaultdict(list)
    for each in chosen:
        pairs[min(each.subject, each.object), max(each.subject, each.object)].append(each)
    labels = view.labels()
    ties = (_tie(left, right, labels, found) for (left, right), found in pairs.items())
    return sorted(ties, key=lambda tie: (-tie.strength, tie.left, tie.right))


def leanings(view: View, article: str | None = None) -> list[Leaning]:
    """What claims, all or an article's, say of how two actors stand to each other, by claim and proposition."""
    return [_leaning(each) for each in spoken(view, article) if _speaks_of_a_tie(each)]


def shifts(before: Iterable[Tie], after: Iterable[Tie]) -> list[Shift]:
    """What is new, has ended or has turned between two lists of ties, the strongest first."""
    old, new = ({(t.left, t.right): t for t in ties} for ties in (before, after))
    found = [Shift("ended", tie, None) for pair, tie in old.items() if pair not in new]
    for pair, tie in new.items():
        known = old.get(pair)
        if known is None or known.sign != tie.sign:
            found.append(Shift("new" if known is None else "turned", known, tie))
    return sorted(found, key=_shift_order)


def _shift_order(shift: Shift) -> tuple[int, str, str, str]:
    tie = shift.after or shift.before
    assert tie is not None  # noqa: S101  (a shift has at least one side)
    return -tie.strength, shift.kind, tie.left, tie.right


def sign_of(weight: float) -> str:
    """+ for friends, - for foes, 0 for what is nearer to nothing than ``MARGIN``."""
    return "0" if abs(weight) < MARGIN else "+" if weight > 0 else "-"


def _leaning(each: Spoken) -> Leaning:
    stand = each.stand
    value = 0.0 if stand.denies else each.sign * SCALE[stand.relation]
    begin, end = _days(each)
    return Leaning(
        stand.claim.value, stand.source.value, stand.proposition.value, each.subject, each.object, value, begin, end
    )


def _speaks_of_a_tie(each: Spoken) -> bool:
    return bool(each.sign) and each.subject != each.object and each.stand.act not in NO_STAND


def _claims_of(view: View, actor: str, *, alone: bool) -> set[str]:
    """Claims of an actor and, unless ``alone``, those that others make on its behalf."""
    path = "kg:source" if alone else "kg:source|kg:onBehalfOf"
    rows = view.query(f"SELECT ?claim {{ ?claim {path} ?actor }}", actor=actor).rows()
    return {row[0] for row in rows if row[0] is not None}


def _days(each: Spoken) -> tuple[int | None, int | None]:
    """First and last day of what is claimed: as stated, else the day it was said."""
    stand = each.stand
    if stand.begin is None and stand.end is None:
        return stand.said, stand.said
    open_end = None if stand.relation in STANDING else stand.said
    return stand.begin, stand.end if stand.end is not None else open_end


def _tie(left: str, right: str, labels: dict[str, str], found: Sequence[Leaning]) -> Tie:
    """The tie that stances on propositions between two actors make."""
    own: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))  # source, proposition, claim
    for each in found:
        own[each.source][each.proposition][each.claim] = each.value
    means = {source: [_mean(values.values()) for values in said.values()] for source, said in own.items()}
    every = [mean for said in means.values() for mean in said]
    weight = round(_mean(every), _DIGITS)
    against = sorted(s for s, said in means.items() if sign_of(_mean(said)) != sign_of(weight))
    days = sorted(day for each in found for day in (each.begin, each.end) if day is not None)
    return Tie(
        left, right, labels.get(left, left), labels.get(right, right), weight,
        len(every), _iso(days[0]) if days else None, _iso(days[-1]) if days else None,
        tuple(sorted({each.claim for each in found})), tuple(sorted(own)), tuple(against),
    )  # fmt: skip


def _mean(values: Collection[float]) -> float:
    return sum(values) / len(values)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def triads(ties: Iterable[Tie]) -> list[Triad]:
    """Every three actors of which each two are friends or foes, unbalanced ones first, then the strongest."""
    kept = [tie for tie in ties if tie.sign != "0"]
    by_pair = {(tie.left, tie.right): tie for tie in kept}
    labels = {k: v for tie in kept for k, v in ((tie.left, tie.left_label), (tie.right, tie.right_label))}
    return sorted(
        (
            Triad(
                three,
                (labels[three[0]], labels[three[1]], labels[three[2]]),
                (sides[0].sign, sides[1].sign, sides[2].sign),
                min(tie.strength for tie in sides),
            )
            for three, sides in _triangles(by_pair)
        ),
        key=lambda triad: (triad.balanced, -triad.strength, triad.actors),
    )


def _triangles(ties: dict[tuple[str, str], Tie]) -> Iterator[tuple[tuple[str, str, str], tuple[Tie, Tie, Tie]]]:
    """Three actors in order with the ties of first and second, first and third, second and third."""
    after: dict[str, list[str]] = defaultdict(list)
    for left, right in sorted(ties):
        after[left].append(right)
    for first, others in after.items():
        for second, third in combinations(others, 2):
            if (second, third) in ties:
                yield (first, second, third), (ties[first, second], ties[first, third], ties[second, third])


def communities(ties: Iterable[Tie]) -> list[tuple[str, ...]]:
    """Groups of actors (IRIs) that are friends of one another more than of the rest, the biggest first.

    Louvain over the friendly ties (Blondel and others, 2008), always from the same seed; foes only keep apart those
    whom nothing joins.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    for tie in sorted(ties, key=lambda tie: (tie.left, tie.right)):
        if tie.sign == "+":
            graph.add_edge(tie.left, tie.right, weight=tie.weight * tie.strength)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=0) if graph else []
    return sorted((tuple(sorted(group)) for group in found), key=lambda group: (-len(group), group))
