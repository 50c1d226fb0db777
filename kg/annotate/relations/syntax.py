"""Who does what to whom in a dependency parse: subjects, objects and owners of a predicate, whatever the construction.

Functions take and give spaCy tokens (heads of phrases) in text order; relation labels are those of ClearNLP, as spaCy's
English pipelines use them. Nothing here knows of actors or relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.annotate.polarity_lexicon import NTH

RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})
#: Prepositions before examples: what they head belongs to the list ("allies such as Qatar").
EXAMPLES = frozenset({"including", "like", "as", "namely"})
#: Prepositions of a gerund whose subject is the governing verb's object ("accused Iran of attacking").
OBJECT_CONTROL = frozenset({"of", "from", "for", "into", "at", "against"})
#: Verbs whose object does not act in their infinitive ("promised Iran to help").
SUBJECT_CONTROL = frozenset(
    {"aim", "attempt", "promise", "seek", "strive", "struggle", "threaten", "try", "use", "vow"}
)
#: Verbs whose object acts in an infinitive wherever the parser ties it ("left Iran free to attack").
ENABLING = frozenset({"leave", "allow", "enable", "permit", "free", "stop", "prevent"})
#: Nouns of bodies that have members.
GROUPS = frozenset({"coalition", "alliance", "bloc", "group", "union", "league", "pact", "axis", "federation"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
#: Prepositions between a light verb and its noun ("took part in", "withdrew from").
THROUGH = frozenset({"of", "in", "to", "from"})
#: Nouns between a light verb and the noun of a relation ("took part in", "launched a series of").
PARTS = frozenset(
    {"action", "array", "barrage", "beginning", "bit", "bout", "campaign", "continuation", "degree", "expansion",
     "form", "hand", "increase", "involvement", "kind", "launch", "level", "lot", "measure", "number", "package",
     "part", "participation", "period", "phase", "raft", "range", "responsibility", "resumption", "role", "round",
     "series", "set", "share", "sort", "spate", "start", "string", "type", "variety", "wave"}
)  # fmt: skip
TOGETHER = frozenset({"along", "together"})
MAX_DEPTH = 6


def children(token: Token, *deps: str) -> list[Token]:
    """Children of the token under one of the relations."""
    return [c for c in token.children if c.dep_ in deps]


def coordinated(token: Token, depth: int = 0) -> list[Token]:
    """The token, what is joined to it, and the examples given of it: heads of the members of a list."""
    if depth > MAX_DEPTH:
        return [token]
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and _continues_list(child)):
            found += coordinated(child, depth + 1)
        elif child.dep_ == "prep" and child.lower_ in EXAMPLES and _exemplifies(child) and not _is_group(token):
            found += [] if _too_late(child) else examples(child, depth)
    return found + (_late_examples(token, depth) if token.tag_ == "NNS" else [])


def examples(preposition: Token, depth: int = 0) -> list[Token]:
    """Heads of the members of a list of examples; the parser may take them for appositions."""
    given = children(preposition, "pobj")
    beside = [a for g in given for a in children(g, "appos") if a.ent_type_ and not _continues_list(a)]
    return [x for g in (*given, *beside) for x in coordinated(g, depth + 1)]


def _too_late(preposition: Token) -> bool:
    """Whether examples behind a comma are not of the singular name before it, but of a plural noun further up."""
    if preposition.lower_ != "including" or preposition.head.tag_ not in ("NN", "NNP"):
        return False
    return any(a.tag_ == "NNS" and preposition in _including(a) for a in preposition.head.ancestors)


def _late_examples(noun: Token, depth: int) -> list[Token]:
    """Examples of a plural noun that the parser ties to a name in its clause ("troops loyal to Mali, including A")."""
    return [x for p in _including(noun) for x in examples(p, depth)]


def _including(noun: Token) -> list[Token]:
    """Each "including" behind a comma below a singular name in what modifies the noun."""
    below = (t for c in noun.children if c.dep_ in ("acl", "relcl", "amod", "prep") for t in c.subtree)
    found = (t for t in below if t.dep_ == "prep" and t.lower_ == "including" and t.head.tag_ in ("NN", "NNP"))
    return [t for t in found if t.i and t.nbor(-1).text == ","]


def _continues_list(token: Token) -> bool:
    """Whether an apposition is in truth a list member: the parser labels "A, B and C" so now and then."""
    return token.ent_type_ != "" and any(c.dep_ == "cc" and c.lower_ == "and" for c in token.children)


def _is_group(noun: Token) -> bool:
    """Whether what follows "including" are the noun's members, and not instances of it."""
    return noun.lemma_.lower() in GROUPS


