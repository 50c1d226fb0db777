"""``open_store``: from the name of a graph to the store behind it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from kg.errors import BusyError, MissingError
from kg.ids import BASE
from kg.store.base import Store
from kg.store.disk import CopiedStore, DiskStore
from kg.store.file import FORMATS, FileStore
from kg.store.oxigraph import MemoryStore


def open_store(graph: str | PathLike[str], *, read_only: bool = False, create: bool = True, base: str = BASE) -> Store:
    """The store that ``graph`` names.

    Args:
        graph: a directory (the embedded store, made where there is none); a ``.trig``, ``.nq``, ``.jsonld``, ``.ttl``,
            ``.nt`` or ``.rdf`` file; the ``http(s)://`` address of a SPARQL server; or ``:memory:``.
        read_only: several processes may read a directory at a time, only one may write; meanwhile others read a copy.
        create: make the graph where there is none, unless it is opened for reading only.
        base: under which the IRIs of new data stand; the same every time a graph is opened.

    Raises:
        StoreError: there is no such graph (MissingError), it is damaged, in use (BusyError), or a server does not
            answer (RemoteError).
    """
    name = str(graph)
    if name == ":memory:":
        return MemoryStore(base)
    if name.startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore

        return RemoteStore(name, base, read_only=read_only)
    path = Path(name)
    if not create and not path.exists():
        raise MissingError(f"There is no graph at {path}. Make one with 'kg build INPUT... -g {path}'.")
    if path.suffix in FORMATS and not path.is_dir():
        return FileStore(path, base, read_only=read_only)
    try:
        return DiskStore(path, base, read_only=read_only)
    except BusyError:
        if not read_only:
            raise
        return CopiedStore(path, base)
