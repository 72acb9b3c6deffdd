"""Asking a paired society whether it knows the person of a case, and reading what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, LazySentence, NameByLanguage, Urgency
from panah.people.cases import actions as cases
from panah.people.cases.queries import sealed_age, visible
from panah.people.consent import queries as consent_queries
from panah.people.consent.queries import Consent
from panah.people.consent.words import AskedWith, ConsentPurpose
from panah.people.finding import events, message_schema, queries, rules
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.models import OutgoingInquiry
from panah.people.finding.words import ROOM, THERE
from panah.people.inbox import actions as inbox

if TYPE_CHECKING:
    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer
    from panah.ground.network.models import Society
    from panah.people.cases.models import Case


WAIT, BY_PHONE = "known_wait", "known_phone"
CALL_FOR_ANSWER = DueType(ROOM, WAIT, DueKind.ANSWER, urgency=Urgency.WEEK)
TELL_TAKEN_BACK = DueType(ROOM, BY_PHONE, DueKind.CALL, urgency=Urgency.WEEK)


def why_not_askable(
    *, keys: Keyring | None, case: Case, theirs: Society, asked: InquiryMessage | None, at: datetime
) -> Refusal | None:
    """Return why a society cannot be asked now about the person of a case, or None.

    ``asked`` None: as far as it can be told before it is chosen what leaves.
    """
    if exchange_queries.paired_with(society=case.society_id, theirs=theirs.slug, at=at) is None:
        return _not_reachable()
    if queries.asked_lately(case=case, theirs=theirs.pk, at=at):
        return Refusal(
            _("This society was asked about this person within the last three months."),
            next_step=_("Call them, with the code of that question, if something new was learnt."),
            code="asked-already",
        )
    if rules.too_many_between(queries.asked_within_a_day(society=case.society_id, theirs=theirs.pk, at=at)):
        return Refusal(
            _("Your society has asked this one often enough within a day."),
            next_step=_("Ask tomorrow. If it cannot wait, call them."),
            code="too-many-questions",
            status=429,
        )
    if asked is not None and not asked.whole:
        return Refusal(
            _("A name alone finds too many: a year of birth or a phone goes along."),
            next_step=_("Choose one, or write it into the case first, if the person knows it."),
            code="name-alone",
        )
    return _consent_lacks(keys, case, theirs, asked, at)


def _not_reachable() -> Refusal:
    return Refusal(
        _("This society cannot be reached through Panah now: nothing has left."),
        next_step=_("Call them by telephone, and tell a focal point."),
        code="not-reachable",
    )


def _consent_lacks(
    keys: Keyring | None, case: Case, theirs: Society, asked: InquiryMessage | None, at: datetime
) -> Refusal | None:
    age = sealed_age(keys=keys, file=case.file_id)
    verdict = consent_queries.may_share(
        keys=keys,
        file=case.file_id,
        purpose=ConsentPurpose.KNOWN_THERE,
        receiver=_receiver(theirs),
        fields=_fields(asked) if asked else (),
        on=timezone.localdate(at),
        age_group=age,
    )
    if not verdict.allowed:
        return Refusal(
            _("The person has not agreed that this society is asked with this: nothing has left."),
            next_step=_("Ask for consent, for this society and each thing that would be told."),
            code=f"consent-{verdict.why}",
        )
    child = vault_queries.value_of(keys=keys, file=case.file_id, part="child")
    if age != "adult" and not child.get("assessment"):
        return Refusal(
            _(
                "About a child, or perhaps a child, nobody abroad is asked without a best-interests assessment."
            ),
            next_step=_("Child, best interests: write the assessment."),
            code="child-assessment",
        )
    return None


def _receiver(theirs: Society) -> str:
    return f"society:{theirs.slug}"


def _fields(asked: InquiryMessage) -> set[str]:
    there = {
        AskedWith.NAMES: bool(asked.names),
        AskedWith.BIRTH_YEAR: asked.birth_year is not None,
        AskedWith.PHONE_TAIL: bool(asked.phone_tail),
    }
    return {str(name) for name, told in there.items() if told}


@transaction.atomic
def ask_society(
    *, keys: Keyring, case: Case, theirs: Society, asked: InquiryMessage, at: datetime
) -> OutgoingInquiry:
    """Seal a question about the person of a case to a paired society's people, and put it on its way.

    Only what stands in the case can be asked with; refuses without a consent for exactly this, and too often.
    """
    identity = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    known = queries.could_be_told(identity)
    asked = InquiryMessage(
        tuple(name for name in asked.names if name in known.names),
        asked.birth_year if asked.birth_year == known.birth_year else None,
        asked.phone_tail if asked.phone_tail == known.phone_tail else "",
    )
    refusal = why_not_askable(keys=keys, case=case, theirs=theirs, asked=asked, at=at)
    if refusal is not None:
        raise refusal
    row, reply = _row(keys, case, theirs, at), Private.new()
    told = message_schema.question(
        InquiryMessage(asked.names, asked.birth_year, asked.phone_tail, reply.public),
        **_agreed(keys, case, theirs),
    )
    _send(keys, row, told, at)
    kept = {name: told[name] for name in ("names", "birth_year", "phone_tail")}
    value = {**kept, "seed": reply.seed.hex()}
    vault.write(keys=keys, file=case.file_id, part=THERE, ref=row.pk, value=value, at=at, based_on=0)
    said = LazySentence(
        _("%(who)s has not answered whether the person is known: call them"),
        who=NameByLanguage(theirs.name_in),
    )
    work.due(
        CALL_FOR_ANSWER,
        cases.on_case(case, row.pk),
        keys=keys,
        owner=case.owner or keys.staff,
        due_at=at + rules.CALL_AFTER,
        sentence=said,
        at=at,
    )
    audit.record(event=events.ASKED_THERE, by=keys.staff, at=at, about=case.file_id)
    return row


def _row(keys: Keyring, case: Case, theirs: Society, at: datetime) -> OutgoingInquiry:
    row: OutgoingInquiry = OutgoingInquiry.objects.create(
        society_id=case.society_id,
        case=case,
        theirs=theirs,
        conversation=uuid4(),
        asked_by=keys.staff,
        asked_at=at,
    )
    return row


def _send(keys: Keyring, row: OutgoingInquiry, told: Mapping[str, object], at: datetime) -> None:
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.theirs_id, at=at)
    if peer is None:
        raise _not_reachable()
    exchange.send(
        keys=keys,
        peer=peer,
        kind=MessageKind.KNOWN_ASKED,
        conversation=row.conversation,
        content=dict(told),
        # The same for everybody: how urgent a person's case is is not told by a question.
        urgency=Urgency.WEEK,
        at=at,
    )


def _agreed(keys: Keyring, case: Case, theirs: Society) -> dict[str, str]:
    """Return the days of the consent, which the other side may see."""
    wanted = (ConsentPurpose.KNOWN_THERE, _receiver(theirs))
    answers = consent_queries.latest(keys=keys, file=case.file_id)
    kept = next(a.kept for a in answers if (a.consent.purpose, a.consent.receiver) == wanted)
    return {"asked_on": str(kept.get("given_at", ""))[:10], "until": str(kept.get("until", ""))}


# -- what comes back ---------------------------------------------------------------------------


@transaction.atomic
def answer_arrived(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Keep the answer until whoever holds the case opens it; runs inside the transaction of the wire.

    Until then they have not answered: what does not open leaves asking them on the list, and another one may come.
    """
    header = envelope.header
    row = (
        OutgoingInquiry.objects.select_for_update(of=("self",))
        .filter(society=peer.society_id, theirs=peer.theirs_id, conversation=header.conversation)
        .select_related("case__owner", "case__branch")
        .first()
    )
    if row is None or header.to_key != "conversation":
        # Nobody here could open it.
        return ReceiptCode.UNKNOWN_KIND
    case = row.case
    if row.answered_at or row.withdrawn_at or case.erased_at:
        return ReceiptCode.TAKEN
    inbox.receive(
        society=peer.society_id,
        source="exchange",
        sender=peer.theirs,
        kind=header.kind,
        urgency=Urgency.TODAY,
        conversation=header.conversation,
        header=envelope.raw_header,
        body=envelope.body,
        to_key=header.to_key,
        expires_at=None,
        at=at,
        owner=case.owner,
        room=ROOM,
        subject=row.pk,
        number=case.number,
        file=case.file_id,
        language=case.language,
        age_group=case.age_group,
    )
    return ReceiptCode.TAKEN


