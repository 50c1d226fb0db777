"""The words of a claim in a form in which claims can be compared: for those whose content is no known proposition.

"Reed rejected Hale's claim that the siege had been lifted" holds two claims of the same words, by sources that
disagree. Words are compared in their order ("Israel attacked Gaza" is not "Gaza attacked Israel"), and only where there
are enough of them to mean the same thing twice.
"""

from __future__ import annotations

import re

from kg.merge.keys import fold
from kg.records import Article, Claim

#: Fewer words say too little, more are hardly ever repeated.
FEWEST, MOST = 3, 12
_WORD = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor", "cannot", "t"})
_AUXILIARIES = (
    "is are was were be been being am has have had having do does did will would shall should can could may might must "
    "don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn s ve ll re d"
)
_EMPTY = _NEGATIONS | frozenset(f"the a an that this these those to of {_AUXILIARIES}".split())


def wording(article: Article, claim: Claim) -> str | None:
    """The content words of a claim in their order, without case, auxiliaries and negation; None where unfit.

    An assertion with a negation in it is unfit: it would read like what it negates.
    """
    words = [w for s, e in sorted(claim.content) for w in _WORD.findall(fold(article.text[s:e].replace("’", "'")))]
    full = [word for word in words if word not in _EMPTY]
    if not FEWEST <= len(full) <= MOST or (claim.stance == "asserts" and _NEGATIONS & set(words)):
        return None
    return " ".join(full)
