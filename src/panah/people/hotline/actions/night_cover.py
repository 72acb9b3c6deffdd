"""Night cover: a paired society's line answers in some hours. Agreed by both; nothing about a person crosses.

What travels is sealed to the node: the offer (hours, number, languages), the yes, the end, and *nobody answers here*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from panah.ground.accounts.roles import Permission, focal_point_only, may
from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.errors import not_paired
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.languages import SPOKEN
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.people.hotline import events, rules
from panah.people.hotline.models import NightCover
from panah.people.hotline.words import CoverState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer
    from panah.ground.work.models import Alarm

ROOM = "night_cover"
VERSION = 1
OFFERED, TOLD = "offered", "told"
TYPES = {OFFERED: DueType(ROOM, OFFERED, DueKind.DECIDE), TOLD: DueType(ROOM, TOLD, DueKind.REVIEW)}


def _only_focal_points(by: Staff) -> None:
    if not may(by, Permission.HOTLINE_LEAD):
        raise focal_point_only(status=403)


@transaction.atomic
def offer_cover(
    *, society: str, begins: time, ends: time, number: str, languages: Iterable[str], by: Staff, at: datetime
) -> NightCover:
    """Offer a paired society (its slug) to answer its calls at night; it holds once somebody there agrees."""
    _only_focal_points(by)
    peer = exchange_queries.paired_with(society=by.society_id, theirs=society, at=at)
    if peer is None:
        raise not_paired()
    row = NightCover.objects.create(
        society=by.society, theirs=peer.theirs, agreement=uuid4(), covering=True, begins=begins, ends=ends,
        number=number, languages=sorted(languages), offered_at=at,
    )  # fmt: skip
    dialled_numbers.keep([row])
    hours = {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    _tell(row, {"what": "offered", **hours, "number": number, "languages": row.languages}, at)
    audit.record(event=events.COVER_OFFERED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def agree_to_cover(*, cover: NightCover, by: Staff, at: datetime) -> None:
    """Agree that their line is given to our callers; whoever agrees has rung it. A second press changes nothing."""
    _only_focal_points(by)
    open_offer = {"pk": cover.pk, "covering": False, "state": CoverState.OFFERED}
    if NightCover.objects.filter(**open_offer).update(state=CoverState.AGREED, agreed_at=at):
        _tell(cover, {"what": "agreed"}, at)
        work.complete_for(subject=cover.pk, purpose=OFFERED, by=by, at=at)
        audit.record(event=events.COVER_AGREED, by=by, at=at, about=cover.pk)


@transaction.atomic
def end_cover(*, cover: NightCover, by: Staff, at: datetime) -> None:
    """End it from either side, or decline an offer: here at once, there as soon as they hear."""
    _only_focal_points(by)
    rows = NightCover.objects.filter(pk=cover.pk).exclude(state=CoverState.ENDED)
    if rows.update(state=CoverState.ENDED, ended_at=at):
        work.cancel_for(subject=cover.pk, purpose=OFFERED, at=at)
        if exchange_queries.paired_with(society=cover.society_id, theirs=cover.theirs_id, at=at):
            _tell(cover, {"what": "ended"}, at)
        audit.record(event=events.COVER_ENDED, by=by, at=at, about=cover.pk)


def ring_cover(alarm: Alarm, at: datetime) -> None:
    """Nobody of ours answers: where our night is covered now, call the duty there. Only that somebody must ring us."""
    if alarm.room == ROOM:
        return  # What came from another society is not passed on to a third, or back.
    rows = NightCover.objects.filter(society=alarm.society_id, covering=False, state=CoverState.AGREED)
    for cover in rows.select_related("society", "theirs"):
        if not _holds(cover, at) or (cover.rang_at and at - cover.rang_at < rules.RING_AGAIN_AFTER):
            continue
        if exchange_queries.paired_with(society=cover.society_id, theirs=cover.theirs_id, at=at) is None:
            continue
        _tell(cover, {"what": "unanswered"}, at, urgency=Urgency.NOW)
        NightCover.objects.filter(pk=cover.pk).update(rang_at=at)
        audit.record(event=events.COVER_RANG, by=None, society=cover.society_id, at=at, about=cover.pk)


def take_cover(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Act upon what a paired society says about a night cover; the code is for the sender."""
    content = exchange.open_envelope(envelope)
    if not content:
        return ReceiptCode.OLD_KEY
    if content.get("v") != VERSION:
        return ReceiptCode.UNKNOWN_VERSION
    if content.get("what") == "offered":
        return _take_offer(peer, envelope, content, at)
    row = NightCover.objects.filter(
        society=peer.society_id, theirs=peer.theirs_id, agreement=envelope.header.conversation
    ).select_related("society", "theirs").first()  # fmt: skip
    take = {"agreed": _take_yes, "ended": _take_end, "unanswered": _take_ring}.get(str(content.get("what")))
    if take is None:
        return ReceiptCode.UNKNOWN_VERSION
    if row is not None:
        take(row, envelope, at)
    return ReceiptCode.TAKEN


