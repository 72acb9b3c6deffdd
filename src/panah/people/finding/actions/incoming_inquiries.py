"""What a paired society asks: compared by a machine in a focal point's session, decided by whoever holds the case.

Only the holder of a case that is alike reads whom it is about. The answer *nothing to tell* is sealed at once and
leaves at a set hour, unless a holder replaces it. So every question gets one answer of one size, at an hour that tells
nothing.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.errors import no_answer_can_be_sent
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import DoesNotOpen, Private, pad, seal, unpad
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, LazySentence, NameByLanguage, Urgency
from panah.people.cases import actions as cases
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import ConsentPurpose
from panah.people.finding import events, message_schema, queries, rules
from panah.people.finding.actions.local_search import Sought, must_not_be_on_a_call, search_all_cards
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.models import IncomingInquiry
from panah.people.finding.words import HERE, ROOM, InquiryAnswer
from panah.people.inbox import actions as inbox

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival


BODY, DECIDE = "asked_here", "known_decide"
AT_ONCE = 500

ASKED_FROM_ABROAD = DueType(ROOM, DECIDE, DueKind.DECIDE, urgency=Urgency.TODAY)


@transaction.atomic
def receive_question(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Take a question in, sealed, if this society has not asked too much; runs in the transaction of the wire.

    Too much is said openly, as ``too-many``: it depends on numbers alone, and their node tries again by itself.
    """
    society, theirs, header = peer.society_id, peer.theirs_id, envelope.header
    if IncomingInquiry.objects.filter(
        society=society, theirs=theirs, conversation=header.conversation
    ).exists():
        return ReceiptCode.HAD_IT
    if rules.too_many_between(queries.received_within_a_day(society=society, theirs=theirs, at=at)):
        return ReceiptCode.TOO_MANY
    code = inbox.keep_envelope(peer=peer, envelope=envelope, at=at)
    if code == ReceiptCode.TAKEN:
        IncomingInquiry.objects.create(
            society_id=society, theirs_id=theirs, conversation=header.conversation, arrived_at=at
        )
        audit.record(event=events.CAME, by=None, society=society, at=at)
    return code


@transaction.atomic
def receive_withdrawal(*, peer: Peer, envelope: Envelope, at: datetime) -> None:
    """A question was withdrawn: what is kept of it is destroyed, its answer does not leave. Nobody is logged in."""
    row = IncomingInquiry.objects.filter(
        society=peer.society_id,
        theirs=peer.theirs_id,
        conversation=envelope.header.conversation,
        withdrawn_at=None,
    ).first()
    if row is None:
        return
    IncomingInquiry.objects.filter(pk=row.pk).update(withdrawn_at=at)
    exchange.stop(society=row.society_id, theirs=row.theirs_id, conversation=row.conversation, at=at)
    _destroy([row.pk])
    audit.record(event=events.TAKEN_BACK, by=None, society=row.society_id, at=at)


# -- comparing ---------------------------------------------------------------------------------


def compare(*, keys: Keyring, arrival: Arrival, at: datetime) -> IncomingInquiry:
    """Let a question be compared with all cards: cases that are alike get it laid before their holders.

    Whoever lets it be compared is told nothing but when the answer leaves. The body goes at once.
    """
    must_not_be_on_a_call(keys, at)
    if not keys.holds(KeyKind.SEARCH):
        raise Refusal(
            _("You do not hold the search key: a question of another society is compared by a focal point."),
            next_step=_("Ask a focal point to do it."),
            code="no-search-key",
            status=403,
        )
    asked = message_schema.read(inbox.open_arrival(keys=keys, arrival=arrival, by=keys.staff, at=at))
    question = queries.of_arrival(arrival)
    if not asked.whole or not asked.reply_key or question is None:
        raise Refusal(
            _("This question lacks a name, a year or phone, or the key for its answer."),
            next_step=_("Call whoever sent it, with the code of the question. Then close it here."),
            code="not-a-question",
        )
    return _compare(keys, arrival, question.pk, asked, _alike(keys, asked, at), at)


