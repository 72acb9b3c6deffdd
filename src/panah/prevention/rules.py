"""What a session needs, and which counts cannot be. No clock, no rows."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from panah.training.effect import CountedTests

# Such places are entered with a permission only.
NEEDS_ACCESS = frozenset({"school", "detention", "arrival_hall"})
# A test is repeated after so many months, between these.
MONTHS = (3, 6, 12)


def needs_access(kind: str) -> bool:
    return kind in NEEDS_ACCESS


def access_holds(state: str, since: date | None, until: date | None, on: date) -> bool:
    """Say whether a permission was granted and holds on a day; without an end it holds on."""
    granted = state == "granted" and since is not None and since <= on
    return granted and (until is None or on <= until)


def wrong_tests(tests: CountedTests) -> str:
    """Return what cannot be in these counts (a code), or ""."""
    if tests.passed_before > tests.took_before or tests.passed_after > tests.took_after:
        return "passed-more-than-took"
    if not tests.paired:
        return ""
    if tests.took_after > tests.took_before:
        return "more-pairs-than-tests"
    kept = tests.passed_after - tests.gained
    # Of the pairs: passed twice, and passed only before, passed before; not all before came back.
    if kept < 0 or kept + tests.dropped > tests.passed_before:
        return "pairs-do-not-add-up"
    if kept + tests.gained + tests.dropped > tests.took_after:
        return "pairs-do-not-add-up"
    return ""


def next_to_check(answers: dict[str, str]) -> str:
    """Return the first question about stigma that keeps a campaign from being published, or ""."""
    return next((one for one in STIGMA if answers.get(one) != "no"), "")


# Does it blame, frighten without a way out, show a face?
STIGMA = ("blames", "frightens", "face")


def period(text: str) -> tuple[date, date] | None:
    """Return the first and last day of ``2026`` or ``2026-Q4``; None where it names neither."""
    year, _, quarter = text.partition("-Q")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 2000 <= int(year) <= 2100):
        return None
    if not quarter:
        return (date(int(year), 1, 1), date(int(year), 12, 31)) if "-" not in text else None
    if quarter not in ("1", "2", "3", "4"):
        return None
    first = 3 * int(quarter) - 2
    last = {3: 31, 6: 30, 9: 30, 12: 31}[first + 2]
    return date(int(year), first, 1), date(int(year), first + 2, last)


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
