"""Which HTTP status says what went wrong, the same in the server and in its workers."""

from __future__ import annotations

from kg.errors import BusyError, KgError, MissingError, QueryError, ReadOnlyError, RemoteError

#: The first that fits; whatever else goes wrong is the server's own trouble: 500.
_STATUSES: tuple[tuple[type[KgError], int], ...] = (
    (QueryError, 400),
    (ReadOnlyError, 403),
    (MissingError, 404),
    (RemoteError, 502),
    (BusyError, 503),
)
#: Seconds after which a client may try again what was answered with 503.
RETRY_AFTER = "10"


def status_of(error: Exception) -> int:
    """The status of an answer that is this error.

    >>> status_of(BusyError("in use")), status_of(KgError("no weights"))
    (503, 500)
    """
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def headers_of(status: int) -> dict[str, str] | None:
    """What a client is told along with the status."""
    return {"Retry-After": RETRY_AFTER} if status == 503 else None
