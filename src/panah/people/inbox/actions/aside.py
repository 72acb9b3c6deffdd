"""Look-alikes: many that wait are read by whoever opens them, a pile goes aside in one go, and comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import DoesNotOpen, Private
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from panah.people.inbox import events, rules
from panah.people.inbox.actions.ingest import add_for_openers
from panah.people.inbox.actions.opening import as_kept, drop_bodies, open_content
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import BODY, PILE, ArrivalClosing, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Opened for one look at look-alikes: the rest waits for the next one.
COMPARED_AT_ONCE = 1000
AT_ONCE = 500


@dataclass(frozen=True)
class Compared:
    """One that waits, opened to be compared: its outside and its content. Nothing of it is kept."""

    row: Arrival
    content: dict[str, object]


def compare_waiting(
    *, keys: Keyring, kind: str, at: datetime, until: datetime | None = None, most: int = COMPARED_AT_ONCE
) -> list[Compared]:
    """Open the oldest of a kind that nobody has opened, to find look-alikes; the journal says how many, once.

    They stay as they were: on the list, opened by nobody. Danger, what is about a child, and what goes past the intake
    are not compared. ``until``: only what had come by then.
    """
    held = _intake_keys(keys)
    rows = Arrival.objects.filter(
        society=keys.staff.society_id,
        state=ArrivalState.SEALED,
        kind=kind,
        sender=None,
        arrived_at__lte=until or at,
        to_key__in=list(held),
        child=False,
        past_intake=False,
    )
    waiting = list(rows.exclude(urgency="now").order_by("arrived_at", "pk")[:most])
    if waiting:
        audit.record(event=events.COMPARED, by=keys.staff, at=at, facts={"number": len(waiting)})
    found = []
    for first in range(0, len(waiting), AT_ONCE):
        part = waiting[first : first + AT_ONCE]
        bodies = vault.load_blobs(kind=BODY, keys=[row.pk for row in part])
        for row in part:
            try:
                content = open_content(held[row.to_key], bodies.get(row.pk, b""), row, keys.staff.pk)
            except DoesNotOpen:
                # It stays on the list, where opening it says so.
                continue
            found.append(Compared(row, content))
    return found


def _intake_keys(keys: Keyring) -> dict[str, Private]:
    found = {
        f"intake:{held.generation}": held.private
        for held in keys.held()
        if held.kind == KeyKind.INTAKE and held.private is not None
    }
    if not found:
        raise Refusal(
            _("You do not hold the intake key."),
            next_step=_("Ask a colleague on intake duty or a focal point to look for look-alikes."),
            code="no-intake-key",
            status=403,
        )
    return found


@transaction.atomic
def set_aside(*, arrivals: Sequence[UUID], pile: UUID, by: Staff, at: datetime) -> int:
    """Put what nobody has opened aside as one pile; returns how many. What somebody opened meanwhile stays."""
    moved: list[UUID] = []
    for first in range(0, len(arrivals), AT_ONCE):
        rows = Arrival.objects.select_for_update(of=("self",)).filter(
            pk__in=list(arrivals[first : first + AT_ONCE]),
            society=by.society_id,
            state=ArrivalState.SEALED,
            child=False,
            past_intake=False,
        )
        part = list(rows.exclude(urgency="now").values_list("pk", flat=True))
        Arrival.objects.filter(pk__in=part).update(
            state=ArrivalState.ASIDE, ended_at=at, ended_by=by, room=PILE, subject=pile
        )
        moved += part
    work.cancel_for_all(subjects=moved, at=at)
    audit.record(event=events.ASIDE, by=by, at=at, about=pile, facts={"number": len(moved)})
    return len(moved)


@transaction.atomic
def put_back(*, society: UUID, pile: UUID, by: Staff | None, at: datetime, only: UUID | None = None) -> int:
    """Let a pile, or one of it, wait again as if it had never gone; returns how many came back.

    ``by``: nobody, where whoever wrote it came back to it.
    """
    rows = Arrival.objects.select_for_update(of=("self",)).filter(
        society=society, state=ArrivalState.ASIDE, room=PILE, subject=pile
    )
    found = list(rows if only is None else rows.filter(pk=only))
    for row in found:
        row.state, row.ended_at, row.ended_by, row.room, row.subject = (
            ArrivalState.SEALED,
            None,
            None,
            "",
            None,
        )
        row.open_by = rules.open_by(urgency=row.urgency, arrived=at)
        row.remind_at = row.open_by
    Arrival.objects.bulk_update(
        found,
        ["state", "ended_at", "ended_by", "room", "subject", "open_by", "remind_at"],
        batch_size=AT_ONCE,
    )
    if found:
        add_for_openers(society, [row for row in found if not row.later], at)
        audit.record(
            event=events.BACK, by=by, society=society, at=at, about=pile, facts={"number": len(found)}
        )
    return len(found)


@transaction.atomic
def let_go_of_aside(*, before: datetime) -> int:
    """Delete what was put aside before a time and that nobody brought back; returns how many."""
    rows = Arrival.objects.select_for_update(of=("self",)).filter(
        state=ArrivalState.ASIDE, ended_at__lte=before
    )
    gone = [
        row.pk
        for row in rows[:AT_ONCE]
        if as_kept(row, state=ArrivalState.ASIDE) and row.ended_at is not None and row.ended_at <= before
    ]
    Arrival.objects.filter(pk__in=gone).update(
        state=ArrivalState.SETTLED, closing=ArrivalClosing.LOOKALIKE, room="", subject=None
    )
    drop_bodies(gone)
    return len(gone)
