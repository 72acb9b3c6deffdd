"""What the hotline and the list of work need from each other, from the vault and from finding."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.finding import actions as finding
from panah.hotline import actions as hotline
from panah.hotline import queries
from panah.vault.actions.erasure import on_erase
from panah.vault.actions.locking import CALL_OPEN

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def fill() -> None:
    """Addresses of what is due, the message that pages a colleague, what goes with an erased file."""
    on_erase(hotline.forget_contact)
    if _call_open not in finding.CLOSED:
        finding.CLOSED.append(_call_open)
    if queries.call_elsewhere not in CALL_OPEN:
        CALL_OPEN.append(queries.call_elsewhere)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return queries.call_open(staff)
