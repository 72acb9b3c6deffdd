"""Access to places: the list, one of them, and which hold on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from panah.ground.foundation.paging import page_by_day
from panah.programmes.prevention.models import Access
from panah.programmes.prevention.words import AccessState

if TYPE_CHECKING:
    from datetime import date

    from panah.ground.accounts.models import Staff

OFFERED = 200


def accesses(*, to: Staff, after: str = "") -> tuple[list[Access], str]:
    return page_by_day(Access.objects.visible(to=to).select_related("branch"), "asked_on", after)


def access_or_404(pk: UUID, *, to: Staff) -> Access:
    return get_object_or_404(Access.objects.visible(to=to).select_related("branch"), pk=pk)


def may_be_used(*, to: Staff, on: date) -> list[Access]:
    """Return what a session can name: what was not refused, and has not run out before a day."""
    rows = Access.objects.visible(to=to).exclude(state=AccessState.REFUSED)
    rows = rows.filter(Q(granted_until=None) | Q(granted_until__gte=on))
    return list(rows.order_by("place", "pk")[:OFFERED])
