"""JSON and JSON Lines of the programs that people use, and of any other by ``--field``."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.readers.registry import articles
from kg.records import Article
from tests.readers.contract import ReaderContract, found, source

SAID = "Ruritania denied on Tuesday that it had attacked Graustark."
WHOLE = (SAID, "2021-03-04T07:15:00Z", "The Valley Post", "Ruritania denies", "https://valley.example/1")


class TestJson(ReaderContract):
    ending = "json"
    good = json.dumps([{"id": "a", "text": SAID}], indent=1).encode()


class TestJsonLines(ReaderContract):
    ending = "jsonl"
    good = json.dumps({"id": "a", "text": SAID}).encode()


#: Answers and dumps as these programs write them, with the fields that matter and some that do not.
DUMPS: dict[str, Any] = {
    "NewsAPI": {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": "valley", "name": "The Valley Post"},
                "author": "A. Writer",
                "title": "Ruritania denies",
                "description": "Ruritania denied on Tuesday ...",
                "url": "https://valley.example/1",
                "urlToImage": "https://valley.example/1.png",
                "publishedAt": "2021-03-04T07:15:00Z",
                "content": SAID,
            }
        ],
    },
    "Event Registry": {
        "articles": {
            "page": 1,
            "results": [
                {
                    "uri": "6421",
                    "lang": "eng",
                    "isDuplicate": False,
                    "date": "2021-03-04",
                    "time": "07:15:00",
                    "dateTime": "2021-03-04T07:15:00Z",
                    "url": "https://valley.example/1",
                    "title": "Ruritania denies",
                    "body": SAID,
                    "source": {"uri": "valley.example", "dataType": "news", "title": "The Valley Post"},
                    "authors": [{"name": "A. Writer"}],
                }
            ],
        }
    },
    "Media Cloud": [
        {
            "stories_id": 17,
            "media_name": "The Valley Post",
            "media_url": "https://valley.example/",
            "publish_date": "2021-03-04T07:15:00Z",
            "title": "Ruritania denies",
            "url": "https://valley.example/1",
            "guid": "https://valley.example/?p=1",
            "story_text": SAID,
        }
    ],
    "news-please": {
        "authors": ["A. Writer"],
        "date_download": "2021-03-05 00:00:00",
        "date_publish": "2021-03-04T07:15:00Z",
        "description": None,
        "language": "en",
        "maintext": SAID,
        "source_domain": "The Valley Post",
        "title": "Ruritania denies",
        "url": "https://valley.example/1",
    },
    "newspaper4k": {
        "url": "https://valley.example/1",
        "read_more_link": "",
        "title": "Ruritania denies",
        "text": SAID,
        "publish_date": "2021-03-04T07:15:00Z",
        "site_name": "The Valley Post",
        "source_url": "https://valley.example",
        "authors": [],
    },
    "trafilatura": {
        "title": "Ruritania denies",
        "author": None,
        "hostname": "valley.example",
        "date": "2021-03-04T07:15:00Z",
        "fingerprint": "0ab1",
        "id": None,
        "raw_text": SAID.upper(),
        "text": SAID,
        "source": "https://valley.example/1",
        "source-hostname": "The Valley Post",
        "excerpt": "Ruritania denied ...",
    },
    "Guardian": {
        "response": {
            "status": "ok",
            "results": [
                {
                    "id": "world/1",
                    "webPublicationDate": "2021-03-04T07:15:00Z",
                    "webTitle": "Ruritania denies",
                    "webUrl": "https://valley.example/1",
                    "fields": {"body": f"<p>{SAID}</p>", "publication": "The Valley Post"},
                }
            ],
        }
    },
    "Webz.io": {
        "posts": [
            {
                "uuid": "f00",
                "url": "https://valley.example/1",
                "thread": {"site": "The Valley Post"},
                "title": "Ruritania denies",
                "text": SAID,
                "published": "2021-03-04T07:15:00Z",
            }
        ]
    },
    "WordPress": [
        {
            "id": 1,
            "date": "2021-03-04T07:15:00Z",
            "link": "https://valley.example/1",
            "title": {"rendered": "Ruritania denies"},
            "content": {"rendered": f"<p>{SAID}</p>"},
            "site": "The Valley Post",
        }
    ],
    "schema.org": {
        "@type": "NewsArticle",
        "headline": "Ruritania denies",
        "datePublished": "2021-03-04T07:15:00Z",
        "publisher": {"@type": "Organization", "name": "The Valley Post"},
        "articleBody": SAID,
        "url": "https://valley.example/1",
    },
    "Elasticsearch": {
        "hits": {
            "total": 1,
            "hits": [
                {
                    "_id": "x",
                    "_source": {
                        "body": SAID,
                        "published_at": "2021-03-04T07:15:00Z",
                        "outlet": "The Valley Post",
                        "headline": "Ruritania denies",
                        "link": "https://valley.example/1",
                    },
                }
            ],
        }
    },
    "by id": {
        "a1": {
            "Full Text": SAID,
            "Publication Date": "2021-03-04T07:15:00Z",
            "Publication": "The Valley Post",
            "Title": "Ruritania denies",
            "URL": "https://valley.example/1",
        }
    },
}


def whole(article: Article) -> tuple[str | None, ...]:
    return article.text, article.date, article.publisher, article.title, article.url


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_recognised_by_its_fields(name: str) -> None:
    """As a file, and in one line, as it comes out of a pipe."""
    for ending, data in (("json", json.dumps(DUMPS[name], indent=2)), ("jsonl", json.dumps(DUMPS[name]))):
        (article,) = found(ending, data.encode())
        assert whole(article) == WHOLE


def test_json_lines_in_a_json_file_are_read() -> None:
    lines = "\n".join(json.dumps({"text": f"{SAID} {n}"}) for n in range(3))
    assert len(found("json", lines.encode())) == 3
    assert len(found("jsonl", lines.encode("utf-16"))) == 3


def test_where_the_text_was_cut_is_said() -> None:
    (article,) = found("json", json.dumps({"content": f"{SAID[:30]}… [+1204 chars]"}).encode())
    assert article.text == f"{SAID[:30]}…"


def test_a_teaser_stands_in_for_a_text_that_is_missing() -> None:
    (article,) = found("json", json.dumps({"articles": [{"content": None, "description": SAID}]}).encode())
    assert article.text == SAID


def test_a_list_of_addresses_names_each_that_has_no_text() -> None:
    listed = {"articles": [{"url": f"https://valley.example/{n}", "seendate": "20210304T071500Z"} for n in (1, 2)]}
    items = [str(item) for item in articles(source(json.dumps(listed).encode()), "json")]
    assert ["https://valley.example/1" in items[0], "https://valley.example/2" in items[1]] == [True, True]
    assert "no text, only an address" in items[0]


def test_any_other_shape_is_read_as_the_user_says() -> None:
    data = {
        "payload": [{"deep": {"prose": ["One.", "Two."]}, "meta": {"when": "2021-03-04"}, "who": {"outlet": "Post"}}]
    }
    fields = {"text": "deep.prose", "date": "meta.when", "publisher": "who.outlet"}
    (article,) = found("json", json.dumps(data).encode(), fields)
    assert (article.text, article.date, article.publisher) == ("One.\nTwo.", "2021-03-04", "Post")


def test_what_the_user_says_goes_before_what_we_know() -> None:
    (article,) = found("json", json.dumps({"text": "A teaser.", "full": SAID}).encode(), {"text": "full"})
    assert article.text == SAID


def test_a_text_of_ours_is_kept_word_for_word() -> None:
    for text in ("a <b>bold</b> word -\nand more", " <p>x</p> "):
        (article,) = found("json", json.dumps({"text": text}).encode())
        assert article.text == text
