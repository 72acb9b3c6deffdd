"""The report of the public door that a complaint came from: a room above says which, to whoever reads both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.complaints.models import Matter


@dataclass(frozen=True)
class ReportBehind:
    """Addresses: of the report, and of where its writer is answered, "" where no answer can reach her any more."""

    page: str
    answer: str


REPORT_BEHIND: Registry[Callable[[Matter, Staff], ReportBehind | None]] = Registry(
    "the report that a complaint came from"
)


def report_behind(matter: Matter, *, to: Staff) -> ReportBehind | None:
    """Return the report behind a matter as far as a colleague sees it, or None."""
    return next((found for find in REPORT_BEHIND if (found := find(matter, to)) is not None), None)
