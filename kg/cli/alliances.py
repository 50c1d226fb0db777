"""``kg alliances``: who stands with whom and against whom, as claims have it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option
from kg.cli.rows import Rows, format_option, show

if TYPE_CHECKING:
    from kg.merge.alliances import Shift, Tie
    from kg.store import GraphClaim, GraphProposition, View


@click.command("alliances")
@graph_option
@click.option("--at", metavar="DATE", help="As of this day (YYYY-MM-DD).")
@click.option("--according-to", metavar="ACTOR", help="Only what this actor says, or others on its behalf.")
@click.option("--alone", is_flag=True, help="With --according-to: not what others say on its behalf.")
@click.option("--named", is_flag=True, help="Named voices only: neither narrators nor unnamed sources.")
@click.option("--actor", metavar="ACTOR", help="The friends and foes of this actor: who says so, and who does not.")
@click.option("--since", metavar="DATE", help="Only ties that are new, ended or turned since this day.")
@click.option("--triads", "shown", flag_value="triads", help="Threes of friends and foes: who is the ally of an enemy?")
@click.option("--communities", "shown", flag_value="communities", help="Groups of friends.")
@click.option("--changes", "shown", flag_value="changes", help="Where a source takes back what it asserted or denied.")
@click.option(
    "--agreements",
    "shown",
    flag_value="agreements",
    help="What several voices assert: who quotes another, or speaks for the same body, is no voice of its own.",
)
@click.option(
    "--least",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Leave out ties that rest on fewer stances, and agreements of fewer voices (at least 2), than this.",
)
@format_option
def command(
    graph: str,
    at: str | None,
    according_to: str | None,
    alone: bool,
    named: bool,
    actor: str | None,
    since: str | None,
    shown: str | None,
    least: int,
    form: str | None,
) -> None:
    """Show the ties between actors that the claims in GRAPH make: friendly (+), hostile (-) or mixed (0).

    A tie is no fact: it is the mean of what sources say, and a denial pulls it towards nothing. JSON has the claims
    behind each. --changes and --agreements show what stands behind the ties: single propositions, over all times.

    \b
    Examples:
      kg alliances --at 2018-04-15
      kg alliances --actor Turkey --named
      kg alliances --actor Turkey --since 2018-03-01 --at 2018-03-31
      kg alliances --according-to Turkey --format csv
      kg alliances --triads --least 2
      kg alliances --changes --according-to "Donald Trump"
      kg alliances --agreements --least 3
    """
    from kg.merge.alliances import alliances, shifts

    if (at or since) and shown in ("changes", "agreements"):
        raise click.UsageError(f"--{shown} looks at all times: leave out --at and --since.")
    if since and shown:
        raise click.UsageError(f"--since tells what changed among ties: leave out --{shown}.")
    with reading(graph) as store:
        view = store.view()
        source = None if according_to is None else _actor(view, according_to, "--according-to")
        if shown == "changes":
            rows = _changes(view, source)
        elif shown == "agreements":
            rows = _agreements(view, source, max(least, 2))
        else:
            centre = None if actor is None else _actor(view, actor, "--actor")
            ask = partial(alliances, view, according_to=source, alone=alone, named=named, actor=centre)
            ties = ask(at=at)
            if since:
                rows = _shifts(shifts(ask(at=since), ties), centre, least)
            elif centre and not shown:
                rows = _friends(view, [t for t in ties if t.strength >= least], centre)
            else:
                rows = _rows([t for t in ties if t.strength >= least], shown or "ties")
    show(rows, form)


def _actor(view: View, name: str, option: str) -> str:
    """IRI of the one actor that ``name`` names."""
    found = view.find(name)
    if len(found) == 1:
        return found[0].iri
    close = get_close_matches(name, view.names(), n=3, cutoff=0.6)
    hint = f"Give one's IRI: {', '.join(actor.iri for actor in found)}." if found else ""
    hint = f"Did you mean {' or '.join(close)}?" if close and not found else hint
    many = f"{len(found) or 'No'} actor{'s are' if found else ' is'} called {name!r}."
    raise click.BadParameter(f"{many} {hint}".strip(), param_hint=option)


def _rows(ties: Sequence[Tie], shown: str) -> Rows:
    """What is shown, as rows of one shape; lists only where JSON can hold them."""
    from kg.merge.alliances import communities, triads

    if shown == "triads":
        return [
            {"kind": t.kind, "balanced": t.balanced, "strength": t.strength, "signs": " ".join(t.signs),
             **dict(zip(("first", "second", "third"), t.labels, strict=True)), "actors": list(t.actors)}
            for t in triads(ties)
        ]  # fmt: skip
    if shown == "communities":
        labels = {iri: label for t in ties for iri, label in ((t.left, t.left_label), (t.right, t.right_label))}
        groups = enumerate(communities(ties), 1)
        return [
            {"community": n, "actor": labels[iri], "size": len(group), "actors": [iri]}
            for n, group in groups
            for iri in group
        ]
    return [
        {"sign": t.sign, "weight": t.weight, "strength": t.strength, "left": t.left_label, "right": t.right_label,
         "first": t.first, "last": t.last, "actors": [t.left, t.right], "claims": list(t.claims),
         "sources": list(t.sources)}
        for t in ties
    ]  # fmt: skip


def _friends(view: View, ties: Sequence[Tie], centre: str) -> Rows:
    """The ties of one actor: with whom, which named voices say so and which do not, and the latest words."""
    from kg.merge.alliances import NAMELESS

    labels = {a.iri: a.label for a in view.actors() if a.type not in NAMELESS}
    claims = {claim.iri: claim for claim in view.claims()}
    return [
        {"sign": t.sign, "weight": t.weight, "strength": t.strength, "with": _other(t, centre)[1],
         "say_so": _names(t.backing, labels), "say_not": _names(t.against, labels), "first": t.first, "last": t.last,
         "latest": _latest([claims[c] for c in t.claims if c in claims]),
         "actors": [centre, _other(t, centre)[0]], "claims": list(t.claims), "sources": list(t.sources)}
        for t in ties
    ]  # fmt: skip


def _latest(claims: Sequence[GraphClaim]) -> str:
    """Who takes which stance on what, in the latest words among ``claims``: a denial reads as one."""
    if not claims:
        return ""
    last = max(claims, key=lambda claim: (claim.when or "", claim.quote))
    return f"{last.source_label or 'Somebody'} {last.stance.replace('_', ' ')}: {last.quote}"


def _other(tie: Tie, centre: str) -> tuple[str, str]:
    """IRI and name of whom a tie of ``centre`` is with."""
    return (tie.right, tie.right_label) if tie.left == centre else (tie.left, tie.left_label)


def _names(sources: Sequence[str], labels: dict[str, str]) -> str:
    """The named ones among sources, and how many others there are."""
    named = sorted(labels[iri] for iri in sources if iri in labels)
    others = len(sources) - len(named)
    return "; ".join([*named, *([f"{others} unnamed"] if others else [])])


def _shifts(found: Sequence[Shift], centre: str | None, least: int) -> Rows:
    """What changed among ties, each with the sign and weight before and after."""
    rows = []
    for shift in found:
        tie = shift.after or shift.before
        if tie is not None and tie.strength >= least:
            before, after = ((t.sign, t.weight) if t else (None, None) for t in (shift.before, shift.after))
            ends = (tie.left_label, tie.right_label)
            left, right = ends if centre in (None, tie.left) else ends[::-1]
            rows.append(
                {"change": shift.kind, "left": left, "right": right, "before": before[0], "weight_before": before[1],
                 "after": after[0], "weight": after[1], "strength": tie.strength, "actors": [tie.left, tie.right],
                 "claims": list(tie.claims)}
            )  # fmt: skip
    return rows


def _changes(view: View, source: str | None) -> Rows:
    """What sources took back, each with the stance before and after; a contradiction where both speak of one event."""
    from kg.merge.history import changes

    labels, propositions = view.labels(), {p.iri: p for p in view.propositions()}
    return [
        {"source": labels.get(c.before.source, c.before.source), **_triple(propositions[c.before.proposition]),
         "before": c.before.stance, "on": c.before.day, "after": c.after.stance, "then": c.after.day,
         "contradiction": c.contradiction, "proposition": [c.before.proposition],
         "claims": [c.before.claim, c.after.claim]}
        for c in changes(view, source=source)
    ]  # fmt: skip


def _agreements(view: View, source: str | None, least: int) -> Rows:
    """Propositions by how many independent voices assert them: which, who denies it by now; those of a source only."""
    from kg.merge.history import convergence

    labels, propositions = view.labels(), {p.iri: p for p in view.propositions()}
    return [
        {"voices": len(a.voices), **_triple(propositions[a.proposition]),
         "who": "; ".join(" with ".join(labels.get(iri, iri) for iri in voice) for voice in a.voices),
         "took_back": "; ".join(labels.get(iri, iri) for iri in a.taken_back),
         "proposition": [a.proposition], "claims": list(a.claims)}
        for a in convergence(view, least=least)
        if source is None or any(source in voice for voice in a.voices)
    ]  # fmt: skip


def _triple(proposition: GraphProposition) -> dict[str, str]:
    p = proposition
    return {"subject": p.subject_label, "relation": p.words or p.relation, "object": p.object_label}
