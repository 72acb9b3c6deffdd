"""What the other side of a conversation sends: what its kind alone changes at once, and reading it afterwards.

Nobody is logged in when something arrives, and a kind in plain proves only that their node sent it: it calls people,
and ends no alarm. What it says moves the referral when a colleague who holds the case opens it, and is taken over into
the case's file, so nothing is typed again. docs/federation-referrals.md has the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope, Header
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import Urgency
from panah.people.cases import actions as cases
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import events, offer_schema, rules
from panah.people.referrals.actions.meeting import after_met, nobody_met, set_alarm
from panah.people.referrals.actions.message_readers import READERS, read_text, says_met
from panah.people.referrals.actions.outgoing_messages import stop_messages
from panah.people.referrals.actions.travel_watch import ask_if_safe, must_be_read
from panah.people.referrals.actions.workflow import (
    AGREE_TO_MEET,
    ANSWER,
    ENDED,
    ERASED,
    FEEDBACK,
    HAS_CHANGED,
    MEET,
    MORE_IS_ASKED,
    NOT_MET,
    READ,
    THEY_TOOK_IT_BACK,
    WHAT_IS_ERASED,
    cancel_due_items,
    moment_of,
    travels,
    write,
)
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import (
    JOURNEY,
    OF_SAFETY,
    PART,
    OpenedReferral,
    damaged,
    must_not_be_erased,
    one_or_404,
    unread,
)
from panah.people.referrals.words import ReferralDirection, ReferralState

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival

ROOM = "referrals"


@transaction.atomic
def receive_message(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Take in a message of a conversation; runs inside the transaction in which the wire takes the envelope in."""
    header = envelope.header
    related = Referral.objects.select_related("case__owner", "case__branch")
    row = related.filter(peer=peer, conversation=header.conversation).first()
    if header.kind in ENDS_IT:
        _ended_there(peer, row, header, at)
        return ReceiptCode.TAKEN
    if header.kind == MessageKind.SAFETY_ASKED:
        return _safety_asked(row, at)
    if row is None:
        # Before it is accepted, what belongs to an offer lies beside it in the inbox.
        return inbox.keep_envelope(peer=peer, envelope=envelope, at=at)
    if row.case.erased_at is None:
        _keep(row, peer, envelope, at)
        _act_unread(row, header.kind, at)
    # Otherwise the key that could open it was destroyed with the file.
    return ReceiptCode.TAKEN


def _keep(row: Referral, peer: Peer, envelope: Envelope, at: datetime) -> None:
    """Keep what belongs to a case until somebody who holds it opens it, and put it on the holder's list."""
    header, case = envelope.header, row.case
    inbox.receive(
        society=peer.society_id,
        source="exchange",
        sender=peer.theirs,
        kind=header.kind,
        # Danger about this person is called out by the referral itself, with its own page.
        urgency=Urgency.TODAY if header.urgency == Urgency.NOW else header.urgency,
        conversation=header.conversation,
        header=envelope.raw_header,
        body=envelope.body,
        to_key=header.to_key,
        expires_at=None,
        at=at,
        # What was sealed before they knew this case's key is opened by whoever holds the intake key.
        owner=case.owner if header.to_key == "conversation" else None,
        room=ROOM,
        subject=row.pk,
        number=case.number,
        file=case.file_id,
        language=case.language,
        age_group=case.age_group,
    )
    # Also when it was withdrawn meanwhile: whoever proposed the meeting may be waiting there.
    if header.kind in JOURNEY and row.state not in (ReferralState.DONE, ReferralState.MET):
        must_be_read(row, header.urgency, at)


def _act_unread(row: Referral, kind: str, at: datetime) -> None:
    """Do what the kind alone is enough for: call people. Nothing that watches over somebody becomes less by it."""
    if kind == MessageKind.DECLINED and travels(row):
        ask_if_safe(row, at)
    if kind == MessageKind.NOT_MET and (then := rules.becomes(row.state, kind)):
        Referral.objects.filter(pk=row.pk).update(state=then)
        work.raise_alarm(society=row.society_id, room=ROOM, subject=row.pk, by=None, at=at)
        work.due(NOT_MET, cases.on_case(row.case, row.pk), at=at)


# Nothing of the conversation is needed any more: taken back by the person, or done with.
ENDS_IT = (MessageKind.WITHDRAWN, MessageKind.NOT_NEEDED)


