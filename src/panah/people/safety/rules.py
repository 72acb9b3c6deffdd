"""Who reads about a threat, when it is looked at, who interprets first. Plain Python, without clock or rows."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

# Judgement of practice, to be checked by the society (check).
LOOK_WITHIN = timedelta(hours=12)
REVIEW_DAYS = 7
# So many can open a report, if there are so many whom it does not concern: one who leaves takes nothing along.
READERS = 2
VETTED_DAYS = 365
WARNED_DAYS = 30

ORDER = ("ready", "ask_first", "stale", "unvetted")


def readers(*, leads: Collection[UUID], concerned: Collection[UUID]) -> set[UUID]:
    """The focal points, without anybody it may be about."""
    return set(leads) - set(concerned)


def is_danger(now: str) -> bool:
    """Only a clear yes pages somebody at night; *unknown* is looked at within hours."""
    return now == "yes"


def look_at(*, reported: datetime, now: str) -> datetime:
    """When a reader must have looked at a report."""
    return reported if is_danger(now) else reported + LOOK_WITHIN


def standing(*, vetted_until: date | None, undertaking: date | None, ties: str, today: date) -> str:
    """May this interpreter be asked today: ``ready``, ``ask_first``, ``stale`` or ``unvetted``.

    Vetted means: somebody looked, the undertaking of confidentiality is given, and ties were asked about.
    """
    if vetted_until is None or undertaking is None or ties == "not_asked":
        return "unvetted"
    if vetted_until < today:
        return "stale"
    return "ask_first" if ties == "ask_first" else "ready"


def rank(*, standing: str, speaks: Iterable[str], wanted: str, name: str) -> tuple[int, bool, str]:
    """The place in a list: whoever may be asked comes first, then whoever speaks the language that is wanted."""
    return ORDER.index(standing), wanted not in set(speaks), name.casefold()
