"""The kinds of file that a picture can be written to, by the ending of their name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath

from kg.errors import KgError, StoreError
from kg.output import whole
from kg.store.view import View
from kg.view.gather import Choice, picture_of

#: Actors that a picture of each kind shows unless told otherwise: a page can be searched and zoomed, paper cannot.
TOP = {".html": 1000, ".svg": 40, ".png": 40}


def ending(path: str) -> str:
    """The ending of ``path``, which says what to write.

    Raises:
        KgError: nothing can be written under that ending.
    """
    found = PurePath(path).suffix.lower()
    if found in TOP:
        return found
    close = get_close_matches(found, TOP, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise KgError(f"{path!r} does not end in one of {', '.join(TOP)}, which say what to draw.{hint}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bytes of a picture, and the caption that says what it shows and leaves out."""

    content: bytes
    caption: str


def drawn(view: View, choice: Choice, form: str) -> Drawn:
    """A graph as a file with that ending.

    Raises:
        KgError: there is nothing to show, or the format needs a package that is not installed.
    """
    return _page(view, choice) if form == ".html" else _static(view, choice, form)


def _page(view: View, choice: Choice) -> Drawn:
    from kg.view.explorer import explorer
    from kg.view.html import to_html

    found = explorer(view, choice)
    return Drawn(to_html(found.data), found.caption)


def _static(view: View, choice: Choice, form: str) -> Drawn:
    from kg.view.static import to_static

    picture = picture_of(view, choice, passages=False)
    return Drawn(to_static(picture, "png" if form == ".png" else "svg"), picture.caption)


def write(content: bytes, path: str) -> None:
    """Write a picture to ``path``; a run that fails leaves the old file whole.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        with whole(Path(path)) as part:
            part.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}). Choose another -o.") from error
