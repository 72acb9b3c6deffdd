"""What another society sends about a family link: kept until somebody opens it, and what opening it makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import LazySentence, NameByLanguage, Urgency
from panah.people.family_links import events, message_schema, rules
from panah.people.family_links.actions.outgoing import take_answer
from panah.people.family_links.actions.requests import begin_request
from panah.people.family_links.actions.workflow import (
    ASKED_BACK,
    ASKED_HERE,
    WHAT_IS_ERASED,
    about,
    first_lead,
    peer_of,
    step,
    write,
)
from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest
from panah.people.family_links.queries.across import OpenedLinks, one_across, unread_links
from panah.people.family_links.words import ERASED, PART, ROOM, LinksAcrossState, LinksDirection, SharedDetail
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals.offer_schema import text

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer
    from panah.people.inbox.models import Arrival

# What belongs to a conversation that was begun by us, and by them.
COMES_TO = {
    MessageKind.LINKS_ANSWERED: LinksDirection.OUT,
    MessageKind.LINKS_MORE_ASKED: LinksDirection.OUT,
    MessageKind.LINKS_TOLD: LinksDirection.IN,
}


def _row(peer: Peer, conversation: UUID) -> FamilyLinksAcross | None:
    found: FamilyLinksAcross | None = (
        FamilyLinksAcross.objects.filter(peer=peer, conversation=conversation)
        .select_related("request", "owner")
        .first()
    )
    return found


@transaction.atomic
def links_arrived(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Keep an answer, or more about a request, for the focal points; runs in the transaction that takes it in."""
    header = envelope.header
    row = _row(peer, header.conversation)
    if row is None:
        # More about a request that nobody has opened yet lies beside it in the inbox.
        return ReceiptCode(inbox.keep_envelope(peer=peer, envelope=envelope, at=at))
    if row.direction != COMES_TO[MessageKind(header.kind)]:
        return ReceiptCode.UNKNOWN_KIND
    if row.state == LinksAcrossState.WITHDRAWN:
        # It was on its way when the request was taken back: nobody reads it any more.
        return ReceiptCode.TAKEN
    _keep(row, peer, envelope, at)
    return ReceiptCode.TAKEN


def _keep(row: FamilyLinksAcross, peer: Peer, envelope: Envelope, at: datetime) -> None:
    header = envelope.header
    inbox.receive(
        society=peer.society_id,
        source="exchange",
        sender=peer.theirs,
        kind=header.kind,
        urgency=Urgency.WEEK,
        conversation=header.conversation,
        header=envelope.raw_header,
        body=envelope.body,
        to_key=header.to_key,
        expires_at=None,
        owner=first_lead(row.society_id, rather=row.owner),
        room=ROOM,
        subject=row.pk,
        number=row.request.number,
        file=row.request.file_id,
        at=at,
    )


@transaction.atomic
def links_closed_there(*, peer: Peer, envelope: Envelope, at: datetime) -> bool:
    """Act on a withdrawal, or keep the word that something is erased there; say whether it was about a family link.

    That it was erased there counts when somebody here has read it: until then asking them stays on the list.
    """
    row = _row(peer, envelope.header.conversation)
    if row is None:
        return False
    if envelope.header.kind == MessageKind.ERASED:
        if work_queries.items_of(row.pk, purpose=ERASED):
            _keep(row, peer, envelope, at)
    elif row.state != LinksAcrossState.WITHDRAWN:
        FamilyLinksAcross.objects.filter(pk=row.pk).update(state=LinksAcrossState.WITHDRAWN, ended_at=at)
        work.cancel_for(subject=row.pk, at=at)
        work.due(WHAT_IS_ERASED, about(row), at=at)
        audit.record(
            event=events.LINKS_STOPPED, by=None, society=row.society_id, at=at, about=row.request.file_id
        )
    return True


def key_for_links(keys: Keyring, subject: UUID) -> Private | None:
    """Return the key of a conversation from the request's file, or None to whoever cannot open that file."""
    row = FamilyLinksAcross.objects.filter(pk=subject).select_related("request").first()
    kept = vault_queries.read(keys=keys, file=row.request.file_id, part=PART, ref=row.pk) if row else None
    seed = kept.value.get("reply_seed") if kept else None
    return Private(bytes.fromhex(seed)) if seed else None


# -- a request of another society ----------------------------------------------------------------


@transaction.atomic
def take_links_over(
    *, keys: Keyring, arrival: Arrival, content: Mapping[str, object], at: datetime
) -> FamilyLinksRequest:
    """Make a request of our own of what came, for the focal points; whoever opened it cannot read it back."""
    conversation = inbox_queries.conversation_of(arrival)
    peer = peer_of(arrival.society_id, inbox_queries.sender_of(arrival))
    if _row(peer, conversation) is not None:
        raise Refusal(
            _("A request of this conversation is here already."),
            next_step=_("Close this one in the inbox: the same came before."),
            code="came-before",
        )
    asked, who = message_schema.read(content), str(peer.theirs)
    request = begin_request(keys=keys, typed=_typed(asked, who), at=at)
    row = _begin(keys, request, peer, arrival, at)
    value = {
        "receiver_name": who,
        "asked": {name: one for name, one in content.items() if name != "reply_key"},
        "reference": spell_out(conversation),
        "reply_seed": Private.new().seed.hex(),
        "their_key": asked.reply_key.hex(),
        "answers": [],
        "steps": [step("came", at, keys)],
    }
    vault.write(keys=keys, file=request.file_id, part=PART, ref=row.pk, value=value, at=at, based_on=0)
    inbox.settle(arrival=arrival, room=ROOM, subject=row.pk, by=keys.staff, at=at)
    _take_what_was_told(keys, OpenedLinks(row, value, 1), at)
    work.due(
        ASKED_HERE,
        about(row),
        keys=keys,
        due_at=arrival.arrived_at + timedelta(days=rules.QUIET_DAYS),
        sentence=LazySentence(
            _("Family links: %(who)s waits for an answer"), who=NameByLanguage(peer.theirs.name_in)
        ),
        at=at,
    )
    audit.record(event=events.LINKS_CAME, by=keys.staff, at=at, about=request.file_id)
    return request


