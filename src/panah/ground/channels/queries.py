"""By which ways a society calls its colleagues, whom each reaches, and whether one works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from panah.ground.accounts.queries import addresses_of
from panah.ground.channels import rules
from panah.ground.channels.models import Channel, Delivery, PushSubscription
from panah.ground.channels.web_push import public_text
from panah.ground.channels.words import (
    GRAVE,
    QUIET_KINDS,
    ROOM,
    ChannelKind,
    DeliveryState,
    Failure,
    MessageKind,
)
from panah.ground.foundation import tenancy
from panah.ground.foundation.host_seal import Unreadable, unseal
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.network.queries import hosted_ids

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.accounts.queries import Addresses


@dataclass(frozen=True)
class Way:
    """One way to call colleagues: a channel, or (``pk`` None) the mail of the host, where a society has no own."""

    pk: UUID | None
    kind: str
    name: str
    worked_at: datetime | None
    failed_at: datetime | None
    failure: str

    @property
    def works(self) -> bool:
        return self.worked_at is not None and (self.failed_at is None or self.failed_at < self.worked_at)

    @property
    def label(self) -> str:
        return str(ChannelKind(self.kind).label)

    @property
    def why(self) -> str:
        return str(Failure(self.failure).label) if self.failure else ""


@cached_per_request
def ways(society: UUID) -> list[Way]:
    """Return every way a society has, in the order in which they were set up; the mail of the host last."""
    rows = channels_of(society)
    found = [Way(r.pk, r.kind, r.name, r.worked_at, r.failed_at, r.failure) for r in rows]
    if settings.PANAH_HOST_SENDS_MAIL and not any(one.kind == ChannelKind.EMAIL for one in found):
        found.append(_mail_of_the_host(society))
    return found


def _mail_of_the_host(society: UUID) -> Way:
    tried = Delivery.objects.filter(society=society, channel=None).order_by("-started_at")
    worked = tried.filter(state=DeliveryState.SENT).values_list("ended_at", flat=True).first()
    failed = tried.exclude(failure="").values_list("started_at", "failure").first() or (None, "")
    return Way(None, ChannelKind.EMAIL, "", worked, *failed)


def a_way_works(society: UUID) -> bool:
    """Say whether the last message on any way of this society was taken."""
    return any(one.works for one in ways(society))


def last_that_works(channel: Channel) -> bool:
    """Say whether nobody could be called any more without this channel."""
    return channel.works and not any(one.works for one in ways(channel.society_id) if one.pk != channel.pk)


def wanted(kind: str, *, message: str) -> bool:
    """Say whether a message goes by a kind of channel: what is grave by all of them, all else where nobody is woken."""
    if message == MessageKind.WEEK:
        return kind == ChannelKind.EMAIL
    return message in (MessageKind.DANGER, MessageKind.TEST, *GRAVE) or kind in QUIET_KINDS


def has_address(kind: str, addresses: Addresses, *, in_browser: bool, message: str = "") -> bool:
    """Say whether a colleague can be reached on a kind of channel. ``in_browser``: whether she is called in one.

    Word of a change also goes where she was reached before.
    """
    if message in GRAVE and kind == ChannelKind.SMS:
        return bool(addresses.rung_at)
    return {
        ChannelKind.EMAIL: bool(addresses.written_to),
        ChannelKind.SMS: bool(addresses.duty_phone),
        # What is told to a webhook is a number to ring: without one, nobody is called by it.
        ChannelKind.WEBHOOK: bool(addresses.duty_phone),
        ChannelKind.PUSH: in_browser,
    }[ChannelKind(kind)]


@cached_per_request
def in_browsers(society: UUID) -> set[UUID]:
    """Return the colleagues of a society who are called in a browser."""
    return {UUID(str(row["staff"])) for row in trusted_columns(PushSubscription, society)}


def browsers_of(staff: Staff) -> list[PushSubscription]:
    """Return the browsers in which a colleague is called, as she subscribed them, the oldest first."""
    hers = trusted_rows(PushSubscription, staff.society_id, lambda row: row["staff"] == str(staff.pk))
    return sorted(hers, key=lambda row: (row.made_at, row.pk))


def reached_by(staff: Staff) -> list[Way]:
    """Return the ways that reach a colleague in danger."""
    addresses, in_browser = staff.addresses, staff.pk in in_browsers(staff.society_id)
    return [one for one in ways(staff.society_id) if has_address(one.kind, addresses, in_browser=in_browser)]


def cannot_be_reached(society: UUID, staff: Iterable[Staff]) -> set[UUID]:
    """Return those of these colleagues of one society whom none of its ways reaches; nobody where it has none.

    Asked once for all of them, however many they are.
    """
    kinds, browsers = {one.kind for one in ways(society)}, in_browsers(society)
    if not kinds:
        return set()
    return {
        pk
        for pk, addresses in addresses_of(list(staff)).items()
        if not any(has_address(kind, addresses, in_browser=pk in browsers) for kind in kinds)
    }


def channels_of(society: UUID) -> list[Channel]:
    """Return the channels of a society as they were set up, in that order, whatever their rows say now."""
    rows = trusted_rows(Channel, society, lambda row: row["retired_at"] is None)
    return sorted(rows, key=lambda row: (row.made_at, row.pk))


def channel_as_kept(pk: UUID, *, society: UUID) -> Channel | None:
    """Return a channel of a society as it was set up, a retired one too; None for one that nobody set up in Panah."""
    return next(iter(trusted_rows(Channel, society, lambda row: row["pk"] == str(pk))), None)


def channel_or_404(pk: UUID, *, to: Staff) -> Channel:
    found = next((one for one in channels_of(to.society_id) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def opened(channel: Channel) -> dict[str, Any]:
    """Return what was set up for a channel: for its own page and for sending; Unreadable with another host's key."""
    return unseal(bytes(channel.sealed), what=channel.bound_to, room=ROOM)


