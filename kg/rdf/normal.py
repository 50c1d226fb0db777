"""The normal form of an Extraction: what is left when the order of sets, which triples do not keep, is taken out."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.records import Actor, Claim, Extraction, Role


def normal_form(extraction: Extraction) -> Extraction:
    """The same extraction with records in the natural order of their ids, sets sorted, spans in text order."""
    return replace(
        extraction,
        actors=tuple(sorted(map(_actor, extraction.actors), key=_by_id)),
        bystanders=tuple(sorted(map(_actor, extraction.bystanders), key=_by_id)),
        roles=tuple(sorted(extraction.roles, key=role_order)),
        propositions=tuple(sorted(extraction.propositions, key=_by_id)),
        claims=tuple(sorted(map(_claim, extraction.claims), key=_by_id)),
    )


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which ``a2`` comes before ``a10``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts]


def role_order(role: Role) -> tuple[object, ...]:
    """A sort key of roles, which have no id."""
    return natural_order(role.person), role.role, natural_order(role.of), role.evidence or ()


def _by_id(record: object) -> list[tuple[int, int, str]]:
    return natural_order(record.id)  # type: ignore[attr-defined]


def _actor(actor: Actor) -> Actor:
    mentions = sorted(actor.mentions, key=lambda m: (m.start, m.end, m.kind, m.reason))
    return replace(actor, names=tuple(sorted(set(actor.names))), mentions=tuple(mentions))


def _claim(claim: Claim) -> Claim:
    return replace(
        claim,
        content=tuple(sorted(set(claim.content))),
        source_span=tuple(sorted(set(claim.source_span))),
        cue_span=tuple(sorted(set(claim.cue_span))),
        propositions=tuple(sorted(set(claim.propositions), key=natural_order)),
    )