def key_for(keys: Keyring, subject: UUID) -> Private | None:
    """Return the key of a question's answer from its case's file, or None to whoever cannot open that file."""
    row = OutgoingInquiry.objects.filter(pk=subject).select_related("case").first()
    kept = vault_queries.read(keys=keys, file=row.case.file_id, part=THERE, ref=row.pk) if row else None
    seed = kept.value.get("seed") if kept else None
    return Private(bytes.fromhex(seed)) if seed else None


def take_answer(*, keys: Keyring, case: Case, question: queries.OutgoingRow, at: datetime) -> str:
    """Open the answer to a question and keep it in the case's file; returns it."""
    arrival = question.unread
    if arrival is None:
        raise Refusal(_("No answer waits here."), next_step=_("Look at the page again."), code="no-answer")
    said, call = message_schema.read_answer(
        inbox.open_arrival(keys=keys, arrival=arrival, by=keys.staff, at=at)
    )
    with transaction.atomic():
        _write(keys, case, question, {"answer": said, "call": call, "read_at": at.isoformat()}, at)
        inbox.settle(arrival=arrival, room=ROOM, subject=question.row.pk, by=keys.staff, at=at)
        row = question.row
        OutgoingInquiry.objects.filter(pk=row.pk).update(answered_at=arrival.arrived_at)
        work.complete_for(subject=row.pk, purpose=WAIT, by=keys.staff, at=at)
        # Nothing else of this question opens any more: the key goes out of the file.
        inbox.withdraw(society=row.society_id, sender=row.theirs_id, conversation=row.conversation, at=at)
        audit.record(event=events.ANSWER_READ, by=keys.staff, at=at, about=case.file_id)
    return said


