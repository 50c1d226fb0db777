"""What was read of a graph, thing by thing, to be read again only where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Parts:
    """Records of each kind by the id of the article, or the IRI of the thing, that they were read of."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self._kept: dict[str, dict[str, Any]] = {}

    def each(
        self,
        kind: str,
        keys: Iterable[str],
        read: Callable[[str], T],
        every: Callable[[], Mapping[str, T]] | None = None,
    ) -> dict[str, T]:
        """What was read of each of the ``keys``; what was not is read now, and what has no key any more is dropped.

        Where nothing was read yet, ``every`` may give all at once.
        """
        kept = self._kept.get(kind) or (every() if every else {})
        self._kept[kind] = {key: kept[key] if key in kept else read(key) for key in keys}
        return self._kept[kind]

    def forget(self, touched: Iterable[str]) -> None:
        """Read these again when they are asked for."""
        for key in touched:
            for kept in self._kept.values():
                kept.pop(key, None)
