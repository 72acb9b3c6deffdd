"""What arrived, as far as the asker may see it from the outside."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q
from django.utils import timezone

from panah.accounts.queries import on_duty
from panah.accounts.words import Duties, Role
from panah.audit import queries as journal
from panah.foundation.asking import once_a_page
from panah.inbox import events, rules
from panah.inbox.models import Arrival
from panah.inbox.permissions import opens_arrivals, sees_arrivals
from panah.inbox.words import State
from panah.kit.nav import Count
from panah.vault.queries import holders_of_intake

# Filled by the composition: room -> (to=) -> the ids of its things whose messages a colleague may see (a queryset).
SUBJECTS: dict[str, Callable[..., Any]] = {}
# Filled by the composition: kind -> the name of the page where an arrival of it goes on; it takes the arrival's id.
PAGES: dict[str, str] = {}
# Filled by the composition: room -> (subject, to=) -> (address, text) of what an arrival became, or None if not hers.
PLACES: dict[str, Callable[..., tuple[str, str] | None]] = {}


def visible(*, to: Any) -> Any:
    """Return what a colleague sees: everything for whoever opens it, is on duty or leads, else about her own cases."""
    return _rows(to, everything=sees_arrivals(to, at=timezone.now()))


def _rows(to: Any, *, everything: bool) -> Any:
    rows = Arrival.objects.visible(to=to).select_related("sender", "opened_by", "ended_by")
    if everything and to.has_role(Role.FOCAL_POINT):
        return rows
    mine = Q(owner=to) & ~Q(room__in=list(SUBJECTS))
    for room, ids in SUBJECTS.items():
        mine |= Q(room=room, subject__in=ids(to=to), owner__isnull=False)
    return rows.filter(Q(owner__isnull=True) | mine if everything else mine)


def pool(staff: Any) -> list[UUID]:
    """Return what waits for whoever holds the intake key: the society's own id stands for it on work lists."""
    return [staff.society_id] if opens_arrivals(staff) and not staff.has_role(Role.FOCAL_POINT) else []


@once_a_page
def _waiting(staff: Any) -> list[tuple[int, datetime, datetime]]:
    # The menu of every page asks this: duties of a day are not looked up for it.
    everything = bool(staff.has_role(Role.FOCAL_POINT, Role.INTAKE)) or opens_arrivals(staff)
    rows = _rows(staff, everything=everything).filter(state=State.SEALED).order_by()
    return list(rows.values_list("rank", "open_by", "arrived_at")[:100])


def waiting(*, to: Any) -> tuple[int, datetime | None]:
    """Return how many nobody has opened, at most 100, and since when the oldest waits."""
    rows = _waiting(to)
    return len(rows), min((arrived for _rank, _by, arrived in rows), default=None)


def waiting_in_menu(staff: Any) -> Count | None:
    """Return the number beside the place in the menu: urgent when one is, or when one has waited too long."""
    rows, now = _waiting(staff), timezone.now()
    if not rows:
        return None
    late = any(rank == rules.RANK["now"] or by <= now for rank, by, _arrived in rows)
    return Count(len(rows), "urgent" if late else "")


def too_long(*, to: Any, at: datetime) -> tuple[int, datetime | None]:
    """Return how many have waited too long, and when the focal points were last told of one."""
    late = visible(to=to).filter(state=State.SEALED, open_by__lte=at).order_by()
    return late.count(), late.filter(remind_at__gt=at).aggregate(last=Min("remind_at"))["last"]


def first_to_open(society: UUID, *, at: datetime) -> list[Any]:
    """Return whose it is to open what arrived: on duty with the key; else all who hold it; else the focal points."""
    holding = holders_of_intake(society)
    on = [one for one in on_duty(society, Duties.INTAKE, at=at) if one in holding]
    return on or [one for one in holding if not one.has_role(Role.FOCAL_POINT)] or holding


def is_open_to(*, staff: Any, arrival: Arrival, at: datetime) -> bool:
    """Say whether this colleague opened it a short while ago, or said what for: the journal knows."""
    since = at - rules.OPENING
    return any(
        entry.who == staff.pk and entry.at > since
        for entry in journal.entries_about(arrival.pk)
        if entry.event in (events.OPENED.name, events.SHOWN.name)
    )


def of_conversation(*, society: UUID, conversation: UUID) -> list[Arrival]:
    """Return all that arrived in a conversation (the caller has been let in to it), oldest first."""
    rows = Arrival.objects.filter(society=society, conversation=conversation)
    return list(rows.select_related("sender").order_by("arrived_at", "pk"))


def bodies_needed(society: UUID) -> Iterable[UUID]:
    """Return the ids of a society's arrivals whose body must be there."""
    return Arrival.objects.filter(society=society, kept=True).values_list("pk", flat=True)


def lately_over(*, to: Any, at: datetime, days: int = 7) -> Any:
    """Return what ended within the last days, newest first."""
    over = visible(to=to).filter(ended_at__gt=at - timedelta(days=days))
    return over.order_by("-ended_at", "-pk")
