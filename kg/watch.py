"""A limit on the time that one article takes, wherever in the pipeline it is."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

#: Characters that a slow machine reads in a second: so much more time has what is longer.
SPEED = 2000
#: Seconds between two looks.
_TICK = 0.25


class TooSlowError(Exception):
    """What is being done takes longer than the limit."""


class Watch:
    """Raises ``TooSlowError`` in the main thread when no article comes out for longer than the limit.

    What counts is the thread's own time of the processor, so that a busy machine makes nothing too slow. In other
    threads, and on Windows, there is no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        """A limit in seconds; None or 0 for none."""
        self.seconds = seconds or 0.0
        main = threading.current_thread() is threading.main_thread()
        self._works = bool(self.seconds) and main and hasattr(signal, "setitimer")
        self._since, self._characters, self._on = 0.0, 0, False
        self._before: Any = None

    def begin(self, characters: int) -> None:
        """An article of that length is taken in."""
        self._characters += characters

    def done(self) -> None:
        """An article came out, or is given up: the time begins anew."""
        self._since, self._characters = time.thread_time(), 0

    @contextmanager
    def off(self) -> Iterator[None]:
        """What is done in this context does not count."""
        was, self._on, begun = self._on, False, time.thread_time()
        try:
            yield
        finally:
            self._since += time.thread_time() - begun
            self._on = was

    def _look(self, _number: int, _frame: FrameType | None) -> None:
        if self._on and time.thread_time() - self._since > self.seconds + self._characters / SPEED:
            self.done()
            raise TooSlowError(f"it takes longer than {self.seconds:g} s")

    def __enter__(self) -> Self:
        self.done()
        self._on = True
        if self._works:
            self._before = signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
