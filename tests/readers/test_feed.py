"""Feeds: an article an entry, its whole text where the feed has it."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.readers.registry import articles
from tests.readers.contract import ReaderContract, complaint, found, source

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Valley Post</title>
<item><title>Mayor denies &amp; rejects it</title><link>https://valley.example/1</link><guid>https://valley.example/1</guid>
<pubDate>Thu, 04 Mar 2021 07:15:00 +0100</pubDate><description>The mayor denied ...</description>
<content:encoded><![CDATA[<p>The mayor <b>denied</b> it.</p><p>Police did not.</p>]]></content:encoded></item>
<item><title>Only an address</title><link>https://valley.example/2</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Valley Post</title><entry><title>Mayor denies</title>
<link href="https://valley.example/1"/><published>2021-03-04T07:15:00+01:00</published><updated>2021-03-05T00:00:00Z</updated>
<summary>The mayor denied it.</summary></entry></feed>"""


class TestRss(ReaderContract):
    ending = "rss"
    good = RSS.replace(b"<item><title>Only an address</title><link>https://valley.example/2</link></item>", b"")


class TestAtom(ReaderContract):
    ending = "atom"
    recognised = "rss"
    good = ATOM


def test_an_entry_has_its_whole_text_and_its_own_time() -> None:
    (article,) = found("rss", TestRss.good)
    assert article.text == "The mayor denied it.\nPolice did not."
    assert (article.title, article.url) == ("Mayor denies & rejects it", "https://valley.example/1")
    assert (article.date, article.publisher) == ("2021-03-04T07:15:00+01:00", "The Valley Post")
    (article,) = found("atom", ATOM)
    assert (article.text, article.date) == ("The mayor denied it.", "2021-03-04T07:15:00+01:00")


def test_an_entry_without_a_text_is_named() -> None:
    (problem,) = (item for item in articles(source(RSS), "rss") if isinstance(item, KgError))
    assert "entry 2: no text. Save https://valley.example/2" in str(problem)


@pytest.mark.parametrize("data", [b"<urlset><url><loc>https://x.example</loc></url></urlset>", b"<rss></rss>"])
def test_xml_that_is_no_feed_is_refused(data: bytes) -> None:
    assert "no entries are in this feed" in complaint("xml", data)


def test_a_bomb_of_entities_does_not_go_off() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    item = "<item><title>x</title><description>&j;</description></item>"
    data = f"<?xml version='1.0'?>{bomb}]><rss><channel>{item}</channel></rss>"
    for found_ in articles(source(data.encode()), "rss"):
        assert isinstance(found_, KgError) or len(found_.text) < 1000
