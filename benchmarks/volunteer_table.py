"""A made-up table of volunteers as societies keep them: with one of twelve kinds of fault in three rows of a hundred.

Dates have three forms, names two scripts, telephones no code. Nobody real is meant: names come from our own list.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from openpyxl import Workbook

from benchmarks.names.invented_people import NAMES
from benchmarks.names.romanise import romanise

HEADINGS = (
    "ФИО", "Дата рождения", "Пол", "Телефон", "E-mail", "Филиал", "Языки", "Волонтёр с", "Статус", "Примечание",
)  # fmt: skip
NAME, BORN, SEX, PHONE, EMAIL, BRANCH, LANGUAGES, SINCE, STATE = range(9)
KINDS = (
    "merged", "slashes", "short phone", "two scripts", "repeated", "transferred", "totals", "lost letters",
    "no such day", "unknown branch", "error of the sheet", "no name",
)  # fmt: skip
# What is said of a kind; lines with totals are left out with a note instead.
CODES = {
    "merged": "merged", "slashes": "slashes", "short phone": "not-a-phone", "two scripts": "two-scripts",
    "repeated": "repeated", "transferred": "transferred", "lost letters": "lost-letters", "no such day": "no-such-day",
    "unknown branch": "unknown-branch", "error of the sheet": "sheet-error", "no name": "no-name",
}  # fmt: skip
LANGUAGE_NAMES = ("русский", "казахский", "киргизский", "узбекский, русский", "таджикский; русский", "ru, tk")
type Line = list[str | int | date]


@dataclass
class Table:
    """Lines under the headings; the same lines mended; which places are merged; how many people it means."""

    lines: list[Line] = field(default_factory=list)
    mended: list[Line] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    people: int = 0


def made_up(rows: int, *, branches: Sequence[str], share: float = 0.03, seed: int = 5) -> Table:
    """Make a table of so many people; faults of all twelve kinds come in turn."""
    chance, table = Random(seed), Table()
    given_before: set[tuple[object, object]] = set()
    turn = 0
    while table.people < rows:
        line = _person(chance, branches)
        if (line[NAME], line[BORN]) in given_before:
            continue
        given_before.add((line[NAME], line[BORN]))
        table.people += 1
        kind = ""
        if chance.random() < share and table.people > 1:
            kind = KINDS[turn % len(KINDS)]
            turn += 1
            table.kinds[kind] = table.kinds.get(kind, 0) + 1
        _add(table, line, kind, chance)
    table.lines.append(["Итого:", len(table.lines), *[""] * (len(HEADINGS) - 2)])
    table.mended.append(list(table.lines[-1]))
    return table


def _add(table: Table, line: Line, kind: str, chance: Random) -> None:
    table.mended.append([_plain(one) for one in line])
    if kind == "repeated":
        table.lines += [_varied(line, chance), _varied(line, chance)]
        return
    if kind == "totals":
        table.lines += [_varied(line, chance), ["Всего", chance.randrange(100), *[""] * (len(HEADINGS) - 2)]]
        return
    spoilt = _varied(line, chance)
    if kind:
        _spoil(spoilt, kind)
    table.lines.append(spoilt)
    if kind == "merged":
        # Counted as a spreadsheet does, under the headings.
        table.merged.append(len(table.lines) + 1)


def _spoil(line: Line, kind: str) -> None:
    name = str(line[NAME])
    spoilt: dict[str, tuple[int, str | int | date]] = {
        "merged": (BORN, ""),
        "slashes": (BORN, "05/06/1999"),
        "short phone": (PHONE, "12-34"),
        "two scripts": (NAME, f"{name} Жqwолова"),
        "transferred": (STATE, "переведён в другой филиал"),
        "lost letters": (NAME, f"??{name[2:]}"),
        "no such day": (BORN, "31.02.1999"),
        "unknown branch": (BRANCH, "Неведомый"),
        "error of the sheet": (SINCE, "#REF!"),
        "no name": (NAME, ""),
    }
    place, text = spoilt[kind]
    line[place] = text


def _person(chance: Random, branches: Sequence[str]) -> Line:
    language = chance.choice(("kk", "ky", "tg", "uz", "tk", "ru"))
    female = chance.random() < 0.6
    _native, surname = chance.choice(NAMES[language, "surname", "m"])
    _native, given = chance.choice(NAMES[language, "given", "f" if female else "m"])
    if female:
        surname = surname[:-2] + "ая" if surname.endswith("ский") else surname + "а"
    name = f"{surname} {given}".title()
    if chance.random() < 0.3:
        name = " ".join(romanise(word, "english") for word in name.split()).title()
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(21_000))
    number = f"5{chance.randrange(10**8):08d}"
    return [
        name,
        born,
        "ж" if female else "м",
        number,
        f"volunteer{number}@example.org" if chance.random() < 0.3 else "",
        chance.choice(branches),
        chance.choice(LANGUAGE_NAMES),
        chance.randrange(2005, 2026),
        "активный",
        "",
    ]


def _plain(one: str | int | date) -> str | int | date:
    return one.isoformat() if isinstance(one, date) else one


def _varied(line: Line, chance: Random) -> Line:
    """The same person as one of several hands would write her."""
    varied, born, number = list(line), line[BORN], str(line[PHONE])
    if isinstance(born, date):
        varied[BORN] = chance.choice((born, born.isoformat(), f"{born:%d.%m.%Y}"))
    varied[PHONE] = chance.choice(
        (
            number,
            f"0{number}",
            f"+999 {number[:3]} {number[3:6]} {number[6:]}",
            f"999{number}",
            f"0{number[:3]}-{number[3:]}",
        )
    )
    if chance.random() < 0.02 and "а" in str(line[NAME]):
        varied[NAME] = str(line[NAME]).replace("а", "a", 1)  # a Latin letter in a Cyrillic word
    return varied


def workbook(lines: Sequence[Line], merged: Sequence[int] = ()) -> bytes:
    """Return the lines under their headings as XLSX; ``merged``: rows whose name and birth are one cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Волонтёры")
    sheet.append(HEADINGS)
    for line in lines:
        sheet.append(line)
    for row in merged:
        sheet.merged_cells.add(f"A{row}:B{row}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(lines: Sequence[Line]) -> bytes:
    """Return the lines as CSV."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([[_plain(one) for one in line] for line in lines])
    return out.getvalue().encode()


def codes(table: Table) -> Iterator[str]:
    """Yield what is to be said of the faulty rows, each kind of fault once."""
    yield from sorted({CODES[kind] for kind in table.kinds if kind in CODES})
