"""Worker processes that end with the process that started them, and are replaced when they are killed."""

from __future__ import annotations

import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Generic, TypeVar

from kg.errors import KgError

log = logging.getLogger(__name__)

#: Items in a row over which a process is killed, after which it is not for the items.
HOPELESS = 3
Item = TypeVar("Item")
Found = TypeVar("Found")


class Workers(Generic[Item, Found]):
    """``work`` done on chunks of items by ``jobs`` processes, in the order of the chunks.

    A process that is killed takes its pool with it: the pool is made anew, and the oldest chunk is done item by item.
    Where a process is killed over an item by itself, ``lost`` gives what is found of it.
    """

    def __init__(
        self,
        jobs: int,
        start: Callable[..., None],
        settings: tuple[Any, ...],
        work: Callable[[list[Item]], Found],
        lost: Callable[[Item], Found],
    ) -> None:
        """Processes that each call ``start`` with ``settings`` once."""
        self.jobs, self.work, self.lost = jobs, work, lost
        self._start = start, *settings
        self._losses = 0
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, get_context("spawn"), _begin, self._start)

    def results(self, chunks: Iterator[list[Item]]) -> Iterator[Found]:
        """What is found, chunk by chunk; a few are given out ahead, so that memory does not grow with the run."""
        pending: deque[tuple[list[Item], Future[Found]]] = deque()
        try:
            for chunk in chunks:
                self._give(chunk, pending)
                if len(pending) > 2 * self.jobs:
                    yield from self._take(pending)
            while pending:
                yield from self._take(pending)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _give(self, chunk: list[Item], pending: deque[tuple[list[Item], Future[Found]]]) -> None:
        try:
            future = self._pool.submit(self.work, chunk)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        pending.append((chunk, future))

    def _take(self, pending: deque[tuple[list[Item], Future[Found]]]) -> Iterator[Found]:
        chunk, future = pending.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            log.critical("A worker process was killed (for its memory, perhaps); what it read is read again.")
            for item in chunk:
                yield self._alone(item)
            others = list(pending)
            pending.clear()
            for other, done in others:
                if done.done() and done.exception() is None:
                    pending.append((other, done))
                else:
                    self._give(other, pending)

    def _alone(self, item: Item) -> Found:
        """What is found of one item in a fresh pool."""
        for _ in range(2):  # the first pool may be the one that broke before
            try:
                found = self._pool.submit(self.work, [item]).result()
            except BrokenProcessPool:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._new()
            else:
                self._losses = 0
                return found
        self._losses += 1
        if self._losses == HOPELESS:
            raise KgError("The worker processes end as soon as they begin. Run with --jobs 1 to see why.")
        return self.lost(item)


def _begin(start: Callable[..., None], *settings: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of them; the first one sees to it
    Thread(target=_end_with_the_parent, daemon=True).start()
    start(*settings)


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
