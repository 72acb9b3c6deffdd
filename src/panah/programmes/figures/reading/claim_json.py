"""A claim that was read, as it lies beside the file until somebody accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from panah.programmes.figures.reading.periods import Period
from panah.programmes.figures.reading.rows import TableClaim
from panah.programmes.figures.reading.values import Says, Value

type Json = dict[str, object]


def as_json(claim: TableClaim) -> Json:
    value = claim.value
    return {
        "measure": claim.measure,
        "unit": claim.unit,
        "country": claim.country,
        "year": claim.period.year,
        "part": claim.period.part,
        "by": [list(pair) for pair in claim.by],
        "says": value.says.value,
        "low": None if value.low is None else str(value.low),
        "high": None if value.high is None else str(value.high),
        "printed": value.printed,
        "flags": list(value.flags),
    }


def from_json(row: int, column: str, saved: Mapping[str, object]) -> TableClaim:
    """Return what ``as_json`` wrote."""
    by = cast("list[list[str]]", saved["by"])
    return TableClaim(
        row=row,
        column=column,
        measure=str(saved["measure"]),
        unit=str(saved["unit"]),
        country=str(saved["country"]),
        period=Period(cast("int", saved["year"]), str(saved["part"])),
        by=tuple((name, word) for name, word in by),
        value=value_of(saved),
    )


def value_of(saved: Mapping[str, object]) -> Value:
    low, high = (None if saved[name] is None else Decimal(str(saved[name])) for name in ("low", "high"))
    flags = cast("list[str]", saved["flags"])
    return Value(Says(str(saved["says"])), low, high, str(saved["printed"]), tuple(flags))
