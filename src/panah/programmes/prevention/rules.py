"""What a session needs, and which counts cannot be. No clock, no rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from panah.programmes.training.effect import CountedTests

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


def quarters_between(first: date, last: date) -> list[tuple[date, date]]:
    """Cut a period at the ends of quarters."""
    found = []
    while first <= last:
        _begins, ends = period(quarter_of(first)) or (first, last)
        found.append((first, min(ends, last)))
        first = ends + timedelta(days=1)
    return found


# What may stand in a text beside the numbers, as {people}.
PLACEHOLDERS = ("sessions", "people", "courses", "trained", "campaigns", "reach", "period")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# A number from 1 to 4 by itself: no date, no share, no part of a longer number or of a code.
TYPED_SMALL = re.compile(r"(?<!\w)(?<!\d[.,:/–-])[1-4](?!\w|[.,:/–-]\d|\s?%)")


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and means nothing, each once."""
    return list(dict.fromkeys(one for one in PLACEHOLDER.findall(text) if one.strip() not in PLACEHOLDERS))


def filled_in(text: str, values: Mapping[str, str], *, hide_small: str = "") -> str:
    """Put the numbers into a text. ``hide_small``: what stands in place of a number from 1 to 4 that was typed."""
    if hide_small:
        text = TYPED_SMALL.sub(lambda _found: hide_small, text)
    return PLACEHOLDER.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
