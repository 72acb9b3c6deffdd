"""How a table of volunteers stands, for whoever brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from django.utils.translation import gettext as _

from panah.ground.foundation import host_seal
from panah.ground.kit.workbooks import xlsx
from panah.programmes.volunteers.importing import storage, words
from panah.programmes.volunteers.importing.words import Column, ImportState
from panah.programmes.volunteers.models import TableImport
from panah.programmes.volunteers.words import ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.importing.rows import Faults

SHOWN = 200
WORKING = (ImportState.READING, ImportState.COMING, ImportState.COMPARING)


class About(TypedDict):
    """What is sealed about a table. ``cannot`` and ``more``: why it cannot be read, and what its sentence needs."""

    headings: dict[str, str]
    guess: dict[str, str]
    notes: list[tuple[str, str]]
    chosen: NotRequired[dict[str, str]]
    cannot: NotRequired[str]
    more: NotRequired[dict[str, object]]


@dataclass(frozen=True)
class TableReport:
    """What the page shows: how far it is, what was left out, which rows are wrong."""

    table: TableImport
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    more: int = 0
    cannot: str = ""

    @property
    def working(self) -> bool:
        return self.table.state in WORKING and not self.cannot

    @property
    def asked(self) -> bool:
        return self.table.state == ImportState.ASKED and not self.cannot

    @property
    def finished(self) -> bool:
        return self.table.state == ImportState.DONE

    @property
    def ready(self) -> bool:
        return bool(self.table.state == ImportState.READY and self.table.good and not self.cannot)


def my_table(*, of: Staff, locked: bool = False) -> TableImport | None:
    """Return the table that somebody brought, or None."""
    rows = TableImport.objects.visible(to=of)
    if locked:
        rows = rows.select_for_update()
    return rows.first()


def about_of(table: TableImport) -> About:
    """Return what is sealed about a table: headings, what was guessed and chosen, notes."""
    return cast("About", host_seal.unseal(bytes(table.about), what=f"about table {table.pk}", room=ROOM))


def report(*, of: Staff) -> TableReport | None:
    """Return how her table stands."""
    table = my_table(of=of)
    if table is None or table.state == ImportState.DROPPED:
        return None
    try:
        return _report(table, about_of(table))
    except host_seal.Unreadable:
        # Whoever brought it can still put it away.
        return TableReport(table, cannot=words.say_unreadable(words.DOES_NOT_OPEN, {}))


def _report(table: TableImport, about: About) -> TableReport:
    if "cannot" in about:
        return TableReport(table, cannot=words.say_unreadable(about["cannot"], about["more"]))
    wrong: list[str] = []
    shown = 0
    for number, faults, _cells in _faulty(table):
        if len(wrong) >= SHOWN:
            break
        shown += 1
        wrong += [words.say_row(number, column, code) for column, code in faults]
    return TableReport(table, notes=_notes(about), wrong=wrong, more=max(0, table.faulty - shown))


def _notes(about: About) -> list[str]:
    chosen = about.get("chosen")
    left = [text for key, text in about["headings"].items() if chosen is not None and key not in chosen]
    return [
        *(words.say_note(code, column) for code, column in about["notes"] if code in words.NOTES),
        *(words.say_note("left-out", text) for text in left),
    ]


def _faulty(table: TableImport) -> Iterator[tuple[int, Faults, dict[str, str]]]:
    for piece in range(table.pieces):
        yield from storage.faulty_rows(table, piece)


def faulty_rows(*, of: Staff) -> bytes | None:
    """Return the faulty rows as a workbook, beside each what is wrong: mended, it can be brought again."""
    table = my_table(of=of)
    if table is None or not table.faulty:
        return None
    try:
        return _to_mend(table, about_of(table))
    except host_seal.Unreadable:
        return None


def _to_mend(table: TableImport, about: About) -> bytes:
    headed = {column: about["headings"][key] for key, column in about["chosen"].items()}
    headed.setdefault(Column.BRANCH, str(Column.BRANCH.label))
    lines: list[list[str | int]] = [[*headed.values(), _("Row"), _("What is wrong")]]
    for number, faults, cells in _faulty(table):
        kept = [cells.get(column, "") for column in headed]
        said = "; ".join(_said(column, code) for column, code in faults)
        lines.append([*("" if text.startswith("\0") else text for text in kept), number, said])
    return xlsx([(_("Rows to mend"), lines)])


def _said(column: str, code: str) -> str:
    if column in Column.values:
        return f"{Column(column).label}: {words.say_wrong(code)}"
    return words.say_wrong(code)
