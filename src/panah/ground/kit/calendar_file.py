"""A calendar as a file (iCalendar, RFC 5545): whole days, a title and a branch, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

LONGEST_LINE = 75


def calendar_file(days: Iterable[tuple[UUID, str, date, date]], *, made_at: datetime) -> bytes:
    """Return an .ics of (id, title, first day, last day)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Panah//EN", "CALSCALE:GREGORIAN"]
    for pk, title, first, last in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{pk}",
            f"DTSTAMP:{made_at:%Y%m%dT000000Z}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            # The end is the first day after it.
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(title)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def escaped(text: str) -> str:
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """Break a line after at most 75 bytes, never within a letter."""
    parts: list[str] = []
    now = ""
    for letter in line:
        # From the second line on, the space in front counts too.
        if len((now + letter).encode()) > LONGEST_LINE - bool(parts):
            parts.append(now)
            now = ""
        now += letter
    return "\r\n ".join([*parts, now])
