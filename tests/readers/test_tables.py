"""CSV, TSV, Parquet and Excel: an article a row."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest

from kg.errors import KgError
from kg.readers.registry import articles
from tests.readers.contract import ReaderContract, complaint, found, source

openpyxl = pytest.importorskip("openpyxl")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

SAID = 'Ruritania denied it. "We never attacked; never," it said.\nGraustark did not answer.'
ROW: dict[str, Any] = {"headline": "Ruritania denies", "body": SAID, "published": "2021-03-04", "outlet": "The Post"}


def csv_of(delimiter: str, encoding: str = "utf-8") -> bytes:
    cells = [f'"{value.replace(chr(34), chr(34) * 2)}"' for value in ROW.values()]
    return f"{delimiter.join(ROW)}\r\n{delimiter.join(cells)}\r\n".encode(encoding)


def excel_of(**row: Any) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(out)
    return out.getvalue()


def parquet_of(**row: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([row]), out)
    return out.getvalue()


class TestCsv(ReaderContract):
    ending = "csv"
    recognised = None
    good = csv_of(",")


class TestTsv(ReaderContract):
    ending = "tsv"
    recognised = None
    good = csv_of("\t")


class TestParquet(ReaderContract):
    ending = "parquet"
    good = parquet_of(**ROW)


class TestExcel(ReaderContract):
    ending = "xlsx"
    recognised = "zip"
    good = excel_of(**ROW)


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("csv", csv_of(",")),
        ("csv", csv_of(";", "utf-16")),
        ("csv", csv_of(",", "utf-8-sig")),
        ("tsv", csv_of("\t")),
        ("parquet", parquet_of(**ROW)),
        ("xlsx", excel_of(**ROW)),
    ],
)
def test_a_row_is_an_article_as_the_names_of_its_columns_say(ending: str, data: bytes) -> None:
    (article,) = found(ending, data)
    assert (article.title, article.text, article.date, article.publisher) == tuple(ROW.values())


@pytest.mark.parametrize(("ending", "made"), [("parquet", parquet_of), ("xlsx", excel_of)])
def test_times_are_as_iso_has_them_and_numbers_are_names(ending: str, made: Any) -> None:
    moment = datetime(2021, 3, 4, 7, 15, tzinfo=UTC if ending == "parquet" else None)
    (article,) = found(ending, made(id=17, text=SAID, date=moment, title=None))
    assert (article.id, article.date, article.title) == ("17", moment.isoformat(), None)
    (article,) = found(ending, made(text=SAID, date=datetime(2021, 3, 4)))
    assert article.date == "2021-03-04"


def test_columns_of_other_names_are_read_as_the_user_says() -> None:
    (article,) = found("csv", b"col.1,col 2\nRuritania denied it.,2021\n", {"text": "col.1", "date": "col 2"})
    assert (article.text, article.date) == ("Ruritania denied it.", "2021")


def test_a_table_without_a_text_says_what_it_has() -> None:
    assert "no column holds a text. Columns: a, b. Name it: --field text=NAME" in complaint("csv", b"a,b\n1,2\n")


def test_an_excel_file_is_known_by_what_is_in_it() -> None:
    assert found("zip", TestExcel.good) == found("xlsx", TestExcel.good)


def test_a_table_without_a_text_is_one_complaint_and_a_row_without_one_is_its_own() -> None:
    assert len(list(articles(source(b"a,b\n" + b"1,2\n" * 50), "csv"))) == 1
    items = list(articles(source(b"title,content\nOne,Ruritania denied it.\nTwo,\n"), "csv"))
    assert [isinstance(item, KgError) for item in items] == [False, True]
    assert "row 3: no text" in str(items[1])
