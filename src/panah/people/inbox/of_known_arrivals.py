"""What is asked about arrivals by whoever may: those of one conversation, of one pile; and what the worker asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from panah.ground.exchange.envelope import Header
from panah.ground.work.queries import items_of, open_alarm_of
from panah.ground.work.words import Urgency
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import LOST, OVER, PILE, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def of_conversation(*, society: UUID, conversation: UUID) -> list[Arrival]:
    """Return all that arrived in a conversation (the caller has been let in to it), oldest first."""
    rows = Arrival.objects.filter(society=society, conversation=conversation)
    return list(rows.select_related("sender").order_by("arrived_at", "pk"))


def ends_of(*, society: UUID, kind: str, conversations: Iterable[UUID]) -> dict[UUID, Arrival]:
    """Return, by conversation, what arrived of a kind and is over; one query (the caller may see what became of it)."""
    rows = Arrival.objects.filter(society=society, kind=kind, conversation__in=list(conversations))
    return {row.conversation: row for row in rows.filter(state__in=OVER) if row.conversation}


def calls_on(row: Arrival) -> bool:
    """Say whether danger in what waits still calls colleagues in: nobody has said that she goes on with it."""
    return row.waits and row.urgency == Urgency.NOW and open_alarm_of(row.pk) is not None


def bodies_needed(society: UUID) -> Iterable[UUID]:
    """Return the ids of a society's arrivals whose body must be there."""
    return Arrival.objects.filter(society=society, kept=True).values_list("pk", flat=True)


def lying_aside() -> list[Arrival]:
    """Return everything that was put aside and can be brought back. For the worker, behind each wall."""
    return list(Arrival.objects.filter(state=ArrivalState.ASIDE, room=PILE).order_by("arrived_at", "pk"))


def aside_of(society: UUID, pile: UUID, *, after: str, most: int) -> list[Arrival]:
    """Return what was put aside as one pile, the oldest first, after one that was shown (its mark)."""
    rows = Arrival.objects.filter(society=society, state=ArrivalState.ASIDE, room=PILE, subject=pile)
    rows = rows.order_by("arrived_at", "pk")
    try:
        when, pk = after.split("~")
        place = datetime.fromisoformat(when), UUID(pk)
    except ValueError:
        return list(rows[:most])
    later = Q(arrived_at__gt=place[0]) | Q(arrived_at=place[0], pk__gt=place[1])
    return list(rows.filter(later)[:most])


def conversation_of(arrival: Arrival) -> UUID:
    """The conversation of what another society sent; what a stranger left has none and is never asked."""
    if arrival.conversation is None:
        raise LookupError(arrival.pk)
    return arrival.conversation


def sender_of(arrival: Arrival) -> UUID:
    """The society that sent it; of what a stranger left nobody asks."""
    if arrival.sender_id is None:
        raise LookupError(arrival.pk)
    return arrival.sender_id


def lost_on_list(row: Arrival, *, of: Staff) -> bool:
    """Say whether a colleague still has it on her list that this went unopened."""
    return row.state in OVER and any(i.owner_id == of.pk for i in items_of(row.pk, purpose=LOST))


def written_at(arrival: Arrival) -> datetime:
    """When the other society wrote it, by its signed header: several may come with one delivery, in any order."""
    return Header.unpack(bytes(arrival.header)).created
