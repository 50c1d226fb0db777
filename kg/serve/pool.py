"""Worker processes: as many queries at a time as there are workers, and none longer than the time limit."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from kg.serve import frames

log = logging.getLogger(__name__)

#: What to do about a query that takes too much.
ASK_LESS = "Ask for less, or begin with the most selective pattern."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take: seconds, rows (None for any number), megabytes; and how many run at a time."""

    seconds: float = 30.0
    rows: int | None = None
    megabytes: int = 1024
    workers: int = 4


class FailedError(Exception):
    """A query that has no (whole) answer, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Pool:
    """Workers, each idle or with one query."""

    def __init__(self, limits: Limits) -> None:
        """A pool that ``start`` fills."""
        self.limits = limits
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start every worker."""
        await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))

    async def stop(self) -> None:
        """End every worker, whatever it does."""
        for task in self._starting:
            task.cancel()
        for process in self._all:
            _kill(process)
        with contextlib.suppress(TimeoutError):  # asyncio sees no end of one whose output nobody reads any more
            async with asyncio.timeout(1):
                await asyncio.gather(*(process.wait() for process in self._all))

    async def run(self, advice: str = ASK_LESS, /, **request: Any) -> Running:
        """The answer to a request, once its head is there.

        Args:
            advice: what to do when it takes too much.
            request: what a worker is asked.

        Raises:
            FailedError: no worker is free, the query is wrong, or takes too much.
        """
        running = Running(self, await self._free(), self.limits, advice)
        try:
            await running.begin(request)
        except BaseException:  # a request that is cancelled must give its worker back, too
            running.close()
            raise
        return running

    def give_back(self, process: Process) -> None:
        """A worker that has nothing to do any more."""
        self._idle.put_nowait(process)

    def replace(self, process: Process) -> None:
        """End a worker, and start another in its place."""
        _kill(process)
        self._all.discard(process)
        task = asyncio.get_running_loop().create_task(self._refill())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _refill(self) -> None:
        """Start a worker, however often that fails: a machine short of memory has some again when queries end."""
        while True:
            try:
                return await self._add()
            except (OSError, asyncio.IncompleteReadError) as error:
                log.warning("A worker could not be started: %s", error)
                await asyncio.sleep(1)

    async def _add(self) -> None:
        command = (sys.executable, "-m", "kg.serve.worker", str(self.limits.megabytes))
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=None if log.isEnabledFor(logging.INFO) else DEVNULL
        )
        self._all.add(process)
        if process.stdout is not None:
            await process.stdout.readexactly(frames.HEADER.size)  # READY: starting is no part of a query's time
        self._idle.put_nowait(process)

    async def _free(self) -> Process:
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._idle.get()
        except TimeoutError:
            raise FailedError(503, "The server is busy with other queries. Try again later.") from None


class Running:
    """A query under way in a worker."""

    def __init__(self, pool: Pool, process: Process, limits: Limits, advice: str) -> None:
        """A query that ``process`` is going to run."""
        self._pool, self._process, self._limits, self._advice = pool, process, limits, advice
        self._until = asyncio.get_running_loop().time() + limits.seconds
        self._open = True
        self.media = ""

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the request and wait for the head of its answer."""
        stdin = self._process.stdin
        if stdin is None:
            raise FailedError(500, "A worker has no input.")
        stdin.write(frames.message(frames.HEAD, seconds=self._limits.seconds, rows=self._limits.rows, **request))
        kind, payload = await self._next()
        if kind != frames.HEAD:
            raise FailedError(500, "A worker gave no answer.")
        self.media = json.loads(payload)["media"]

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer.

        Raises:
            FailedError: it ends before it is whole.
        """
        while True:
            kind, payload = await self._next()
            if kind == frames.END:
                self._finish()
                return
            yield payload

    def close(self) -> None:
        """Give the worker back; one that is not done with its answer is ended."""
        if self._open:
            self._open = False
            self._pool.replace(self._process)

    def _finish(self) -> None:
        self._open = False
        self._pool.give_back(self._process)

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


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
