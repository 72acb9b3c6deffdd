"""Reading parts of files that the asking colleague's keys open, and telling what is not what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import batched
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.compiled_queries import LONGEST, known_id, prepared
from panah.ground.vault.keyring import Keyring, part_label
from panah.ground.vault.manifest import Place, State, digest
from panah.ground.vault.models import Part
from panah.ground.vault.seals import DoesNotOpen, unlock, unpad

WHOLE = UUID(int=0)


@dataclass(frozen=True)
class DecryptedPart:
    """An opened part: its value (JSON), version, and who wrote it when."""

    value: dict[str, Any]
    ref: UUID
    version: int
    at: datetime
    by: UUID | None


class PartRow(Protocol):
    """A row of ``Part``, or its columns."""

    @property
    def pk(self) -> UUID: ...
    @property
    def file_id(self) -> UUID: ...
    @property
    def label(self) -> bytes | memoryview: ...
    @property
    def ref(self) -> UUID: ...
    @property
    def version(self) -> int: ...
    @property
    def sealed(self) -> bytes | memoryview: ...


class Found(NamedTuple):
    """A row that lies in a place, and which version of a part it holds."""

    row: PartRow
    state: State


class Wanted(Protocol):
    """Returns those of a file's places that are asked about, with what stands under each."""

    def __call__[T](self, places: dict[Place, T], /) -> dict[Place, T]: ...


def read(*, keys: Keyring | None, file: UUID, part: str, ref: UUID = WHOLE) -> DecryptedPart | None:
    """Return one part, or None if there is none or the vault or the file is closed to the asker."""
    found = read_parts(keys=keys, file=file, names=[part])
    return next((s for s in found.get(part, []) if s.ref == ref), None)


def value_of(*, keys: Keyring | None, file: UUID, part: str) -> dict[str, Any]:
    """Return the value of a single part, or an empty dict."""
    found = read(keys=keys, file=file, part=part)
    return found.value if found else {}


def read_all(*, keys: Keyring | None, file: UUID, part: str) -> list[DecryptedPart]:
    """Return all parts of a name (notes …), oldest first."""
    return read_parts(keys=keys, file=file, names=[part]).get(part, [])


def read_parts(*, keys: Keyring | None, file: UUID, names: Iterable[str]) -> dict[str, list[DecryptedPart]]:
    """Return several kinds of parts of one file in one query, each list oldest first.

    A part that does not open although its file does, is older than it was, or is missing is left out here and
    everywhere below, and remembered in ``keys.damaged``: the page says so, and the journal gets it once.
    """
    if keys is None:
        return {}
    try:
        key = keys.open_file(file)
    except DoesNotOpen:
        return {}
    labels = {part_label(key, name): name for name in names}

    def wanted[T](places: dict[Place, T]) -> dict[Place, T]:
        return {place: found for place, found in places.items() if place[0] in labels}

    rows = _named(file=file, labels=list(labels)) if labels else []
    out: dict[str, list[DecryptedPart]] = {}
    for row in _current(keys, file, _by_place(rows), wanted):
        if found := _open(keys, key, row):
            out.setdefault(labels[bytes(row.label)], []).append(found)
    for several in out.values():
        several.sort(key=lambda part: (part.at, part.ref))
    return out


def read_refs(
    *, keys: Keyring | None, wanted: Iterable[tuple[UUID, UUID]], part: str
) -> dict[UUID, DecryptedPart]:
    """Return parts by their ref over many files: four queries whatever the number.

    ``wanted`` are (file, ref). Files that do not open for the asker are left out.
    """
    pairs = list(wanted)
    if keys is None or not pairs:
        return {}
    dks = keys.open_files({file for file, _ in pairs})
    places: dict[UUID, list[Place]] = {file: [] for file in dks}
    for file, ref in pairs:
        if file in dks:
            places[file].append((part_label(dks[file], part), ref.bytes))
    return {row.ref: one for row, one in _of_many(keys, dks, places)}


def read_whole(*, keys: Keyring | None, files: Iterable[UUID], part: str) -> dict[UUID, DecryptedPart]:
    """Return a single part of each of many files (e.g. codes of fifty cases)."""
    if keys is None:
        return {}
    dks = keys.open_files(set(files))
    places = {file: [(part_label(dk, part), WHOLE.bytes)] for file, dk in dks.items()}
    return {row.file_id: one for row, one in _of_many(keys, dks, places)}


def read_lists(*, keys: Keyring | None, files: Iterable[UUID], part: str) -> dict[UUID, list[DecryptedPart]]:
    """Return all parts of a name of each of many files, oldest first: as many queries for thirty as for three."""
    if keys is None:
        return {}
    dks = keys.open_files(set(files))
    labels = {file: part_label(dk, part) for file, dk in dks.items()}
    rows = (
        row
        for some in batched(labels.items(), LONGEST, strict=False)
        for row in _labelled(files=[file for file, _ in some], labels=[label for _, label in some])
    )
    wanted = {file: partial(_with_label, label) for file, label in labels.items()}
    out: dict[UUID, list[DecryptedPart]] = {}
    for row, one in _of_rows(keys, dks, wanted, rows):
        out.setdefault(row.file_id, []).append(one)
    return {file: sorted(several, key=lambda one: (one.at, one.ref)) for file, several in out.items()}


