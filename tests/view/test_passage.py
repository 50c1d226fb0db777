from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.view.passage import LONGEST, REACH, passage
from kg.view.picture import Part
from tests.view.sample import span

TEXT = "It rained. The envoy said that Norvania had armed the Front. Nobody else spoke."


def test_passage_is_the_sentence_with_its_parts() -> None:
    marks: dict[Part, list[tuple[int, int]]] = {
        "source": [span(TEXT, "The envoy")],
        "cue": [span(TEXT, "said")],
        "content": [span(TEXT, "Norvania had armed the Front")],
    }
    assert passage(TEXT, marks) == (
        ("source", "The envoy"),
        ("", " "),
        ("cue", "said"),
        ("", " that "),
        ("content", "Norvania had armed the Front"),
        ("", "."),
    )


def test_passage_without_content_is_empty() -> None:
    assert passage(TEXT, {"cue": [span(TEXT, "said")]}) == ()


def test_passage_leaves_out_a_source_that_stands_far_away() -> None:
    text = f"The envoy spoke. {'It rained. ' * 60}They had armed the Front."
    parts = passage(text, {"source": [span(text, "The envoy")], "content": [span(text, "They had armed the Front")]})
    assert parts == (("content", "They had armed the Front"), ("", "."))


def test_passage_cuts_a_long_content_and_says_so() -> None:
    parts = passage("word " * 900, {"content": [(0, 4499)]})
    assert sum(len(text) for _, text in parts) <= LONGEST + 2
    assert parts[-1] == ("", " …")


@given(st.text(alphabet="ab .!?”\n", max_size=400), st.data())
def test_passage_is_text_of_the_article_and_holds_the_content(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts = passage(text, {"content": [(start, end)]})
    joined = "".join(words for _, words in parts)
    assert joined in text
    assert text[start:end] in joined
    assert len(joined) <= end - start + 2 * REACH