def _exemplifies(preposition: Token) -> bool:
    return preposition.lower_ != "as" or any(c.lower_ == "such" for c in preposition.children)


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject or head noun is what it happens to."""
    if verb.tag_ != "VBN":
        return False
    if children(verb, "nsubjpass", "auxpass", "agent"):
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not children(verb, "nsubj", "aux", "dobj"):
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "amod", "advcl") and not children(verb, "nsubj", "aux", "dobj")


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the phrases that act in the verb: its subject, by-agent, or the one it is controlled by."""
    if depth > MAX_DEPTH:
        return []
    if is_passive(verb):
        return list(agents(verb))
    explicit = children(verb, "nsubj")
    if not explicit:
        return implied_subjects(verb, depth)
    if explicit[0].lower_ in RELATIVE_PRONOUNS and explicit[0].tag_.startswith("W"):
        return _spread([verb.head]) if verb.dep_ in ("relcl", "acl") else []
    return _spread([*explicit, *(x for word in (verb, *explicit) for x in _accompanying(word))])


def _accompanying(word: Token) -> list[Token]:
    """Who acts along with, or together with, the subject, whatever the parser ties that to."""
    found = [p for c in word.children if c.lower_ in TOGETHER for p in phrases(c, "with")]
    beside = (c for c in word.children if c.lower_ == "with" and any(g.lower_ in TOGETHER for g in c.children))
    return found + [p for c in beside for p in children(c, "pobj")]


def _spread(tokens: Iterable[Token]) -> list[Token]:
    return [x for t in tokens for x in coordinated(t)]


def agents(verb: Token) -> Iterator[Token]:
    """Heads of the verb's by-phrase; of its head's where joined passives share one ("armed and trained by Iran")."""
    found = [p for a in verb.children if a.dep_ == "agent" or (a.dep_ == "prep" and a.lower_ == "by")
             for p in children(a, "pobj")]  # fmt: skip
    found += hands(verb)
    if not found:
        found = [p for c in children(verb, "conj") if c.tag_ == "VBN" for p in agents(c)]
    yield from _spread(found)


def hands(word: Token) -> list[Token]:
    """Whose act it is by "at the hands of"."""
    held = (h for h in complements(word, "at") if h.lemma_ == "hand")
    return [x for h in held for x in (complements(h, "of") or children(h, "poss"))]


def implied_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Subjects of a verb that has none of its own: by control, coordination, or from the noun that it modifies."""
    head = verb.head
    match verb.dep_:
        case "acl" if verb.tag_ == "VBG":
            return _spread([head])
        case "acl" | "relcl" if any(c.lower_ in NTH for c in head.children):  # "Mali was the first to attack"
            return subjects(head.head, depth + 1) if head.dep_ == "attr" else _spread([head])
        case "acl" | "relcl":
            return _planners(head, depth)
        case "conj" if head.pos_ in VERBAL:
            return subjects(head, depth + 1)
        case "xcomp" | "ccomp" | "advcl" if head.pos_ in VERBAL or head.pos_ == "ADJ":
            return _controller(verb, head, depth)
        case "pcomp":
            return _gerund_subjects(head, depth)
        case "xcomp" if head.pos_ == "NOUN":
            return owners(head)
    return []


def _controller(verb: Token, governor: Token, depth: int) -> list[Token]:
    """The governor's object where it controls the infinitive ("urged Iran to stop"), else its subject."""
    if verb.dep_ == "ccomp" and any(c.dep_ == "aux" and c.tag_ in ("VBD", "VBZ", "VBP") for c in verb.children):
        # "said troops | loyal to Mali | had attacked"
        before = (c for c in children(governor, "ccomp") if c.i < verb.i)
        return _spread(s for c in before for s in children(c, "nsubj"))
    controls = governor.lemma_ not in SUBJECT_CONTROL if verb.dep_ != "advcl" else governor.lemma_ in ENABLING
    objects = children(governor, "dobj", "nsubjpass")
    gap = verb.tag_ == "VBG" and any(o.lower_ in ("which", "that") for o in objects)  # "which it denied carrying out"
    if controls and objects and not gap:
        return _spread(objects)
    if governor.pos_ == "ADJ" and governor.dep_ == "oprd":  # "left Iran free to attack"
        return _spread(children(governor.head, "dobj", "nsubjpass"))
    if governor.pos_ == "ADJ":
        return subjects(governor.head, depth + 1) if governor.dep_ == "acomp" else []
    if is_passive(governor):
        return _spread(children(governor, "nsubjpass")) or subjects(governor, depth + 1)
    return subjects(governor, depth + 1)


