"""Connections that keep nobody waiting: what arrives too slowly, is taken too slowly, or is too much, is closed."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which the head of a request must arrive, and the whole of it.
HEAD, WHOLE = 10.0, 60.0
#: Seconds in which a client must take some of what waits to be sent to it.
TAKEN = 10.0
#: Open connections at most. One more ends the one that has waited longest without a whole request.
MOST = 512
#: Descriptors that the rest of the server may need.
_RESERVE = 128


class _Timer:
    """Calls ``act`` some seconds after it is started, unless it is stopped before."""

    def __init__(self, loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
        self._loop, self._act = loop, act
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float) -> None:
        """Begin, unless it has."""
        if self._handle is None:
            self._handle = self._loop.call_later(seconds, self._act)

    def stop(self) -> None:
        """Do not call."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class Connection(H11Protocol):
    """A connection with limits on its head, its body and on sending."""

    most: ClassVar[int] = MOST
    _incomplete: ClassVar[dict[Connection, None]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*args, **options)
        self._arriving, self._sending = _Timer(self.loop, self.abort), _Timer(self.loop, self.abort)
        self._awaited = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where there are too many connections, one ends."""
        super().connection_made(transport)
        _let_the_system_give_up(transport.get_extra_info("socket"))
        if len(self.connections) > self.most:
            next(iter(self._incomplete), self).abort()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """An answer is sent; the next request may have begun to arrive."""
        super().on_response_complete()
        if not self.cycle.response_complete:
            self._watch()

    def pause_writing(self) -> None:
        """The client does not take what is sent: it is given some seconds."""
        super().pause_writing()
        self._sending.start(TAKEN)

    def resume_writing(self) -> None:
        """It took some."""
        super().resume_writing()
        self._sending.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end."""
        self._arriving.stop()
        self._sending.stop()
        self._incomplete.pop(self, None)
        super().connection_lost(exc)

    def abort(self) -> None:
        """End the connection at once, whatever waits to be sent."""
        self._incomplete.pop(self, None)
        self.transport.abort()

    def _watch(self) -> None:
        """Set a time for what is awaited of the client; none while it awaits its answer."""
        awaited = self._await()
        if awaited == self._awaited:
            return
        self._awaited = awaited
        self._arriving.stop()
        self._incomplete.pop(self, None)
        if awaited:
            self._incomplete[self] = None
            self._arriving.start(HEAD if awaited == "head" else WHOLE)

    def _await(self) -> str:
        if self.cycle is None or self.cycle.response_complete:
            return "head"
        return "body" if self.cycle.more_body else ""


def enough_descriptors() -> int:
    """How many connections this process can hold, after asking the system for as many descriptors as it gives."""
    try:
        import resource
    except ImportError:  # Windows
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + _RESERVE if hard == resource.RLIM_INFINITY else min(hard, MOST + _RESERVE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else max(8, min(MOST, soft - _RESERVE))


def _let_the_system_give_up(connection: socket.socket | None) -> None:
    """Let Linux end a connection whose client takes nothing of what was left to be sent when the server closed it."""
    if connection is not None and hasattr(socket, "TCP_USER_TIMEOUT") and connection.family != socket.AF_UNIX:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(2 * TAKEN * 1000))