@transaction.atomic
def _compare(
    keys: Keyring, arrival: Arrival, question: UUID, asked: InquiryMessage, alike: list[Case], at: datetime
) -> IncomingInquiry:
    row = IncomingInquiry.objects.select_for_update().get(pk=question)
    seed = Private.new()
    row.compared_at, row.compared_by, row.body_kept = at, keys.staff, True
    row.leaves_at = rules.leaves_at(at)
    row.save(update_fields=["compared_at", "compared_by", "body_kept", "leaves_at"])
    # Stored whether or not a case is alike, so that its presence tells nothing. Only holders of one get the key.
    vault.store_blob(kind=BODY, key=row.pk, sealed=_sealed(seed, row, asked), society=row.society_id)
    for case in alike:
        _ask_holder(keys, case, row, seed, at)
    _answer(keys, row, asked.reply_key, message_schema.answer(InquiryAnswer.NOTHING), at)
    inbox.settle(arrival=arrival, room="finding", subject=row.pk, by=keys.staff, at=at)
    audit.record(event=events.COMPARED, by=keys.staff, at=at)
    return row


def _alike(keys: Keyring, asked: InquiryMessage, at: datetime) -> list[Case]:
    """Return the cases whose holders should decide, the most alike first; each of the names is tried."""
    best: dict[UUID, tuple[float, Case]] = {}
    for name in asked.names:
        sought = Sought(name, asked.birth_year, asked.phone_tail)
        for match in search_all_cards(keys, sought, at):
            if rules.may_be_shown_to_holder(
                match.score, year_fits=match.year_fits, tail_fits=match.tail_fits
            ):
                score = max(match.score, best.get(match.case.pk, (0.0, None))[0])
                best[match.case.pk] = (score, match.case)
    ordered = sorted(best.values(), key=lambda one: -one[0])
    return [case for _score, case in ordered[: rules.MOST_PASSED]]


def _sealed(key: Private, row: IncomingInquiry, asked: InquiryMessage) -> bytes:
    told = [list(asked.names), asked.birth_year, asked.phone_tail, asked.reply_key.hex()]
    return seal(key.public, pad(json.dumps(told, ensure_ascii=False).encode()), BODY, row.society_id, row.pk)


def _ask_holder(keys: Keyring, case: Case, row: IncomingInquiry, key: Private, at: datetime) -> None:
    """Put a question before the holder of a case: the key lies in the file, the line on her list names no question."""
    # The ref of a part stands in plain: it is one of its own, so that no row joins the question with the file.
    vault.add(
        keys=keys,
        file=case.file_id,
        part=HERE,
        value={"question": str(row.pk), "seed": key.seed.hex()},
        at=at,
    )
    work.due(
        ASKED_FROM_ABROAD,
        cases.on_case(case),
        keys=keys,
        owner=case.owner or keys.staff,
        due_at=row.leaves_at,
        sentence=LazySentence(
            _("%(who)s asks about someone who may be this person: decide whether to answer"),
            who=NameByLanguage(row.theirs.name_in),
        ),
        at=at,
    )
    audit.record(event=events.PASSED, by=keys.staff, at=at, about=case.file_id)


def _answer(
    keys: Keyring, row: IncomingInquiry, to_key: bytes, said: dict[str, object], at: datetime
) -> None:
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.theirs_id, at=at)
    if peer is None:
        raise no_answer_can_be_sent()
    exchange.send(
        keys=keys,
        peer=peer,
        kind=MessageKind.KNOWN_ANSWERED,
        conversation=row.conversation,
        content=said,
        urgency=Urgency.WEEK,
        to_key=to_key,
        leaves_at=row.leaves_at,
        at=at,
    )


# -- deciding ----------------------------------------------------------------------------------


def show(*, keys: Keyring, case: Case, question: queries.IncomingRow, at: datetime) -> InquiryMessage:
    """Return whom a question is about, to whoever holds a case that is alike; journalled."""
    must_not_be_on_a_call(keys, at)
    asked = _body(question, at)
    audit.record(event=events.SHOWN, by=keys.staff, at=at, about=case.file_id)
    return asked


