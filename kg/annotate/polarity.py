"""Factuality of a predicate: affirmed, negated or left open, how firmly, and whether it is yet to come.

The parse is read from the root of the clause (or of a claim's content) down to the predicate, in the manner
of polarity propagation over implication signatures (Nairn, Condoravdi and Karttunen 2006): every word on the
way negates, weakens or suspends what stands below it, by ``lexicons/en/polarity.yaml``, and every predicate
with a complement maps its own polarity to the complement's, by ``lexicons/en/polarity_frames.yaml``. What is
presupposed (relative clauses, modifiers, definite objects of a negated verb) is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from spacy.tokens import Token

from kg.annotate.negators import OBJECTS, SUBJECTS, empty, negators
from kg.annotate.polarity_lexicon import (
    NOMINAL,
    NTH,
    extraposed,
    frame_of,
    indefinite,
    marked,
    owned,
    signature,
    verdict,
    words,
)

Polarity = Literal["+", "-", "?"]
Commitment = Literal["certain", "probable", "possible", "none"]
Tense = Literal["future", "non-future"]

COMMITMENTS: tuple[Commitment, ...] = ("none", "possible", "probable", "certain")
#: Arcs below which a new, presupposed statement begins: nothing above negates it.
PRESUPPOSING = frozenset({"amod", "nmod", "relcl", "appos", "poss", "npadvmod", "parataxis"})
HAPPEN = frozenset({"be", "happen", "occur", "exist", "take", "materialise", "materialize"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """What a text makes of a predicate, and the words that decided it.

    ``polarity`` is "?" where the text leaves it open (questions, conditions, other people's words).
    ``commitment`` is that of whoever speaks at the root. ``presupposed`` says that no operator on the way from
    the root reached it, because it stands in a modifier or a relative clause. ``judged`` says that
    it was held true or false whatever report it comes from ("reports of attacks are false"). ``shifted`` says that
    somebody's words are retold in the past, where "would" is what they called "will".
    """

    polarity: Polarity = "+"
    commitment: Commitment = "certain"
    tense: Tense = "non-future"
    reasons: tuple[str, ...] = ()
    presupposed: bool = False
    judged: bool = False
    shifted: bool = False

    @property
    def committed(self) -> bool:
        """Whether the speaker holds the predicate true or false, rather than possible."""
        return self.polarity != "?" and self.commitment in ("certain", "probable")

    def flipped(self, reason: str) -> Factuality:
        """The same with the polarity turned over; what is open stays open."""
        turned: dict[Polarity, Polarity] = {"+": "-", "-": "+", "?": "?"}
        return replace(self, polarity=turned[self.polarity], reasons=(*self.reasons, reason))

    def weakened(self, commitment: Commitment, reason: str) -> Factuality:
        """The same with at most the given commitment."""
        weakest = min(self.commitment, commitment, key=COMMITMENTS.index)
        return replace(self, commitment=weakest, reasons=(*self.reasons, reason))

    def left_open(self, reason: str) -> Factuality:
        """The same, neither true nor false."""
        return replace(self, polarity="?", commitment="none", reasons=(*self.reasons, reason))


def factuality(token: Token, root: Token | None = None, given: Factuality | None = None) -> Factuality:
    """Factuality of the predicate ``token``, seen from its ancestor ``root`` (default: the sentence's root).

    A ``root`` that does not dominate the token counts as the highest ancestor in the sentence. ``given`` is the
    factuality of the root's clause as a whole, where something outside decides it (default: affirmed).
    """
    path = _path(token, root)
    if root is not None and path[0].pos_ == "ADP" and len(path) > 1:
        path = path[1:]  # what governs the preposition lies outside
    state = _open_question(given or Factuality(), path[0])
    for node, below in zip(path, [*path[1:], None], strict=True):
        before = state
        state = _local(state, node, below)
        if below is not None:
            state = _arc(state, before, node, below)
    return state


def negated(token: Token) -> bool:
    """Whether the words that stand with the predicate itself negate it."""
    return _local(Factuality(), token, None).polarity == "-"


def _path(token: Token, root: Token | None) -> list[Token]:
    """Tokens from the root (included) down to ``token`` (included)."""
    path = [token]
    while path[-1] != root and path[-1].head != path[-1]:
        path.append(path[-1].head)
    return path[::-1]


# -- what stands with a predicate -----------------------------------------------------------------------


def _local(state: Factuality, node: Token, below: Token | None) -> Factuality:
    """The state after the negators, modals, hedges and conjunctions that are children of ``node``."""
    found = list(negators(node, below))
    for word in found:
        state = state.flipped(word)
        commitment = words("negator").get(word, {}).get("commitment")
        state = state.weakened(commitment, word) if commitment else state
    state = _modality(state, node, negative=len(found) % 2 == 1)
    for child in node.children:
        lower = child.lower_
        if child.dep_ == "mark" and lower in words("mark"):
            state = state.left_open(lower)
        elif child.dep_ in ("advmod", "amod") and lower in words("hedge"):
            state = state.weakened(words("hedge")[lower]["commitment"], lower)
        elif child.dep_ == "advcl" and child != below and marked(child, "if", "unless"):
            state = state.weakened("possible", "conditional")
    if node.dep_ in ("ROOT", "ccomp") and any(c.lower_ == "nor" and c.i < node.i for c in node.children):
        state = state.flipped("nor")
    if _inverted(node):
        state = state.left_open("inverted condition")
    return _imperative(state, node)


def _inverted(node: Token) -> bool:
    """Whether a clause is a condition by its order: "had it attacked, there would be war"."""
    first = next((c for c in node.children if c.dep_ == "aux" and c.lower_ in ("had", "should", "were")), None)
    subject = next((c for c in node.children if c.dep_ == "nsubj"), None)
    if node.dep_ != "advcl" or first is None or subject is None:
        return False
    before = node.doc[first.i - 1] if first.i > node.sent.start else None  # but not "not only had it attacked"
    return first.i < subject.i and (before is None or before.is_punct or before.pos_ in ("CCONJ", "SPACE"))


def _modality(state: Factuality, node: Token, *, negative: bool) -> Factuality:
    """The state after the modal auxiliaries of ``node``; a negated possibility is certain."""
    modals = [c for c in node.children if c.dep_ in ("aux", "auxpass") and c.lower_ in words("modal")]
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in node.children)  # "would have attacked"
    for modal in modals:
        told = state.shifted and not perfect and modal.lower_ in ("would", "'d")
        entry = words("modal")["will" if told else modal.lower_]
        state = state.weakened(entry["negated" if negative else "commitment"], modal.lower_)
        if entry.get("tense") == "future" and not perfect:
            state = replace(state, tense="future")
    return state


def _imperative(state: Factuality, node: Token) -> Factuality:
    """An order says nothing of what is: a bare verb without subject at the root."""
    bare = node.tag_ == "VB" and node.dep_ in ("ROOT", "ccomp") and node.i == _first_word(node)
    if bare and not any(c.dep_ in SUBJECTS or c.lower_ == "to" or c.lower_ in words("modal") for c in node.children):
        return state.left_open("imperative")
    return state


def _first_word(node: Token) -> int:
    """Position of the first word of the clause that is no negation, adverb or punctuation."""
    inside = (t for t in node.subtree if not (t.is_punct or t.dep_ in ("neg", "aux", "advmod", "intj", "cc")))
    return next((t.i for t in inside), node.i)


def _open_question(state: Factuality, root: Token) -> Factuality:
    """A question leaves its clause open, unless it only tags along."""
    if root.dep_ == "ROOT" and _ends_in_question(root):
        return state.left_open("question")
    return state


def _ends_in_question(root: Token) -> bool:
    closing = [t for t in root.sent if t.is_punct and not t.is_quote and t.text not in ")]"]
    return bool(closing) and closing[-1].text.startswith("?") and closing[-1].i > root.i


# -- from a predicate to its complement -----------------------------------------------------------------


def _arc(state: Factuality, before: Factuality, node: Token, below: Token) -> Factuality:
    """The state of ``below``, a child of ``node``, given that of ``node`` with and without its own words."""
    dep = below.dep_
    than = [c for c in node.children if c.lower_ == "than" and c.i < below.i] if dep == "conj" else []
    if any(_replaced(word) for word in (node, *than)):
        return Factuality(reasons=state.reasons).flipped("in its place")
    if dep == "conj":
        return _coordinated(state, before, node, below)
    if dep in SUBJECTS:
        return _subject(state, node, below)
    if dep in ("acl", "relcl") and _content_noun(node, below):
        frame = frame_of(below)
        return _complement(state, node, below, "that" if dep == "relcl" and frame != "to" else frame)
    if node.pos_ in NOMINAL and empty(node) and frame_of(below) == "to":
        return Factuality(reasons=state.reasons).flipped(node.lower_)
    if dep in ("acl", "relcl") and (told := _clause_of_noun(state, node, below)) is not None:
        return told
    if dep in PRESUPPOSING or dep == "acl" or _title(node, below):
        return _presupposed(state, dep)
    if dep == "advcl":
        return _adverbial(state, node, below)
    if dep == "prep" or node.dep_ == "prep" or node.pos_ == "ADP":
        return _prepositional(state, node, below)
    return _complement(state, node, below, frame_of(below))


def _clause_of_noun(state: Factuality, node: Token, below: Token) -> Factuality | None:
    """The state of a clause under a noun that is a complement, or yet to come ("a bid to join"); None of others."""
    if below.dep_ == "acl" and _small_clause(node, below):
        return state
    if node.pos_ == "NOUN" and frame_of(below) == "to" and not any(c.lower_ in NTH for c in node.children):
        return replace(state.weakened("possible", f"{node.lemma_} to"), tense="future")
    return None


def _title(node: Token, below: Token) -> bool:
    """Whether a noun stands before a name as its title ("rebel leader Ana Ruiz was reportedly seen")."""
    return below.dep_ == "compound" and node.pos_ == "PROPN" and below.pos_ == "NOUN"


def _small_clause(node: Token, below: Token) -> bool:
    """Whether an object and its gerund are one complement: "ruled out talks becoming a treaty"."""
    entry = signature(node.head, "ing") if below.tag_ == "VBG" and node.dep_ in OBJECTS else None
    return entry is not None and bool({"from", "that"} & set(entry["frames"]))


def _own_gerund(node: Token, below: Token) -> bool:
    """Whether a gerund with a subject is the verb's complement: "stopped Iran attacking"."""
    return below.tag_ == "VBG" and any(c.dep_ in SUBJECTS for c in below.children) and bool(signature(node, "ing"))


def _presupposed(state: Factuality, reason: str) -> Factuality:
    return Factuality(reasons=(*state.reasons, f"presupposed ({reason})"), presupposed=True)


def _coordinated(state: Factuality, before: Factuality, node: Token, below: Token) -> Factuality:
    """A second conjunct shares a negation across "or", "nor"; without a subject, "if" and modals as well."""
    joiners = {c.lower_ for n in (node, below) for c in n.children if c.dep_ in ("cc", "preconj")}
    own_clause = any(c.dep_ in SUBJECTS for c in below.children)
    if "nor" in joiners and own_clause:
        return before.flipped("nor")
    if (joiners & {"or", "nor", "neither"} and not own_clause) or state.polarity == "?":
        return state
    if own_clause or any(c.dep_ in ("aux", "auxpass", "neg") for c in below.children):
        return before
    return replace(state, polarity=before.polarity)


def _subject(state: Factuality, node: Token, below: Token) -> Factuality:
    """Subjects are presupposed, but for passives, verdicts, and verbs of happening or ending."""
    judgement = verdict(node)
    if judgement:
        return _judge(state, judgement)
    likely = extraposed(node, "that") if below.pos_ == "NOUN" and below.dep_ == "nsubj" else None
    if likely and not any(c.lower_ == "no" for c in below.children):
        return _mapped(state, likely)  # "a deal was possible"
    if below.dep_ in ("nsubjpass", "csubjpass") and signature(node, "np"):
        return _complement(state, node, below, "np")
    if below.dep_ == "nsubjpass" and (state.polarity == "+" or indefinite(below)):
        return state
    if (
        node.lemma_ in HAPPEN
        and below.pos_ in NOMINAL
        and not any(c.dep_ in ("attr", "acomp", "agent") for c in node.children)
    ):
        return state
    if node.lemma_ in ("end", "stop", "cease", "collapse", "fail") and below.dep_ == "nsubj":
        return state.flipped(node.lemma_) if not any(c.dep_ in OBJECTS for c in node.children) else state
    supposed = state.polarity == "?" and marked(node, "if", "unless") and indefinite(below)  # "if a strike hurts us"
    return state if below.pos_ == "VERB" or supposed else _presupposed(state, "subject")


def _judge(state: Factuality, entry: dict[str, Any]) -> Factuality:
    """The state of what a verdict is about: it is held true or false whatever report it comes from."""
    judged = replace(state, judged=True)
    judged = judged.weakened(entry.get("commitment", "certain"), entry["word"])
    return judged.flipped(entry["word"]) if entry["value"] == "-" else judged


def _content_noun(node: Token, below: Token) -> bool:
    """Whether a clause under a noun is its content ("reports that", "a plan to") and no mere modifier."""
    if below.dep_ == "acl":
        return bool(signature(node, frame_of(below))) or (below.tag_ == "VBG" and bool(signature(node, "that")))
    if frame_of(below) == "to":
        return bool(signature(node, "to"))
    subject = any(c.dep_ in SUBJECTS and c.lower_ != "that" for c in below.children)
    full = any(c.dep_ == "mark" or (c.dep_ in OBJECTS and c.lower_ != "that") for c in below.children)
    return subject and full and bool(signature(node, "that"))


def _replaced(preposition: Token) -> bool:
    """Whether a preposition introduces what was not done: "instead of", "rather than"."""
    return preposition.lower_ in ("of", "than") and any(c.lower_ in ("instead", "rather") for c in preposition.children)


def _adverbial(state: Factuality, node: Token, below: Token) -> Factuality:
    """Adverbial clauses are presupposed, but for purposes, conditions, and what follows "without"."""
    beside = any(_small_clause(c, below) for c in node.children if c.right_edge.i + 1 == below.left_edge.i)
    if beside or (below.left_edge.i == node.i + 1 and _own_gerund(node, below)):
        return _complement(state, node, below, "ing")
    if any(c.lower_ == "without" for c in below.children if c.dep_ in ("mark", "prep")):
        return _without(state)
    if any(c.lower_ == "to" and c.tag_ == "TO" for c in below.children):
        if signature(node, "to"):
            return _complement(state, node, below, "to")
        pursued = state.polarity == "+" and state.committed  # "sent troops to oust": meant, if not done
        return replace(state.weakened("probable" if pursued else "possible", "purpose"), tense="future")
    return _presupposed(state, "adverbial clause")


def _without(state: Factuality) -> Factuality:
    """What went without being done; left open where it is a condition: "could not start without agreeing"."""
    if state.polarity != "+" or not state.committed:
        return state.left_open("without")
    return Factuality(reasons=state.reasons).flipped("without")


def _prepositional(state: Factuality, node: Token, below: Token) -> Factuality:
    """Nothing changes from predicate to preposition; from there on the predicate's signature decides."""
    if below.dep_ in ("prep", "agent"):
        return state
    head, word = node.head, node.lower_
    if word == "without":
        return _without(state)
    entry, behind = signature(head, word), word == "behind" and head.lemma_ == "be"
    if (behind or (entry and entry.get("part"))) and owned(below):
        return _presupposed(state, word)  # "had no part in Mali's attack"
    if behind:
        return state
    if entry:
        return _complement(state, head, below, word)
    if word == "of" and head.pos_ in NOMINAL:
        return state
    if state.polarity == "+" and not state.presupposed:
        return state
    return state if indefinite(below) else _presupposed(state, word)


def _complement(state: Factuality, node: Token, below: Token, frame: str) -> Factuality:
    """The state of a complement, by the predicate's signature, or by default where the lexicon has none."""
    entry = words("verdict").get(node.lower_) if frame == "that" else None
    entry = entry or (verdict(node) if frame == "that" and node.lemma_ == "be" else None)
    if entry:
        return _judge(state, entry)
    known = signature(node, frame) or extraposed(node, frame)
    if known:
        return _mapped(state, known)
    if below.dep_ == "acomp":
        return state
    if frame == "np":
        return state if state.polarity != "-" or indefinite(below) else _presupposed(state, "object")
    if frame == "that" and node.pos_ in ("VERB", "NOUN") and below.dep_ in ("ccomp", "acl"):
        return state if state.judged else state.left_open(f"{node.lemma_} that")
    if frame == "to" and below.dep_ in ("xcomp", "ccomp") and node.pos_ in ("VERB", "NOUN"):
        return replace(state.weakened("possible", f"{node.lemma_} to"), tense="future")
    return state


def _mapped(state: Factuality, entry: dict[str, Any]) -> Factuality:
    """The complement's state under a signature: polarity by that of the predicate, commitment capped."""
    lemma = entry["lemma"]
    if state.judged and (entry.get("reports") or entry.get("judges")):
        return state
    if state.polarity == "?":
        return state.left_open(lemma)
    value: Polarity = entry["positive" if state.polarity == "+" else "negative"]
    if value == "?":
        return state.left_open(lemma)
    commitment: Commitment = entry.get("commitment", "certain") if state.polarity == "+" else "certain"
    mapped = replace(state, polarity=value, judged=bool(entry.get("judges"))).weakened(commitment, lemma)
    return replace(mapped, tense="future") if entry.get("tense") == "future" else mapped
