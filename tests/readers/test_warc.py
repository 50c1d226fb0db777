"""Web archives: an article a page, with the address that it was fetched from."""

from __future__ import annotations

import gzip
import io
import re

import pytest

from kg.readers.registry import articles
from kg.records import Article
from tests.readers.contract import ReaderContract, complaint, found, source
from tests.readers.pages import PAGE

warcio = pytest.importorskip("warcio")


def archive(*pages: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, kind, data in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(data),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2021-03-05T00:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


PAGES = (
    ("https://valley.example/a", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
    (
        "https://valley.example/b",
        "404 Not Found",
        "text/html",
        b"<html><body><p>There is no such page here.</p></body></html>",
    ),
    ("https://valley.example/c.png", "200 OK", "image/png", b"\x89PNG"),
    (
        "https://valley.example/d",
        "200 OK",
        "text/html; charset=windows-1252",
        "<p>Zoë denied it on Tuesday, she said.</p>".encode("cp1252"),
    ),
)


class TestWarc(ReaderContract):
    ending = "warc"
    good = archive(*PAGES)


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_articles_and_the_rest_is_passed_over(packed: bool) -> None:
    data = archive(*PAGES, packed=packed)
    first, second = found("gz" if packed else "warc", data)
    assert (first.title, first.url, first.date) == (
        "Mayor denies closing bridge",
        "https://valley.example/bridge",
        "2021-03-04",
    )
    assert (second.text, second.url, second.date) == (
        "Zoë denied it on Tuesday, she said.",
        "https://valley.example/d",
        None,
    )


def test_an_archive_that_one_gzip_packed_whole_is_read_as_well() -> None:
    assert len(found("gz", gzip.compress(archive(*PAGES)))) == 2


def test_an_archive_without_pages_says_so() -> None:
    assert "no pages are in this archive" in complaint("warc", archive(PAGES[2]))


def test_a_record_that_is_longer_than_it_says_is_read_as_far_and_reported(capfd: pytest.CaptureFixture[str]) -> None:
    whole = archive(PAGES[0]).decode()
    length = re.search(r"(?m)^Content-Length: (\d+)", whole)
    assert length
    short = whole.replace(length[0], f"Content-Length: {int(length[1]) - 20}")
    article, error = articles(source(short.encode()), "warc")
    assert isinstance(article, Article)
    assert article.text
    assert "longer than they say: 1" in str(error)
    assert capfd.readouterr().err == ""
