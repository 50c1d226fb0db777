"""The kinds of file that a picture can be written to, by the ending of their name."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path, PurePath

from kg.errors import KgError, StoreError
from kg.view.picture import Picture

#: Actors that a picture of each kind shows unless told otherwise: a page can be searched and zoomed, paper cannot.
TOP = {".html": 150, ".svg": 40, ".png": 40}


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


def rendered(picture: Picture, form: str) -> bytes:
    """The picture as a file with that ending.

    Raises:
        KgError: the format needs a package that is not installed.
    """
    writers: dict[str, Callable[[Picture], bytes]] = {".html": _html, ".svg": _svg, ".png": _png}
    return writers[form](picture)


def _html(picture: Picture) -> bytes:
    from kg.view.html import to_html

    return to_html(picture)


def _svg(picture: Picture) -> bytes:
    from kg.view.static import to_static

    return to_static(picture, "svg")


def _png(picture: Picture) -> bytes:
    from kg.view.static import to_static

    return to_static(picture, "png")


def write(picture: Picture, path: str) -> None:
    """Write the picture to ``path``, as its ending says; a run that fails leaves the old file whole.

    Raises:
        KgError: the ending is unknown, or the format needs a package that is not installed.
        StoreError: the file cannot be written.
    """
    target = Path(path)
    content, part = rendered(picture, ending(path)), target.with_name(target.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}). Choose another -o.") from error
    finally:
        part.unlink(missing_ok=True)
