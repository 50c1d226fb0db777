"""How server and worker talk over a pipe: frames of a kind (one byte), a length (four) and that many bytes."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEADER = struct.Struct(">cI")
#: A worker has started.
READY = b"R"
#: A request, or the head of an answer: JSON.
HEAD = b"H"
#: A piece of an answer.
DATA = b"D"
#: The answer is whole.
END = b"E"
#: There is no (more) answer, and why: JSON.
FAILED = b"F"


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame, ready to be sent."""
    return HEADER.pack(kind, len(payload)) + payload


def message(kind: bytes, **fields: Any) -> bytes:
    """A frame of JSON."""
    return frame(kind, json.dumps(fields).encode())


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """The JSON of the next frame, or None at the end of ``stream``."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    _, length = HEADER.unpack(header)
    fields: dict[str, Any] = json.loads(stream.read(length))
    return fields
