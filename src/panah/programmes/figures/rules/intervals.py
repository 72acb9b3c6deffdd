"""A value as an interval: "<5" is 1 to 4, or 0 to 4 where the source hides noughts too; "over 100" has no upper end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, both included; ``high`` None is open. Never below nought."""

    low: Decimal
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(f"no interval: {self.low} to {self.high}")

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def plus(self, other: Interval) -> Interval:
        """Return where the sum lies; ``rules.adding`` alone calls this."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def times(self, factor: Decimal) -> Interval:
        return Interval(self.low * factor, None if self.high is None else self.high * factor)

    def over(self, base: Interval) -> Interval:
        """Return where the quotient lies. A base that may be nought leaves the upper end open.

        Raises ValueError where the base is nought for certain.
        """
        if base.high == 0:
            raise ValueError("nothing is a share of nothing")
        low = Decimal(0) if base.high is None else self.low / base.high
        high = None if self.high is None or base.low == 0 else self.high / base.low
        return Interval(low, high)

    def meets(self, other: Interval) -> bool:
        """Whether one number can be both."""
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )


def exactly(number: int | Decimal) -> Interval:
    return Interval(Decimal(number), Decimal(number))


class Unreadable(Exception):
    """A printed value that is no number, with the code of why: "not-a-number" or "ambiguous"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_ABOUT = re.compile(
    r"^(?:an? )?(?:about|around|approximately|approx\.?|some|estimated|~|≈|circa|около|примерно|порядка)\s*",
    re.IGNORECASE,
)
_BELOW = re.compile(r"^(?:<|fewer than|less than|under|below|менее|меньше)\s*(.+)$", re.IGNORECASE)
_UP_TO = re.compile(r"^(?:≤|<=|at most|up to|не более|до)\s*(.+)$", re.IGNORECASE)
_ABOVE = re.compile(r"^(?:>|more than|over|above|более|больше|свыше)\s*(.+)$", re.IGNORECASE)
_FROM = re.compile(r"^(?:≥|>=|at least|не менее)\s*(.+)$", re.IGNORECASE)
_RANGE = re.compile(
    r"^(?:from |between |от )?([\d.,' ]+?(?: ?[^\W\d]+)?)(?: ?[-–—] ?| to | and | до )([\d.,' ]+(?: ?[^\W\d]+)?)$"
)
_TAIL = re.compile(
    r"\s*(?:%|per ?cent|процент\w*|times\b.*|раз\b.*|people|persons|человек\w*)$", re.IGNORECASE
)
_SCALES = {
    **dict.fromkeys(("thousand", "тыс", "тыс.", "тысяч", "k"), 1000),
    **dict.fromkeys(("million", "mln", "млн", "млн.", "миллион", "миллиона", "миллионов", "m"), 1_000_000),
    **dict.fromkeys(("billion", "bn", "млрд", "млрд."), 1_000_000_000),
}
_NUMBER = re.compile(r"([\d.,' ]*\d)(?: ?([^\W\d]+\.?))?")
_GROUPED = re.compile(r"\d{1,3}(?:[ ,'.]\d{3})+")
# More than anybody counts: twenty digits with four behind the point are kept.
MOST = Decimal(10) ** 15


def printed(text: str, *, hides_from: int = 0, decimal: str = "") -> Interval:
    """Return the interval that a printed value means: "<5", "2,000", "1 834", "44 %", "100–200", "27.6 million".

    ``hides_from``: the smallest number that "<5" of this source may hide. ``decimal``: what its fractions begin with,
    "" where nobody knows: then "200.000" is refused as ambiguous. Raises Unreadable.
    """
    plain = _SPACES.sub(" ", text.strip())
    plain = _TAIL.sub("", _ABOUT.sub("", plain)).strip()
    if found := _BELOW.match(plain):
        most = number_in(found[1], decimal) - 1
        if most < hides_from:
            raise Unreadable("not-a-number")
        return Interval(Decimal(hides_from), most)
    if found := _UP_TO.match(plain):
        return _between(Decimal(hides_from), number_in(found[1], decimal))
    if found := _ABOVE.match(plain):
        return Interval(number_in(found[1], decimal) + 1, None)
    if found := _FROM.match(plain):
        return Interval(number_in(found[1], decimal), None)
    if plain.endswith("+"):
        return Interval(number_in(plain[:-1], decimal), None)
    if found := _RANGE.match(plain):
        return _between(number_in(found[1], decimal), number_in(found[2], decimal))
    value = number_in(plain, decimal)
    return Interval(value, value)


def _between(low: Decimal, high: Decimal) -> Interval:
    if high < low:
        raise Unreadable("not-a-number")
    return Interval(low, high)


def number_in(text: str, decimal: str = "") -> Decimal:
    """Return one number, with its thousands apart or not; as ``printed`` raises Unreadable."""
    found = _NUMBER.fullmatch(text.strip())
    # Digits of another script are digits to Python too; nobody has checked how such a table groups them.
    odd = any(c.isdigit() and not c.isascii() for c in text)
    if found is None or odd or (found[2] and found[2].lower() not in _SCALES):
        raise Unreadable("not-a-number")
    value = _digits(found[1].strip(), decimal, scaled=bool(found[2])) * _SCALES.get(
        (found[2] or "").lower(), 1
    )
    if value > MOST:
        raise Unreadable("not-a-number")
    return value


def _digits(text: str, decimal: str, *, scaled: bool) -> Decimal:
    if text.isdigit():
        return Decimal(text)
    whole, point, rest = text.rpartition(decimal) if decimal and decimal in text else (text, "", "")
    if point:
        return _joined(whole) + Decimal(f"0.{rest}") if rest.isdigit() else _not_a_number()
    marks = {c for c in text if not c.isdigit()}
    if _GROUPED.fullmatch(text) and len(marks) == 1 and not text.startswith("0"):
        mark = marks.pop()
        if mark == "." and text.count(".") == 1 and decimal != ",":
            # 200.000 people, or 27.600 of something: nobody can tell.
            raise Unreadable("ambiguous")
        if not (mark == "," and scaled):
            return Decimal("".join(c for c in text if c.isdigit()))
    if len(marks) == 1 and marks <= {".", ","} and not decimal and _marks_in(text) == 1:
        whole, _point, rest = text.replace(",", ".").partition(".")
        return Decimal(f"{whole}.{rest}") if whole.isdigit() and rest.isdigit() else _not_a_number()
    return _not_a_number()


def _marks_in(text: str) -> int:
    return len([c for c in text if not c.isdigit()])


def _joined(whole: str) -> Decimal:
    if not whole.isdigit() and not _GROUPED.fullmatch(whole):
        raise Unreadable("not-a-number")
    return Decimal("".join(c for c in whole if c.isdigit()))


def _not_a_number() -> Decimal:
    raise Unreadable("not-a-number")
