"""Messages on their way: a row for each, sent by the worker, so that whoever presses never waits for a gateway.

A message is written down before it is sent, and again before the gateway is asked: what was cut off in the middle, on
this side or the other, is found, counts as failed, and is tried again. A gateway may get a message twice, never none.

Gateways are asked in threads, which touch no row. The worker never waits for them: it goes from society to society,
writes down what became of the messages whose gateways have answered, and sends what is due.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import translation

from panah.ground.accounts.reauthentication import require_leading
from panah.ground.audit import actions as audit
from panah.ground.channels import events, gateways, rules
from panah.ground.channels.models import Channel, Delivery, PushSubscription
from panah.ground.channels.outsiders import outsider
from panah.ground.channels.queries import (
    Way,
    browsers_of,
    channel_as_kept,
    has_address,
    in_browsers,
    opened,
    wanted,
    ways,
)
from panah.ground.channels.words import (
    GRAVE,
    OF_ONE,
    ROOM,
    SUBJECT,
    SUBJECTS,
    TEXT,
    TEXTS,
    ChannelKind,
    DeliveryState,
    Failure,
    MessageKind,
    week_text,
)
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.changed_rows import Subject, changed_of
from panah.ground.foundation.host_seal import Unreadable, unseal
from panah.ground.foundation.registry import Registry
from panah.ground.network.queries import hosted_ids

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.managers import TenantQuerySet

log = logging.getLogger(__name__)

# Called with (society, subjects, at) before danger is sent, where its messages are not as they were written in Panah.
NOT_AS_WRITTEN: Registry[Callable[[UUID, list[Subject], datetime], None]] = Registry(
    "what follows when messages of danger were changed past Panah"
)
# Called with (about, staff, at) when a message was not taken, in the same transaction: whoever sent it goes on.
FAILED: Registry[Callable[[UUID, UUID, datetime], None]] = Registry(
    "what follows a message that was not taken"
)


@transaction.atomic
def queue(
    *,
    to: Staff,
    message: str,
    at: datetime,
    about: UUID | None = None,
    number: int | None = None,
    by_ways: Iterable[Way] | None = None,
) -> int:
    """Put a message without content on its way to a colleague, on every channel that reaches her; returns how many.

    ``number``: of how many things the weekly e-mail speaks. ``by_ways``: by these instead of all that there are now.
    """
    addresses, in_browser = to.addresses, to.pk in in_browsers(to.society_id)
    rows = [
        Delivery(
            society_id=to.society_id,
            channel_id=way.pk,
            staff=to,
            message=MessageKind(message),
            about=about,
            number=number,
            made_at=at,
            due_at=at,
        )
        for way in (ways(to.society_id) if by_ways is None else by_ways)
        if wanted(way.kind, message=message)
        and has_address(way.kind, addresses, in_browser=in_browser, message=message)
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def queue_outside(
    *, to: UUID, society: UUID, message: str, at: datetime, due_at: datetime, about: UUID | None = None
) -> int:
    """Put a message without content on its way to somebody who is no colleague, by e-mail and SMS; returns how many.

    It leaves at ``due_at``: nobody's quiet hours are broken.
    """
    known = outsider(to)
    rows = [
        Delivery(
            society_id=society,
            channel_id=way.pk,
            outsider=to,
            message=MessageKind(message),
            about=about,
            made_at=at,
            due_at=due_at,
        )
        for way in ways(society)
        if known is not None and known.addresses(way.kind)
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def call_off(*, about: Iterable[UUID]) -> None:
    """What has not been sent yet is not sent any more: somebody has answered."""
    Delivery.objects.filter(about__in=list(about), state=DeliveryState.WAITING).delete()


@dataclass(frozen=True)
class UnderWay:
    """A message that a gateway is being asked to take, and until when that is waited for (of ``time.monotonic``)."""

    row: Delivery
    outgoing: gateways.Outgoing | None
    failure: Future[str]
    deadline: float

    @property
    def is_over(self) -> bool:
        return self.failure.done() or monotonic() >= self.deadline

    @property
    def is_danger(self) -> bool:
        return bool(self.row.message == MessageKind.DANGER)

    def came_to(self) -> str:
        """Why it failed, or ""; whoever hangs in spite of its deadline is left behind."""
        return self.failure.result() if self.failure.done() else Failure.UNREACHABLE


# What is under way in this process, for each society by itself: the walls within which the worker stands.
UNDER_WAY: defaultdict[UUID | None, list[UnderWay]] = defaultdict(list)


def send_due(*, at: datetime) -> int:
    """Send what is due in a society, danger first, and wait for nobody; returns how many messages a gateway took since.

    For the worker, which comes again each second.
    """
    taken = _settle_what_is_over(at)
    _look_at_danger(at)
    _count_cut_off(at)
    under_way = UNDER_WAY[tenancy.current_tenant()]
    for row in _claim(at, under_way):
        under_way.append(_begin(row, at))
    return taken


def deliver_due(*, at: datetime) -> int:
    """Send what is due and wait, no longer than a deadline, for what becomes of it; returns how many were taken."""
    return send_due(at=at) + finish_sending(at=at)


def finish_sending(*, at: datetime) -> int:
    """Wait for all that is under way in a society, no longer than its deadlines; returns how many were taken."""
    under_way = UNDER_WAY[tenancy.current_tenant()]
    if under_way:
        latest = max(one.deadline for one in under_way)
        wait([one.failure for one in under_way], timeout=max(0.0, latest - monotonic()))
    return _settle_what_is_over(at)


def _of_here() -> TenantQuerySet[Delivery]:
    """The messages of the society whose turn it is; said here, since SQLite has no wall."""
    society = tenancy.current_tenant()
    return Delivery.objects.filter(society=society) if society else Delivery.objects.all()


def _settle_what_is_over(at: datetime) -> int:
    under_way = UNDER_WAY[tenancy.current_tenant()]
    taken = 0
    for one in [one for one in under_way if one.is_over]:
        # First off the list: should it not be written down, it counts as cut off, and is tried again.
        under_way.remove(one)
        failure = one.came_to()
        _settle(one.row, one.outgoing, failure, at)
        taken += not failure
    return taken


def test_way(*, channel: Channel | None, by: Staff, at: datetime) -> str:
    """Send whoever asks a test by one channel, now; returns why it failed, or ""."""
    require_leading(by, by.society)
    row = Delivery.objects.create(
        society_id=by.society_id,
        channel=channel,
        staff=by,
        message=MessageKind.TEST,
        state=DeliveryState.STARTED,
        tries=1,
        made_at=at,
        due_at=at,
        started_at=at,
    )
    one = _begin(row, at)
    wait([one.failure], timeout=rules.WHOLE + rules.A_LITTLE)
    failure = one.came_to()
    _settle(row, one.outgoing, failure, at)
    audit.record(event=events.TESTED, by=by, at=at)
    return failure


def drop_unsent(*, society: UUID) -> int:
    """Drop what waits to be sent: after a restore it is of another day; returns how many."""
    return int(Delivery.objects.filter(society=society, ended_at=None).delete()[0])


def forget_old(*, at: datetime) -> int:
    """Delete messages that ended a month ago, and ways that were changed or removed; returns how many messages."""
    Channel.objects.filter(retired_at__lt=at - retention.OLD_CHANNEL.period).delete()
    return int(Delivery.objects.filter(ended_at__lt=at - retention.MESSAGE_SENT.period).delete()[0])


def _look_at_danger(at: datetime) -> None:
    """What a row alone says was sent, or shall not be, is sent."""
    here = tenancy.current_tenant()
    for society in [here] if here is not None else hosted_ids():
        if changed := changed_of(Delivery, society):
            for put_right in NOT_AS_WRITTEN:
                put_right(society, [(Delivery, row) for row in changed], at)


@transaction.atomic
def _claim(at: datetime, under_way: Iterable[UnderWay]) -> list[Delivery]:
    """Write down that these are being sent, before anybody is asked. Danger never waits for what is no danger."""
    danger_now = sum(one.is_danger for one in under_way)
    others_now = sum(not one.is_danger for one in under_way)
    due = _of_here().filter(state=DeliveryState.WAITING, due_at__lte=at).order_by("due_at", "pk")
    danger = list(due.filter(message=MessageKind.DANGER)[: rules.AT_ONCE - danger_now])
    places = max(0, rules.AT_ONCE - danger_now - len(danger) - others_now)
    rest = list(due.exclude(message=MessageKind.DANGER)[:places])
    claimed = []
    for row in [*danger, *rest]:
        mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING)
        if mine.update(state=DeliveryState.STARTED, started_at=at, tries=row.tries + 1):
            claimed.append(row.pk)
    rows = Delivery.objects.filter(pk__in=claimed).select_related("channel", "staff", "staff__society")
    return sorted(rows, key=lambda row: claimed.index(row.pk))


def _ready(row: Delivery, at: datetime) -> gateways.Outgoing | None:
    """Return a message with all it needs, or None where what was set up cannot be opened."""
    channel = channel_as_kept(row.channel_id, society=row.society_id) if row.channel_id else None
    if row.channel_id and channel is None:
        return None
    kind = channel.kind if channel else ChannelKind.EMAIL
    try:
        given = opened(channel) if channel else {}
        whom, language = _whom(kind, row)
    except Unreadable:
        return None
    with translation.override(language):
        return gateways.Outgoing(
            kind,
            given,
            whom,
            str(SUBJECTS.get(row.message, SUBJECT)),
            week_text(row.number) if row.number is not None else str(TEXTS.get(row.message, TEXT)),
            row.message,
            str(row.pk),
            at.timestamp(),
        )


def _whom(kind: str, row: Delivery) -> tuple[list[str | gateways.Browser], str]:
    """Return where a message goes, and in which language."""
    if row.outsider is not None:
        known = outsider(row.outsider)
        return ([*known.addresses(kind)], known.language) if known is not None else ([], "en")
    staff = row.staff
    if staff is None:
        return [], "en"
    # Whom a society calls it reaches by what it has kept of her, whatever the row of her account says of where she is.
    staff.society_id = row.society_id
    return _addresses(kind, staff, row.message), staff.language or "en"


def _addresses(kind: str, staff: Staff, message: str) -> list[str | gateways.Browser]:
    if kind == ChannelKind.PUSH:
        return [_opened(row) for row in browsers_of(staff)]
    known = staff.addresses
    if kind == ChannelKind.EMAIL:
        return [*known.written_to]
    if kind == ChannelKind.SMS and message in GRAVE:
        return [*known.rung_at]
    return [known.duty_phone] if known.duty_phone else []


def _opened(row: PushSubscription) -> gateways.Browser:
    told = unseal(bytes(row.sealed), what=row.bound_to, room=ROOM)
    return cast("gateways.Browser", told | {"pk": row.pk})


def _begin(row: Delivery, at: datetime) -> UnderWay:
    """Ask a gateway in a thread of its own."""
    outgoing, failure = _ready(row, at), Future[str]()
    Thread(target=lambda: failure.set_result(_try(outgoing)), daemon=True, name="channels").start()
    return UnderWay(row, outgoing, failure, monotonic() + rules.WHOLE + rules.A_LITTLE)


def _try(one: gateways.Outgoing | None) -> str:
    """Send, in a thread that touches no row; return why it failed, or ""."""
    if one is None:
        return Failure.UNREADABLE
    try:
        gateways.send(one)
    except gateways.NotTaken as problem:
        return problem.failure
    except Exception:
        # Whatever a gateway makes of us must not keep the next message from being sent.
        log.exception("channels")
        return Failure.REFUSED
    return ""


@transaction.atomic
def _settle(row: Delivery, one: gateways.Outgoing | None, failure: str, at: datetime) -> None:
    mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.STARTED)
    if one is not None and one.gone:
        PushSubscription.objects.filter(pk__in=one.gone).delete()
    if not failure:
        mine.update(state=DeliveryState.SENT, ended_at=at, failure="")
        _channel_of(row).update(worked_at=at, failed_at=None, failure="")
        return
    again = None
    if row.message != MessageKind.TEST and failure != Failure.NO_ADDRESS:
        again = rules.try_again_at(tries=row.tries, now=at)
    if again is not None:
        mine.update(state=DeliveryState.WAITING, due_at=again, failure=failure)
    else:
        mine.update(state=DeliveryState.FAILED, ended_at=at, failure=failure)
    if failure not in OF_ONE or (row.message == MessageKind.TEST and failure == Failure.RECIPIENT):
        _channel_of(row).update(failed_at=at, failure=failure)
    if row.about is not None and row.staff_id is not None:
        for go_on in FAILED:
            go_on(row.about, row.staff_id, at)


def _channel_of(row: Delivery) -> TenantQuerySet[Channel]:
    """The channel of a delivery, as rows to change; none for the mail of the host."""
    return Channel.objects.filter(pk=row.channel.pk) if row.channel else Channel.objects.none()


def _count_cut_off(at: datetime) -> None:
    """What began and never ended was cut off with its process: it failed, at once as seen from here."""
    rows = _of_here().filter(state=DeliveryState.STARTED, started_at__lt=at - rules.CUT_OFF_AFTER)
    for row in rows.select_related("channel"):
        _settle(row, None, Failure.INTERRUPTED, at)
