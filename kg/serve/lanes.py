"""Places for so many queries at a time, given in turns: client by client, so that who asks much waits longest."""

from __future__ import annotations

import asyncio
from collections import Counter, deque

#: Queries of one client, and of all, that may wait for a place.
OF_ONE, OF_ALL = 100, 500


class FullError(Exception):
    """So many wait already that one more would wait in vain."""


class Lane:
    """Places for queries. One client never has them all, where there is more than one."""

    def __init__(self, places: int) -> None:
        """A lane with so many places, all free."""
        self.free, self._share = places, max(1, places - 1)
        self._inside: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    def try_enter(self, client: str) -> bool:
        """Whether there was a place for the client, which it has now."""
        if self.free <= 0 or self._inside[client] >= self._share:
            return False
        self.free -= 1
        self._inside[client] += 1
        return True

    async def enter(self, client: str) -> None:
        """Wait for a place.

        Raises:
            FullError: too many wait.
        """
        if not self._waiting and self.try_enter(client):
            return
        mine = self._waiting.get(client, ())
        if len(mine) >= OF_ONE or sum(map(len, self._waiting.values())) >= OF_ALL:
            raise FullError
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            self._withdraw(client, turn)
            raise

    def leave(self, client: str) -> None:
        """Give a place back."""
        self.free += 1
        self._inside[client] -= 1
        if not self._inside[client]:
            del self._inside[client]
        self._admit()

    def _admit(self) -> None:
        """Let in who waits, as long as there are places; who was let in goes to the end of the row of clients."""
        while client := next((c for c in self._waiting if self.free > 0 and self._inside[c] < self._share), None):
            turns = self._waiting.pop(client)
            turn = turns.popleft()
            if not turn.done():  # else it is given up
                self.try_enter(client)
                turn.set_result(None)
            if turns:
                self._waiting[client] = turns

    def _withdraw(self, client: str, turn: asyncio.Future[None]) -> None:
        """Take back a place that came too late, or a turn that is not wanted any more."""
        if turn.done() and not turn.cancelled():
            self.leave(client)
            return
        turns = self._waiting.get(client, deque())
        if turn in turns:
            turns.remove(turn)
        if not turns:
            self._waiting.pop(client, None)
