"""Which channels a society has, and in which browsers a colleague is called."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.reauthentication import require_leading
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.channels import events, rules, web_push
from panah.ground.channels.actions.delivering import queue
from panah.ground.channels.models import Channel, PushSubscription
from panah.ground.channels.queries import Way, browsers_of, opened, ways
from panah.ground.channels.words import ROOM, ChannelKind, MessageKind
from panah.ground.foundation.base64url import from_base64url
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.host_seal import Unreadable, seal
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Called with (channel, focal point, at) for each focal point but who changed it, in the same transaction.
CHANGED: Registry[Callable[[UUID, Staff, datetime], None]] = Registry(
    "what follows a change of how colleagues are called"
)
MOST_BROWSERS = 5
# What is never shown again, and stays when it is left empty.
SECRETS = ("password", "secret")
# Where they are sent, and in what: with another one of these, nothing that was kept goes along.
LEADS_TO = ("address", "host", "port", "tls", "header")
# How long the secret of a subscription is.
AUTH = 16
LONGEST_ENDPOINT = 1000


@transaction.atomic
def save_channel(
    *, channel: Channel | None, kind: str, name: str, given: dict[str, Any], by: Staff, at: datetime
) -> Channel:
    """Set a channel up, or change one. A secret that is left empty stays as it was; it has to be tested anew."""
    require_leading(by, by.society)
    if "address" in given and not rules.may_be_asked(given["address"]):
        raise Refusal(
            _("Panah sends to addresses with https alone, and without it only to this machine itself."),
            next_step=_("Write an address that begins with https:// and has no name or password in it."),
            code="bad-channel-address",
        )
    _must_not_be_inside(given)
    before = _kept(channel)
    worked = _ways_that_work(by)
    elsewhere = any(given[one] != before.get(one) for one in LEADS_TO if one in given)
    kept = {} if elsewhere else before
    lost = elsewhere and any(before.get(one) and not given.get(one) for one in SECRETS)
    if lost and kind != ChannelKind.WEBHOOK:
        raise Refusal(
            _("The secret that was kept is for the address of before."),
            next_step=_("Write it again, or set up another way that has none."),
            code="secret-again",
        )
    merged = given | {one: given[one] or kept.get(one, "") for one in SECRETS if one in given}
    if kind == ChannelKind.PUSH:
        merged["private"] = before.get("private") or web_push.new_vapid_key()
    if kind == ChannelKind.WEBHOOK and not merged.get("secret"):
        merged["secret"] = "whsec_" + base64.b64encode(os.urandom(24)).decode()
    if channel and any(one.pk == channel.pk for one in worked):
        old = _as_it_was(channel, before, at)
        worked = [replace(one, pk=old.pk) if one.pk == channel.pk else one for one in worked]
    row = channel or Channel(pk=uuid4(), society_id=by.society_id, kind=ChannelKind(kind), made_at=at)
    row.name = name
    row.sealed = seal(merged, what=row.bound_to, room=ROOM)
    row.worked_at = row.failed_at = None
    row.failure = ""
    row.save()
    audit.record(event=events.SAVED, by=by, at=at, facts={"kind": str(kind)})
    _tell_the_others(row, worked, by, at)
    return row


def _ways_that_work(by: Staff) -> list[Way]:
    return [way for way in ways(by.society_id) if way.works]


def _as_it_was(channel: Channel, kept: dict[str, object], at: datetime) -> Channel:
    """Return a copy of a channel before it is changed, retired: by it the other focal points hear of the change."""
    copy = Channel(
        pk=uuid4(),
        society_id=channel.society_id,
        kind=channel.kind,
        name=channel.name,
        made_at=at,
        retired_at=at,
    )
    copy.sealed = seal(kept, what=copy.bound_to, room=ROOM)
    copy.save(force_insert=True)
    return copy


def _tell_the_others(channel: Channel, worked: list[Way], by: Staff, at: datetime) -> None:
    """Whoever changes how colleagues are called does not do it unseen: the other focal points hear of it at once."""
    for one in with_permission(by.society_id, Permission.CHANNELS_TOLD):
        if one.pk != by.pk:
            queue(to=one, message=MessageKind.CHANGED, at=at, by_ways=worked)
            for tell in CHANGED:
                tell(channel.pk, one, at)


def _must_not_be_inside(given: Mapping[str, str]) -> None:
    """Said where it is written; what a name leads to is looked at when it is connected to."""
    host = given.get("host") or urlsplit(given.get("address", "")).hostname or ""
    if rules.is_inside(host) and host not in settings.PANAH_GATEWAYS:
        raise Refusal(
            _("This address is on this machine or inside its network."),
            next_step=_("Ask whoever runs this host to name it there (PANAH_GATEWAYS)."),
            code="gateway-inside",
        )


def _kept(channel: Channel | None) -> dict[str, Any]:
    try:
        return opened(channel) if channel else {}
    except Unreadable:
        return {}


@transaction.atomic
def remove_channel(*, channel: Channel, by: Staff, at: datetime) -> None:
    """Call nobody by it any more. It is kept for a day as it was: by it, too, the other focal points hear of this."""
    require_leading(by, channel.society)
    worked = _ways_that_work(by)
    if channel.kind == ChannelKind.PUSH:
        # They were made for its key, and another one cannot use them.
        PushSubscription.objects.filter(society=channel.society_id).delete()
    # What waits for it still goes by it.
    Channel.objects.filter(pk=channel.pk).update(retired_at=at)
    audit.record(event=events.REMOVED, by=by, at=at, facts={"kind": channel.kind})
    _tell_the_others(channel, worked, by, at)


@transaction.atomic
def subscribe(*, by: Staff, endpoint: str, p256dh: str, auth: str, at: datetime) -> None:
    """Call a colleague in this browser too. Its address must be one of a push service."""
    if not _is_subscription(endpoint, p256dh, auth):
        raise Refusal(
            _("This browser gave an address that Panah does not send to."),
            next_step=_("Use another browser, or be called by SMS or e-mail."),
            code="no-push-service",
        )
    mark = hashlib.sha256(endpoint.encode()).digest()
    mine = browsers_of(by)
    if sum(bytes(one.address_hash) != mark for one in mine) >= MOST_BROWSERS:
        raise Refusal(
            _("You are called in %(num)s browsers already, and no more are possible.")
            % {"num": MOST_BROWSERS},
            next_step=_("End it in all of them, and subscribe those that you use."),
            code="too-many-browsers",
        )
    # By the ways of before, so that she learns of it who did not press.
    queue(to=by, message=MessageKind.CHANGED, at=at)
    value = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}
    known = (one for one in mine if bytes(one.address_hash) == mark)
    row = next(known, None) or PushSubscription(staff=by, address_hash=mark)
    row.society_id, row.made_at = by.society_id, at
    row.sealed = seal(value, what=row.bound_to, room=ROOM)
    row.save()
    audit.record(event=events.SUBSCRIBED, by=by, at=at)


def _is_subscription(endpoint: str, p256dh: str, auth: str) -> bool:
    try:
        fits = len(from_base64url(auth)) == AUTH
        web_push.public_key(p256dh)
    except ValueError:
        return False
    known = rules.is_push_service(endpoint, also=settings.PANAH_PUSH_HOSTS)
    return fits and known and len(endpoint) <= LONGEST_ENDPOINT


@transaction.atomic
def unsubscribe(*, by: Staff, at: datetime) -> None:
    """Call a colleague in no browser any more."""
    if PushSubscription.objects.filter(staff=by).delete()[0]:
        audit.record(event=events.UNSUBSCRIBED, by=by, at=at)
        queue(to=by, message=MessageKind.CHANGED, at=at)