def push_key(society: UUID) -> str:
    """Return the public key that a browser subscribes with, or "" where the society has no such channel."""
    row = next((one for one in channels_of(society) if one.kind == ChannelKind.PUSH), None)
    try:
        return public_text(opened(row)["private"]) if row else ""
    except Unreadable:
        return ""


@dataclass(frozen=True)
class Attempt:
    """How one message to one colleague stands, as a page says it."""

    about: UUID
    # None: no colleague, see ``outsiders``.
    staff: UUID | None
    how: str
    state: str
    why: str
    at: datetime
    # Not taken so far, whether or not it is tried again.
    failed: bool


def attempts(about: Iterable[UUID]) -> list[Attempt]:
    """Return every delivery about these ids (the caller has been let in), the oldest first."""
    rows = Delivery.objects.filter(about__in=list(about)).select_related("channel").order_by("made_at", "pk")
    return [
        Attempt(
            row.about,
            row.staff_id,
            str(ChannelKind(row.channel.kind if row.channel else ChannelKind.EMAIL).label),
            str(DeliveryState(row.state).label),
            str(Failure(row.failure).label) if row.failure else "",
            row.ended_at or row.started_at or row.made_at,
            bool(row.failure) and row.state != DeliveryState.SENT,
        )
        for row in rows
        if row.about is not None
    ]


def paging_state(*, at: datetime) -> str:
    """Return how this node pages, for whoever watches it: ``works``, ``held up``, or ``no channel works``."""
    states = set()
    for society in hosted_ids():
        with tenancy.tenant_context(society):
            states.add(_state_of(society, at))
    return next((one for one in ("held up", "no channel works") if one in states), "works")


def _state_of(society: UUID, at: datetime) -> str:
    late = Q(message=MessageKind.DANGER, ended_at=None, due_at__lt=at - rules.HELD_UP_AFTER)
    if Delivery.objects.filter(late, society=society).exists():
        return "held up"
    return "works" if a_way_works(society) else "no channel works"