def _take_offer(peer: Peer, envelope: Envelope, content: Mapping[str, object], at: datetime) -> ReceiptCode:
    begins, ends = _time(content.get("begins")), _time(content.get("ends"))
    number, languages = content.get("number"), content.get("languages")
    if begins is None or ends is None or begins == ends:
        return ReceiptCode.UNKNOWN_VERSION
    if not isinstance(number, str) or not isinstance(languages, list):
        return ReceiptCode.UNKNOWN_VERSION
    if not rules.DIALLED_ABROAD.fullmatch(number):
        return ReceiptCode.UNKNOWN_VERSION
    # An offer that nobody here has agreed to gives way to a newer one: there is never a heap of them.
    old = NightCover.objects.filter(
        society=peer.society_id, theirs=peer.theirs_id, covering=False, state=CoverState.OFFERED
    )
    for one in old:
        work.cancel_for(subject=one.pk, purpose=OFFERED, at=at)
    old.update(state=CoverState.ENDED, ended_at=at)
    row, made = NightCover.objects.get_or_create(
        society_id=peer.society_id, agreement=envelope.header.conversation,
        defaults={
            "theirs_id": peer.theirs_id, "covering": False, "begins": begins,
            "ends": ends, "number": number,
            "languages": [tag for tag in SPOKEN if tag in languages], "offered_at": at,
        },
    )  # fmt: skip
    if made:
        dialled_numbers.keep([row])
        _put_on_lists(row, OFFERED, at)
    return ReceiptCode.TAKEN


def _time(told: object) -> time | None:
    """Return an hour as it travels, ``22:00``; None for anything else."""
    if not isinstance(told, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", told):
        return None
    return time.fromisoformat(told)


def _take_yes(row: NightCover, _envelope: Envelope, at: datetime) -> None:
    if row.covering and row.state == CoverState.OFFERED:
        NightCover.objects.filter(pk=row.pk).update(state=CoverState.AGREED, agreed_at=at)
        _put_on_lists(row, TOLD, at)


def _take_end(row: NightCover, _envelope: Envelope, at: datetime) -> None:
    if row.state != CoverState.ENDED:
        NightCover.objects.filter(pk=row.pk).update(state=CoverState.ENDED, ended_at=at)
        work.cancel_for(subject=row.pk, purpose=OFFERED, at=at)
        _put_on_lists(row, TOLD, at)


def _take_ring(row: NightCover, envelope: Envelope, at: datetime) -> None:
    """Page our own duty, if this was agreed, for these hours, and the call is not one of an earlier night."""
    sent = envelope.header.created
    if row.covering and _holds(row, sent) and abs(at - sent) <= rules.RING_LASTS:
        work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=None, at=at)
        NightCover.objects.filter(pk=row.pk).update(rang_at=at)
        audit.record(event=events.COVER_CALLED, by=None, society=row.society_id, at=at, about=row.pk)


def _holds(cover: NightCover, moment: datetime) -> bool:
    covered = cover.theirs if cover.covering else cover.society
    agreed = cover.state == CoverState.AGREED
    return agreed and rules.in_hours(cover.begins, cover.ends, moment=moment, time_zone=covered.time_zone)


def _put_on_lists(row: NightCover, purpose: str, at: datetime) -> None:
    work.due_for_focal_points(TYPES[purpose], row, at=at)
    audit.record(event=events.COVER_TOLD, by=None, society=row.society_id, at=at, about=row.pk)


def _tell(
    row: NightCover, content: Mapping[str, object], at: datetime, *, urgency: Urgency = Urgency.TODAY
) -> None:
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.theirs_id, at=at)
    if peer is None:
        raise not_paired()
    exchange.send_of_node(
        peer=peer,
        kind=MessageKind.NIGHT_COVER,
        content={"v": VERSION, **content},
        at=at,
        urgency=urgency,
        conversation=row.agreement,
    )
