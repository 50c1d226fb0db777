"""Mail: the message, and the articles attached to it."""

from __future__ import annotations

from email.message import EmailMessage

from tests.readers.contract import ReaderContract, complaint, found


def mail(text: str, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Valley Post <news@valley.example>"
    message["Subject"] = "Mayor denies closing the brücke"
    message["Date"] = "Thu, 04 Mar 2021 07:15:00 +0100"
    message.set_content(text, charset=charset)
    return message


class TestMail(ReaderContract):
    ending = "eml"
    good = mail("The mayor denied it.").as_bytes()


def test_a_message_is_an_article_of_its_sender() -> None:
    (article,) = found("eml", mail("The mayor of Grünfeld denied it.", "iso-8859-15").as_bytes())
    assert article.text.strip() == "The mayor of Grünfeld denied it."
    assert (article.title, article.publisher) == ("Mayor denies closing the brücke", "The Valley Post")
    assert article.date == "2021-03-04T07:15:00+01:00"


def test_the_text_goes_before_its_copy_in_html_which_is_read_where_it_stands_alone() -> None:
    message = mail("The mayor denied it.")
    message.add_alternative("<p>The mayor <b>denied</b> it, in colours.</p>", subtype="html")
    assert found("eml", message.as_bytes())[0].text.strip() == "The mayor denied it."
    alone = mail("")
    alone.set_content(
        "<style>p {color: red}</style><p>The mayor <b>denied</b> it.</p><p>Police did not.</p>", subtype="html"
    )
    assert found("eml", alone.as_bytes())[0].text == "The mayor denied it.\nPolice did not."


def test_lines_that_the_mail_program_broke_are_whole_again() -> None:
    message = mail("The mayor denied on Tues-\nday that she had closed\nthe bridge.\n")
    assert (
        found("eml", message.as_bytes())[0].text.strip()
        == "The mayor denied on Tuesday that she had closed the bridge."
    )


def test_what_is_attached_is_read_as_well() -> None:
    message = mail("See the attached story.")
    message.add_attachment(
        "Police could not confirm it.".encode("utf-16"), maintype="text", subtype="plain", filename="b.txt"
    )
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="c.png")
    assert [a.text.strip() for a in found("eml", message.as_bytes())] == [
        "See the attached story.",
        "Police could not confirm it.",
    ]


def test_a_message_without_a_text_says_so() -> None:
    message = EmailMessage()
    message["Subject"] = "A picture"
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="c.png")
    assert "no text is in this message" in complaint("eml", message.as_bytes())