def _ended_there(peer: Peer, row: Referral | None, header: Header, at: datetime) -> None:
    """The other side takes back, or does not need it any more; with nobody logged in.

    What nobody has settled is deleted, but news of a journey on which somebody may be: it stays until it is read.
    """
    taken_back = header.kind == MessageKind.WITHDRAWN
    if row is None or taken_back:
        watched = row is not None and (travels(row) or row.safe_by is not None)
        stays = OF_SAFETY if watched else ()
        inbox.withdraw(
            society=peer.society_id,
            sender=peer.theirs_id,
            conversation=header.conversation,
            at=at,
            exclude=stays,
        )
    if row is None:
        # An offer that comes after this is kept no more.
        exchange.close_conversation(peer=peer, conversation=header.conversation, at=at)
        return
    if not taken_back and row.direction == ReferralDirection.OUT:
        # Whoever offered says that it is not needed; whoever received it declines, and that is read by a person.
        return
    then = rules.becomes(row.state, header.kind)
    if then is None:
        return
    Referral.objects.filter(pk=row.pk).update(state=then, ended_at=at)
    cancel_due_items(row, then, at)
    if taken_back:
        # At once, not in a week: what lies here has no ground any more.
        what = WHAT_IS_ERASED if row.direction == ReferralDirection.IN else THEY_TOOK_IT_BACK
        work.due(what, cases.on_case(row.case, row.pk), at=at)
    else:
        work.due(HAS_CHANGED, cases.on_case(row.case, row.pk), at=at)
    if travels(row):
        ask_if_safe(row, at)
    event = events.TAKEN_BACK if taken_back else events.NOT_NEEDED_THERE
    audit.record(event=event, by=None, society=row.society_id, at=at, about=row.case.file_id)


def _safety_asked(row: Referral | None, at: datetime) -> ReceiptCode:
    """The other side asks whether the person is safe: whoever holds the case is asked, now."""
    if row is None or row.case.erased_at is not None:
        # Nobody here knows whom it is about: they are told so, and telephone.
        return ReceiptCode.UNKNOWN_KIND
    if row.state in rules.ARRIVED:
        # They met, and a person wrote so: whoever holds the case looks, and nothing waits for an answer.
        work.due(replace(HAS_CHANGED, once=True), cases.on_case(row.case, row.pk), at=at)
        return ReceiptCode.TAKEN
    ask_if_safe(row, at)
    return ReceiptCode.TAKEN


def forget(*, file: UUID, at: datetime) -> None:
    """A case is erased: what of its conversations waits to leave is stopped, and no arrival names it.

    Not while somebody is on the way, or nobody has written down whether the person is safe: no alarm could ring then.
    """
    if must_not_be_erased(file=file):
        raise Refusal(
            _(
                "Somebody is on the way to or from this case, or nobody has written down whether the person is safe."
            ),
            next_step=_(
                "Open the referral and write down that they met, or whether the person is safe. Then erase."
            ),
            code="on-the-way",
        )
    rows = Referral.objects.filter(case__file_id=file, conversation__isnull=False)
    for row in rows.select_related("peer"):
        stop_messages(row, at=at)
        inbox.forget_subject(room=ROOM, subject=row.pk)


# -- reading it --------------------------------------------------------------------------------


def key_for(keys: Keyring, subject: UUID) -> Private | None:
    """Return the key of a conversation from its case's file, or None to whoever cannot open that file."""
    row = Referral.objects.filter(pk=subject).select_related("case").first()
    kept = vault_queries.read(keys=keys, file=row.case.file_id, part=PART, ref=row.pk) if row else None
    seed = kept.value.get("reply_seed") if kept else None
    return Private(bytes.fromhex(seed)) if seed else None


