"""An offer that came from another society: accepted into a case of our own, declined, or asked more about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.errors import no_answer_can_be_sent
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import Joined, NameByLanguage, Urgency, kept_text
from panah.people.cases import actions as cases
from panah.people.consent import actions as consent
from panah.people.consent.words import ConsentPurpose
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import events, offer_schema
from panah.people.referrals.actions.outgoing_messages import send_message
from panah.people.referrals.actions.steps import complete_outcome_question
from panah.people.referrals.actions.travel_watch import keep_watching
from panah.people.referrals.actions.workflow import AGREE_TO_MEET, require_transition, step, transition, write
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import PART, OpenedReferral, of_conversation
from panah.people.referrals.words import DeclineReason, ReferralDirection, ReferralOutcome, ReferralState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.models import Peer
    from panah.ground.network.models import Branch, Society
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival


@transaction.atomic
def accept(
    *,
    keys: Keyring,
    arrival: Arrival,
    content: Mapping[str, object],
    owner: Staff,
    branch: Branch | None,
    note: str,
    at: datetime,
) -> Case:
    """Open a case of our own with what came, and tell the sender; returns the case.

    ``content`` is the opened offer, ``owner`` who will hold the case. Identity, codes, needs and the consent as it was
    given there are taken over; what came is marked, so that it can be erased again.
    """
    peer = _peer(arrival)
    _must_be_new(peer, arrival)
    offer, sender = offer_schema.read(content), str(peer.theirs)
    case, made = _open_case(keys, offer, peer.theirs, owner, branch, at)
    row = Referral.objects.create(
        society_id=case.society_id,
        case=case,
        state=ReferralState.ACCEPTED,
        direction=ReferralDirection.IN,
        peer=peer,
        conversation=inbox_queries.conversation_of(arrival),
        made_at=at,
        sent_at=arrival.arrived_at,
    )
    inbox.settle(arrival=arrival, room="referrals", subject=row.pk, by=keys.staff, at=at)
    made["refs"]["note"] += _settle_what_was_told(keys, arrival, row, at)
    reply = Private.new()
    value = {
        "purpose": "",
        "receiver": "",
        "receiver_name": sender,
        "need": offer.need,
        "values": {},
        "note": "",
        "offer": {name: one for name, one in content.items() if name != "reply_key"},
        "made": made,
        "reply_seed": reply.seed.hex(),
        "their_key": offer.reply_key.hex(),
        "reference": spell_out(inbox_queries.conversation_of(arrival)),
        "steps": [step("accepted_here", at, keys, note=note)],
    }
    vault.write(keys=keys, file=case.file_id, part=PART, ref=row.pk, value=value, at=at, based_on=0)
    _keep_consent(keys, case, offer, peer, at)
    _say_accepted(keys, case, OpenedReferral(row, value, 1), note, reply, at)
    audit.record(event=events.ACCEPTED_HERE, by=keys.staff, at=at, about=case.file_id)
    return case


def _open_case(
    keys: Keyring,
    offer: offer_schema.Offer,
    sender: Society,
    owner: Staff,
    branch: Branch | None,
    at: datetime,
) -> tuple[Case, dict[str, Any]]:
    """Open the case with the offer; returns it, and which of its parts came from the sender."""
    # What is typed on in the case stands there in the language of whoever will hold it.
    with translation.override(owner.language):
        identity = offer_schema.identity_of(offer, sender=sender.name_in(owner.language))
    codes = offer_schema.codes_of(offer)
    case = cases.open_case(
        keys=keys,
        by=keys.staff,
        at=at,
        owner=owner,
        branch=branch,
        language=offer.language,
        age_group=offer.age_group,
        urgency=offer.urgency,
        identity=identity,
        codes=codes,
        note=offer_schema.note_of(offer, sender=NameByLanguage(sender.name_in)),
        said=_("First meeting: welcome, a bed, what hurts, who may know; then own consent"),
    )
    return case, _write_case_parts(keys, case, offer, identity, codes, at)


def _say_accepted(
    keys: Keyring, case: Case, opened: OpenedReferral, note: str, reply: Private, at: datetime
) -> None:
    answer = {"note": note, "reply_key": reply.public.hex(), "reference": opened.sealed["reference"]}
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.ACCEPTED,
        content=answer,
        at=at,
        urgency=case.urgency,
    )
    work.due(AGREE_TO_MEET, cases.on_case(case, opened.row.pk), keys=keys, at=at)


def _peer(arrival: Arrival) -> Peer:
    peer = exchange_queries.paired_with(
        society=arrival.society_id, theirs=arrival.sender.slug if arrival.sender else ""
    )
    if peer is None:
        raise no_answer_can_be_sent()
    return peer


def _must_be_new(peer: Peer, arrival: Arrival) -> None:
    if Referral.objects.filter(peer=peer, conversation=arrival.conversation).exists():
        raise Refusal(
            _("A colleague has accepted this already: there is a case for it."),
            next_step=_("Look at the list of cases."),
            code="accepted-already",
        )


def _write_case_parts(
    keys: Keyring,
    case: Case,
    offer: offer_schema.Offer,
    identity: Mapping[str, object],
    codes: Mapping[str, object],
    at: datetime,
) -> dict[str, object]:
    """Write the needs as the room of cases keeps them; returns all that came and where it stands."""
    notes = [str(n.ref) for n in vault_queries.read_all(keys=keys, file=case.file_id, part="note")]
    needs = [
        str(
            cases.write_need(
                keys=keys,
                case=case,
                need={
                    "type": code,
                    "horizon": "now",
                    "said": "",
                    "state": "open",
                    "do": "",
                    "who": "",
                    "by": "",
                },
                at=at,
            )
        )
        for code in offer.needs
    ]
    return {"identity": dict(identity), "codes": dict(codes), "refs": {"note": notes, "need": needs}}


def _keep_consent(keys: Keyring, case: Case, offer: offer_schema.Offer, peer: Peer, at: datetime) -> None:
    """Keep what the person agreed to there with its own day and way: it lets us begin, it is not asked by us."""
    given = offer.consent
    if not given:
        return
    day = offer_schema.day_of(given.get("asked_on", ""))
    asked_at = at if day is None else at.replace(year=day.year, month=day.month, day=day.day)
    answer = {
        "purpose": ConsentPurpose.ASSISTANCE,
        "said": "yes",
        "receiver": "",
        "receiver_name": str(peer.theirs),
        "fields": [],
        "seven": {},
        "way": given.get("way", ""),
        "language": given.get("language", ""),
        "interpreter": "none",
        "understood": "",
        "guardian": given.get("guardian", ""),
        "until": given["until"] if offer_schema.day_of(given.get("until", "")) else "",
        "asked_there": peer.theirs.slug,
        "asked_at": min(asked_at, at),
        "asked_by": None,
    }
    consent.carry_over(keys=keys, file=case.file_id, answers=[answer], at=at)


def _settle_what_was_told(keys: Keyring, arrival: Arrival, row: Referral, at: datetime) -> list[str]:
    """What was answered to our questions before we accepted belongs to the case now; returns the refs of its notes."""
    notes = []
    for other in of_conversation(arrival):
        if other.kind != MessageKind.TOLD or not other.waits:
            continue
        content = inbox.open_arrival(keys=keys, arrival=other, by=keys.staff, at=at)
        told = Joined(
            "\n", [offer_schema.text(content.get("text")), *offer_schema.lines_of(offer_schema.read(content))]
        )
        if told:
            value = {"text": kept_text(told)}
            notes.append(vault.add(keys=keys, file=row.case.file_id, part="note", value=value, at=at))
        inbox.settle(arrival=other, room="referrals", subject=row.pk, by=keys.staff, at=at)
    return [str(ref) for ref in notes]


# -- without a case ----------------------------------------------------------------------------


@transaction.atomic
def decline(
    *,
    keys: Keyring,
    arrival: Arrival,
    content: Mapping[str, object],
    reason: str,
    note: str,
    others: Sequence[Mapping[str, str]],
    at: datetime,
) -> None:
    """Say no to an offer, with a reason as a code and who else could help; what came is destroyed here."""
    answer = {"reason": reason, "note": note, "others": [dict(other) for other in others]}
    _answer(keys, arrival, content, MessageKind.DECLINED, answer, at)
    for one in of_conversation(arrival):
        if one.pk != arrival.pk and one.waits and one.opened_at is not None:
            inbox.close_answered(arrival=one, by=keys.staff, at=at)
    inbox.close_answered(arrival=arrival, by=keys.staff, at=at)
    audit.record(event=events.DECLINED_HERE, by=keys.staff, at=at, about=arrival.pk, facts={"reason": reason})


def decline_unreadable(*, keys: Keyring, arrival: Arrival, at: datetime) -> None:
    """Tell the sender of an offer that does not open to send it again; part of closing it."""
    reason = DeclineReason.OTHER.value
    answer = {"reason": reason, "note": gettext("It did not open here. Send it again."), "others": []}
    _answer(keys, arrival, {}, MessageKind.DECLINED, answer, at)
    audit.record(event=events.DECLINED_HERE, by=keys.staff, at=at, about=arrival.pk, facts={"reason": reason})


@transaction.atomic
def ask_more(
    *, keys: Keyring, arrival: Arrival, content: Mapping[str, object], text: str, at: datetime
) -> None:
    """Ask the sender for more; the offer stays open in the inbox."""
    _answer(keys, arrival, content, MessageKind.MORE_ASKED, {"text": text}, at)
    audit.record(event=events.MORE_ASKED_HERE, by=keys.staff, at=at, about=arrival.pk)


def _answer(
    keys: Keyring,
    arrival: Arrival,
    content: Mapping[str, object],
    kind: MessageKind,
    answer: Mapping[str, object],
    at: datetime,
) -> None:
    exchange.send(
        keys=keys,
        peer=_peer(arrival),
        kind=kind,
        conversation=inbox_queries.conversation_of(arrival),
        content={"v": offer_schema.VERSION, **answer},
        urgency=arrival.urgency,
        at=at,
        to_key=offer_schema.read(content).reply_key or None,
    )


# -- afterwards --------------------------------------------------------------------------------


@transaction.atomic
def decline_after_all(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    reason: str,
    note: str,
    at: datetime,
    others: Sequence[Mapping[str, str]] = (),
) -> None:
    """Say that it cannot be done after all, and who else could help. The sender looks for somebody else at once."""
    require_transition(opened, ReferralState.DECLINED)
    transition(
        keys,
        case,
        opened,
        ReferralState.DECLINED,
        step("declined_here", at, keys, reason=reason, note=note),
        at,
    )
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.DECLINED,
        content={"reason": reason, "note": note, "others": [dict(other) for other in others]},
        at=at,
        urgency=Urgency.NOW,
    )
    keep_watching(keys=keys, case=case, opened=opened, at=at)
    audit.record(
        event=events.DECLINED_HERE, by=keys.staff, at=at, about=case.file_id, facts={"reason": reason}
    )


@transaction.atomic
def tell_outcome(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    outcome: str,
    person: str,
    society: str,
    agreed: bool,
    final: bool,
    at: datetime,
) -> None:
    """Tell the sender how it went on: a code and what the person agreed to share, or only that it is not to be told."""
    if opened.row.state not in (
        ReferralState.MET,
        ReferralState.ACCEPTED,
        ReferralState.MEETING,
        ReferralState.NOT_MET,
    ):
        require_transition(opened, ReferralState.DONE)
    crosses = (
        {"outcome": outcome, "person": person, "society": society}
        if agreed
        else {"outcome": ReferralOutcome.NOT_TOLD.value, "person": "", "society": ""}
    )
    happened = step("outcome", at, keys, outcome=outcome, person=person, partner=society, untold=not agreed)
    if final:
        require_transition(opened, ReferralState.DONE)
        transition(keys, case, opened, ReferralState.DONE, happened, at)
    else:
        value = {**opened.sealed, "steps": [*opened.sealed["steps"], happened]}
        write(keys, case, opened, value, at)
        complete_outcome_question(keys, opened, at)
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.OUTCOME,
        content={**crosses, "final": final},
        at=at,
    )
    audit.record(event=events.HOW_IT_WENT, by=keys.staff, at=at, about=case.file_id)
