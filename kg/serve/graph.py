"""The graph that is served: its newest snapshot for readers, and the graph itself for the one who may change it."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import BusyError, KgError, ReadOnlyError, StoreError
from kg.serve.sources import RemoteSource, Source, opened_as, source_of
from kg.store import Store, View, open_store
from kg.store.noted import Noted

#: Seconds that the server waits, at its start, for a writer to hand out the first snapshot.
PATIENCE = 60.0
#: Earlier snapshots of which is known what changed since.
REMEMBERED = 20


@dataclass(slots=True)
class Snapshot:
    """A frozen copy of the graph, with the number of those who read it.

    ``since`` says what has changed since earlier copies, by their addresses, where that is known (``kg.store.noted``).
    """

    address: str
    version: str
    store: Store
    since: dict[str, set[str]] = field(default_factory=dict)
    users: int = 0
    retired: bool = False


class Graph:
    """A graph to serve; everything here may be called from any thread."""

    def __init__(self, name: str, *, token: str | None = None) -> None:
        """The graph of that ``name`` as ``-g`` takes it. With a ``token``, those who know it may change the graph.

        Raises:
            StoreError: there is no such graph, or a writer holds it and gives no snapshot.
        """
        self.name, self._token = name, token
        self._lock, self._refreshing, self._writing = threading.Lock(), threading.Lock(), threading.Lock()
        self._source: Source = source_of(name)
        self._number, self._signature = 0, object()
        self._asked: object | None = None
        self._snapshot: Snapshot | None = None
        try:
            self._wait()
        except StoreError:
            self._source.close()
            raise

    @property
    def allow_update(self) -> bool:
        """Whether the graph may be changed by those who know the token."""
        return self._token is not None

    @property
    def version(self) -> str:
        """Another string each time that what is served changes."""
        return self._current().version

    def authorise(self, request: Request) -> None:
        """Let pass who may change the graph.

        Raises:
            HTTPException: 403 where updates are off or the token is wrong, 401 where there is none.
        """
        if self._token is None:
            raise HTTPException(403, "This server only reads. Start it with --allow-update to change the graph.")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            headers = {"WWW-Authenticate": 'Bearer realm="hearsay"'}
            raise HTTPException(401, "Changes need the header 'Authorization: Bearer TOKEN'.", headers)
        if not hmac.compare_digest(token.strip().encode(), self._token.encode()):
            raise HTTPException(403, "This token is not the one that the server was started with.")

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The newest snapshot, kept for as long as the context is open."""
        with self._lock:
            held = self._current()
            held.users += 1
        try:
            yield held
        finally:
            with self._lock:
                held.users -= 1
                self._drop(held)

    @contextmanager
    def view(self) -> Iterator[View]:
        """A view of the newest snapshot."""
        with self.snapshot() as held:
            yield held.store.view()

    @property
    def is_remote(self) -> bool:
        """Whether another server holds the graph, so that nobody here knows when it changes."""
        return isinstance(self._source, RemoteSource)

    @contextmanager
    def change(self) -> Iterator[Store]:
        """The graph itself, open for writing, by nobody else at a time; what is served is fresh after it.

        Raises:
            StoreError: updates are off, or another process writes the graph.
        """
        if not self.allow_update:
            raise ReadOnlyError("This server only reads. Start it with --allow-update to change the graph.")
        with self._writing:
            store, signature = opened_as(self.name, self._source)
            with Noted(store) as noted:
                alone = signature == self._signature  # nobody else has changed it since the copy was made
                yield noted
            self.refresh(anew=True, touched=noted.touched if alone else None)

    def refresh(self, *, anew: bool = False, touched: set[str] | None = None) -> bool:
        """Whether there is a newer snapshot now; where the graph changed, one is made or asked for.

        Args:
            anew: do not take a snapshot that was asked for before: it may be older than the change that matters.
            touched: all that has changed, where that is known.
        """
        with self._refreshing:
            if anew and self._asked is not None:
                self._source.cancel(self._number)
                self._asked = None
            signature = self._source.signature()
            if signature == self._signature:
                return False
            if self._asked is None:
                self._number, self._asked = self._number + 1, signature
            address = self._source.take(self._number)
            if address is None:
                return False
            asked, self._asked = self._asked, None
            self._adopt(address, touched)
            self._signature = asked  # only now: what could not be opened is tried again
            return True

    def close(self) -> None:
        """Leave nothing behind."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.store.close()
            self._source.close()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.refresh():
            if time.monotonic() > deadline:
                raise BusyError(f"{self.name} is being written, and its writer gives no snapshot. Try again later.")
            time.sleep(0.1)

    def _current(self) -> Snapshot:
        if self._snapshot is None:
            raise StoreError(f"{self.name} is not open.")
        return self._snapshot

    def _adopt(self, address: str, touched: set[str] | None) -> None:
        try:
            new = Snapshot(
                address, str(self._number), open_store(address, read_only=True), _since(self._snapshot, touched)
            )
        except KgError:
            self._source.drop(address)
            raise
        with self._lock:
            old, self._snapshot = self._snapshot, new
            if old is not None:
                old.retired = True
                self._drop(old)

    def _drop(self, held: Snapshot) -> None:
        if held.retired and not held.users:
            held.store.close()
            self._source.drop(held.address)


def _since(old: Snapshot | None, touched: set[str] | None) -> dict[str, set[str]]:
    """What has changed since the copy ``old``, after which ``touched`` changed, and since those before it."""
    if old is None or touched is None:
        return {}
    known = {address: earlier | touched for address, earlier in old.since.items()} | {old.address: touched}
    return dict(list(known.items())[-REMEMBERED:])
