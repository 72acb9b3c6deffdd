"""A work list as a page draws it: its lines by when they are due, those that say the same on one pile."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# So many lines that say the same, one after another, are one line that opens.
ALIKE = 3


@dataclass(frozen=True)
class WorkListRow:
    """One line of a work list, ready to be drawn."""

    id: UUID
    due_at: datetime
    tone: str
    what: str
    # Only the word of its kind is shown: its sentence is sealed, or there is none.
    neutral: bool
    facts: list[str]
    href: str
    number: str
    owner: Any = None
    ends_at: str = ""
    calls_back: bool = False
    # Nothing is called late that may have come a moment ago.
    late_from: datetime | None = None
    # Somebody is in danger now, or says so.
    danger: bool = False
    # The sealed words that tell one case from another, where the line is about a case that opens.
    label: str = ""


@dataclass
class WorkList:
    """A work list by when: late or now, later today, within a week, after that."""

    now: list[WorkListRow] = field(default_factory=list)
    today: list[WorkListRow] = field(default_factory=list)
    week: list[WorkListRow] = field(default_factory=list)
    later: list[WorkListRow] = field(default_factory=list)
    more: str = ""
    # What cannot wait longest of all: it stands above the list, and no more in it.
    next: WorkListRow | None = None

    @property
    def empty(self) -> bool:
        return not (self.next or self.now or self.today or self.week or self.later)

    def with_next(self) -> WorkList:
        """Take the first line of what is due today out of the list."""
        first = self.now or self.today
        self.next = first.pop(0) if first else None
        return self

    @staticmethod
    def runs(lines: list[WorkListRow]) -> list[list[WorkListRow]]:
        """Return the lines of one part in their order, those together that say the same; never two neutral words."""
        alike = groupby(lines, key=lambda row: row.id if row.neutral or row.danger else (row.what, row.tone))
        runs = [list(run) for _same, run in alike]
        return [piece for run in runs for piece in ([run] if len(run) >= ALIKE else [[row] for row in run])]
