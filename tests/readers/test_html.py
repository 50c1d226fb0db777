"""Web pages: the article without the page around it, and what the page says of itself."""

from __future__ import annotations

import json

import pytest

from kg.records import Article
from tests.readers.contract import ReaderContract, complaint, found
from tests.readers.pages import LINKED, PAGE


class TestHtml(ReaderContract):
    ending = "html"
    good = PAGE.encode()


class TestXhtml(ReaderContract):
    ending = "xhtml"
    recognised = "html"
    good = f'<?xml version="1.0" encoding="UTF-8"?>\n{PAGE}'.encode()


def read(page: str, encoding: str = "utf-8") -> Article:
    (article,) = found("html", page.encode(encoding))
    return article


def with_head(*heads: str) -> str:
    return PAGE.replace("</head>", "".join(heads) + "</head>")


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    article = read(PAGE)
    first, *_, quoted, last = article.text.split("\n")
    assert (first, last) == ("Mayor denies closing bridge", "Police could not confirm the report.")
    assert quoted.startswith("“We never closed it,” Flavia Elphberg told reporters")
    assert (article.date, article.publisher) == ("2021-03-04", "The Valley Post")
    assert (article.title, article.url) == ("Mayor denies closing bridge", "https://valley.example/bridge")


def test_linked_data_of_a_page_come_first_and_broken_ones_do_no_harm() -> None:
    linked, broken = read(with_head(LINKED)), read(with_head(LINKED.replace("]}\n<", "<")))
    assert (linked.date, linked.publisher) == ("2021-03-04T07:15:00+01:00", "Valley Post")
    assert (broken.date, broken.publisher) == ("2021-03-04", "The Valley Post")
    assert linked.text == broken.text


def test_a_publisher_without_a_name_leaves_the_site_its_own() -> None:
    assert read(with_head(LINKED.replace('"name"', '"logo"'))).publisher == "The Valley Post"


def test_linked_data_that_python_cannot_hold_do_no_harm() -> None:
    assert read(with_head(LINKED.replace('"@graph"', f'"n": {"1" * 5000}, "@graph"'))).publisher == "The Valley Post"


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-8", "nonsense", None])
def test_a_page_is_read_whatever_encoding_it_declares(declared: str | None) -> None:
    page = PAGE.replace("Strelsau", "Grünfeld")
    if declared:
        page = page.replace("<head>", f'<head><meta charset="{declared}">')
    for encoding in ("windows-1252", "utf-8", "utf-16"):
        assert "The mayor of Grünfeld denied" in read(page, encoding).text


def test_a_declared_encoding_that_nobody_could_guess_is_followed() -> None:
    page = PAGE.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">')
    assert "The mayor of Стрельзау denied" in read(page.replace("Strelsau", "Стрельзау"), "koi8-r").text


def test_the_title_is_what_two_parts_of_a_page_agree_on() -> None:
    """The name of the program that made the page is no title, wherever it stands."""
    page = PAGE.replace('<meta property="og:title" content="Mayor denies closing bridge">', "")
    page = page.replace("</head>", '<meta name="title" content="publisher-suite"></head>')
    assert read(page).title == "Mayor denies closing bridge"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mayor denies closing bridge | The Valley Post", "Mayor denies closing bridge"),
        ("Mayor denies closing bridge - News - The Valley Post", "Mayor denies closing bridge"),
        ("Bridge row - mayor denies all", "Bridge row - mayor denies all"),
    ],
)
def test_the_name_of_the_outlet_is_no_part_of_the_title(title: str, expected: str) -> None:
    page = PAGE.replace('<meta property="og:title" content="Mayor denies closing bridge">', "")
    page = page.replace("<title>Mayor denies closing bridge | The Valley Post", f"<title>{title}")
    if not expected.startswith("Mayor"):
        page = page.replace("<h1>Mayor denies closing bridge</h1>", "")
    assert read(page).title == expected


def test_a_time_element_dates_a_page_that_says_nothing_else() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-03-04">', "")
    page = page.replace("</h1>", '</h1><p>By A. Writer, <time datetime="2021-03-04T06:30:00Z">4 March</time></p>')
    assert read(page).date == "2021-03-04T06:30:00Z"


def test_calls_to_subscribe_comments_and_cookies_are_no_part_of_the_article() -> None:
    around = """<div class="newsletter-signup"><p>Sign up for the Morning Post, our newsletter.</p></div>
    <p>Already a subscriber? Log in here.</p><div id="cookie-consent">
    <p>We use cookies to make this site better.</p></div>
    <div class="comments"><p>A reader: Graustark attacked Ruritania and everybody knows it!</p></div>"""
    text = read(
        PAGE.replace("</article>", f"</article>{around}").replace("<p>Police", "<p>Advertisement</p><p>Police")
    ).text
    assert text == read(PAGE).text


def test_a_paywall_that_holds_the_article_is_not_cut_out() -> None:
    page = PAGE.replace("<article>", '<article class="paywall">')
    assert read(page).text == read(PAGE).text


def test_a_live_blog_gives_its_posts() -> None:
    posts = [
        {"@type": "BlogPosting", "headline": f"Post {n}", "articleBody": f"<p>No to {n}.</p>"} for n in range(1, 4)
    ]
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "Bridge row: live", "liveBlogUpdate": posts})
    page = f'<html><script type="application/ld+json">{data}</script><body><div id="app"></div></body></html>'
    assert read(page).text.split("\n")[:2] == ["Post 1", "No to 1."]
    assert read(page).title == "Bridge row: live"


def test_a_page_without_an_article_says_so() -> None:
    assert "no article was found in this page" in complaint("html", b"<html><body><nav></nav></body></html>")


def test_the_attributes_of_a_tag_that_has_very_many_are_left_out() -> None:
    """Parsing them takes time that grows faster than their number: 40,000 took 100 s."""
    attributes = " ".join(f"a{n}=b" for n in range(40_000))
    assert read(PAGE.replace("<body>", f"<body {attributes}>")).text == read(PAGE).text


def test_a_page_saved_with_its_pictures() -> None:
    parts = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://valley.example/saved\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="----x"\r\n\r\n------x\r\nContent-Type: text/html; charset=utf-8\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        + PAGE.replace("=", "=3D").replace('<link rel=3D"canonical" href=3D"https://valley.example/bridge">', "")
        + "\r\n------x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n------x--\r\n"
    )
    (article,) = found("mhtml", parts.encode())
    assert (article.text, article.url) == (read(PAGE).text, "https://valley.example/saved")
    assert "no page is in this file" in complaint("mhtml", b"Subject: x\n\nJust mail.")
