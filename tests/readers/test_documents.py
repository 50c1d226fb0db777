"""PDF and Word documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.readers.contract import ReaderContract, complaint, found

pypdf = pytest.importorskip("pypdf")

PAGES = (
    ["The Valley Post, page 1", "The mayor of Strelsau denied on Tues-", "day that she had closed the bridge."],
    ["The Valley Post, page 2", "Police could not con-", "firm the report."],
    ["The Valley Post, page 3", "Graustark did not answer."],
)


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A PDF with these lines on its pages, written by hand."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        drawn = "BT /F1 11 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        kids.append(len(bodies) + 1)
        resources = "<< /Font << /F1 3 0 R >> >>"
        box = "[0 0 612 792]"
        content = f"/Contents {len(bodies) + 2} 0 R"
        bodies.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {resources} {content} >>".encode())
        bodies.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream".encode())
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    bodies.append(f"<< /Title ({title}) >>".encode())
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R >>\nstartxref\n{table}\n%%EOF\n"
    return out.getvalue() + trailer.encode()


def docx(*paragraphs: str, title: str | None = None) -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p>{runs}</w:p>" for runs in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
        if title:
            dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
            archive.writestr("docProps/core.xml", f"<coreProperties {dc}><dc:title>{title}</dc:title></coreProperties>")
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


class TestPdf(ReaderContract):
    ending = "pdf"
    good = pdf(*PAGES)


class TestWord(ReaderContract):
    ending = "docx"
    recognised = "zip"
    good = docx(run("The mayor denied it."))


def test_a_pdf_gives_its_text_without_running_heads_its_words_whole() -> None:
    (article,) = found("pdf", pdf(*PAGES, title="Mayor denies"))
    assert article.title == "Mayor denies"
    assert "denied on Tuesday that she had closed the bridge." in article.text
    assert "could not confirm the report." in article.text
    assert "The Valley Post, page" not in article.text


def test_a_pdf_of_pictures_says_what_to_do() -> None:
    assert "no text layer" in complaint("pdf", pdf([]))


def test_a_pdf_that_needs_a_password_says_so() -> None:
    writer, out = pypdf.PdfWriter(io.BytesIO(pdf(*PAGES))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    assert "needs a password" in complaint("pdf", out.getvalue())


def test_a_word_document_gives_its_paragraphs_with_changes_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
    (article,) = found(
        "docx", docx(run("The mayor ") + deleted + run("denied it."), "", run("Police did not."), title="No")
    )
    assert (article.text, article.title) == ("The mayor denied it.\nPolice did not.", "No")


def test_a_word_document_is_known_by_what_is_in_it() -> None:
    assert found("zip", TestWord.good) == found("docx", TestWord.good)
