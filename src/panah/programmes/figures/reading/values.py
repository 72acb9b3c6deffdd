"""What one cell of a table of statistics says: a number, a hidden one, none at all. Sums keep what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from panah.ground.kit.tables.cells import CellError, clean
from panah.programmes.figures.rules.intervals import Interval, Unreadable, number_in

LARGEST = Decimal(10) ** 12
LONGEST = 60


class Says(StrEnum):
    """What stands in a cell. None of them is another: a zero was counted, what is hidden was counted and not told."""

    NUMBER = "number"
    RANGE = "range"
    HIDDEN = "hidden"
    UNAVAILABLE = "unavailable"
    NOT_ASKED = "not-asked"
    EMPTY = "empty"


class NotUnderstood(Exception):
    """A cell that is not taken, with the code of why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


NOTHING = Interval(Decimal(0), Decimal(0))
ANYTHING = Interval(Decimal(0), None)


@dataclass(frozen=True)
class Value:
    """A cell that is understood, as it stands there and as what it means."""

    says: Says
    low: Decimal | None
    high: Decimal | None
    printed: str
    flags: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether somebody counted, told or hidden."""
        return self.says in (Says.NUMBER, Says.RANGE, Says.HIDDEN)

    @property
    def interval(self) -> Interval | None:
        """Where the number lies; None where there is none to be had, which is no zero."""
        if self.is_counted and self.low is not None:
            return Interval(self.low, self.high)
        return ANYTHING if self.says == Says.UNAVAILABLE else None

    def means_the_same_as(self, other: Value) -> bool:
        """Say whether nothing changed but how it is written."""
        return (self.says, self.low, self.high) == (other.says, other.low, other.high)


def total(values: Iterable[Value]) -> Interval:
    """Return where the parts of a table together lie, to be held against the total that stands beside them.

    What is hidden or not available widens the sum and never counts as nought. Figures are added by ``rules.adding``.
    """
    found = NOTHING
    for one in values:
        # A cell in which nothing stands says nothing: what it would add is not known either.
        found = found.plus(ANYTHING if one.says == Says.EMPTY else one.interval or NOTHING)
    return found


# What signs mean as a rule. The dash is not among them: for some it is nought, for others not available.
SIGNS: dict[str, str] = {
    **dict.fromkeys(
        ("..", "...", "…", ":", "[x]", "n/a", "n.a.", "na", "not available"), Says.UNAVAILABLE.value
    ),
    **dict.fromkeys(("н/д", "нет данных", "#n/a", "#н/д"), Says.UNAVAILABLE.value),
    **dict.fromkeys(("[z]", "not applicable", "неприменимо"), Says.NOT_ASKED.value),
    **dict.fromkeys(("[c]", "c", "*", "x", "suppressed"), Says.HIDDEN.value),
    **dict.fromkeys(("[w]", "nil", "none"), "zero"),
}
DASHES = "-‐‑‒–—−"
# What publishers set behind a number: in brackets, or in the way of Eurostat behind a blank.
FLAGS = {
    "b": "break",
    "e": "estimated",
    "f": "forecast",
    "p": "provisional",
    "r": "revised",
    "u": "unreliable",
}
_FLAGGED = re.compile(r"^(.*\d)\s*(?:\[([a-z]+)\]|\(([a-z])\)|\s([bcefpru]{1,3}))$", re.IGNORECASE)
_LIMIT = re.compile(r"(<=|≤|<|>=|≥|>)\s*(.+)")
_BETWEEN = re.compile(rf"([\d.,]+)\s*[{DASHES}]\s*([\d.,]+)")


@dataclass(frozen=True)
class Cells:
    """How a source writes numbers. ``hidden_from`` and ``hidden_to``: how small a hidden number may be.

    ``signs``: what else stands in cells, beside what signs mean as a rule (``SIGNS``).
    """

    decimal: str = "."
    hidden_from: int = 1
    hidden_to: int | None = None
    signs: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True

    def meaning(self, text: str) -> str | None:
        """What a sign means here, or None where it is none that is known."""
        sign = "-" if text and not text.strip(DASHES) else text.casefold()
        return self.signs.get(sign) or SIGNS.get(sign)


USUAL = Cells()


def read_value(text: str, cells: Cells = USUAL) -> Value:
    """Return what a cell says, or raise NotUnderstood."""
    printed = text.strip()[:LONGEST]
    if not text.strip():
        return Value(Says.EMPTY, None, None, "")
    sign = cells.meaning(text.strip())
    if sign is not None:
        return _signed(sign, printed, cells)
    try:
        plain = clean(text.strip())
    except CellError as why:
        raise NotUnderstood(why.code) from None
    if not plain.strip(DASHES):
        raise NotUnderstood("dash")
    if plain[0] in DASHES:
        raise NotUnderstood("below-nought")
    plain, flags = _without_flags(plain)
    return _counted(plain, printed, flags, cells)


def _signed(meaning: str, printed: str, cells: Cells) -> Value:
    if meaning == "zero":
        return Value(Says.NUMBER, Decimal(0), Decimal(0), printed)
    if meaning != Says.HIDDEN:
        return Value(Says(meaning), None, None, printed)
    if cells.hidden_to is None:
        raise NotUnderstood("hidden-how-large")
    return Value(Says.HIDDEN, Decimal(cells.hidden_from), Decimal(cells.hidden_to), printed)


def _without_flags(text: str) -> tuple[str, tuple[str, ...]]:
    found = _FLAGGED.match(text)
    if found is None:
        return text, ()
    letters = next(group for group in found.groups()[1:] if group).lower()
    flags = tuple(FLAGS[letter] for letter in letters if letter in FLAGS)
    if len(flags) != len(letters):
        return text, ()
    return found[1], flags


def _counted(text: str, printed: str, flags: tuple[str, ...], cells: Cells) -> Value:
    limit = _LIMIT.fullmatch(text)
    if limit is not None:
        return _limited(limit[1], _number(limit[2], cells), printed, flags, cells)
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        low, high = _number(between[1], cells), _number(between[2], cells)
        if low >= high:
            raise NotUnderstood("range-turned")
        return Value(Says.RANGE, low, high, printed, flags)
    number = _number(text, cells)
    return Value(Says.NUMBER, number, number, printed, flags)


def _limited(sign: str, number: Decimal, printed: str, flags: tuple[str, ...], cells: Cells) -> Value:
    """``<5`` is one to four where people are counted; a rate below 0.5 lies between nought and that."""
    step = Decimal(1) if cells.whole else Decimal(0)
    if sign in (">", ">=", "≥"):
        return Value(Says.RANGE, number + step * (sign == ">"), None, printed, flags)
    high = number - step * (sign == "<")
    low = Decimal(cells.hidden_from) if cells.whole else Decimal(0)
    if high < low:
        raise NotUnderstood("range-turned")
    return Value(Says.HIDDEN, low, high, printed, flags)


def _number(text: str, cells: Cells) -> Decimal:
    plain = " ".join(text.split())
    if not cells.whole:
        plain = plain.removesuffix("%").strip()
    try:
        number = number_in(plain, cells.decimal)
    except Unreadable:
        raise NotUnderstood("not-a-number") from None
    if number > LARGEST:
        raise NotUnderstood("too-large")
    if number == number.to_integral_value():
        return number.to_integral_value()
    if cells.whole:
        raise NotUnderstood("not-whole")
    return number
