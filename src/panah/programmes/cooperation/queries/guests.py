"""Guest seats: who sits there, what each may read, and what they asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panah.ground.accounts.guests import is_guest
from panah.programmes.cooperation.models import Question, Seat, SharedWith
from panah.programmes.cooperation.permissions import decides, reads
from panah.programmes.cooperation.queries.sharing import MODELS, Leaving, leaving, rows_that_leave

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def seats(*, to: Staff) -> list[Seat]:
    """Return the guest seats of the society, those that have ended last."""
    if not decides(to):
        return []
    rows = Seat.objects.visible(to=to).select_related("staff").prefetch_related("entries", "questions")
    return sorted(rows, key=lambda one: (one.ended_on is not None, one.organisation))


def seat_or_404(pk: UUID, *, to: Staff) -> Seat:
    if not decides(to):
        raise Http404
    found: Seat = get_object_or_404(Seat.objects.visible(to=to).select_related("staff"), pk=pk)
    return found


def own_seat(*, to: Staff, at: datetime) -> Seat | None:
    """Return the seat of a guest, while it lasts."""
    if not is_guest(to):
        return None
    day = timezone.localtime(at).date()
    rows = Seat.objects.visible(to=to).filter(staff=to, ended_on=None, until__gte=day)
    found: Seat | None = rows.first()
    return found


def shared_with(seat: Seat, *, at: datetime) -> list[Leaving]:
    """Return what a guest reads, as others would be told it; what is no longer fit to leave is left out."""
    wanted: dict[str, set[UUID]] = {}
    for one in SharedWith.objects.filter(seat=seat):
        wanted.setdefault(one.kind, set()).add(one.entry)
    found = []
    for kind, entries in wanted.items():
        found += [one for one in everything(kind, seat.society_id, at=at) if one.entry in entries]
    return found


def everything(kind: str, society: UUID, *, at: datetime) -> list[Leaving]:
    return leaving(kind, rows_that_leave(kind, society), society, at=at)


def may_be_shared(society: UUID, *, at: datetime) -> list[Leaving]:
    """Return every entry of the society that a guest can be given."""
    return [one for kind in MODELS for one in everything(kind, society, at=at)]


def shared_entry_or_404(seat: Seat, entry: UUID, *, at: datetime) -> Leaving:
    found = next((one for one in shared_with(seat, at=at) if one.entry == entry), None)
    if found is None:
        raise Http404
    return found


def questions_of(seat: Seat, entry: UUID | None = None) -> list[Question]:
    rows = Question.objects.filter(seat=seat).select_related("owner")
    return list(rows if entry is None else rows.filter(entry=entry))


def question_or_404(pk: UUID, *, to: Staff) -> Question:
    """A guest's question for whoever answers it, and for the focal points."""
    if not reads(to):
        raise Http404
    rows = Question.objects.select_related("seat", "owner").filter(seat__society=to.society_id)
    found: Question = get_object_or_404(rows if decides(to) else rows.filter(owner=to), pk=pk)
    return found
