"""What the columns of a source's table mean: kept as JSON, proposed by the machine, corrected by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from panah.programmes.figures.reading.values import Cells
from panah.programmes.figures.rules.adding import is_total

type Json = object


class Role(StrEnum):
    """What one column is for. A dimension is ``by:`` and its name: a column by which the publisher splits."""

    YEAR = "year"
    PART = "part"
    COUNTRY = "country"
    MEASURE = "measure"
    UNIT = "unit"
    VALUE = "value"
    SKIP = "skip"


BY = "by:"
# Dimensions that several publishers have, by the names under which they are compared.
SEX, AGE, CITIZENSHIP, EXPLOITATION, DECISION, PLACE = (
    "sex",
    "age",
    "citizenship",
    "exploitation",
    "decision",
    "place",
)
STANDARD = (SEX, AGE, CITIZENSHIP, EXPLOITATION, DECISION, PLACE)
LONGEST_WORD = 120


@dataclass(frozen=True)
class ColumnMapping:
    """From columns (headings in small letters) to the parts of a figure.

    ``values``: for each column of numbers what it says by itself, such as ``{"age": "Child"}``; a table with one
    column of numbers has one, which says nothing. ``fixed``: what is true of every row (``measure``, ``unit``,
    ``country``, ``year``). ``words``: for ``measure`` and ``unit``, the publisher's word and ours, "" for rows that are
    left. ``countries``: whose rows are taken, all where it is empty; others are counted and left.
    """

    roles: dict[str, str]
    values: dict[str, dict[str, str]]
    fixed: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    totals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    cells: Cells = field(default_factory=Cells)
    layout: str = ""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names of what the table is split by, in order."""
        named = {role.removeprefix(BY) for role in self.roles.values() if role.startswith(BY)}
        said = {name for says in self.values.values() for name in says}
        return tuple(sorted(named | said - {"measure", "unit", "country", "year", "part"}))

    def column_of(self, role: str) -> str | None:
        return next((heading for heading, one in self.roles.items() if one == role), None)

    def is_total(self, dimension: str, word: str) -> bool:
        """Whether this word stands for all of a dimension."""
        plain = " ".join(word.split()).casefold()
        return is_total(plain) or plain in self.totals.get(dimension, ())

    def changed(self, **what: object) -> ColumnMapping:
        return replace(self, **what)  # type: ignore[arg-type]

    def as_json(self) -> dict[str, Json]:
        return asdict(self)

    @classmethod
    def from_json(cls, saved: Mapping[str, Json]) -> ColumnMapping:
        """Return a mapping that ``as_json`` wrote; what is missing takes its default."""
        cells = _object(saved.get("cells"))
        hidden_to = cells.get("hidden_to")
        return cls(
            roles=_words(saved.get("roles")),
            values={k: _words(v) for k, v in _object(saved.get("values")).items()},
            fixed=_words(saved.get("fixed")),
            words={k: _words(v) for k, v in _object(saved.get("words")).items()},
            totals={k: _list(v) for k, v in _object(saved.get("totals")).items()},
            countries=_list(saved.get("countries")),
            cells=Cells(
                decimal="," if cells.get("decimal") == "," else ".",
                hidden_from=int(str(cells.get("hidden_from", 1))),
                hidden_to=None if hidden_to is None else int(str(hidden_to)),
                signs=_words(cells.get("signs")),
                whole=bool(cells.get("whole", True)),
            ),
            layout=str(saved.get("layout", "")),
        )


def _object(saved: Json) -> dict[str, Json]:
    return {str(k): v for k, v in saved.items()} if isinstance(saved, dict) else {}


def _words(saved: Json) -> dict[str, str]:
    return {k: str(v) for k, v in _object(saved).items()}


def _list(saved: Json) -> tuple[str, ...]:
    return tuple(str(one) for one in saved) if isinstance(saved, list | tuple) else ()


def lacking(mapping: ColumnMapping, headings: Mapping[str, str]) -> list[str]:
    """Return codes of what a mapping needs before a table with these headings can be read with it."""
    found = []
    there = set(headings)
    roles = {role for heading, role in mapping.roles.items() if heading in there}
    values = [heading for heading in mapping.values if heading in there]
    if not values:
        found.append("no-numbers")
    for name in ("year", "measure", "country"):
        said = all(name in mapping.values[heading] for heading in values) and bool(values)
        if name not in roles and not mapping.fixed.get(name) and not said:
            found.append(f"no-{name}")
    singles = [r for h, r in mapping.roles.items() if h in there and r not in (Role.SKIP, Role.VALUE)]
    if len(set(singles)) != len(singles):
        found.append("role-twice")
    return found