@prepared
def _named(file: UUID, labels: list[bytes]) -> QuerySet[Part, PartRow]:
    return _columns(Part.objects.filter(file=file, label__in=labels))


@prepared
def _labelled(files: list[UUID], labels: list[bytes]) -> QuerySet[Part, PartRow]:
    # Each file with its own label: of two lists, each file would be looked up under every label.
    pairs = (Q(file=file, label=label) for file, label in zip(files, labels, strict=True))
    return _columns(Part.objects.filter(Q(*pairs, _connector=Q.OR)))


@prepared
def _lying_at(files: list[UUID], labels: list[bytes], refs: list[UUID]) -> QuerySet[Part, PartRow]:
    # Each file with its own label and ref: of three lists, each file would be looked up under every label, and half of
    # the table has the same ref.
    places = zip(files, labels, refs, strict=True)
    each = (Q(file=file, label=label, ref=ref) for file, label, ref in places)
    return _columns(Part.objects.filter(Q(*each, _connector=Q.OR)))


def _columns(rows: QuerySet[Part]) -> QuerySet[Part, PartRow]:
    return rows.values_list(*("pk", "file_id", "label", "ref", "version", "sealed"), named=True)


def _of_many(
    keys: Keyring, dks: dict[UUID, bytes], places: dict[UUID, list[Place]]
) -> Iterator[tuple[PartRow, DecryptedPart]]:
    everywhere = [(file, label, UUID(bytes=ref)) for file, some in places.items() for label, ref in some]
    rows = (
        row
        for some in batched(everywhere, LONGEST, strict=False)
        for row in _lying_at(
            files=[file for file, _, _ in some],
            labels=[label for _, label, _ in some],
            refs=[ref for _, _, ref in some],
        )
    )
    return _of_rows(keys, dks, {file: partial(_these, places[file]) for file in dks}, rows)


def _of_rows(
    keys: Keyring, dks: dict[UUID, bytes], wanted: Mapping[UUID, Wanted], rows: Iterable[PartRow]
) -> Iterator[tuple[PartRow, DecryptedPart]]:
    by_file: dict[UUID, list[PartRow]] = {}
    for row in rows:
        by_file.setdefault(row.file_id, []).append(row)
    for file, dk in dks.items():
        for row in _current(keys, file, _by_place(by_file.get(file, [])), wanted[file]):
            if found := _open(keys, dk, row):
                yield row, found


def _with_label[T](label: bytes, places: dict[Place, T]) -> dict[Place, T]:
    return {place: found for place, found in places.items() if place[0] == label}


def _these[T](wanted: Iterable[Place], places: dict[Place, T]) -> dict[Place, T]:
    return {place: places[place] for place in wanted if place in places}


def _current(keys: Keyring, file: UUID, lies: dict[Place, Found], wanted: Wanted) -> list[PartRow]:
    """Return the rows that are what the file's list of parts says; what differs is remembered as damaged.

    What was written between the question about the list and the one about the rows is no damage: both are asked again.
    """
    listed = wanted(keys.parts_of(file) or {})
    for _again in range(3):
        if {place: found.state for place, found in lies.items()} == listed:
            return [found.row for found in lies.values()]
        listed = wanted(keys.parts_now(file) or {})
        lies = wanted(_by_place(_columns(Part.objects.filter(file=file))))
    for place in {*lies, *listed}:
        found = lies.get(place)
        if found is None or found.state != listed.get(place):
            keys.note_damaged(found.row.pk if found else _missing(file, place), file, place[0])
    return [found.row for place, found in lies.items() if found.state == listed.get(place)]


def _by_place(rows: Iterable[PartRow]) -> dict[Place, Found]:
    return {(bytes(row.label), row.ref.bytes): Found(row, state_of(row)) for row in rows}


def state_of(row: PartRow) -> State:
    """Return which version of a part lies there."""
    return row.version, digest(bytes(row.sealed))


def _missing(file: UUID, place: Place) -> UUID:
    # By which the journal knows next time that it has said already that this one is gone.
    return uuid5(file, digest(b"".join(place)).hex())


def is_whole(*, keys: Keyring, file: UUID, part: str) -> bool:
    """Say whether nothing of this name that was read in this request is damaged, missing or older than it was."""
    opened = keys.open_files([file]).get(file)
    return opened is None or (file, part_label(opened, part)) not in keys.damaged_labels


def is_current(*, keys: Keyring, file: UUID) -> bool:
    """Say whether a file is as far as the journal knows it to be: asked before anything leaves."""
    if not keys.open_files([file]):
        return True
    return keys.parts_now(file) is not None and keys.count_of(file) >= audit_queries.count_of(file)


def _open(keys: Keyring, key: bytes, row: PartRow) -> DecryptedPart | None:
    try:
        plain = json.loads(plain_of(key, row))
    except DoesNotOpen:
        keys.note_damaged(row.pk, row.file_id, bytes(row.label))
        return None
    by = known_id(plain["by"]) if plain["by"] else None
    return DecryptedPart(plain["value"], row.ref, row.version, datetime.fromisoformat(plain["at"]), by)


def plain_of(key: bytes, row: PartRow) -> bytes:
    """Return what a part holds, or raise DoesNotOpen when it was moved or changed."""
    return unpad(unlock(key, bytes(row.sealed), "part", row.file_id, bytes(row.label), row.ref, row.version))
