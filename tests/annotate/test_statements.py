"""Statements given whole: whose words they are where no quotation marks say so."""

from __future__ import annotations

import pytest
from spacy.language import Language

import kg
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.statements import author, authored, carried_on
from kg.annotate.coreference.entities import with_author
from kg.records import Actor, Mention, Span

RELEASE = """The Mayor of Tarn, Ida Holt, said:

The council stands with Norvania.

It will help those who fled.

Press contact: 555 0101"""


def at(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def found(text: str, content: str) -> Attribution:
    return Attribution((at(text, "The Mayor of Tarn, Ida Holt"),), (at(text, "said"),), (at(text, content),))


def test_a_statement_behind_a_colon_goes_on_past_the_window_to_its_end() -> None:
    cut = found(RELEASE, "The council stands with Norvania.")
    whole = carried_on(RELEASE, [cut], {cut.content[-1][1]})
    assert [[RELEASE[slice(*s)] for s in a.content] for a in whole] == [
        ["The council stands with Norvania.\n\nIt will help those who fled."]
    ]


def test_what_no_window_cut_is_left_as_it_was_read() -> None:
    assert carried_on(RELEASE, [found(RELEASE, "The council stands with Norvania.")], {9}) == []


def test_what_no_colon_introduces_ends_where_it_was_cut() -> None:
    text = RELEASE.replace("said:", "said on Monday.")
    cut = found(text, "The council stands with Norvania.")
    assert carried_on(text, [cut], {cut.content[-1][1]}) == []


def test_another_speaker_ends_a_statement() -> None:
    text = RELEASE.replace("It will help those who fled.", "Her deputy, Ove Lind, added:\n\nIt will help.")
    cut = found(text, "The council stands with Norvania.")
    assert carried_on(text, [cut], {cut.content[-1][1]})[0].content == cut.content


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Statement by President Ann Lee on the Flood", "President Ann Lee"),
        ("Joint Statement from the Governments of Tarn and Estmar", "Governments"),
        ("Remarks of Ida Holt", "Ida Holt"),
        ("Holt's statement angers Estmar", None),
        ("Readout of the Mayor's Call with Ove Lind", None),
        ("", None),
    ],
)
def test_whose_statement_a_title_announces(title: str, name: str | None) -> None:
    assert author(title) == name


TITLE = "Statement by Mayor Ida Holt on the Flood"


@pytest.mark.parametrize(
    ("text", "title", "spoken"),
    [
        ("I thank Norvania. It helped us.", TITLE, ["I thank Norvania. It helped us."]),
        (f"{TITLE}\n\nI thank Norvania.", TITLE, ["I thank Norvania."]),
        ("Norvania helped. We thank Norvania.", TITLE, ["We thank Norvania."]),
        ("Norvania helped Tarn.", TITLE, []),
        ("Norvania helped Tarn. “I thank you,” said the bishop.", TITLE, []),
        ("I thank Norvania.", "A flood in Tarn", []),
    ],
)
def test_a_titled_statement_is_its_author_s_where_it_says_i_or_we(text: str, title: str, spoken: list[str]) -> None:
    assert [text[slice(*s)] for a in authored(text, title) for s in a.content] == spoken


def test_the_author_of_a_statement_bears_the_title_s_name(nlp: Language) -> None:
    article = {"title": TITLE, "text": "I condemn the attack of Russia on Ukraine. My office supports Ukraine."}
    extraction = next(iter(kg.extract(nlp, [article])))
    assert {a.name for a in extraction.actors} >= {"Ida Holt"}
    assert {c.source for c in extraction.claims} == {next(a.id for a in extraction.actors if a.name == "Ida Holt")}


def test_only_who_signs_a_statement_bears_its_name() -> None:
    i, other = (Actor(f"a{n}", "I", "Unnamed", mentions=(Mention(n, n + 1, "pronoun", ""),)) for n in (4, 9))
    assert [a.name for a in with_author([i, other], {(4, 5)}, "Mayor Ida Holt")] == ["Ida Holt", "I"]
    assert [a.name for a in with_author([i, other], {(4, 5)}, None)] == ["I", "I"]
