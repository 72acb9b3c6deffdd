"""The table of a society read against its register: what is new, what is known, and what is wrong, piece by piece."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from panah.ground.foundation import host_seal
from panah.ground.kit.tables.reading import Row, Table, open_table
from panah.ground.names.compare import score
from panah.ground.network import queries as network_queries
from panah.programmes.volunteers.importing import headings
from panah.programmes.volunteers.importing.rows import Faults, Person, Setting, branch_key, identity, read
from panah.programmes.volunteers.models import ImportedRow, TableImport
from panah.programmes.volunteers.permissions import keeps_all_branches
from panah.programmes.volunteers.words import ROOM

PIECE = 1000
MOST_ROWS = 300_000
# Below it two names under one card number are no two spellings of one.
SAME_NAME = 0.5


@dataclass
class Piece:
    """So many rows: good ones with their marks, faulty ones as they stood there, and how many of which."""

    good: list[tuple[str, Person]] = field(default_factory=list)
    faulty: list[tuple[int, Faults, dict[str, str]]] = field(default_factory=list)
    known: int = 0
    rows: int = 0


def open_for(body: bytes) -> Table:
    """Read the headings; the rows are still to come. Raises Unreadable."""
    return open_table(io.BytesIO(body), headings.known(), any_header=True, most_rows=MOST_ROWS)


def setting_for(table: TableImport, *, today: date) -> Setting:
    society = table.society
    return Setting(
        today=today,
        iso2=society.iso2,
        branches=_branches(society.pk),
        home=table.branch_id,
        only=None if keeps_all_branches(table.by) else table.by.branch_id,
    )


def _branches(society: UUID) -> dict[str, UUID]:
    """The branches of a society by every name that they have; a name of two means neither."""
    named: dict[str, UUID] = {}
    twice = set()
    for pk, names in network_queries.branches_as_called(society):
        for text in {branch_key(name) for name in names}:
            if named.setdefault(text, pk) != pk:
                twice.add(text)
    return {text: pk for text, pk in named.items() if text and text not in twice}


def pieces(
    table: TableImport, body: bytes, chosen: dict[str, str], setting: Setting, *, after: int
) -> Iterator[tuple[int, Piece]]:
    """Yield each piece with its number. Those up to ``after`` are there already: only their marks are made again."""
    opened = open_for(body)
    rows = (_renamed(row, chosen) for row in opened.rows)
    judged = read(rows, setting)
    seen: dict[bytes, tuple[int, str]] = {}
    number = 0
    while some := list(islice(judged, PIECE)):
        if number < after:
            for row, person, _faults in some:
                if person is not None:
                    seen.setdefault(mark_of(table.society_id, person), (row.number, person["branch"]))
        else:
            yield number, _judge(some, table.society_id, seen, setting)
        number += 1


def _renamed(row: Row, chosen: dict[str, str]) -> Row:
    return Row(row.number, {chosen[k]: text for k, text in row.cells.items() if chosen.get(k)}, row.wrong)


def mark_of(society: UUID, person: Person) -> bytes:
    """Return the keyed mark by which a row is known again in its society."""
    return host_seal.mark(f"{society}\0{identity(person)}", what="row of a table", room=ROOM)


def _judge(
    some: list[tuple[Row, Person | None, Faults]],
    society: UUID,
    seen: dict[bytes, tuple[int, str]],
    setting: Setting,
) -> Piece:
    marks = [mark_of(society, person) if person is not None else None for _row, person, _faults in some]
    before = known_rows(society, (mark for mark in marks if mark))
    piece = Piece(rows=len(some))
    for (row, person, faults), mark in zip(some, marks, strict=True):
        if person is not None and mark is not None:
            faults = _repeats(row, person, seen, mark) or _differs(person, before.get(mark))
            if not faults and mark in before:
                piece.known += 1
                if before[mark] is None:
                    setting.count("erased")
            elif not faults:
                piece.good.append((mark.hex(), person))
        if faults:
            piece.faulty.append((row.number, faults, dict(row.cells)))
    return piece


def known_rows(society: UUID, marks: Iterable[bytes]) -> dict[bytes, tuple[str, str] | None]:
    """Return the marks that came in before: (branch, name) of the volunteer, None where erased."""
    rows = ImportedRow.objects.filter(society_id=society, mark__in=list(marks))
    told = rows.values_list("mark", "volunteer__branch_id", "volunteer__name")
    return {bytes(mark): None if name is None else (str(branch), name) for mark, branch, name in told}


def _repeats(row: Row, person: Person, seen: dict[bytes, tuple[int, str]], mark: bytes) -> Faults:
    first, branch = seen.setdefault(mark, (row.number, person["branch"]))
    if first == row.number:
        return []
    return [("", f"repeated:{first}" if branch == person["branch"] else f"repeated-elsewhere:{first}")]


def _differs(person: Person, before: tuple[str, str] | None) -> Faults:
    if before is None:
        return []
    branch, name = before
    if person.get("card") and score(name, person["name"]) < SAME_NAME:
        return [("card", "number-of-another")]
    return [("branch", "known-elsewhere")] if branch != person["branch"] else []
