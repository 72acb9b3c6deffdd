"""What the hotline and the list of work need from each other, from the vault and from finding."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.finding import actions as finding
from panah.hotline import queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def fill() -> None:
    """Addresses of what is due, the message that pages a colleague, what goes with an erased file."""
    if _call_open not in finding.CLOSED:
        finding.CLOSED.append(_call_open)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return queries.call_open(staff)
