"""Looking after what is stuck, and saying on the focal points' lists what has waited too long."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import events, rules
from panah.ground.exchange.actions.sending import SENT
from panah.ground.exchange.models import Closed, Incoming, Outgoing, Peer
from panah.ground.exchange.permissions import require_pairing
from panah.ground.exchange.queries import HeldUpMessage, waiting
from panah.ground.exchange.words import PERSONAL, SendingState
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


WAITS = "waits"
WAITS_TOO_LONG = DueType("exchange", WAITS, DueKind.DEADLINE, urgency=Urgency.NOW)
AT_ONCE = 1000


@transaction.atomic
def try_again(*, row: Outgoing, by: Staff, at: datetime) -> None:
    """Let a message that was not taken leave again. Refuses when its content is gone. Twice changes nothing."""
    require_pairing(by)
    row = Outgoing.objects.select_for_update().get(pk=row.pk, society=by.society_id)
    if row.state == SendingState.WAITING:
        return
    gone = row.state != SendingState.STUCK or (
        b'"key":"nothing"' not in bytes(row.header) and vault.load_blob(kind=SENT, key=row.pk) is None
    )
    if gone:
        raise Refusal(
            _("The content of this message is no longer here."),
            next_step=_("Let it be, and tell whoever sent it: they can write it again from their case."),
            code="content-gone",
        )
    row.state, row.settled_at, row.code = SendingState.WAITING, None, ""
    row.attempts, row.next_try_at, row.leased_until = 0, at, None
    row.save(update_fields=["state", "settled_at", "code", "attempts", "next_try_at", "leased_until"])
    Peer.objects.filter(pk=row.peer_id, next_try_at__gt=at).update(next_try_at=at)
    audit.record(event=events.TRIED_AGAIN, by=by, at=at, about=row.peer_id, facts={"kind": row.kind})


@transaction.atomic
def give_up(*, row: Outgoing, by: Staff, at: datetime) -> None:
    """Let a message be that was not taken or came too late: it is destroyed."""
    require_pairing(by)
    row = Outgoing.objects.select_for_update().get(pk=row.pk, society=by.society_id)
    if row.given_up_at is not None or row.state in (SendingState.DELIVERED, SendingState.STOPPED):
        return
    if row.state != SendingState.EXPIRED:
        row.state, row.settled_at = SendingState.STOPPED, at
    row.given_up_at, row.leased_until = at, None
    row.save(update_fields=["state", "settled_at", "given_up_at", "leased_until"])
    audit.record(event=events.GIVEN_UP, by=by, at=at, about=row.peer_id, facts={"kind": row.kind})
    transaction.on_commit(lambda: vault.destroy(kind=SENT, keys=[row.pk]))


# -- what a node does by itself ----------------------------------------------------------------


def tell_focal_points(*, at: datetime) -> int:
    """Put peers on the focal points' lists for whom something waits too long or is stuck; take them off when not.

    A day, or an hour when something cannot wait. Returns for how many peers.
    """
    here = tenancy.current_tenant()
    return sum(_tell_of(society, at) for society in ([here] if here is not None else hosted_ids()))


def _tell_of(society: UUID, at: datetime) -> int:
    found = waiting(society)
    said = {one for one, waits in found.items() if _too_long(waits, at)}
    for peer in Peer.objects.filter(society=society).values_list("pk", flat=True):
        if peer in said:
            work.due_for_focal_points(WAITS_TOO_LONG, DueSubject(society, peer), at=at)
        elif work_queries.items_of(peer, purpose=WAITS):
            work.cancel_for(subject=peer, purpose=WAITS, at=at)
    return len(said)


def _too_long(waits: HeldUpMessage, at: datetime) -> bool:
    return bool(
        waits.stuck
        or (waits.since is not None and at - waits.since >= rules.SAID_AFTER)
        or (waits.now_since is not None and at - waits.now_since >= rules.SAID_AFTER_NOW)
    )


def sweep(*, at: datetime) -> int:
    """Forget what is past: against a second coming nothing is needed any more, and the story is long over.

    Returns how many rows went. Bodies without a row that needs them go with the vault's orphans.
    """
    here = tenancy.current_tenant()
    return sum(_sweep_of(society, at) for society in ([here] if here is not None else hosted_ids()))


def _sweep_of(society: UUID, at: datetime) -> int:
    short, long = at - retention.WIRE_REMEMBERED.period, at - retention.WIRE_STORY.period
    gone = Closed.objects.filter(society=society, at__lt=long).delete()[0]
    settled = Outgoing.objects.filter(society=society).exclude(
        state__in=(SendingState.WAITING, SendingState.STUCK)
    )
    came = Incoming.objects.filter(society=society)
    for rows in (settled, came):
        gone += _drop(rows.filter(expires_at__lt=long))
        gone += _drop(rows.filter(expires_at__lt=short).exclude(kind__in=PERSONAL))
    return gone


def _drop[M: Model](rows: QuerySet[M]) -> int:
    some = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    return int(rows.model._default_manager.filter(pk__in=some).delete()[0]) if some else 0


def bodies_needed(society: UUID) -> QuerySet[Outgoing, UUID]:
    """Return the ids of messages whose bodies must stay, for the vault's sweeping."""
    rows = Outgoing.objects.filter(society=society, state__in=(SendingState.WAITING, SendingState.STUCK))
    return rows.values_list("pk", flat=True)
