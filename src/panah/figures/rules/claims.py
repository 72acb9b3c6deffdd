"""What a figure says, as plain values: from a form, from a file, or as delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Claim:
    """All that a publisher says with one number. Codes are those of ``words``; countries ISO 3166 in two capitals.

    ``low`` and ``high``: the value as an interval, ``high`` None where it is open. ``dimensions``: what else the number
    is split by in its table, ``{"agency": "Police"}``; what is not named there, or empty, is not split by.
    """

    measure: str
    as_printed: str
    low: Decimal | None = None
    high: Decimal | None = None
    kind: str = "number"
    publisher: str = ""
    unit: str = "person"
    who: str = ""
    sex: str = ""
    age: str = ""
    citizenship: str = ""
    exploitation: str = ""
    country: str = ""
    origin: str = ""
    transit: str = ""
    destination: str = ""
    period_from: date | None = None
    period_to: date | None = None
    data_year: int | None = None
    report_year: int | None = None
    denominator_text: str = ""
    joint: bool = False
    quote: str = ""
    quote_language: str = ""
    place: str = ""
    flags: tuple[str, ...] = ()
    note: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
