"""Who sees what arrived: whoever can open it or is on duty for it, and the focal points.

What is about somebody who works here goes past all of these: its readers alone see that it is there.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from panah.ground.accounts.queries import on_duty, staff_by_id, with_permission
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import DutyKind
from panah.ground.vault.queries import holds_intake_key
from panah.people.inbox import rules
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, PAST_INTAKE_READERS
from panah.people.inbox.models import Arrival, ArrivalQuerySet, SealedTo
from panah.people.inbox.words import CONVERSATION

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.actions.ingest import ArrivalRow


def opens_arrivals(staff: Staff) -> bool:
    """Hold the intake key in force: with it what arrives can be opened."""
    return staff is not None and staff.is_active and holds_intake_key(staff)


def sees_arrivals(staff: Staff, *, at: datetime) -> bool:
    """Say whether a colleague sees all that arrived for the society, from the outside."""
    if staff is None or not staff.is_active:
        return False
    if may(staff, Permission.INBOX_SEE) or holds_intake_key(staff):
        return True
    return staff in on_duty(staff.society_id, DutyKind.INTAKE, at=at)


def finds_inbox(staff: Staff) -> bool:
    """Who finds the inbox in the menu: also who holds cases, since answers about them arrive sealed."""
    if staff is None:
        return False
    return may(staff, Permission.INBOX_FIND) or holds_intake_key(staff)


# -- about somebody who works here ---------------------------------------------------------------------


def readers_of(society: UUID, meant: str = "") -> list[Staff]:
    """Return who reads what goes past the intake: the readers of complaints, without whom its writer left out."""
    return [reader for readers in PAST_INTAKE_READERS for reader in readers(society, meant)]


def left_out_of(arrival: Arrival | ArrivalRow) -> set[UUID]:
    """Return the readers whom its writer left out, as they were when it came."""
    rows = SealedTo.objects.filter(arrival=arrival.id, left_out=True)
    return set(rows.values_list("reader", flat=True))


def who_may_read_past_intake(arrival: Arrival) -> list[Staff]:
    """Return who may read it, or may once it is a complaint: readers of complaints, and focal points in their place."""
    instead = with_permission(arrival.society_id, Permission.INBOX_LEAD)
    everybody = {one.pk: one for one in (*readers_of(arrival.society_id), *instead)}
    return list(everybody.values())


def readers_for(arrival: Arrival | ArrivalRow) -> list[Staff]:
    """Return who reads this one past the intake: its owner where it belongs to a complaint, else to whom it is sealed.

    Where none of those reads complaints any more, whoever does now: that it waits is lost to nobody.
    """
    owner = staff_by_id(arrival.owner_id) if arrival.owner_id is not None else None
    if owner is not None and owner.is_active:
        return [owner]
    if arrival.to_key == CONVERSATION:
        # Of a complaint that nobody reads now: all readers together may be whom it is about.
        return []
    left_out = left_out_of(arrival)
    meant = rules.outside_of(bytes(arrival.header)).meant
    readers = [one for one in readers_of(arrival.society_id, meant) if one.pk not in left_out]
    sealed = set(SealedTo.objects.filter(arrival=arrival.id, left_out=False).values_list("reader", flat=True))
    return [reader for reader in readers if reader.pk in sealed] or readers


def past_intake_open_to(to: Staff) -> ArrivalQuerySet:
    """Return what goes past the intake and is there for this colleague (a queryset of arrivals).

    While it is no complaint, for the readers of complaints to whom it was sealed; once it is one, for those alone who
    read that complaint.
    """
    rows, became = Arrival.objects.visible(to=to).filter(past_intake=True), Q(pk__in=[])
    for name, room in ARRIVAL_ROOMS.items():
        became |= Q(Exists(room.subjects(to=to).filter(pk=OuterRef("subject"))), room=name)
    readers = {one.pk for one in readers_of(to.society_id)}
    # Where a writer left out all of them, focal points stand in: what was sealed to those.
    instead = {one.pk for one in with_permission(to.society_id, Permission.INBOX_LEAD)}
    if to.pk not in readers | instead:
        return rows.filter(became)
    sealed = SealedTo.objects.filter(arrival=OuterRef("pk"), left_out=False)
    hers = Q(Exists(sealed.filter(reader=to.pk)))
    if to.pk in readers:
        out = Exists(SealedTo.objects.filter(arrival=OuterRef("pk"), left_out=True, reader=to.pk))
        hers |= ~Q(Exists(sealed.filter(reader__in=readers | instead))) & ~Q(out)
    of_nothing = ~Q(room__in=list(dict(ARRIVAL_ROOMS.items()))) & ~Q(to_key=CONVERSATION)
    return rows.filter(became | (of_nothing & hers))
