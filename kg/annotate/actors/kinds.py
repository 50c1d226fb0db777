"""One kind a name: what the recogniser takes for a person here and for a place there is settled over the whole text."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.actors.candidates import Candidate, covered
from kg.gazetteer import fold, word_list, words
from kg.lexicon import load

#: How often a name must be read as something else before that outweighs a place, or a person an organisation.
_FAR_MORE = 3
_LEGAL = word_list("legal_forms") | word_list("company_words")
_SETTLED = frozenset(("Person", "Organisation", "Place", "People"))


@cache
def titles() -> dict[str, str | None]:
    """Title (folded, no full stop) to the gender it tells."""
    return {fold(e["title"]): e.get("gender") for e in load("en/titles")}


@cache
def first_names() -> dict[str, str]:
    """First name (folded) to the gender of its bearers."""
    return {fold(name): e["gender"] for e in load("en/first_names") for name in e["names"]}


def core(parts: list[str]) -> list[str]:
    """The words of a name without its legal form ("Apple Inc." is apple)."""
    kept = list(parts)
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return kept


def settle(doc: Doc, found: list[Candidate]) -> None:
    """Give every mention of an unknown name the one type that the text as a whole speaks for (changed in place)."""
    named: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        if candidate.entry is None and candidate.type in _SETTLED and candidate.label:
            named[" ".join(core(_name(doc, candidate)))].append(candidate)
    for name, candidates in named.items():
        if len({c.type for c in candidates}) > 1:
            type_ = _type(doc, name.split(), candidates)
            for candidate in candidates:
                _retype(doc, candidate, type_)


def _name(doc: Doc, candidate: Candidate) -> list[str]:
    return words(doc[candidate.start : candidate.end].text)


def repeated(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Mentions of names of one word, or one word and a legal form, where the recogniser passed over them."""
    names: dict[str, Candidate] = {}
    for c in found:
        if c.entry is None and c.label in ("ORG", "PERSON", "GPE") and c.type in _SETTLED and not c.modifier:
            short = core(_name(doc, c))
            if len(short) == 1 and doc[c.start].text[0].isupper():
                names.setdefault(doc[c.start].text, c)
    over = covered(found)
    missed = [t for t in doc if t.text in names and t.i not in over and len(t.text) > 2 and _alone(doc, t.i)]
    return [_again(names[t.text], t) for t in missed]


def _again(like: Candidate, token: Token) -> Candidate:
    key, reason = f"{like.type}:{fold(token.text)}", f"{like.reason}; once more"
    return Candidate(token.i, token.i + 1, like.type, key, reason=reason, label=like.label)


def _alone(doc: Doc, i: int) -> bool:
    """Whether the token is a proper noun, and no part of a longer one ("the Trump Foundation")."""
    around = doc[max(0, i - 1)], doc[min(i + 1, len(doc) - 1)]
    return doc[i].pos_ == "PROPN" and not any(t.i != i and t.pos_ == "PROPN" and t.is_title for t in around)


def aged(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """People whom only their age gives away ("Areen, 34, fled"): new candidates; those of another type are changed."""
    ends, added = {c.end: c for c in found if not c.modifier}, []
    over = covered(found)
    for token in doc:
        if not _is_age(doc, token.i):
            continue
        end = token.i - 1
        before = ends.get(end)
        if before is not None and before.entry is None and before.label:
            _retype(doc, before, "Person")
        start = end
        while start and start - 1 not in over and doc[start - 1].pos_ == "PROPN" and doc[start - 1].is_title:
            start -= 1
        if start < end:
            key = f"Person:{' '.join(words(doc[start:end].text))}"
            added.append(Candidate(start, end, "Person", key, reason="name before an age", label="PERSON"))
    return added


def _is_age(doc: Doc, i: int) -> bool:
    """Whether the token is an age between commas behind a name."""
    if not (1 < i < len(doc) - 1 and doc[i].shape_ == "dd" and doc[i - 1].text == "," and doc[i - 2].is_title):
        return False
    after = doc[i + 1]
    return doc[i - 2].ent_type_ != "DATE" and (
        after.text in (",", ".") or after.pos_ == "VERB" or after.lower_ == "who"
    )


def _retype(doc: Doc, candidate: Candidate, type_: str) -> None:
    if candidate.type != type_:
        candidate.reason = f"{candidate.reason}; {type_} by the rest of the text"
        candidate.type, candidate.key, candidate.modifier = type_, f"{type_}:{' '.join(_name(doc, candidate))}", False


def _type(doc: Doc, name: list[str], candidates: list[Candidate]) -> str:
    """The type of a name that was read in several ways."""
    read = Counter(c.type for c in candidates)
    if any(_entitled(doc, c) for c in candidates) or (len(name) > 1 and name[0] in first_names()):
        return "Person"
    if read["Place"] * _FAR_MORE >= read.total() - read["Place"] or any(_located(doc, c) for c in candidates):
        return "Place"
    if read["Person"] >= _FAR_MORE * read["Organisation"]:
        return "Person"
    return "Organisation" if read["Organisation"] else read.most_common(1)[0][0]


def _entitled(doc: Doc, candidate: Candidate) -> bool:
    """Whether a title stands before the name ("Mr Brown")."""
    before = doc[candidate.start - 1] if candidate.start else None
    return before is not None and before.is_title and fold(before.text).rstrip(".") in titles()


def _located(doc: Doc, candidate: Candidate) -> bool:
    """Whether the name is where something happens ("in Douma")."""
    return candidate.start > 0 and doc[candidate.start - 1].lower_ in word_list("where")
