"""What may be said about a country, for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.figures.models import Say
from panah.figures.words import SayState, State

if TYPE_CHECKING:
    from panah.accounts.models import Staff

WITH = ("society", "figure", "written_by", "decided_by")


def sayings(country: str, *, to: Staff) -> list[Say]:
    """Return the sentences about a country: what may be said first; what waits for those of its society alone."""
    rows = Say.objects.visible(to=to).filter(country=country).exclude(state=SayState.ENDED)
    order = {SayState.CLEARED: 0, SayState.DRAFT: 1, SayState.REFUSED: 2}
    return sorted(rows.select_related(*WITH), key=lambda one: (order[SayState(one.state)], one.written_on))


def say_or_404(pk: UUID, *, to: Staff) -> Say:
    """Return a sentence of the reader's own society."""
    rows = Say.objects.visible(to=to).filter(society_id=to.society_id).select_related(*WITH)
    found: Say = get_object_or_404(rows, pk=pk)
    return found


def countries_said(*, to: Staff) -> list[str]:
    """Return the countries that something may be said of, and the reader's own."""
    rows = Say.objects.visible(to=to).filter(state=SayState.CLEARED).order_by()
    return sorted({*rows.values_list("country", flat=True).distinct(), to.society.iso2})


def due_again(rows: Iterable[Say]) -> set[UUID]:
    """Return the sentences whose figure was replaced or withdrawn since: they are not to be said as they stand."""
    return {one.pk for one in rows if one.figure is not None and one.figure.state != State.STANDS}
