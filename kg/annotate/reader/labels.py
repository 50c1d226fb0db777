"""The labels that the reader's heads tell apart, in the order of their scores."""

from __future__ import annotations

from kg.records import ACTOR_TYPES, RELATIONS, STANCES

TYPES = ACTOR_TYPES
#: "none" first, then the relations of the guidelines.
RELATED = ("", *(r for r in RELATIONS if r != "relatedTo"))
STANCE = STANCES
#: Width of the states that the heads read.
STATE = 256
#: Pieces of the longest mention.
LONGEST = 24
#: Pieces between the two mentions of a pair that is scored.
REACH = 70
#: Buckets of the signed distance of a pair in pieces.
DISTANCES = 24
#: Regions of a window as seen from a claim: source, cue, content, the rest.
REGIONS = 4
