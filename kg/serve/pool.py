"""Worker processes: as many queries at a time as there are workers, and none longer than the time limit."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from typing import Any

from kg.serve import frames
from kg.serve.lanes import FullError, Lane
from kg.serve.running import FailedError, Limits, Running

log = logging.getLogger(__name__)

#: Places for queries that may be short, and the seconds that they may take.
SHORT, SOON = 2, 1.0
#: How many queries that took long are known again.
REMEMBERED = 2000
#: What to do about a query that takes too much.
ASK_LESS = "Ask for less, or begin with the most selective pattern."


class Pool:
    """Workers, each idle or with one query.

    Every query is first tried in the short lane: if it ends within a second there, it is answered, however many long
    ones run or wait. Else it goes on as a long one if there is a place, and is otherwise stopped and waits for one.
    What was long before goes to the long lane at once.
    """

    def __init__(self, limits: Limits, *, short: int = SHORT) -> None:
        """A pool that ``start`` fills, with so many places for ``short`` queries."""
        self.limits = limits
        self.short, self.long, self._workers = Lane(short), Lane(limits.workers), limits.workers + short
        self._slow: dict[str, None] = {}
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start every worker."""
        await asyncio.gather(*(self._add() for _ in range(self._workers)))

    async def stop(self) -> None:
        """End every worker, whatever it does."""
        for task in self._starting:
            task.cancel()
        for process in self._all:
            _kill(process)
        with contextlib.suppress(TimeoutError):  # asyncio sees no end of one whose output nobody reads any more
            async with asyncio.timeout(1):
                await asyncio.gather(*(process.wait() for process in self._all))

    async def run(self, advice: str = ASK_LESS, /, client: str = "", once: bool = False, **request: Any) -> Running:
        """The answer to a request, once its beginning is there.

        Args:
            advice: what to do when it takes too much.
            client: who asks: clients are served in turns.
            once: whether it must not be tried twice, as what changes the graph.
            request: what a worker is asked.

        Raises:
            FailedError: no worker is free, the query is wrong, or takes too much.
        """
        key = hashlib.sha256(json.dumps({**request, "address": ""}, sort_keys=True).encode()).hexdigest()
        running = None if once or key in self._slow else await self._try(key, client, advice, request)
        if running is not None:
            return running
        running = await self._enter(self.long, client, advice)
        if not once:
            running.yield_to_others()
        return await self._prepared(running, request)

    async def _try(self, key: str, client: str, advice: str, request: dict[str, Any]) -> Running | None:
        """The answer where it is found soon, or there is a place for a long query; else None."""
        running = await self._enter(self.short, client, advice)
        if key in self._slow:  # another found that out meanwhile
            running.close(unused=True)
            return None
        preparing = asyncio.ensure_future(self._prepared(running, request))
        try:
            await asyncio.wait([preparing], timeout=SOON)
        except asyncio.CancelledError:
            preparing.cancel()
            raise
        if preparing.done() and (preparing.exception() is not None or running.is_whole):
            return preparing.result()
        self._note(key)
        if running.move(self.long):
            return await preparing
        preparing.cancel()
        running.close()
        return None

    async def _prepared(self, running: Running, request: dict[str, Any]) -> Running:
        try:
            await running.begin(request)
        except BaseException:  # a request that is cancelled must give its worker back, too
            running.close()
            raise
        return running

    async def _enter(self, lane: Lane, client: str, advice: str) -> Running:
        """A query that is about to run in a lane."""
        try:
            async with asyncio.timeout(self.limits.seconds):
                await lane.enter(client)
        except (TimeoutError, FullError):
            raise FailedError(503, "The server is busy with other queries. Try again later.") from None
        try:
            return Running(self, await self._idle.get(), (lane, client), advice)
        except BaseException:
            lane.leave(client)
            raise

    def _note(self, key: str) -> None:
        """Remember that a query takes long; of those that were seen longest ago, no more than can be of use."""
        self._slow.pop(key, None)
        self._slow[key] = None
        if len(self._slow) > REMEMBERED:
            del self._slow[next(iter(self._slow))]

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


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
