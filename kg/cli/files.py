"""Output files: written under a temporary name and renamed, so that a run that fails leaves the old one whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import StoreError


@contextmanager
def writing(output: str) -> Iterator[IO[str]]:
    """A text stream to the file ``output``, or to standard output for ``-``.

    Raises:
        StoreError: the file cannot be written.
    """
    if output == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path = Path(output)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{output}: cannot be written ({error.strerror}). Choose another -o.") from error
    finally:
        part.unlink(missing_ok=True)
