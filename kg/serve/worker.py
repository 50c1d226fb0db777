"""A worker process: ``python -m kg.serve.worker MEGABYTES`` answers requests from its standard input, one by one.

It holds the snapshot that the last request named open. The server kills it when a query takes too long; should the
server die first, an alarm ends a query that is under way.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import IO, Any

from kg.errors import KgError
from kg.serve import frames, negotiate
from kg.serve.guard import refused
from kg.serve.isolation import forbid_network
from kg.serve.sources import opened
from kg.serve.status import status_of
from kg.store import Result, Store, open_store
from kg.store.base import Dataset
from kg.view.parts import Parts

#: Bytes that are held back at first, so that a query which fails soon can still be answered with an error.
FIRST = 256 * 1024
#: Bytes sent at a time after that.
PIECE = 64 * 1024
#: Seconds after the server's own limit at which a query ends even though nobody stopped it.
GRACE = 5


class RefusedError(Exception):
    """A request that gets no answer, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Answer(io.RawIOBase):
    """Where an answer is written: frames on a pipe, a head before the first."""

    def __init__(self, pipe: IO[bytes], media: str) -> None:
        """An answer of the type ``media``."""
        self._pipe, self._media, self._buffer, self._room = pipe, media, bytearray(), FIRST

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """The number of bytes taken, which is all."""
        self._buffer += data
        if len(self._buffer) >= self._room:
            self._send()
        return len(data)

    def end(self) -> None:
        """Send the rest."""
        self._send()
        self._pipe.write(frames.frame(frames.END))
        self._pipe.flush()

    def _send(self) -> None:
        if self._room == FIRST:
            self._pipe.write(frames.message(frames.HEAD, media=self._media))
            self._room = PIECE
        self._pipe.write(frames.frame(frames.DATA, bytes(self._buffer)))
        self._pipe.flush()
        self._buffer.clear()


class Worker:
    """Answers requests over the snapshots that they name."""

    def __init__(self, pipe: IO[bytes]) -> None:
        """A worker that answers on ``pipe``."""
        self._pipe = pipe
        self._address, self._alone = "", False
        self._store: Store | None = None
        self._drawn, self._parts = "", Parts()

    def answer(self, request: dict[str, Any]) -> None:
        """Answer one request; for a graph on this machine, without a network from now on."""
        if not self._alone and not request["address"].startswith(("http://", "https://")):
            self._alone = forbid_network()
        signal.alarm(int(request["seconds"]) + GRACE)
        acts = {"update": self._update, "explorer": self._explorer, "doubts": self._doubts}
        try:
            next((act for name, act in acts.items() if name in request), self._query)(request)
        except RefusedError as error:
            self._fail(error.status, str(error))
        except KgError as error:
            self._fail(status_of(error), str(error))
        except (OSError, RuntimeError, MemoryError) as error:
            self._fail(500, f"The query failed: {error or type(error).__name__}.")
        signal.alarm(0)

    def _query(self, request: dict[str, Any]) -> None:
        _check(refused(request["query"]))
        store = self._open(request["address"])
        limit = request["rows"]
        if limit is not None and _ask(store, request).more_than(limit):
            raise RefusedError(
                403, f"The answer has more than {limit:,} rows, the limit here. Ask for less, with LIMIT."
            )
        result = _ask(store, request)
        if request["missing"] and not _ask(store, request):
            raise RefusedError(404, request["missing"])
        offered = negotiate.GRAPHS if result.is_graph else negotiate.TABLES
        media = negotiate.best(request["accept"], offered)
        if media is None:
            raise RefusedError(406, f"This kind of query can be answered as {', '.join(offered)}.")
        answer = Answer(self._pipe, media)
        result.write(answer, offered[media])  # type: ignore[arg-type]
        answer.end()

    def _update(self, request: dict[str, Any]) -> None:
        _check(refused(request["update"], update=True))
        with opened(request["address"]) as store:
            store.update(request["update"])
        Answer(self._pipe, "").end()

    def _explorer(self, request: dict[str, Any]) -> None:
        from kg.serve.explorer import page_data

        answer = Answer(self._pipe, "application/json")
        view = self._open(request["address"]).view()
        answer.write(page_data(view, **request["explorer"], parts=self._unchanged(**request)))
        answer.end()

    def _unchanged(self, address: str, since: dict[str, list[str]], **_: object) -> Parts:
        """What was read for the explorer before and is the same at the ``address``; ``since`` says what changed."""
        before, self._drawn = self._drawn, address
        if before not in since:
            self._parts = Parts()
        self._parts.forget(since.get(before, ()))
        return self._parts

    def _doubts(self, request: dict[str, Any]) -> None:
        from kg.serve.explorer import doubts_data

        answer = Answer(self._pipe, "application/json")
        answer.write(doubts_data(self._open(request["address"]).view()))
        answer.end()

    def _open(self, address: str) -> Store:
        if self._store is None or address != self._address:
            if self._store is not None:
                self._store.close()
            self._store, self._address = open_store(address, read_only=True), address
        return self._store

    def _fail(self, status: int, message: str) -> None:
        self._pipe.write(frames.message(frames.FAILED, status=status, message=message))
        self._pipe.flush()


def _check(keyword: str | None) -> None:
    if keyword is not None:
        raise RefusedError(403, f"{keyword} is refused: this server calls no others.")


def _ask(store: Store, request: dict[str, Any]) -> Result:
    default, named = request["default"], request["named"]
    dataset = Dataset(tuple(default), tuple(named)) if default or named else None
    return store.query(request["query"], dataset=dataset)


def _limit_memory(megabytes: int) -> None:
    """Let the process end, rather than the machine swap, when a query asks for too much."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when workers end
    _limit_memory(int(sys.argv[1]))
    with os.fdopen(os.dup(1), "wb") as pipe:
        os.dup2(2, 1)  # whatever prints must not disturb the frames
        worker = Worker(pipe)
        pipe.write(frames.frame(frames.READY))
        pipe.flush()
        while (request := frames.read(sys.stdin.buffer)) is not None:
            worker.answer(request)


if __name__ == "__main__":
    main()
