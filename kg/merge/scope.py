"""How much of an article is looked at again: all of it, or only what another link of one of its actors touches."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Scope:
    """Claims and propositions to look at; None stands for all of them."""

    claims: Set[NamedNode] | None = None
    propositions: Set[NamedNode] | None = None

    def holds(self, *claims: NamedNode) -> bool:
        """Whether one of the claims is to be looked at."""
        return self.claims is None or any(claim in self.claims for claim in claims)

    def speaks_of(self, proposition: NamedNode) -> bool:
        """Whether the proposition is to be looked at."""
        return self.propositions is None or proposition in self.propositions


#: All of an article.
WHOLE = Scope()
