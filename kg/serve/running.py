"""A query under way in a worker."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from kg.serve import frames
from kg.serve.lanes import Lane

#: Bytes of an answer that are kept before any is sent, so that a query can be stopped and run again later.
HELD = 1 << 20
#: Priority of a worker with a long query (as ``nice`` has it).
YIELDING = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take: seconds, rows (None for any number), megabytes; how many long ones run at once."""

    seconds: float = 30.0
    rows: int | None = None
    megabytes: int = 1024
    workers: int = 4


class FailedError(Exception):
    """A query that has no (whole) answer, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Workers(Protocol):
    """Where a worker comes from, and goes to."""

    limits: Limits

    def give_back(self, process: Process) -> None:
        """A worker that has nothing to do any more."""

    def replace(self, process: Process) -> None:
        """End a worker, and start another in its place."""


class Running:
    """A query under way in a worker, with a place in a lane."""

    def __init__(self, pool: Workers, process: Process, place: tuple[Lane, str], advice: str) -> None:
        """A query that ``process`` is going to run."""
        self._pool, self._process, self._place, self._advice = pool, process, place, advice
        self._limits = pool.limits
        self._until = asyncio.get_running_loop().time() + self._limits.seconds
        self._held: list[bytes] = []
        self._open, self._slowed = True, False
        self.media, self.is_whole = "", False

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the request and wait for the answer, or its beginning where it is long."""
        stdin = self._process.stdin
        if stdin is None:
            raise FailedError(500, "A worker has no input.")
        stdin.write(frames.message(frames.HEAD, seconds=self._limits.seconds, rows=self._limits.rows, **request))
        kind, payload = await self._next()
        if kind != frames.HEAD:
            raise FailedError(500, "A worker gave no answer.")
        self.media = json.loads(payload)["media"]
        size = 0
        while size < HELD and not self.is_whole:
            size += await self._hold()

    async def _hold(self) -> int:
        """Length of the next piece of the answer, which is kept."""
        kind, payload = await self._next()
        if kind == frames.END:
            self.is_whole = True
            self._finish()
            return 0
        self._held.append(payload)
        return len(payload)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer.

        Raises:
            FailedError: it ends before it is whole.
        """
        for piece in self._held:
            yield piece
        self._held.clear()
        while not self.is_whole:
            await self._hold()
            while self._held:
                yield self._held.pop(0)

    def move(self, lane: Lane) -> bool:
        """Whether there is a place in another lane, which it has now; its worker yields to others from now on."""
        if not lane.try_enter(self._place[1]):
            return False
        self._leave()
        self._place = lane, self._place[1]
        self.yield_to_others()
        return True

    def yield_to_others(self) -> None:
        """Let those that are short go first; a worker cannot take that back, so it is used once."""
        with contextlib.suppress(OSError, AttributeError):  # it has ended, or this is Windows
            os.setpriority(os.PRIO_PROCESS, self._process.pid, YIELDING)
            self._slowed = True

    def close(self, *, unused: bool = False) -> None:
        """Give the worker back; one that is not done with its answer is ended, unless it was ``unused``."""
        if unused:
            self._finish()
        if self._open:
            self._open = False
            self._pool.replace(self._process)
            self._leave()

    def _finish(self) -> None:
        self._open = False
        (self._pool.replace if self._slowed else self._pool.give_back)(self._process)
        self._leave()

    def _leave(self) -> None:
        lane, client = self._place
        lane.leave(client)

    async def _next(self) -> tuple[bytes, bytes]:
        """The next frame."""
        try:
            async with asyncio.timeout_at(self._until):
                kind, payload = await self._read()
        except TimeoutError:
            raise FailedError(503, self._late()) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise FailedError(503, self._died()) from None
        if kind == frames.FAILED:
            self._finish()
            raise FailedError(**json.loads(payload))
        return kind, payload

    async def _read(self) -> tuple[bytes, bytes]:
        stdout = self._process.stdout
        if stdout is None:
            raise FailedError(500, "A worker has no output.")
        kind, length = frames.HEADER.unpack(await stdout.readexactly(frames.HEADER.size))
        return kind, await stdout.readexactly(length)

    def _late(self) -> str:
        return f"The query took longer than {self._limits.seconds:g} s, the limit here, and was stopped. {self._advice}"

    def _died(self) -> str:
        return (
            f"The query was stopped: it needed more than {self._limits.megabytes} MB, the limit here, or its worker "
            f"failed. {self._advice}"
        )
