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


# Numbers below this, of people in a society's own work, are not written down as they are.
SMALLEST = 5
# Of its own work a society says out of how many.
OWN_MEASURES = frozenset(
    (
        *("screened", "identified", "assisted", "sheltered", "referred"),
        *("returned", "reintegrated", "trained", "reached"),
    )
)


def problem(claim: Claim, *, own: bool) -> str:
    """Return "" for a claim that can be kept, else the code of what is wrong (``words.PROBLEMS``).

    ``own``: of the society's own count.
    """
    if claim.low is None or claim.low < 0:
        return "no-number"
    if claim.high is not None and claim.high < claim.low:
        return "upside-down"
    if claim.kind == "rate":
        return "rate-by-hand"
    if not claim.quote.strip() and not claim.place.strip():
        return "no-place"
    if claim.period_from and claim.period_to and claim.period_to < claim.period_from:
        return "period"
    if claim.kind in ("times", "percent") and not claim.denominator_text.strip():
        return "of-what"
    if own and claim.measure in OWN_MEASURES and not claim.denominator_text.strip():
        return "of-how-many"
    if own and claim.unit == "person" and claim.high == claim.low and 0 < claim.low < SMALLEST:
        return "small-and-own"
    return ""
