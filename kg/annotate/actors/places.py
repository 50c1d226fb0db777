"""Metonymy: whether the name of a capital means the place or the state that is governed from it.

Of the capitals that careful readers took for actors after "to" and "from", 31 of 32 were the state.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from kg.gazetteer import word_list

_INSIDE = word_list("inside")
_STRUCK = frozenset(("bomb", "shell", "hit", "capture", "besiege"))


def is_place(doc: Doc, start: int, end: int) -> str | None:
    """Why the capital's name at these tokens means the place; None where it stands for the state."""
    span = doc[start:end]
    root = span.root
    if end < len(doc) and doc[end].lower_ in ("'s", "’s"):
        return f"{root.head.text} of it" if {root.head.lower_, root.head.lemma_} & _NEARBY else None
    if end < len(doc) and {doc[end].lower_, doc[end].lemma_.lower()} & _NEARBY:
        return f"{doc[end].text} of it"
    if start and doc[start - 1].lower_ in _INSIDE:
        return f"after {doc[start - 1].lower_!r}"
    if start > 1 and doc[start - 1].lower_ == "of" and {doc[start - 2].lower_, doc[start - 2].lemma_.lower()} & _NEARBY:
        return f"{doc[start - 2].text} of it"
    if root.dep_ in ("dobj", "nsubjpass") and root.head.lemma_.lower() in _STRUCK:
        return f"object of {root.head.text!r}"
    return "dateline" if _dateline(doc, span) else None


_NEARBY = word_list("parts_of_cities")


def _dateline(doc: Doc, span: Span) -> bool:
    """Whether the name opens a paragraph as the place of writing: "MOSCOW (AP) -"."""
    opens = span.start == 0 or doc[span.start - 1].is_space
    return opens and span.text.isupper() and len(span.text) > 3