def take_over_messages(*, keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> int:
    """Open everything that came in this conversation and take it over into the case; returns how many.

    Each by itself: what does not open (damaged; sealed to the intake key, which she does not hold) holds up nothing
    else, and is said afterwards.
    """
    taken, refused = 0, None
    for arrival in unread(opened.row):
        try:
            content = inbox.open_arrival(keys=keys, arrival=arrival, by=keys.staff, at=at)
        except Refusal as refusal:
            refused = refusal
            continue
        with transaction.atomic():
            _take_over(keys, case, opened, arrival, content, at)
            inbox.settle(arrival=arrival, room=ROOM, subject=opened.row.pk, by=keys.staff, at=at)
            audit.record(event=events.TAKEN_UP, by=keys.staff, at=at, about=case.file_id)
        opened = one_or_404(case=case, keys=keys, referral=opened.row.pk)
        taken += 1
    if refused is not None:
        raise refused
    if not damaged(opened.row, JOURNEY):
        Referral.objects.filter(pk=opened.row.pk).update(read_by=None)
    work.complete_for(subject=opened.row.pk, purpose=READ, by=keys.staff, at=at)
    return taken


def _take_over(
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    arrival: Arrival,
    content: Mapping[str, object],
    at: datetime,
) -> None:
    reading = READERS.get(arrival.kind, read_text)
    happened, more = reading(content, opened)
    if stale := arrival.kind in JOURNEY and _is_older(arrival, opened):
        # Said before what was read already: it is kept as having come, and moves nothing.
        more = {}
    elif arrival.kind in JOURNEY:
        more = {**more, "journey_as_of": inbox_queries.written_at(arrival).isoformat()}
    doubt = _doubt(arrival, content, opened) if arrival.kind == MessageKind.MET else ""
    happened = {
        "what": f"they:{arrival.kind}",
        "at": arrival.arrived_at.isoformat(),
        "note": offer_schema.text(content.get("note")),
        **({"doubt": doubt} if doubt else {}),
        **{name: value for name, value in happened.items() if value},
    }
    value = {**opened.sealed, **more, "steps": [*opened.sealed["steps"], happened]}
    write(keys, case, opened, value, at)
    if not stale and not doubt:
        now = replace(opened, row=_move(opened.row, arrival.kind, at), sealed=value)
        _plan_what_follows(keys, case, now, arrival.kind, content, at)


def _doubt(arrival: Arrival, content: Mapping[str, object], opened: OpenedReferral) -> str:
    """Return why *they have met* is not enough to end the alarm; whoever reads it telephones, and writes it down."""
    meeting = opened.sealed.get("meeting") or {}
    return rules.met_is_doubted(
        says=says_met(content),
        from_receiver=opened.row.direction == ReferralDirection.OUT,
        to_case=arrival.to_key == "conversation",
        agreed=moment_of(meeting.get("arrives")) or moment_of(meeting.get("when")),
        written=inbox_queries.written_at(arrival),
    )


def _move(row: Referral, kind: str, at: datetime) -> Referral:
    """Move the referral on by what somebody has just read; returns it as it was, or as it is now."""
    then = rules.becomes(row.state, kind)
    if then is None or kind in rules.ACTS_UNREAD:
        return row
    quiet = {"alarm_at": None, "read_by": None, "met_at": at} if then == "met" else {}
    ended = {"ended_at": at} if then in rules.ENDED else {}
    Referral.objects.filter(pk=row.pk).update(state=then, **quiet, **ended)
    if then == "declined":
        cancel_due_items(row, then, at)
        if travels(row):
            ask_if_safe(row, at)
    else:
        work.cancel_for(subject=row.pk, purpose=MEET if then == "met" else ANSWER, at=at)
    row.refresh_from_db()
    return row


def _is_older(arrival: Arrival, opened: OpenedReferral) -> bool:
    known = moment_of(opened.sealed.get("journey_as_of"))
    return known is not None and inbox_queries.written_at(arrival) < known


def _plan_what_follows(
    keys: Keyring, case: Case, opened: OpenedReferral, kind: str, content: Mapping[str, object], at: datetime
) -> None:
    """Put on the list what follows from what was just read, and set the alarm by it."""
    row = opened.row
    if kind == MessageKind.ERASED and content.get("how") in ("erased", "kept"):
        work.complete_for(subject=row.pk, purpose=ERASED, by=keys.staff, at=at)
    if row.state in ENDED:
        if row.state in rules.CUT_SHORT and kind in JOURNEY and opened.sealed.get("meeting"):
            set_alarm(keys, case, opened, at)
            row.refresh_from_db()
            ask_if_safe(row, at, keys=keys, who=opened.called)
        return
    if kind == MessageKind.ACCEPTED:
        work.due(replace(AGREE_TO_MEET, once=True), cases.on_case(case, row.pk), keys=keys, at=at)
    elif kind == MessageKind.MORE_ASKED:
        work.due(MORE_IS_ASKED, cases.on_case(case, row.pk), keys=keys, at=at)
    elif kind in (MessageKind.MEETING, MessageKind.TRAVEL) and opened.sealed.get("meeting"):
        set_alarm(keys, case, opened, at)
    elif kind == MessageKind.MET:
        after_met(keys, case, opened, at)
    elif kind == MessageKind.NOT_MET:
        nobody_met(keys, case, opened, at)
    elif kind == MessageKind.OUTCOME:
        work.complete_for(subject=row.pk, purpose=FEEDBACK, by=keys.staff, at=at)