def _body(question: queries.IncomingRow, at: datetime) -> InquiryMessage:
    row, blob = question.row, None
    if not question.over(at):
        blob = vault.load_blob(kind=BODY, key=row.pk)
    if blob is None:
        raise Refusal(
            _("Nothing can be decided about this question any more."),
            next_step=_(
                "Its answer has left, it was taken back, or a colleague answered. Take it off your list."
            ),
            code="question-over",
            status=410,
        )
    try:
        plain = Private(bytes.fromhex(question.sealed["seed"])).open(blob, BODY, row.society_id, row.pk)
    except DoesNotOpen:
        raise Refusal(
            _("This does not open: it was changed or damaged where it is stored."),
            next_step=_("Tell a focal point. “Nothing to tell” leaves by itself."),
            code="question-damaged",
        ) from None
    names, year, tail, reply_key = json.loads(unpad(plain))
    return InquiryMessage(tuple(names), year, tail, bytes.fromhex(reply_key))


@transaction.atomic
def decide(
    *, keys: Keyring, case: Case, question: queries.IncomingRow, said: str, call: str, at: datetime
) -> None:
    """Decide what the other society is told. *Nothing to tell* is what leaves anyway; any other takes its place."""
    must_not_be_on_a_call(keys, at)
    row = IncomingInquiry.objects.select_for_update().get(pk=question.row.pk)
    question = queries.IncomingRow(row, question.sealed, question.ref)
    asked = _body(question, at)
    if said != InquiryAnswer.NOTHING:
        _must_not_be_refused(keys, case, row)
        # Only what has certainly not left can be replaced.
        if not exchange.stop(
            society=row.society_id, theirs=row.theirs_id, conversation=row.conversation, at=at
        ):
            raise Refusal(
                _("The answer is leaving at this moment: “nothing to tell”."),
                next_step=_("Call them if you want to tell more, with the code of the question."),
                code="question-over",
                status=410,
            )
        _answer(keys, row, asked.reply_key, message_schema.answer(said, call=call), at)
        _destroy([row.pk])
    _discard(keys, case, question, at)
    audit.record(event=events.DECIDED, by=keys.staff, at=at, about=case.file_id)


def _must_not_be_refused(keys: Keyring, case: Case, row: IncomingInquiry) -> None:
    """Whoever said no to this society being told is not told about to it."""
    theirs = f"society:{row.theirs.slug}"
    for answer in consent_queries.latest(keys=keys, file=case.file_id):
        given = answer.consent
        about = (
            given.purpose in (ConsentPurpose.CROSS_BORDER, ConsentPurpose.KNOWN_THERE)
            and given.receiver == theirs
        )
        if about and (given.said == "no" or given.withdrawn_on is not None):
            raise Refusal(
                _("The person of this case has said that this society is not to be told."),
                next_step=_("Answer “nothing to tell”, or ask the person again first, if it is safe."),
                code="person-said-no",
            )


@transaction.atomic
def discard(*, keys: Keyring, case: Case, question: queries.IncomingRow, at: datetime) -> None:
    """Take a question that is over off the holder's list, and its key out of the file."""
    if not question.over(at):
        raise Refusal(
            _("This question is still to be decided."), next_step=_("Decide first."), code="not-over"
        )
    _discard(keys, case, question, at)


def _discard(keys: Keyring, case: Case, question: queries.IncomingRow, at: datetime) -> None:
    vault.remove(keys=keys, file=case.file_id, part=HERE, ref=question.ref)
    if not queries.incoming_for_case(case=case, keys=keys):
        work.complete_for(subject=case.pk, purpose=DECIDE, by=keys.staff, at=at)


# -- keeping -----------------------------------------------------------------------------------


def _destroy(rows: list[UUID]) -> None:
    IncomingInquiry.objects.filter(pk__in=rows).update(body_kept=False)
    transaction.on_commit(partial(vault.destroy, kind=BODY, keys=rows))


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Destroy whom questions were about once their answer has left, and rows a year old; returns how many. A job's."""
    here = tenancy.current_tenant()
    rows = IncomingInquiry.objects.all() if here is None else IncomingInquiry.objects.filter(society=here)
    over = list(rows.filter(body_kept=True, leaves_at__lte=at).values_list("pk", flat=True)[:AT_ONCE])
    _destroy(over)
    rows.filter(body_kept=False, arrived_at__lt=at - retention.INQUIRY.period).delete()
    return len(over)


def bodies_needed(society: UUID) -> QuerySet[IncomingInquiry, UUID]:
    """Return the ids of questions whose body must stay, for the vault's sweeping."""
    return IncomingInquiry.objects.filter(society=society, body_kept=True).values_list("pk", flat=True)
