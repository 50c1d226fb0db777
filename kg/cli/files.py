"""Output files: written under a temporary name and renamed, so that a run that fails leaves the old one whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import StoreError
from kg.output import whole


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
    try:
        with whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise StoreError(f"{output}: cannot be written ({error.strerror}). Choose another -o.") from error
