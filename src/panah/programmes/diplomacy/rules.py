"""What may be said of a commitment, and what is due. Plain Python, no clock and no rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher

# A running commitment is spoken about at least this often.
FOLLOW_UP_DAYS = 182
# An open dialogue of which nobody said when it goes on comes back after so long.
LOOK_AGAIN_AFTER = timedelta(days=14)
# What is late by so much is put on the focal points' lists.
ESCALATED_AFTER = timedelta(days=14)


def may_be_said(shown_on: date | None, last: date | None, today: date) -> bool:
    """Say whether evidence of this day carries a new word: there is some, not of the future, and newer than before."""
    if shown_on is None or shown_on > today:
        return False
    return last is None or shown_on > last


def scope_of(about: str) -> tuple[str, str]:
    """Return what a report is about as (kind, key): ("all", ""), "instrument", "commitment", "society" or "route"."""
    if not about:
        return "all", ""
    kind, colon, key = about.partition(":")
    return (kind, key) if colon else ("instrument", kind)


def is_named(number: str, source: str) -> bool:
    """Say whether the number of a letter stands in a source as a whole, and is not a part of a longer one."""
    number = number.strip()
    if not any(sign.isdigit() for sign in number):
        return False
    return re.search(rf"(?<![\w/.-]){re.escape(number)}(?![\w/-]|\.\w)", source, re.IGNORECASE) is not None


def follow_up_on(said_on: date, ends_on: date) -> date:
    """Return when the next word is due: after half a year, and at the end at the latest."""
    return min(said_on + timedelta(days=FOLLOW_UP_DAYS), max(ends_on, said_on + timedelta(days=1)))


def is_late(progress: str, due_on: date, today: date) -> bool:
    """Say whether something that is not over has passed its day, whatever was said of it."""
    return progress not in ("done", "dropped") and due_on < today


def counted(rows: Iterable[str]) -> Mapping[str, int]:
    """Return how many stand at each word, in the order in which the words first come."""
    found: dict[str, int] = {}
    for one in rows:
        found[one] = found.get(one, 0) + 1
    return found


def compared(old: str, new: str) -> list[tuple[str, str]]:
    """Return the lines of two texts as ("same" | "gone" | "new", line), what is gone before what came instead."""
    before, after = old.splitlines(), new.splitlines()
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [("same", line) for line in before[i:j]]
            continue
        found += [("gone", line) for line in before[i:j]]
        found += [("new", line) for line in after[k:m]]
    return found
