"""Front pages and lists of teasers are left out; an article with links to others is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers import Skip, read
from kg.records import Article

TEASER = '<article><h3><a href="/{n}">Zenda denies report number {n} of raids</a></h3><p>What is known.</p></article>'
TEASERS = "".join(TEASER.format(n=n) for n in range(12))
PARAGRAPH = (
    "<p>The mayor of Strelsau denied on Tuesday that she had closed the bridge over the river, after a night of "
    "protests in the old town that left shops shut and tram lines blocked for hours, and said that the police had.</p>"
)
LINE = PARAGRAPH.removeprefix("<p>").removesuffix("</p>")


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>The Valley Post</title>{head}</head><body>{body}</body></html>'


#: Where a page says that it stands.
HOME, STORY = (f'<link rel="canonical" href="https://post.example/{path}">' for path in ("", "news/the-bridge-is-shut"))


@pytest.mark.parametrize(
    "body",
    [
        f"<main>{TEASERS}</main>",
        "<ul>" + "".join(f'<li><a href="/{n}">Strelsau closes bridge number {n}</a></li>' for n in range(9)) + "</ul>",
        f"<main>{PARAGRAPH}{TEASERS}</main>",
        f"{HOME}<main>{PARAGRAPH * 4}{TEASERS}</main>",
        f"{STORY}<main>{TEASERS}</main>",
    ],
    ids=["teasers", "links", "teasers under a lead", "at the address of a site", "a story that is not in its page"],
)
def test_a_front_page_is_left_out(tmp_path: Path, body: str) -> None:
    (tmp_path / "index.html").write_text(page(body))
    skipped = [item for item in read([tmp_path]) if isinstance(item, Skip)]
    assert ["a front page or a list of articles" in item.message for item in skipped] == [True]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><h1>Bridge closed</h1>{PARAGRAPH * 4}</article><aside>{TEASERS}</aside>", ""),
        (f"<article><h1>Bridge closed</h1>{PARAGRAPH}</article>", ""),
        (f"<article>{PARAGRAPH}</article><aside>{TEASERS}</aside>", '<meta property="og:type" content="article">'),
        (f"<article>{PARAGRAPH}</article><aside>{TEASERS}</aside>", STORY),
        (f"<div>{'<br><br>'.join([LINE] * 4)}</div><aside>{TEASERS}</aside>", ""),
        (f"<table><tr><td>{LINE}<td>{LINE}<td>{LINE}</table><aside>{TEASERS}</aside>", ""),
    ],
    ids=["with related stories", "short", "says that it is one", "at the address of a story", "in lines", "in cells"],
)
def test_an_article_is_read(tmp_path: Path, body: str, head: str) -> None:
    (tmp_path / "a.html").write_text(page(body, head))
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.text.count("closed the bridge over the river") >= 1
