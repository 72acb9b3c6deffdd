"""Who is told that a key waits to be admitted, or that one colleague only knows its owner. Work lists register here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation.registry import Registry
from panah.ground.vault.models import StaffKey

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

WAITS: Registry[Callable[[Staff, datetime], None]] = Registry("when a colleague waits for admission")
WAITS_NO_MORE: Registry[Callable[[Staff, datetime], None]] = Registry("when a colleague waits no more")
KNOWN_TO_ONE: Registry[Callable[[Staff, Staff, datetime], None]] = Registry(
    "when a colleague is known only to whoever admitted the key"
)


def tell_waiting(*, society: UUID, at: datetime) -> None:
    """Tell of everybody who waits: after the ceremony, before which nobody can be admitted."""
    for key in StaffKey.objects.filter(
        staff__society=society, staff__is_active=True, admitted_at=None
    ).select_related("staff"):
        waits(key.staff, at)


def waits(staff: Staff, at: datetime) -> None:
    for tell in WAITS:
        tell(staff, at)


def waits_no_more(staff: Staff, at: datetime) -> None:
    for tell in WAITS_NO_MORE:
        tell(staff, at)


def tell_known_to_one(staff: Staff, admitted_by: Staff, at: datetime) -> None:
    for tell in KNOWN_TO_ONE:
        tell(staff, admitted_by, at)
