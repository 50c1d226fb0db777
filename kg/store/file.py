"""A graph in a file: loaded into memory, and written back, whole, when it changed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import MissingError, StoreError
from kg.ids import BASE
from kg.store.oxigraph import OxigraphStore

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
#: Formats without named graphs: what they hold can be read, but no longer taken apart by article.
TRIPLES_ONLY = frozenset({".ttl", ".nt"})


class FileStore(OxigraphStore):
    """The graph in a ``.trig``, ``.nq``, ``.jsonld``, ``.ttl`` or ``.nt`` file; the last two can only be read."""

    def __init__(self, path: Path, base: str = BASE, *, read_only: bool = False) -> None:
        """The graph in ``path``; an empty one where there is no such file and writing is allowed.

        Raises:
            StoreError: there is no such file, or no such folder to write it in, or it is damaged.
        """
        self.path, self._dirty = path, False
        store = ox.Store()
        if path.is_file():
            _load(store, path)
        elif read_only or path.exists():
            raise MissingError(f"There is no graph file at {path}. Make one with 'kg build INPUT... -g {path}'.")
        elif not path.parent.is_dir():  # said now, not after hours of work
            raise StoreError(f"{path} cannot be written: there is no folder {path.parent}. Choose another -g.")
        super().__init__(store, base, read_only=False)
        self._dirty = False
        self.read_only = read_only or path.suffix in TRIPLES_ONLY
        if path.suffix in TRIPLES_ONLY:
            self.refusal = (
                f"{path} can only be read: {path.suffix} keeps no articles apart. Build a .trig or a directory."
            )

    def _changed(self) -> None:
        self._dirty = True

    def close(self) -> None:
        """Write the file again where the graph changed: to a temporary name first, then in place of the old one."""
        if not self._dirty:
            return
        part = self.path.with_name(self.path.name + ".part")
        lines = sorted(str(quad) for quad in self.match() if quad.graph_name != self.graphs.ontology)
        quads = ox.parse(" .\n".join([*lines, ""]), ox.RdfFormat.N_QUADS)
        try:
            ox.serialize(quads, str(part), FORMATS[self.path.suffix])
            part.replace(self.path)
        except OSError as error:
            raise StoreError(f"The graph could not be written to {self.path} ({error.strerror}).") from error
        finally:
            part.unlink(missing_ok=True)
        self._dirty = False


def _load(store: ox.Store, path: Path) -> None:
    try:
        store.bulk_load(path=str(path), format=FORMATS[path.suffix])
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise StoreError(f"{path} cannot be read as {path.suffix.lstrip('.')}: {error}.") from error
