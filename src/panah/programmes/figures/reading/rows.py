"""A row becomes claims: what the publisher says of one country, one time and one group, or why it is not understood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from panah.ground.kit.tables.cells import CellError, clean
from panah.ground.kit.tables.reading import Row
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.figures.reading.column_mapping import BY, LONGEST_WORD, ColumnMapping, Role
from panah.programmes.figures.reading.countries import country_of
from panah.programmes.figures.reading.periods import Period, read_period
from panah.programmes.figures.reading.values import LONGEST, NotUnderstood, Says, Value, read_value
from panah.programmes.figures.rules.adding import TOTALS

# Of whom a measure speaks, where a table does not say it.
UNIT_OF = {
    **dict.fromkeys(("prosecuted", "convicted", "detained", "investigated"), "perpetrator"),
    "calls": "event",
}
# What stands in a claim's ``by`` for all of a dimension.
ALL = ""


@dataclass(frozen=True)
class TableClaim:
    """One number of a table. ``by``: dimension and the publisher's word, ``ALL`` where it is the total of it."""

    row: int
    column: str
    measure: str
    unit: str
    country: str
    period: Period
    by: tuple[tuple[str, str], ...]
    value: Value

    @property
    def key(self) -> str:
        """By which the same claim is known again in the next file: all that it is about, without the number."""
        about = [self.measure, self.unit, self.country, self.period.text, *(list(one) for one in self.by)]
        return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()

    @property
    def totals(self) -> tuple[str, ...]:
        """The dimensions of which this is the total."""
        return tuple(name for name, word in self.by if word == ALL)


@dataclass(frozen=True)
class Fault:
    """A row or a cell that is not taken: where it stands, why, and what stands there."""

    row: int
    column: str
    code: str
    cell: str = ""


class Reader:
    """Reads the rows of one table. ``headings``: by the name of a column in a row, as it stands above it."""

    def __init__(self, mapping: ColumnMapping, headings: Mapping[str, str]) -> None:
        self.mapping = mapping
        keys = {name: as_heading(text) for name, text in headings.items()}
        self.shown = {keys[name]: text for name, text in headings.items()}
        self.place = {key: name for name, key in keys.items()}
        at = {heading: role for heading, role in mapping.roles.items() if heading in self.place}
        self.single = {role: heading for heading, role in at.items() if not role.startswith(BY)}
        self.split = {heading: role.removeprefix(BY) for heading, role in at.items() if role.startswith(BY)}
        self.values = {heading: says for heading, says in mapping.values.items() if heading in self.place}
        self.whole = TOTALS | frozenset(mapping.totals.get("part", ()))

    def left_out(self, row: Row) -> bool:
        """Whether the row is one of those that are not asked for: another country, a measure that is not taken."""
        if row.wrong:
            return False
        for role in (Role.MEASURE, Role.UNIT):
            words = self.mapping.words.get(role)
            if words and role in self.single and words.get(self._plain(row, self.single[role])) == "":
                return True
        if self.mapping.countries and Role.COUNTRY in self.single:
            code = country_of(self._cell(row, self.single[Role.COUNTRY]))
            return code is not None and code not in self.mapping.countries
        return False

    def _plain(self, row: Row, heading: str) -> str:
        return " ".join(self._cell(row, heading).split()).casefold()

    def read(self, row: Row) -> Iterator[TableClaim | Fault]:
        """Yield a claim or a fault for each number in a row."""
        if row.wrong:
            yield Fault(row.number, "", row.wrong)
            return
        column = ""
        try:
            by = []
            for column, name in self.split.items():
                by.append((name, self._word(row, column, name)))
            about: dict[str, str] = {}
            for column in (*self.single.values(), ""):
                about |= self._about(row, column)
        except NotUnderstood as why:
            yield self._fault(row, column, why)
            return
        for heading, says in self.values.items():
            try:
                yield self._claim(row, heading, about | says, by)
            except NotUnderstood as why:
                yield self._fault(row, heading, why)

    def _cell(self, row: Row, heading: str) -> str:
        return row.cells.get(self.place.get(heading, ""), "")

    def _fault(self, row: Row, heading: str, why: NotUnderstood) -> Fault:
        cell = self._cell(row, heading)
        # What a workbook says by itself (a formula, a merged cell) is no text of anybody.
        shown = "".join(c for c in cell.partition("\0")[0] if c.isprintable())[:LONGEST]
        return Fault(row.number, self.shown.get(heading, ""), why.code, shown)

    def _word(self, row: Row, heading: str, name: str) -> str:
        try:
            word = " ".join(clean(self._cell(row, heading)).split())
        except CellError as why:
            raise NotUnderstood(why.code) from None
        return self._as_total(name, word)

    def _as_total(self, name: str, word: str) -> str:
        if not word:
            raise NotUnderstood("word-missing")
        if len(word) > LONGEST_WORD:
            raise NotUnderstood("too-long")
        return ALL if self.mapping.is_total(name, word) else word

    def _about(self, row: Row, heading: str) -> dict[str, str]:
        role = self.mapping.roles.get(heading)
        if not heading or role in (Role.SKIP, Role.VALUE, None):
            return {}
        cell = self._cell(row, heading).strip()
        if role in (Role.MEASURE, Role.UNIT):
            ours = self.mapping.words.get(role, {}).get(self._plain(row, heading))
            if ours is None:
                raise NotUnderstood(f"no-such-{role}")
            return {role: ours}
        if role == Role.COUNTRY:
            code = country_of(cell)
            if code is None:
                raise NotUnderstood("no-such-country")
            return {role: code}
        if role == Role.YEAR:
            # Read here, so that the fault is said of this column.
            read_period(cell, whole=self.whole)
        return {str(role): cell}

    def _claim(self, row: Row, heading: str, about: dict[str, str], by: list[tuple[str, str]]) -> TableClaim:
        known = self.mapping.fixed | about
        plain = ("measure", "unit", "country", "year", "part")
        said = [
            (name, self._as_total(name, word))
            for name, word in self.values[heading].items()
            if name not in plain
        ]
        period = read_period(known.get("year", ""), known.get("part", ""), whole=self.whole)
        value = read_value(self._cell(row, heading), self.mapping.cells)
        return TableClaim(
            row=row.number,
            column=self.shown[heading],
            measure=known.get("measure", ""),
            unit=known.get("unit") or UNIT_OF.get(known.get("measure", ""), "person"),
            country=known.get("country", ""),
            period=period,
            by=tuple(sorted([*by, *said])),
            value=value,
        )


def says_nothing(claim: TableClaim) -> bool:
    """An empty cell makes no figure: it is counted, and that is said."""
    return claim.value.says == Says.EMPTY
