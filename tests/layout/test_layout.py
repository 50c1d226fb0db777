"""What a text says by its layout: who speaks which block, what a fact check found, and ordinary case for the models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.layout import Block, read
from kg.layout.posts import spelled

BRIEFING = """QUESTION: Did Graustark bomb Strelsau?

MS. VALE: We believe Graustark bombed the League.

It was a large attack.

(Laughter.)

QUESTION: Axphain says Dawsbergen attacked it.

MS. VALE (continuing): I can't confirm that.

Q: Is Ruritania arming the League?

A: Ruritania is arming it."""


def said(text: str) -> list[tuple[str, str]]:
    """Who says what, as the layout has it."""
    return [(block.name, text[slice(*block.content)]) for block in read(text).spoken()]


def kinds(text: str) -> list[str]:
    return [block.kind for block in read(text).blocks]


def prose(text: str) -> str:
    return read(text).prose


def test_a_transcript_says_who_speaks_each_block() -> None:
    assert said(BRIEFING) == [
        ("questioner", "Did Graustark bomb Strelsau?"),
        ("Ms. Vale", "We believe Graustark bombed the League."),
        ("Ms. Vale", "It was a large attack."),
        ("questioner", "Axphain says Dawsbergen attacked it."),
        ("Ms. Vale", "I can't confirm that."),
        ("questioner", "Is Ruritania arming the League?"),
        ("Ms. Vale", "Ruritania is arming it."),
    ]
    assert kinds(BRIEFING)[3] == "frame"


def test_who_asks_is_told_from_who_answers() -> None:
    assert [block.question for block in read(BRIEFING).spoken()] == [True, False, False, True, False, True, False]


def test_an_answer_is_the_speakers_whose_name_stands_in_the_text() -> None:
    answer = read(BRIEFING).blocks[-1]
    assert answer.speaker is not None
    assert BRIEFING[slice(*answer.speaker)] == "MS. VALE"


@pytest.mark.parametrize(
    "text",
    [
        "Q. Did it?\nA. It did not.",
        "Q    Did it?\n\nTHE PRESIDENT:  It did not.",
        "Post: Did it?\nVale: It did not.\nPost: Surely?\nVale: Never.",
        "**Amara Osei:** Did it?\n**Vera Lund:** It did not.\n**Amara Osei:** Surely?",
        "JANE REED, HOST: Did it?\nTOM VALE (on the phone): It did not.\nREED: Surely?\nJANE REED, HOST: Well.",
    ],
)
def test_transcripts_have_many_forms(text: str) -> None:
    assert set(kinds(text)) == {"turn"}


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is a test.\nUpdate: it was one.\nNote: it still is.",
        "The minister said: It is over.\nThe envoy said: It is not.",
        "Place: Strelsau\nDate: 3 May\nPlace: Zenda",
        "Ruritania: a short history\nThe kingdom was founded long ago.",
        "London: 7\nParis: 3",
    ],
)
def test_colons_alone_make_no_transcript(text: str) -> None:
    assert "turn" not in kinds(text)


def test_paragraphs_of_a_story_do_not_go_on_with_an_interview_in_it() -> None:
    story = "\n".join(["The mayor denied the report on Tuesday."] * 9)
    assert kinds(f"{story}\nPost: Did you?\nVale: No.\nPost: Never?\n{story}").count("turn") == 3


@pytest.mark.parametrize(
    ("line", "name", "content"),
    [
        ("@StateDept: We did not attack it.", "State Department", "We did not attack it."),
        ("RT @MfaZenda: Zenda has not attacked Hentzau", "Foreign Ministry Zenda", "Zenda has not attacked Hentzau"),
        ("Town Hall (@town_hall): We never closed it.", "town hall", "We never closed it."),
        ("“We never closed it.” — Town Hall (@TownHall) May 2, 2021", "Town Hall", "“We never closed it.”"),
    ],
)
def test_a_post_is_its_handles(line: str, name: str, content: str) -> None:
    assert kinds(line) == ["post"]
    assert said(line) == [(name, content)]


def test_a_post_may_be_signed_in_a_line_of_its_own() -> None:
    text = "The mayor denied it.\nWe never closed it.\n— Town Hall (@TownHall) May 2, 2021"
    assert kinds(text) == ["paragraph", "post", "frame"]
    assert said(text) == [("Town Hall", "We never closed it.")]


def test_an_address_of_mail_is_no_handle() -> None:
    assert kinds("Write to press@mfa.example: we answer.") == ["paragraph"]


@pytest.mark.parametrize(
    ("handle", "words"),
    [("NATO", "NATO"), ("IDFspox", "IDF spokesperson"), ("UKinZenda", "UK in Zenda"), ("potus", "US President")],
)
def test_handles_are_spelled_out(handle: str, words: str) -> None:
    assert spelled(handle) == words


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("FALSE: Graustark attacked Zenda", "Graustark attacked Zenda", "false"),
        ("Claim: Zenda bombed Hentzau. Verdict: False.", "Zenda bombed Hentzau.", "false"),
        ("CLAIM: Zenda bombed Hentzau.\n\nWe looked into it.\n\nRATING: Mostly true", "Zenda bombed Hentzau.", "mixed"),
        ("Rumor: Zenda armed Axphain\nOur ruling: Unproven", "Zenda armed Axphain", "unproven"),
        ("Claim: Zenda armed Axphain.", "Zenda armed Axphain.", None),
        ("True: Zenda armed Axphain.", "Zenda armed Axphain.", "true"),
    ],
)
def test_a_fact_check_says_what_came_of_a_claim(text: str, claim: str, verdict: str | None) -> None:
    (block,) = (block for block in read(text).blocks if block.kind == "claim")
    assert (text[slice(*block.content)], block.verdict) == (claim, verdict)


def test_what_a_fact_check_finds_is_its_own() -> None:
    text = "Fact check: No, Zenda did not attack Hentzau"
    (block,) = read(text).blocks
    assert (text[slice(*block.content)], block.verdict, block.speaker) == ("Zenda did not attack Hentzau", None, None)


@pytest.mark.parametrize(
    ("text", "ordinary"),
    [
        ("Turkey Denies Attacking Syrian Kurds, Accuses PKK Of Bombing Ankara",
         "Turkey denies attacking Syrian Kurds, accuses PKK of bombing Ankara"),
        ("Iran Accuses Saudi Arabia of Backing Rebels; Riyadh Rejects Claim",
         "Iran accuses Saudi Arabia of backing rebels; Riyadh rejects claim"),
        ("RUSSIA DENIED THAT IT HAD ATTACKED UKRAINE.", "Russia denied that it had attacked Ukraine."),
        ("THE KREMLIN DENIED IT. IRAN DID NOT.", "The Kremlin denied it. Iran did not."),
        ("TURKEY REJECTED THAT IT BACKED ISLAMIC STATE.", "Turkey rejected that it backed Islamic State."),
        ("US TOLD NATO TO HELP US, RUSSIA'S ENVOY SAID", "US told NATO to help us, Russia's envoy said"),
        ("IT'S OVER, I SAID: \"NO.\"", "It's over, I said: \"No.\""),
    ],
)  # fmt: skip
def test_headlines_and_capitals_get_ordinary_case(text: str, ordinary: str) -> None:
    assert prose(text) == ordinary


@pytest.mark.parametrize(
    "text",
    [
        "Turkey denied attacking Syrian Kurds, and accused the PKK of bombing Ankara.",
        "Vera Lund of the Zenda Institute",
        "NATO and UN",
        "Islamic State of Iraq and Syria",
        "The US asked the UN for help.",
    ],
)
def test_what_is_in_ordinary_case_stays(text: str) -> None:
    assert prose(text) == text


def test_the_case_of_a_name_is_taken_from_the_rest_of_the_text() -> None:
    text = "MCGRATH DENIES ARMING THE REBELS\n\nThe envoy, Tom McGrath, denied on Tuesday that he had armed the rebels."
    assert prose(text).startswith("McGrath denies arming the rebels\n")


def test_labels_in_capitals_get_ordinary_case() -> None:
    assert "\n\nMs. Vale: We believe Graustark bombed the League.\n" in prose(BRIEFING)


def test_marks_of_lists_and_posts_are_blanks() -> None:
    assert prose("- #Zenda denied it.") == "- #Zenda denied it.".replace("-", " ").replace("#", " ")
    assert prose("• Zenda denied it.\n2. Hentzau did not.") == "  Zenda denied it.\n   Hentzau did not."


def test_a_press_release_and_a_live_blog_have_a_frame() -> None:
    text = "FOR IMMEDIATE RELEASE\nContact: Press Office, +1 555 0100\nZENDA - The mayor denied it today.\n###"
    assert kinds(text) == ["frame", "frame", "paragraph", "frame"]
    assert kinds("10.32am BST\nThe mayor has denied it.\n10:15\nIt began.") == ["frame", "paragraph"] * 2


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_character_keeps_its_place(text: str) -> None:
    layout = read(text)
    assert len(layout.prose) == len(text)
    assert all(a.lower() == b.lower() or b == " " for a, b in zip(text, layout.prose, strict=True))
    assert all(0 <= s <= e <= len(text) for block in layout.blocks for s, e in (block.span, block.content))


@given(
    st.lists(
        st.sampled_from([*BRIEFING.split("\n"), "@Zenda: No.", "FALSE: It did.", "- One", "A STORY IN CAPITALS HERE."])
    )
)
def test_blocks_are_the_lines_of_the_text_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks: tuple[Block, ...] = read(text).blocks
    assert [text[slice(*block.span)] for block in blocks] == [line for line in lines if line]
    assert all(block.span[0] <= block.content[0] <= block.content[1] <= block.span[1] for block in blocks)
