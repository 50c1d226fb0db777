"""Each entry of the polarity lexicons reads as its example says, and so do sentences of mixed operators."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Token

from kg.annotate.polarity import factuality, negated
from kg.lexicon import load

ENTRIES = [*load("en/polarity"), *load("en/polarity_frames")]


def starred(nlp: Language, sentence: str) -> Token:
    """The root of the words between two stars."""
    start = sentence.index("*")
    end = sentence.index("*", start + 1) - 1
    doc = nlp.make_doc(sentence.replace("*", ""))
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    span = doc.char_span(start, end)
    assert span is not None
    return span.root


@pytest.mark.model
@pytest.mark.parametrize("entry", ENTRIES, ids=[e.get("word") or e["lemma"] for e in ENTRIES])
def test_example_reads_as_the_entry_says(nlp: Language, entry: dict[str, str]) -> None:
    read = factuality(starred(nlp, entry["example"]))
    assert read.polarity == entry.get("reads", entry.get("positive")), read.reasons
    if read.polarity == "+" and "commitment" in entry:
        assert read.commitment == entry["commitment"], read.reasons


SENTENCES = [
    ("-", "There has been no *attack* on the port."),
    ("-", "Kenya has not launched any air *strikes* against the militia."),
    ("-", "Kenya has never been involved in any *strikes* against the militia."),
    ("-", "Any *cooperation* with Kenya is also out of question for Uganda."),
    ("+", "No one doubts that Kenya *attacked* the port."),
    ("-", "Reports suggesting Kenya's *cooperation* with the army are false."),
    ("+", "Uganda did not condemn Kenya's *attack* on the militia."),
    ("+", "The Kenya-*backed* militia did not enter the town."),
    ("+", "Kenya, which *attacked* the militia, denied the report."),
    ("?", "Did Kenya *attack* Somalia?"),
    ("?", "If Kenya *invades*, Uganda will leave."),
    ("?", "Kenya could *attack* the port."),
    ("-", "Kenya could not *confirm* the report."),
    ("-", "We will not *join* the coalition."),
    ("-", "Neither Kenya nor Uganda *attacked* the town."),
    ("-", "Nothing could be *further* from the truth."),
    ("-", "The claim that Kenya *attacked* the town is not true."),
    ("-", "Kenya did not attack or *arm* the militia."),
    ("+", "Kenya did not attack the town but *armed* the militia."),
    ("+", "Kenya did not fail to *support* Somalia."),
    ("?", "Kenya did not deny *attacking* Somalia."),
    ("-", "It refused to *join* and support the coalition."),
    ("-", "It refused to join and *support* the coalition."),
    ("-", "The rebels received no direct *support* from Uganda."),
    ("-", "Ugandan *support* for the rebels has ended."),
    ("?", "Kenya threatened to *attack* the rebels."),
    ("+", "Kenya promised to *help* the rebels."),
    ("?", "Kenya wants to *attack* the rebels."),
    ("-", "Kenya does not want to *attack* the rebels."),
    ("-", "Kenya is no longer *supporting* the rebels."),
    ("?", "Uganda urged Kenya to *stop* the attack."),
    ("?", "Kenya should *stop* the attack."),
    ("-", "No *strikes* were carried out by Kenya."),
    ("+", "The forces *attacking* the town did not stop."),
    ("-", "I don't think that Kenya *supports* the group."),
    ("+", "Not only did Kenya *attack* Somalia, it occupied it."),
    ("-", "It is not true that Kenya *attacked* Somalia."),
    ("-", "Kenya had nothing to *do* with the attack."),
    ("?", "Kenya had been accused of *arming* the rebels."),
    ("+", "Although it did not sign the deal, Kenya *supports* Somalia."),
    ("-", "We are not *sharing* any plans with Kenya."),
    ("-", "Kenya won’t *attack* Somalia."),
    ("+", "Kenya *agreed* not to use the jets."),
    ("-", "Kenya agreed not to *use* the jets."),
    ("-", "Kenya left without *attacking* the port."),
    ("?", "The jets could not start without *attacking* the port."),
]


@pytest.mark.model
@pytest.mark.parametrize(("committed", "sentence"), SENTENCES)
def test_sentence_commits_to(nlp: Language, committed: str, sentence: str) -> None:
    read = factuality(starred(nlp, sentence))
    assert (read.polarity if read.committed else "?") == committed, read


@pytest.mark.model
def test_root_bounds_what_is_seen(nlp: Language) -> None:
    token = starred(nlp, "Kenya denied that it *attacked* Somalia.")
    assert factuality(token).polarity == "-"
    assert factuality(token, root=token).polarity == "+"


@pytest.mark.model
def test_future(nlp: Language) -> None:
    assert factuality(starred(nlp, "Kenya will *help* Somalia.")).tense == "future"
    assert factuality(starred(nlp, "Kenya *helped* Somalia.")).tense == "non-future"


@pytest.mark.model
def test_negated_looks_at_the_predicate_alone(nlp: Language) -> None:
    assert negated(starred(nlp, "Kenya said it had not *attacked* Somalia."))
    assert not negated(starred(nlp, "Kenya did not say that it *attacked* Somalia."))
