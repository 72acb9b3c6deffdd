"""What may be relied on and when: plain Python, without database, clock or request."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypedDict
from zoneinfo import ZoneInfo

# An answered call may be relied on for a quarter; the lists then say that it is old.
ANSWERED_DAYS = 90


# "Busy" proves that the number lives, not that anyone helps: try again within the week.
BUSY_DAYS = 7


# What a source said longer ago than that nobody may rely on; the same quarter as for our own attempts.
TOLD_DAYS = 90


# An agreement that ends within two months wants a decision now: a new one takes that long to be signed.
ENDS_SOON_DAYS = 60


BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


FRESH, STALE, NEVER, FAILED = "fresh", "stale", "never", "failed"


OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"


IN_FORCE, ENDS_SOON, ENDED, NOT_BEGUN = "in_force", "ends_soon", "ended", "not_begun"
RANK = {FRESH: 0, STALE: 1, NEVER: 2, FAILED: 3}


class DatedAgreement(Protocol):
    """What the choice between agreements needs to know of each."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


def expires_on(outcome: str, *, tried_on: date) -> date:
    """Until which day, that day included, this outcome may be relied on."""
    days = {"answered": ANSWERED_DAYS, "busy": BUSY_DAYS}.get(outcome, 0)
    return tried_on + timedelta(days=days)


def freshness(outcome: str | None, *, expires: date | None, on: date) -> str:
    """One of FRESH, STALE, NEVER, FAILED, from the last attempt alone."""
    if outcome is None or expires is None:
        return NEVER
    if outcome not in ("answered", "busy"):
        return FAILED
    if outcome == "busy":
        return STALE
    return FRESH if expires >= on else STALE


@dataclass(frozen=True, slots=True)
class Hours:
    """One span of opening on some weekdays, local time; `closes` 24:00 is midnight at day's end."""

    byday: tuple[str, ...]
    opens: str
    closes: str


class Span(TypedDict):
    """The same as it is kept in JSON."""

    byday: list[str]
    opens: str
    closes: str


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def opening(hours: Sequence[Hours], *, at: datetime, time_zone: str) -> str:
    """OPEN, CLOSED, or UNKNOWN where no hours are known. A span may run past midnight."""
    if not hours:
        return UNKNOWN
    local = at.astimezone(ZoneInfo(time_zone))
    now = local.hour * 60 + local.minute
    today, yesterday = BYDAY[local.weekday()], BYDAY[local.weekday() - 1]
    for span in hours:
        opens, closes = _minutes(span.opens), _minutes(span.closes)
        past_midnight = closes <= opens
        if today in span.byday and opens <= now and (past_midnight or now < closes):
            return OPEN
        if past_midnight and yesterday in span.byday and now < closes:
            return OPEN
    return CLOSED


def opens_next(hours: Sequence[Hours], *, at: datetime, time_zone: str) -> datetime | None:
    """When it next opens, in its own zone; None while it is open or where no hours are known."""
    if opening(hours, at=at, time_zone=time_zone) != CLOSED:
        return None
    local = at.astimezone(ZoneInfo(time_zone))
    starts = (
        datetime.combine(local.date() + timedelta(days=n), begins, tzinfo=local.tzinfo)
        for n in range(8)
        for span in hours
        if BYDAY[(local.weekday() + n) % 7] in span.byday and (begins := clock(span.opens)) is not None
    )
    return min((start for start in starts if start > local), default=None)


def closes_next(hours: Sequence[Hours], *, at: datetime, time_zone: str) -> datetime | None:
    """When it next closes, in its own zone; None while it is closed, where no hours are known, and day and night.

    Spans that follow one another without a gap, also over midnight, are one.
    """
    if opening(hours, at=at, time_zone=time_zone) != OPEN:
        return None
    local = at.astimezone(ZoneInfo(time_zone))
    ends = sorted(_ends(hours, local))
    return next(
        (end for end in ends if end > local and opening(hours, at=end, time_zone=time_zone) != OPEN), None
    )


def _ends(hours: Sequence[Hours], local: datetime) -> Iterator[datetime]:
    """Yield the ends of the spans of the coming week, those that began yesterday too."""
    for n in range(-1, 8):
        day = local.date() + timedelta(days=n)
        for span in hours:
            if BYDAY[day.weekday()] in span.byday:
                opens, closes = _minutes(span.opens), _minutes(span.closes)
                minutes = closes + (24 * 60 if closes <= opens else 0)
                days, rest = divmod(minutes, 24 * 60)
                ends = time(rest // 60, rest % 60)
                yield datetime.combine(day + timedelta(days=days), ends, tzinfo=local.tzinfo)


def may_have_address(needs: Iterable[str]) -> bool:
    """A service that offers a bed is never written down with its address."""
    return "shelter" not in set(needs)


def clock(text: str) -> time | None:
    """A wall-clock time "HH:MM"; None for anything else. 24:00 is not one: see Hours.closes."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def agreement_state(*, starts_on: date, ends_on: date | None, on: date) -> str:
    """One of IN_FORCE, ENDS_SOON, ENDED, NOT_BEGUN; both days count."""
    if starts_on > on:
        return NOT_BEGUN
    if ends_on is None or (ends_on - on).days > ENDS_SOON_DAYS:
        return IN_FORCE
    return ENDS_SOON if ends_on >= on else ENDED


def agreement_that_counts[A: DatedAgreement](agreements: Iterable[A], *, on: date) -> A | None:
    """Of all with one partner the one to speak of: in force and longest, else the last that ended, else to come."""
    order = {IN_FORCE: 3, ENDS_SOON: 3, ENDED: 2, NOT_BEGUN: 1}
    return max(
        agreements,
        key=lambda a: (
            order[agreement_state(starts_on=a.starts_on, ends_on=a.ends_on, on=on)],
            a.ends_on or date.max,
            a.starts_on,
        ),
        default=None,
    )


def told_long_ago(said_on: date, *, on: date) -> bool:
    """Whether the word of another is too old to go by."""
    return (on - said_on).days > TOLD_DAYS


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> int:
    """How far two points lie apart as the crow flies; degrees in, tens of kilometres out: they are main towns."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*here, *there))
    half = math.sin((lat2 - lat1) / 2) ** 2 + (
        math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return round(2 * 6371 * math.asin(math.sqrt(half)) / 10) * 10
