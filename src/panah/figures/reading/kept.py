"""A claim that was read, as it lies beside the file until somebody accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from panah.figures.reading.periods import Period
from panah.figures.reading.rows import TableClaim
from panah.figures.reading.values import Says, Value

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


def from_json(row: int, column: str, kept: Mapping[str, object]) -> TableClaim:
    """Return what ``as_json`` wrote."""
    by = cast("list[list[str]]", kept["by"])
    return TableClaim(
        row=row,
        column=column,
        measure=str(kept["measure"]),
        unit=str(kept["unit"]),
        country=str(kept["country"]),
        period=Period(cast("int", kept["year"]), str(kept["part"])),
        by=tuple((name, word) for name, word in by),
        value=value_of(kept),
    )


def value_of(kept: Mapping[str, object]) -> Value:
    low, high = (None if kept[name] is None else Decimal(str(kept[name])) for name in ("low", "high"))
    flags = cast("list[str]", kept["flags"])
    return Value(Says(str(kept["says"])), low, high, str(kept["printed"]), tuple(flags))
