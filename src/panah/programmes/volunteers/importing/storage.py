"""Where a table lies on its way in: in the shred store, sealed under the host's key, each piece bound to its place."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from panah.ground.foundation import host_seal
from panah.ground.vault import actions as vault
from panah.programmes.volunteers.words import ROOM

if TYPE_CHECKING:
    from panah.programmes.volunteers.importing.rows import Faults, Person
    from panah.programmes.volunteers.models import TableImport

KIND = "volunteer_table"
FILE = "file"


def rows_of(piece: int) -> str:
    """Return the name of a piece's good rows."""
    return f"rows {piece}"


def faults_of(piece: int) -> str:
    """Return the name of a piece's faulty rows."""
    return f"faults {piece}"


def put_file(table: TableImport, body: bytes) -> None:
    _put(table, {FILE: body})


def put_json(table: TableImport, values: Mapping[str, object]) -> None:
    """Seal values under their names, in one go; a second time in the same place."""
    _put(
        table,
        {name: zlib.compress(json.dumps(v, ensure_ascii=False).encode(), 1) for name, v in values.items()},
    )


def _put(table: TableImport, bodies: dict[str, bytes]) -> None:
    sealed = {
        _key(table, name): host_seal.seal_bytes(body, what=f"table {table.pk} {name}", room=ROOM)
        for name, body in bodies.items()
    }
    vault.store_blobs(kind=KIND, sealed=sealed, society=table.society_id)


def get_file(table: TableImport) -> bytes | None:
    return _get(table, FILE)


def good_rows(table: TableImport, piece: int) -> list[tuple[str, Person]]:
    """Return a piece's good rows with their marks; none where the piece never was, or is gone."""
    body = _get(table, rows_of(piece))
    return [] if body is None else json.loads(zlib.decompress(body))


def faulty_rows(table: TableImport, piece: int) -> list[tuple[int, Faults, dict[str, str]]]:
    """Return a piece's faulty rows: number, what is wrong, and the cells as they stood there."""
    body = _get(table, faults_of(piece))
    return [] if body is None else json.loads(zlib.decompress(body))


def _get(table: TableImport, name: str) -> bytes | None:
    sealed = vault.load_blob(kind=KIND, key=_key(table, name))
    if sealed is None:
        return None
    return host_seal.unseal_bytes(sealed, what=f"table {table.pk} {name}", room=ROOM)


def destroy(table: TableImport, names: Iterable[str]) -> None:
    vault.destroy(kind=KIND, keys=[_key(table, name) for name in names])


def destroy_table(table: TableImport, *, faults: bool) -> None:
    """Destroy the file and its rows; what was wrong with it too if asked for."""
    # The piece that was being read when it was stopped may be there already.
    pieces = range(table.pieces + 1)
    names = [FILE, *(rows_of(n) for n in pieces), *(faults_of(n) for n in pieces if faults)]
    destroy(table, names)


def _key(table: TableImport, name: str) -> UUID:
    return uuid5(table.pk, name)