def _grammatical(verb: Token, depth: int) -> list[Token]:
    """The verb's subject, also of a passive, which an adjunct's verb shares: "after striking, it was praised"."""
    return _spread(children(verb, "nsubjpass")) or subjects(verb, depth + 1)


def _gerund_subjects(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if governor.pos_ in VERBAL:
        charged = preposition.lower_ == "with" and governor.lemma_ in ("charge", "credit", "task")
        controls = charged or preposition.lower_ in OBJECT_CONTROL
        affected = children(governor, "dobj", "nsubjpass") if controls else []
        return _spread(affected) if affected else _grammatical(governor, depth)
    if governor.pos_ == "ADJ":  # "is capable of striking"; "fresh from striking, the army was"
        return _grammatical(governor.head, depth) if governor.dep_ in ("acomp", "advcl") else []
    return _planners(governor, depth) if governor.pos_ == "NOUN" else []


def _planners(noun: Token, depth: int) -> list[Token]:
    """Whose plan it is: the noun's owner, or whose verb it completes ("joined the plan to oust")."""
    own = owners(noun)
    named = any(o.dep_ == "poss" or o.pos_ == "PROPN" or o.ent_type_ for o in own)
    return own if named else [*own, *light_subjects(noun, depth + 1)]


def affected(verb: Token, *, clause: bool = False) -> list[Token]:
    """Heads of what the verb is done to: direct object, passive subject, the gap of a relative clause.

    With ``clause``, the subject of a complement counts too: the parser reads "urged Iran to stop" both ways.
    """
    found = (children(verb, "dobj") or children(verb, "oprd")) if not is_passive(verb) else []
    found += children(verb, "nsubjpass")
    if not found and is_passive(verb):
        found = _passive_gap(verb)
    elif not found and verb.dep_ == "relcl" and (explicit := children(verb, "nsubj")):
        found = [verb.head] if explicit[0].lower_ not in RELATIVE_PRONOUNS else []
    if not found and verb.dep_ == "xcomp":
        found = _distant_gap(verb)
    if clause:
        found += [
            s for c in children(verb, "ccomp", "xcomp", "advcl") for s in children(c, "nsubj") if _without_tense(c)
        ]
    if not found:
        found = [o for c in children(verb, "conj") if c.i - verb.i <= 3 for o in children(c, "dobj")]
    return _spread(_antecedent(t, verb) for t in found)


def _distant_gap(verb: Token) -> list[Token]:
    """The noun whose relative clause lacks the infinitive's object ("a leader that they sought to unseat")."""
    governor = verb.head
    while governor.dep_ == "xcomp":
        governor = governor.head
    relative = [c for c in (*governor.children, *verb.children) if c.lower_ in RELATIVE_PRONOUNS and c.dep_ != "nsubj"]
    return [governor.head] if governor.dep_ == "relcl" and relative else []


def _without_tense(verb: Token) -> bool:
    """Whether the clause is an infinitive, a gerund or a small clause ("deems Syria a threat")."""
    return (
        verb.pos_ in ("NOUN", "ADJ")
        or verb.tag_ in ("VB", "VBG")
        or any(c.lower_ == "to" for c in children(verb, "aux"))
    )


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    relative = token.lower_ in RELATIVE_PRONOUNS and verb.dep_ == "relcl"
    return verb.head if relative else token


def _passive_gap(verb: Token) -> list[Token]:
    match verb.dep_:
        case "acl" | "amod" | "relcl":
            return [verb.head]
        case "advcl":
            return children(verb.head, "nsubj", "nsubjpass")
        case "conj":
            noun_side = is_passive(verb.head) or verb.head.dep_ in ("acl", "amod")  # the tagger's "armed/JJ and backed"
            return children(verb.head, "nsubjpass") or (_passive_gap(verb.head) if noun_side else [])
    return []


def complements(predicate: Token, preposition: str) -> list[Token]:
    """Heads of the predicate's phrases under the preposition (``to`` takes in the dative: "gave Iran arms")."""
    found: list[Token] = []
    for child in predicate.children:
        if preposition == "to" and child.dep_ == "dative" and child.pos_ in NOMINAL:
            found.append(child)
        elif child.dep_ in ("prep", "dative", "agent", "prt") and child.lower_ == preposition:
            found += children(child, "pobj")
        elif child.dep_ in ("prep", "advmod") and (
            inner := [c for c in child.children if c.dep_ == "prep" and c.lower_ == preposition]
        ):
            found += [p for c in inner for p in children(c, "pobj")]
    return _spread(_antecedent(t, predicate) for t in found)


def phrases(noun: Token, preposition: str) -> list[Token]:
    """First heads of the noun's phrases under the preposition, one for each phrase."""
    return [p for c in noun.children if c.dep_ == "prep" and c.lower_ == preposition for p in children(c, "pobj")]


def distant(verb: Token, preposition: str) -> list[Token]:
    """Heads of phrases under the preposition that hang on the verb through other phrases only.

    In "led raids as part of a coalition against Iran" the parser ties the last phrase to the coalition.
    """
    level, found = children(verb, "prep"), []
    for _ in range(MAX_DEPTH):
        below = [c for p in level for o in children(p, "pobj") for c in children(o, "prep")]
        found += [x for p in below if p.lower_ == preposition for o in children(p, "pobj") for x in coordinated(o)]
        level = below
    return found


def where(verb: Token) -> list[Token]:
    """Heads of the place that the verb's relative clause is about ("Syria, where it came to rule")."""
    clause = verb
    while clause.dep_ == "xcomp" or (clause.dep_ == "advcl" and any(c.tag_ == "TO" for c in clause.children)):
        clause = clause.head
    if clause.dep_ != "relcl" or not any(c.lower_ == "where" for c in clause.children):
        return []
    first = clause.head
    while first.dep_ == "conj":
        first = first.head
    return coordinated(first)


def clause_subjects(word: Token, dep: str = "ccomp") -> list[Token]:
    """Subjects of the word's that-clause: a verb's ``ccomp``, a noun's ``acl``."""
    told = (c for c in children(word, dep) if dep == "ccomp" or any(m.lower_ == "that" for m in children(c, "mark")))
    return _spread(s for c in told for s in children(c, "nsubj", "nsubjpass"))


def owners(noun: Token) -> list[Token]:
    """Words before the noun that may name whose it is: possessives, compounds, adjectives; and its by-phrase."""
    before = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod", "nmod") and c.i < noun.i]
    nested = [n for c in before if c.dep_ in ("compound", "amod", "nmod") for n in owners(c)]
    joined = [noun, noun.head] if noun.dep_ == "conj" else [noun]  # "the raids and abuses by Iran"
    by = [p for n in joined for a in n.children if _names_agent(a) for p in children(a, "pobj")]
    return _spread([*before, *nested]) + _spread(by)


def _names_agent(preposition: Token) -> bool:
    """Whether "by" belongs to the nouns before it, and does not begin a second by-phrase ("..., and by")."""
    return preposition.lower_ == "by" and (preposition.i == 0 or preposition.nbor(-1).lower_ not in ("and", "or", ","))


def concerned(noun: Token) -> list[Token]:
    """The other side of talks or a deal that the clause is about: its subject, or whose its subject is.

    "The president's trip was prompted by a call with Iran", "Iran returned after talks with Israel".
    """
    if noun.dep_ != "pobj" or noun.head.head.pos_ not in VERBAL:
        return []
    verb = noun.head.head
    subject = children(verb, "nsubj", "nsubjpass")
    return _spread(x for s in subject for x in (children(s, "poss") or [s]))


def light_verb(noun: Token) -> Token | None:
    """The verb whose object the noun is, or passive subject, also through "a series of"."""
    for _ in range(MAX_DEPTH):
        head = noun.head
        if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in VERBAL:
            return head
        if noun.dep_ == "conj" and head.pos_ == "NOUN":
            noun = head
        elif noun.dep_ == "pobj" and head.lower_ in THROUGH and head.head.pos_ in ("NOUN", "VERB"):
            if head.head.pos_ == "VERB":
                things = children(head.head, "dobj")  # "took part in", but not "stopped the fall in"
                other = things and not any(t.lemma_.lower() in PARTS for t in things)
                return None if head.lower_ == "of" or other else head.head
            if head.head.lemma_.lower() not in PARTS:
                return None
            noun = head.head
        elif noun.dep_ in ("acl", "relcl"):
            noun = head
        else:
            return None
    return None


def light_subjects(noun: Token, depth: int = 0) -> list[Token]:
    """Subjects of the verb whose object the noun is ("Iran announced plans to attack")."""
    verb = light_verb(noun)
    return subjects(verb, depth + 1) if verb is not None and verb.lemma_ != "be" else []