def _write(
    keys: Keyring, case: Case, question: queries.OutgoingRow, more: Mapping[str, object], at: datetime
) -> None:
    # What opened the answer is of no more use.
    value = {name: one for name, one in question.sealed.items() if name != "seed"}
    vault.write(
        keys=keys,
        file=case.file_id,
        part=THERE,
        ref=question.row.pk,
        value={**value, **more},
        at=at,
        based_on=question.version,
    )


# -- what a withdrawn consent stops ------------------------------------------------------------


def _affected(keys: Keyring, file: UUID, given: Consent) -> list[tuple[Case, queries.OutgoingRow]]:
    case = visible(to=keys.staff).filter(file_id=file).first()
    if case is None or given.purpose != ConsentPurpose.KNOWN_THERE:
        return []
    return [
        (case, one)
        for one in queries.outgoing_of(case=case, keys=keys)
        if _receiver(one.row.theirs) == given.receiver
        and one.row.withdrawn_at is None
        and one.row.answered_at is None
        and one.unread is None
    ]


def preview_stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> list[str]:
    """Say what a withdrawal stops here."""
    del at
    sentence = _("%(who)s has not answered yet: the question is taken back, and deleted there.")
    return [str(sentence) % {"who": one.row.theirs} for _case, one in _affected(keys, file, consent)]


def stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> None:
    """Take back what was asked under a consent and is not answered."""
    for case, one in _affected(keys, file, consent):
        _write(keys, case, one, {}, at)
        if not _recall(one.row, at):
            said = LazySentence(
                _("%(who)s could not be told through Panah that the question is taken back: call them"),
                who=NameByLanguage(one.row.theirs.name_in),
            )
            work.due(
                TELL_TAKEN_BACK,
                cases.on_case(case, one.row.pk),
                keys=keys,
                owner=case.owner or keys.staff,
                sentence=said,
                at=at,
            )
        audit.record(event=events.STOPPED_THERE, by=keys.staff, at=at, about=file)


def _recall(row: OutgoingInquiry, at: datetime) -> bool:
    """Stop a question that has not left, and tell the other side in any case; returns whether that could leave."""
    OutgoingInquiry.objects.filter(pk=row.pk).update(withdrawn_at=at)
    work.cancel_for(subject=row.pk, purpose=WAIT, at=at)
    exchange.stop(society=row.society_id, theirs=row.theirs_id, conversation=row.conversation, at=at)
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.theirs_id, at=at)
    if peer is None:
        return False
    send = partial(exchange.send, keys=None, kind=MessageKind.WITHDRAWN, content={}, urgency=Urgency.NOW)
    send(peer=peer, conversation=row.conversation, at=at)
    return True


def forget(*, file: UUID, at: datetime) -> None:
    """A case is erased: what it asked elsewhere is taken back, and no arrival names it."""
    for row in OutgoingInquiry.objects.filter(case__file_id=file):
        inbox.forget_subject(room=ROOM, subject=row.pk)
        if row.answered_at is None and row.withdrawn_at is None:
            _recall(row, at)
