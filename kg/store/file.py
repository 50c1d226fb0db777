"""A graph in a file: loaded into memory, and written back, whole, when it changed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import MissingError, StoreError
from kg.ids import BASE, Ids
from kg.output import whole
from kg.rdf.partition import partitioned
from kg.store.advice import advice
from kg.store.locking import lock_file, unlock_file
from kg.store.oxigraph import OxigraphStore

FORMATS = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}
#: Formats without named graphs. Each triple is put back into its own, so that they can be read as a graph.
TRIPLES_ONLY = frozenset({".ttl", ".nt", ".rdf"})


#: Formats with comments: the first line of a file says that its last says how many quads it holds.
COMMENTED = frozenset({".trig", ".nq"})
BEGIN, END = "# A graph of Hearsay. Its last line says how many quads it holds.", "# The end. Quads: "


class FileStore(OxigraphStore):
    """Graph in a ``.trig``, ``.nq``, ``.jsonld``, ``.ttl``, ``.nt`` or ``.rdf`` file; the last three only to read."""

    def __init__(self, path: Path, base: str = BASE, *, read_only: bool = False) -> None:
        """The graph in ``path``; an empty one where there is no such file and writing is allowed.

        Raises:
            StoreError: there is no such file, or no such folder to write it in, it is damaged or not whole, or another
                process writes it (BusyError).
        """
        self.path, self._dirty = path, False
        store = ox.Store()
        writes = not read_only and path.suffix not in TRIPLES_ONLY and path.parent.is_dir()
        self._lock = lock_file(path) if writes else None
        if path.is_file():
            _load(store, path, Ids(base))
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

    def _changed(self, quads: int) -> None:
        self._dirty = self._dirty or quads > 0

    def close(self) -> None:
        """Write the file again where the graph changed: to a temporary name first, then in place of the old one."""
        try:
            if self._dirty:
                self._write()
        finally:
            if self._lock is not None:
                unlock_file(self.path, self._lock)
                self._lock = None
        self._dirty = False

    def _write(self) -> None:
        lines = sorted(str(quad) for quad in self.match() if quad.graph_name != self.graphs.ontology)
        quads = ox.parse(" .\n".join([*lines, ""]), ox.RdfFormat.N_QUADS)
        try:
            with whole(self.path) as part, part.open("wb") as out:
                comments = (BEGIN, f"{END}{len(lines)}") if self.path.suffix in COMMENTED else ("", "")
                out.write(f"{comments[0]}\n".encode() if comments[0] else b"")
                ox.serialize(quads, out, FORMATS[self.path.suffix])
                out.write(f"{comments[1]}\n".encode() if comments[1] else b"")
        except OSError as error:
            raise StoreError(f"The graph could not be written to {self.path} ({error}). {advice(error)}") from error


def _load(store: ox.Store, path: Path, ids: Ids) -> None:
    _parse(store, path, ids)
    said = _size(path) if path.suffix in COMMENTED else None
    if said is not None and said != len(store):
        raise StoreError(
            f"{path} is not whole: it holds {len(store):,} quads, and "
            f"{f'was written with {said:,}' if said >= 0 else 'its last line is missing'}. Take a whole copy of it; if "
            "it was changed on purpose, take its first and last lines out."
        )


def _size(path: Path) -> int | None:
    """How many quads the last line says there are; -1 where it should say so and does not, None where nothing does."""
    with path.open("rb") as file:
        ours = file.readline(200).startswith(BEGIN.encode())
        file.seek(max(0, path.stat().st_size - 200))
        last = file.read().rstrip().rpartition(b"\n")[2].decode("utf-8", "replace")
    number = last.removeprefix(END)
    if not ours:
        return None
    return int(number) if last.startswith(END) and number.isdecimal() else -1


def _parse(store: ox.Store, path: Path, ids: Ids) -> None:
    form = FORMATS[path.suffix]
    try:
        if path.suffix in TRIPLES_ONLY:
            store.bulk_extend(partitioned((quad.triple for quad in ox.parse(path=str(path), format=form)), ids))
        else:
            store.bulk_load(path=str(path), format=form)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise StoreError(f"{path} cannot be read as {path.suffix.lstrip('.')}: {error}.") from error
