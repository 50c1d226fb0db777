"""One input as a reader gets it: a stream of bytes, and what is known about them beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from kg.errors import KgError, ReadError
from kg.records import Article

#: Bytes that a reader takes into memory at once; lines, rows and records of archives are read one at a time.
MAX_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """An input to a reader.

    Attributes:
        stream: the bytes; ``seek`` is not promised.
        where: what messages call it.
        fields: which field of foreign data holds which of an article's (``{"text": "body.content"}``).
        charset: the encoding that a protocol around the bytes declares (HTTP, MIME).
        depth: how many archives this input lay in.
    """

    stream: BinaryIO
    where: str
    fields: Mapping[str, str] = field(default_factory=dict)
    charset: str | None = None
    depth: int = 0

    def read(self) -> bytes:
        """All bytes.

        Raises:
            ReadError: there are none, or more than ``MAX_BYTES``.
        """
        data = self.stream.read(MAX_BYTES + 1)
        if not data:
            raise ReadError(f"{self.where}: the file is empty.")
        if len(data) > MAX_BYTES:
            raise ReadError(f"{self.where}: more than {MAX_BYTES >> 20} MiB in one piece. Split it, or use JSON Lines.")
        return data

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Lines that are not blank, with their numbers from 1, one at a time.

        Raises:
            ReadError: there are none, or one is longer than ``MAX_BYTES``.
        """
        number = -1
        for number, line in enumerate(iter(lambda: self.stream.readline(MAX_BYTES + 1), b"")):
            if len(line) > MAX_BYTES:
                raise ReadError(f"{self.where}, line {number + 1}: longer than {MAX_BYTES >> 20} MiB.")
            if line.strip():
                yield number + 1, line
        if number < 0:
            raise ReadError(f"{self.where}: the file is empty.")


#: What an entry point of the group ``kg.readers`` names: articles (those that bring no id have an empty one), and a
#: ReadError for each part that gives none. A ReadError that is raised is the last word on the whole input.
Reader = Callable[[Source], Iterator[Article | KgError]]