def _begin(
    keys: Keyring, request: FamilyLinksRequest, peer: Peer, arrival: Arrival, at: datetime
) -> FamilyLinksAcross:
    return FamilyLinksAcross.objects.create(
        society_id=request.society_id,
        request=request,
        direction=LinksDirection.IN,
        state=LinksAcrossState.ASKED,
        peer=peer,
        conversation=arrival.conversation,
        owner=first_lead(request.society_id, rather=keys.staff) or keys.staff,
        made_at=at,
        sent_at=arrival.arrived_at,
    )


def _typed(asked: message_schema.LinksRequestMessage, who: str) -> dict[str, str]:
    """What came in the fields of a request that is taken here, so that nothing is typed again."""
    said = asked.values
    return {
        "asks": f"{who}: {said[SharedDetail.SEEKER]}" if SharedDetail.SEEKER in said else who,
        "relation": asked.relation,
        "proof": said.get(SharedDetail.PROOF, ""),
        "sought": asked.sought,
        "last_news": said.get(SharedDetail.NEWS, ""),
        "why": said.get(SharedDetail.WHY, ""),
        "message": said.get(SharedDetail.MESSAGE, ""),
        "language": said.get(SharedDetail.LANGUAGE, ""),
    }


def _take_what_was_told(keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """What was added before anybody opened the request goes along."""
    row, told = opened.row, []
    every = inbox_queries.of_conversation(society=row.society_id, conversation=row.conversation)
    for arrival in every:
        if (
            arrival.waits
            and arrival.kind == MessageKind.LINKS_TOLD
            and arrival.sender_id == row.peer.theirs_id
        ):
            content = inbox.open_arrival(keys=keys, arrival=arrival, by=keys.staff, at=at)
            told.append(_told(content, arrival))
            inbox.settle(arrival=arrival, room=ROOM, subject=row.pk, by=keys.staff, at=at)
    if told:
        write(keys, opened, None, at, more=told)


def _told(content: Mapping[str, object], arrival: Arrival) -> dict[str, str]:
    return {"text": text(content.get("text")), "at": arrival.arrived_at.isoformat()}


# -- reading what came in a conversation ---------------------------------------------------------


def take_up_links(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Open everything that came in this conversation and take it over into the request.

    Each by itself: what does not open holds up nothing else, and is said afterwards.
    """
    refused, request = None, opened.row.request
    for arrival in unread_links(opened.row):
        try:
            content = inbox.open_arrival(keys=keys, arrival=arrival, by=keys.staff, at=at)
        except Refusal as refusal:
            refused = refusal
            continue
        with transaction.atomic():
            _take_up(keys, opened, arrival, content, at)
            inbox.settle(arrival=arrival, room=ROOM, subject=opened.row.pk, by=keys.staff, at=at)
            audit.record(event=events.LINKS_READ, by=keys.staff, at=at, about=opened.file)
        opened = one_across(request=request, keys=keys, pk=opened.row.pk)
    if refused is not None:
        raise refused


def _take_up(
    keys: Keyring, opened: OpenedLinks, arrival: Arrival, content: Mapping[str, object], at: datetime
) -> None:
    if arrival.kind == MessageKind.LINKS_ANSWERED:
        take_answer(keys, opened, message_schema.read_answer(content), came=arrival.arrived_at, at=at)
        return
    if arrival.kind == MessageKind.LINKS_MORE_ASKED:
        _take_question(keys, opened, arrival, content, at)
        return
    if arrival.kind == MessageKind.ERASED:
        if content.get("how") == "erased":
            work.complete_for(subject=opened.row.pk, purpose=ERASED, by=keys.staff, at=at)
        return
    write(keys, opened, None, at, more=[*opened.sealed.get("more", ()), _told(content, arrival)])


def _take_question(
    keys: Keyring, opened: OpenedLinks, arrival: Arrival, content: Mapping[str, object], at: datetime
) -> None:
    """Keep what they ask back, and put asking the one who asks on the list."""
    question, key = message_schema.read_question(content)
    kept = {"text": question, "at": arrival.arrived_at.isoformat(), "read_at": at.isoformat()}
    more = {"their_key": key.hex()} if key else {}
    write(keys, opened, None, at, questions=[*opened.sealed.get("questions", ()), kept], **more)
    work.due(
        ASKED_BACK,
        about(opened.row),
        keys=keys,
        sentence=LazySentence(
            _("Family links: %(who)s asks something back. Ask the one who asks"), who=opened.called
        ),
        at=at,
    )
