"""Sources: the actor behind every claim, and those who pass it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.annotate.actors.phrases import nouns
from kg.annotate.coreference.referents import PERSONAL, Cast, Referent
from kg.gazetteer import word_list
from kg.records import NARRATOR, Actor, Claim, Mention, Span

_CITING = frozenset(("quote", "cite"))
_SINGULAR = frozenset(("i", "me", "my", "mine", "myself"))
_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
FIRST = _SINGULAR | _PLURAL
#: Heads that name somebody only together with what follows ("one of the officials").
_PARTS = word_list("parts_of_groups")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_STEPS = 6
#: Entities that speak for nobody.
_TIMES = frozenset(("DATE", "TIME"))
#: Parts of a phrase that name whom its head describes.
_OF_NAMES = frozenset(("appos", "compound", "nmod", "conj", "flat"))
_ANYBODY = frozenset(("anybody", "anyone", "everybody", "everyone", "no-one", "nobody", "somebody", "someone"))
#: Verbs and adverbs by which the article itself hedges what it says.
_HEDGES = frozenset(("appear", "look", "seem"))
#: Verbs in whose passive the subject is spoken of, or spoken to, and does not speak.
_RAISING = frozenset(
    (
        "accuse", "advise", "allege", "ask", "believe", "blame", "charge", "claim", "expect", "inform", "order",
        "report", "rumour", "say", "suppose", "suspect", "tell", "think", "understand", "urge", "warn",
    )
)  # fmt: skip


class Sources:
    """Finds the source of one claim after another."""

    def __init__(self, cast: Cast, claims: list[Claim]) -> None:
        self.cast = cast
        self.claims = {c.id: c for c in claims}
        self.found: dict[str, Referent] = {}
        self.documents: dict[str, Referent] = {}
        self.previous: tuple[Claim, Referent] | None = None
        self.unknown: Referent | None = None
        self.speaker: Referent | None = None

    def resolved(self, claim: Claim) -> Claim:
        """``claim`` with its source and via filled."""
        if claim.source == NARRATOR:
            return claim
        source, via = self._source(claim)
        self.found[claim.id] = source
        if source is not self.unknown:
            self.previous = (claim, source)
        passed = [r.actor.id for r in via or self._told(claim) if r is not source]
        return replace(claim, source=source.actor.id, via=tuple(dict.fromkeys(passed)))

    def _source(self, claim: Claim) -> tuple[Referent, list[Referent]]:
        """The source of a claim, and the outlets that quote it."""
        cue = next((t for span in claim.cue_span if (t := self._tokens(span)) is not None), None)
        cited = self._cited(cue) if cue is not None else None
        if cited is not None:
            return cited
        for span in claim.source_span if cue is None or not _by_nobody(cue.root) else ():
            tokens = self._tokens(span)
            if (
                tokens is not None
                and cue is not None
                and (_raised(tokens.root, cue.root) or _of_others(tokens.root, cue.root))
            ):
                break
            if tokens is not None and tokens.root.ent_type_ in _TIMES:
                break  # "last month's announcement"
            if tokens is not None and any(
                (t.is_alpha and t.tag_ not in ("POS", "DT")) or t.i in self.cast.over for t in tokens
            ):
                referent = self.of_phrase(_whole(tokens, cue), claim)
                speaker = self._carried_by(referent, cue, claim)
                return (speaker, [referent]) if speaker is not None else (referent, [])
        heard = self._subject(cue, claim) if cue is not None and not _hedged(cue.root) else None
        return heard or self._carried(claim) or self._voice(claim) or self._nobody(), []

    def _tokens(self, span: Span) -> Tokens | None:
        found = self.cast.doc.char_span(*span, alignment_mode="expand")
        return found[1:] if found is not None and len(found) > 1 and found[0].pos_ == "CCONJ" else found

    def of_phrase(self, tokens: Tokens, claim: Claim | None = None) -> Referent:
        """The referent of a source phrase: the one at its head, or a new unnamed one."""
        root = _spoken_by(self.cast, tokens)
        if is_first(root) and claim is not None:
            return self.first_person(root, claim)
        if root.i not in self.cast.over and root.lower_ in word_list("nobody"):
            named = [r for t in tokens if (r := self.cast.over.get(t.i))]
            return named[0] if named and root.lower_ not in _ANYBODY else self._nobody()
        if root.tag_ in ("WDT", "WP") and root.dep_ == "dobj":
            root = next((c for c in root.head.children if c.dep_ == "nsubj"), root)
        referent = self.cast.over.get(root.i)
        if referent is not None and root.lower_ not in _PARTS:
            return referent
        return self._by_clause(root) or self._by_name(tokens, root) or self._described(tokens, root)

    def _by_clause(self, root: Token) -> Referent | None:
        """Whom ``who``, ``which`` or an idle ``it`` stands for."""
        noun = _antecedent(root)
        if noun is not None and noun.i not in self.cast.over and noun.pos_ == "NOUN":
            return self._new(noun.doc[noun.left_edge.i : noun.i + 1], noun, next(self._owners(noun), None))
        if root.lower_ == "it" and root.dep_ == "nsubjpass":
            return self._nobody()
        return self._person_before(root) if root.lower_ == "who" else None

    def _by_name(self, tokens: Tokens, root: Token) -> Referent | None:
        """The person named in the phrase as what its head describes ("another local, Ana Ruiz, 32,")."""
        for token in tokens:
            referent = self.cast.over.get(token.i)
            if referent is not None and referent.type == "Person" and token.dep_ == "appos" and token.head.i == root.i:
                return referent
        if root.lemma_.lower() in nouns() or next(self._owners(root), None) is not None:
            return None
        within = (t for t in tokens if t.head.i not in range(tokens.start, tokens.end) or t.dep_ in _OF_NAMES)
        return next((r for t in within if (r := self.cast.over.get(t.i)) and r.type == "Person"), None)

    def _described(self, tokens: Tokens, root: Token) -> Referent:
        """The author of a document, the document, or somebody unnamed."""
        entry, owner = nouns().get(root.lemma_.lower()), next(self._owners(root), None)
        if entry is not None and entry["class"] == "document":
            return owner or self._document(tokens, root, str(entry["lemma"]))
        return self._new(tokens, root, owner)

    def _person_before(self, token: Token) -> Referent | None:
        """The person named last before the token in its sentence."""
        before = (self.cast.over.get(i) for i in range(token.i - 1, token.sent.start - 1, -1))
        return next((r for r in before if r is not None and r.type == "Person"), None)

    def _owners(self, head: Token) -> Iterator[Referent]:
        """Those whom a noun is said to belong to or come from ("a White House statement", "a report by Amnesty")."""
        for child in head.children:
            nearby = child.dep_ in ("poss", "compound", "amod", "nmod")
            for token in [child] if nearby else _objects(child):
                referent = self.cast.over.get(token.i)
                if referent is not None:
                    yield referent
                elif not nearby and (child.lower_ != "of" or token.lemma_.lower() in nouns()):
                    yield from self._owners(token)
                elif not nearby:  # "a transcript of her remarks", but not "reports of an attack by Mali"
                    yield from (r for c in token.children if c.dep_ == "poss" and (r := self.cast.over.get(c.i)))

    def first_person(self, token: Token, claim: Claim) -> Referent:
        """Who ``I`` and ``we`` are in a source: the speaker of the claim around it, or whom that one speaks for."""
        outer = self._around(token, claim)
        speaker = self.found.get(outer.id) if outer is not None else None
        if speaker is None:
            speaker = self.previous[1] if self.previous is not None else self._unheard(token)
        return speaker if token.lower_ in _SINGULAR else spoken_for(self.cast, speaker)

    def _unheard(self, token: Token) -> Referent:
        """One unnamed speaker for ``I`` in words that nobody is said to speak."""
        if self.speaker is None:
            self.speaker = self._new(token.doc[token.i : token.i + 1], token, None)
        return self.speaker

    def _around(self, token: Token, claim: Claim) -> Claim | None:
        """The claim in whose content the token stands."""
        if claim.nested_in in self.claims:
            return self.claims[str(claim.nested_in)]
        inside = (c for c in self.claims.values() if c.id != claim.id and c.id in self.found)
        return next((c for c in inside if any(s <= token.idx < e for s, e in c.content)), None)

    def _document(self, tokens: Tokens, root: Token, lemma: str) -> Referent:
        """One unnamed source for all the reports, estimates ... that nobody is said to have written."""
        if lemma not in self.documents:
            self.documents[lemma] = self._new(tokens, root, None)
        else:
            mention = Mention(root.idx, root.idx + len(root.text), "description", f"{lemma} again")
            self.cast.attach(self.documents[lemma], mention, (root.i, root.i + 1), root.i)
        return self.documents[lemma]

    def _new(self, tokens: Tokens, root: Token, owner: Referent | None) -> Referent:
        """An unnamed source for a phrase that names no known actor."""
        start, end = tokens.start, tokens.end
        while end - start > 1 and (tokens.doc[end - 1].is_punct or tokens.doc[end - 1].is_space):
            end -= 1
        while end - start > 1 and (tokens.doc[start].is_space or tokens.doc[start].is_punct):
            start += 1
        text = tokens.doc[start:end]
        name = text[1:].text if text[0].lower_ in ("the", "a", "an") and len(text) > 1 else text.text
        of = owner.actor.id if owner is not None else None
        actor = Actor(self.cast.next_id(), name, "Unnamed", of=of, reason="source of a claim")
        mention = Mention(text.start_char, text.end_char, "description", "source of a claim")
        return self.cast.introduce(actor, (start, end), mention, root.i)

    def _subject(self, cue: Tokens, claim: Claim) -> Referent | None:
        """The subject or owner of the cue, where attribution left the source open."""
        root = cue.root
        if root.pos_ == "NOUN":
            owner = next(self._owners(root), None)
            if owner is not None:
                return owner
            entry = nouns().get(root.lemma_.lower())
            if entry is not None and entry["class"] == "document":
                return self._document(cue, root, str(entry["lemma"]))
            if root.dep_ in _SUBJECTS:
                return None  # "allegations that he lied were false": whose is not said
        for subject in _subjects(root):
            if _raised(subject, root) or (subject.dep_ == "nsubjpass" and subject.head.i == root.i):
                return None  # "was accused of": by whom is not said
            referent = self.cast.over.get(subject.i)
            if referent is not None:
                return referent
            if is_first(subject) and subject.dep_ == "nsubj":
                return self.first_person(subject, claim)
            if subject.dep_ == "nsubj" and subject.tag_ == "NNS":
                return self._new(subject.doc[subject.left_edge.i : subject.i + 1], subject, None)
        return None

    def _cited(self, cue: Tokens) -> tuple[Referent, list[Referent]] | None:
        """Whom somebody quotes ("Reuters quoted an official as saying", "the Times reported, citing an official")."""
        verb = cue.root
        around = [verb, *(c for c in verb.children if c.dep_ == "advcl"), verb.head, verb.head.head]
        citing = next((v for v in around if v.lemma_ in _CITING and v.pos_ == "VERB"), None)
        whom = next((c for c in citing.children if c.dep_ == "dobj"), None) if citing is not None else None
        if citing is None or whom is None or whom.i == verb.i:
            return None
        entry = nouns().get(whom.lemma_.lower(), {})
        referent = self.cast.over.get(whom.i)
        if referent is None and entry.get("class") not in ("person", "office"):
            return None
        quoting = [r for s in _subjects(citing) if (r := self.cast.over.get(s.i))]
        if referent is None:
            referent = self._new(self.cast.doc[whom.left_edge.i : whom.i + 1], whom, next(self._owners(whom), None))
        return referent, quoting

    def _carried_by(self, outlet: Referent, cue: Tokens | None, claim: Claim) -> Referent | None:
        """The speaker whose words an outlet prints, when one sentence has both (he said "A", Reuters reported)."""
        if outlet.type != "Outlet" or cue is None or claim.kind == "indirect" or self.previous is None:
            return None
        before, speaker = self.previous
        if cue.root.lemma_ not in word_list("printing") or speaker.type not in PERSONAL:
            return None
        last = self._tokens(before.content[-1]) if before.content else None
        return (
            speaker if last is not None and self.cast.sentence[last.root.i] == self.cast.sentence[cue.root.i] else None
        )

    def _carried(self, claim: Claim) -> Referent | None:
        """The speaker of the claim before, for quotations that follow on."""
        if self.previous is None or claim.cue is not None or claim.kind == "indirect":
            return None
        return self.previous[1]

    def _voice(self, claim: Claim) -> Referent | None:
        """The ``I`` or ``we`` of a quotation that nothing around it gives to anybody."""
        if claim.cue is not None or claim.kind == "indirect":
            return None
        spans = (self._tokens(span) for span in claim.content)
        tokens = (t for span in spans if span is not None for t in span)
        return next((self._unheard(t) for t in tokens if is_first(t) and t.i not in self.cast.over), None)

    def _nobody(self) -> Referent:
        """One unnamed actor without names, for "it is believed that"."""
        if self.unknown is None:
            actor = Actor(self.cast.next_id(), "unspecified", "Unnamed", reason="a claim without a source")
            self.unknown = self.cast.admit(actor)
        return self.unknown

    def _told(self, claim: Claim) -> list[Referent]:
        """Outlets that the source told."""
        spans = (self._tokens(span) for span in claim.cue_span)
        return [r for tokens in spans if tokens is not None for r in _audience(self.cast, tokens.root)]


def _hedged(cue: Token) -> bool:
    """Whether the cue only says how sure the article is ("reportedly", "appears"): its subject says nothing."""
    return cue.lemma_ in _HEDGES or cue.pos_ == "ADV"


def _raised(subject: Token, verb: Token) -> bool:
    """Whether the subject is whom others speak of ("Iran is thought to have left"): by whom is not said."""
    return subject.dep_ == "nsubjpass" and subject.head.i == verb.i and verb.lemma_ in _RAISING


def _of_others(speaker: Token, cue: Token) -> bool:
    """Whether a noun for words is what somebody speaks of: "he said allegations that she lied were false"."""
    clause = cue.head
    spoken_of = cue.pos_ == "NOUN" and cue.dep_ in _SUBJECTS and clause.dep_ == "ccomp"
    return spoken_of and speaker.dep_ == "nsubj" and speaker.head == clause.head


def _by_nobody(verb: Token) -> bool:
    """Whether the verb is "it is believed" without a "by"."""
    it = any(c.dep_ == "nsubjpass" and c.lower_ == "it" for c in verb.children)
    return it and verb.lemma_ in _RAISING and not any(c.dep_ == "agent" for c in verb.children)


def _whole(tokens: Tokens, cue: Tokens | None) -> Tokens:
    """A source phrase with what it belongs to, where attribution left that out.

    The noun that it owns ("Iran's | army said"), and the subject of the cue that it only tells of ("Ana Ruiz, a
    teacher from | Harrow said").
    """
    subject = _told_of(tokens.root, cue)
    if subject is not None:
        return tokens.doc[subject.left_edge.i : subject.i + 1]
    noun = tokens.root.head
    if cue is None or tokens.root.dep_ != "poss" or noun.i < tokens.end or noun.dep_ != "nsubj":
        return tokens
    if cue.start <= noun.i < cue.end:  # "Iran's denial came late"
        return tokens.doc[tokens.root.i : tokens.root.i + 1]
    return tokens.doc[tokens.start : noun.i + 1] if noun.head in (cue.root, cue.root.head) else tokens


def _told_of(word: Token, cue: Tokens | None) -> Token | None:
    """The name that is the subject of the cue, and that the word stands in an apposition of."""
    if cue is None or word.dep_ != "pobj":
        return None
    above = next((a for a in word.ancestors if a.dep_ == "appos"), None)
    named = above is not None and above.head.dep_ == "nsubj" and above.head.pos_ == "PROPN"
    return above.head if above is not None and named and above.head.head == cue.root else None


def _spoken_by(cast: Cast, tokens: Tokens) -> Token:
    """The head of a source phrase; in one that holds a whole clause by mistake, a name in it."""
    root = tokens.root
    if root.pos_ not in ("VERB", "AUX") or root.i in cast.over:
        return root
    named = [t for t in tokens if t.i in cast.over and t.head.i not in range(t.i + 1, tokens.end)]
    people = [t for t in named if cast.over[t.i].type == "Person"]
    return people[-1] if people else named[0] if named else root


def is_first(token: Token) -> bool:
    """Whether the token is a first-person pronoun, and not the US."""
    return token.lower_ in FIRST and not (token.is_upper and len(token) > 1)


def spoken_for(cast: Cast, speaker: Referent) -> Referent:
    """Whom a speaker's ``we`` means: the state, organisation or group of the office held, else the speaker."""
    of = next((owner for _, owner in sorted(speaker.offices) if owner in cast.by_id), speaker.actor.of)
    body = cast.by_id.get(of) if of else _managed(cast, speaker)
    if body is None:
        return speaker
    entry = cast.entry(body)
    return (cast.state(entry.stands_for) if entry and entry.stands_for else None) or body


def _antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for ("autocrats who fear")."""
    if pronoun.tag_ not in ("WP", "WDT") or pronoun.dep_ not in _SUBJECTS:
        return None
    return pronoun.head.head if pronoun.head.dep_ == "relcl" else None


def _managed(cast: Cast, speaker: Referent) -> Referent | None:
    """The organisation that the text is about, for one who is only called its spokesman, chairman or the like."""
    if not speaker.lemmas & word_list("behind_company_names"):
        return None
    bodies = sorted((r for r in cast.referents if r.type == "Organisation"), key=lambda r: len(r.places))
    return bodies[-1] if bodies and len(bodies[-1].places) > 2 else None


def _objects(preposition: Token) -> list[Token]:
    """Objects of a preposition that names an author."""
    if preposition.dep_ not in ("prep", "agent") or preposition.lower_ not in ("by", "from", "of"):
        return []
    return [c for c in preposition.children if c.dep_ == "pobj"]


def _subjects(word: Token) -> list[Token]:
    """Subjects of the word's clause, its own or the one it shares ("denied the report and said")."""
    for _ in range(_STEPS):
        own = [c for c in word.children if c.dep_ in _SUBJECTS or c.dep_ == "poss"]
        if own:
            return own
        if word.head.i == word.i or word.dep_ in ("relcl", "ccomp"):
            return [word.head] if word.dep_ in ("relcl", "acl") else []
        word = word.head
    return []


def _audience(cast: Cast, verb: Token) -> list[Referent]:
    """Outlets that were told ("told Reuters", "confirmed to the BBC", "in an interview with the Guardian")."""
    told = [c for c in verb.children if c.dep_ in ("dobj", "dative", "pobj")]
    for preposition in (c for c in verb.children if c.dep_ in ("prep", "dative") and c.lower_ in ("to", "in", "with")):
        for noun in preposition.children:
            told += [noun, *(g for c in noun.children if c.dep_ == "prep" for g in c.children)]
    return [r for t in told if (r := cast.over.get(t.i)) is not None and r.type == "Outlet"]
