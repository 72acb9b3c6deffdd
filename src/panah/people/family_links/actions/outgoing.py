"""Taking a family links request to another society: prepared, read to the one who asks, sent, added to, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence, Urgency
from panah.people.family_links import events, message_schema, rules
from panah.people.family_links.actions.workflow import (
    CONSENT_ENDS,
    TELL_SEEKER,
    TELL_TAKEN_BACK,
    WAITS_THERE,
    WAS_ERASED,
    about,
    move,
    must_be,
    peer_of,
    step,
    write,
    wrong_step,
)
from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest
from panah.people.family_links.queries.across import OpenedLinks, may_take_back
from panah.people.family_links.words import (
    ERASED,
    PART,
    QUESTION,
    TELL,
    WAIT,
    LinksAcrossState,
    LinksAnswer,
    LinksDirection,
    LinksState,
)
from panah.people.inbox import actions as inbox
from panah.people.referrals.offer_schema import day_of
from panah.people.referrals.queries import offer_may_have_arrived

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer

THEY_ANSWER_WITHIN = timedelta(days=3)
# A little after the day by which they said they would be heard.
ASK_AFTER = timedelta(days=2)


@transaction.atomic
def prepare_across(
    *, keys: Keyring, request: FamilyLinksRequest, peer: Peer | None, typed: Mapping[str, object], at: datetime,
    instead: OpenedLinks | None = None,
) -> FamilyLinksAcross:  # fmt: skip
    """Seal what would be asked of another society. Nothing has left; it is looked at and read aloud first.

    ``peer`` is a paired society, or None where it goes by telephone or letter. ``typed``: receiver_name, sought,
    relation, fields, values, consent, doubt. ``instead`` is the draft that it replaces. Refuses where the one who asks
    may be the danger.
    """
    if request.state == LinksState.CLOSED or (instead and instead.row.state != LinksAcrossState.DRAFT):
        raise wrong_step()
    if typed["doubt"] != "none":
        raise Refusal(
            _("While the one who asks may be the danger, the request does not leave."),
            next_step=_(
                "Talk with the other focal point, and ask something only a relative knows. Nothing was sent."
            ),
            code="may-be-the-danger",
        )
    if instead is not None:
        drop_draft(keys=keys, opened=instead, at=at)
    row = FamilyLinksAcross.objects.create(
        society_id=request.society_id,
        request=request,
        direction=LinksDirection.OUT,
        peer=peer,
        owner=keys.staff,
        made_at=at,
    )
    value = {**typed, "reference": "", "steps": [], "answers": []}
    vault.write(keys=keys, file=request.file_id, part=PART, ref=row.pk, value=value, at=at, based_on=0)
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=request.file_id)
    return row


@transaction.atomic
def drop_draft(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Let a draft be: it has not left, and nothing of it stays."""
    must_be(opened, LinksAcrossState.DRAFT)
    vault.remove(keys=keys, file=opened.file, part=PART, ref=opened.row.pk)
    opened.row.delete()
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def send_across(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Seal exactly what was looked at to the other society's intake key. The answer is sealed to a key in this file."""
    must_be(opened, LinksAcrossState.DRAFT)
    peer = peer_of(opened.row.society_id, opened.row.peer.theirs_id)
    conversation, reply = uuid4(), Private.new()
    reference = spell_out(conversation)
    exchange.send(
        keys=keys,
        peer=peer,
        kind=MessageKind.LINKS_ASKED,
        conversation=conversation,
        content=message_schema.compose(opened.sealed, reference=reference, reply_key=reply.public),
        urgency=Urgency.WEEK,
        at=at,
    )
    move(opened, LinksAcrossState.ASKED, sent_at=at, conversation=conversation)
    write(
        keys,
        opened,
        step("sent", at, keys),
        at,
        reference=reference,
        reply_seed=reply.seed.hex(),
        their_key="",
    )
    _sent(keys, opened, at)


@transaction.atomic
def note_sent(*, keys: Keyring, opened: OpenedLinks, way: str, at: datetime) -> None:
    """Write down that it was told by telephone or handed over as a letter: to those who have no Panah."""
    must_be(opened, LinksAcrossState.DRAFT)
    if opened.row.peer_id is not None:
        raise wrong_step()
    move(opened, LinksAcrossState.ASKED, sent_at=at)
    write(keys, opened, step("sent", at, keys, way=way), at)
    _sent(keys, opened, at)


def _sent(keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    row, who = opened.row, opened.called
    wait_until = at + timedelta(days=rules.AGAIN_DAYS) + ASK_AFTER
    work.due(
        WAITS_THERE,
        about(row),
        keys=keys,
        due_at=wait_until,
        sentence=LazySentence(_("Family links: ask %(who)s whether there is an answer"), who=who),
        at=at,
    )
    until = day_of(opened.sealed["consent"]["until"])
    if until is not None:
        ends = timezone.make_aware(datetime.combine(until, time(9)))
        work.due(CONSENT_ENDS, about(row), keys=keys, due_at=ends, at=at)
    audit.record(event=events.LINKS_SENT, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def note_printed(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """A letter was made: a copy that is out of our hands."""
    audit.record(event=events.LINKS_PRINTED, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def tell_more(*, keys: Keyring, opened: OpenedLinks, text: str, at: datetime) -> None:
    """Add what the one who asks remembered or chose to tell since."""
    must_be(opened, LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
    row = opened.row
    if row.direction != LinksDirection.OUT:
        raise wrong_step()
    if row.conversation is not None:
        exchange.send(
            keys=keys,
            peer=peer_of(row.society_id, row.peer.theirs_id),
            kind=MessageKind.LINKS_TOLD,
            conversation=row.conversation,
            content={"v": message_schema.VERSION, "text": text},
            urgency=Urgency.WEEK,
            to_key=bytes.fromhex(opened.sealed.get("their_key", "")) or None,
            at=at,
        )
    write(keys, opened, step("told", at, keys, text=text), at)
    work.complete_for(subject=row.pk, purpose=QUESTION, by=keys.staff, at=at)
    audit.record(event=events.LINKS_SENT, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def note_answer_by_hand(
    *, keys: Keyring, opened: OpenedLinks, answer: str, message: str, reach: str, at: datetime
) -> None:
    """Write down what was answered by telephone or letter."""
    must_be(opened, LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
    if opened.row.direction != LinksDirection.OUT:
        raise wrong_step()
    contact = answer == LinksAnswer.CONTACT
    again = rules.hears_again(today=timezone.localdate(at)) if answer == LinksAnswer.LATER else None
    answered = message_schema.LinksAnswerMessage(
        answer=answer, message=message if contact else "", reach=reach if contact else "", again=again
    )
    take_answer(keys, opened, answered, came=at, at=at, by_hand=True)
    audit.record(event=events.LINKS_READ, by=keys.staff, at=at, about=opened.file)


def take_answer(
    keys: Keyring, opened: OpenedLinks, answered: message_schema.LinksAnswerMessage, *, came: datetime, at: datetime,
    by_hand: bool = False,
) -> None:  # fmt: skip
    """Write an answer into the request. What follows from it is the same, whichever of the two last ones it is."""
    kept = {
        "answer": str(answered.answer),
        "message": answered.message,
        "reach": answered.reach,
        "again": answered.again.isoformat() if answered.again else "",
        "at": came.isoformat(),
        "by_hand": by_hand,
    }
    more = {"their_key": answered.reply_key.hex()} if answered.reply_key else {}
    write(keys, opened, None, at, answers=[*opened.sealed.get("answers", ()), kept], **more)
    row = opened.row
    if answered.answer == LinksAnswer.LATER:
        heard_by = answered.again or rules.hears_again(today=timezone.localdate(at))
        _wait_again(keys, opened, heard_by, at)
        return
    move(opened, LinksAcrossState.ANSWERED, answered_at=came)
    work.complete_for(subject=row.pk, purpose=WAIT, by=keys.staff, at=at)
    work.due(TELL_SEEKER, about(row), keys=keys, at=at)


def _wait_again(keys: Keyring, opened: OpenedLinks, heard_by: date, at: datetime) -> None:
    # Never later than a year, whatever the other side wrote; and not in the past.
    day = min(max(heard_by, timezone.localdate(at)), timezone.localdate(at) + timedelta(days=365))
    work.due(
        WAITS_THERE,
        about(opened.row),
        keys=keys,
        due_at=timezone.make_aware(datetime.combine(day, time(9))) + ASK_AFTER,
        sentence=LazySentence(_("Family links: ask %(who)s whether there is an answer"), who=opened.called),
        at=at,
    )


@transaction.atomic
def note_told(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """The one who asks was told what came."""
    must_be(opened, LinksAcrossState.ANSWERED)
    write(keys, opened, step("seeker_told", at, keys), at)
    work.complete_for(subject=opened.row.pk, purpose=TELL, by=keys.staff, at=at)
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def take_links_back(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """A consent was withdrawn: what has not left is stopped, and the other side is told at once in any case.

    The one who asks may do so at any time; the person sought, once something of the person was told.
    """
    row, who = opened.row, opened.called
    if not may_take_back(opened):
        raise wrong_step()
    was_there = offer_may_have_arrived(
        society=row.society_id, conversation=row.conversation, kind=MessageKind.LINKS_ASKED
    )
    if row.conversation is not None:
        _stop_and_tell(keys, row, at)
    move(opened, LinksAcrossState.WITHDRAWN, ended_at=at)
    write(keys, opened, step("taken_back", at, keys), at, draft={})
    work.cancel_for(subject=row.pk, at=at)
    if row.conversation is None:
        work.due(
            TELL_TAKEN_BACK,
            about(row),
            keys=keys,
            sentence=LazySentence(
                _("Tell %(who)s that the request is taken back, and ask them to delete it"), who=who
            ),
            at=at,
        )
    elif was_there or row.direction == LinksDirection.IN:
        work.due(
            WAS_ERASED,
            about(row),
            keys=keys,
            due_at=at + THEY_ANSWER_WITHIN,
            sentence=LazySentence(_("%(who)s has not said yet what was erased: ask"), who=who),
            at=at,
        )
    audit.record(event=events.LINKS_TAKEN_BACK, by=keys.staff, at=at, about=opened.file)


def _stop_and_tell(keys: Keyring, row: Any, at: datetime) -> None:
    """Stop what has not left, delete what came unread, and tell the other side."""
    inbox.withdraw(society=row.society_id, sender=row.peer.theirs_id, conversation=row.conversation, at=at)
    exchange.stop(society=row.society_id, theirs=row.peer.theirs_id, conversation=row.conversation, at=at)
    exchange.send(
        keys=keys,
        peer=row.peer,
        kind=MessageKind.WITHDRAWN,
        conversation=row.conversation,
        content={},
        at=at,
        urgency=Urgency.NOW,
    )


@transaction.atomic
def note_deleted(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Whoever had it by telephone or letter says that it is deleted."""
    must_be(opened, LinksAcrossState.WITHDRAWN)
    write(keys, opened, step("deleted_there", at, keys), at)
    work.complete_for(subject=opened.row.pk, purpose=ERASED, by=keys.staff, at=at)
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)
