"""Preparing, sending and following a referral. Nothing leaves without a consent that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.directory.queries import own_numbers
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import LazySentence
from panah.people.cases import actions as cases
from panah.people.cases.queries import sealed_age
from panah.people.consent import queries as consent_queries
from panah.people.consent.queries import ConsentVerdict
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import events, rules
from panah.people.referrals.actions.one_time_page import destroy_pages, make_page
from panah.people.referrals.actions.outgoing_messages import offer, offer_by_hand, send_message
from panah.people.referrals.actions.own_programmes import tell_programme, tell_programme_more
from panah.people.referrals.actions.travel_watch import keep_watching
from panah.people.referrals.actions.workflow import (
    AGREE_TO_MEET,
    ANSWER,
    FEEDBACK,
    FOR_LIFE,
    MORE_IS_ASKED,
    OUTCOME,
    TYPED,
    WAITS_FOR_ANSWER,
    require_transition,
    step,
    transition,
    write,
)
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import PART, OpenedReferral, reason_without_consent
from panah.people.referrals.words import DeliveryMethod, ReferralState

if TYPE_CHECKING:
    from panah.people.cases.models import Case


@dataclass(frozen=True)
class SendResult:
    """What left. ``token`` and ``code`` of a page that opens once are shown now and kept nowhere."""

    packet: dict[str, str]
    token: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


def coverage(
    *, keys: Keyring, case: Case, purpose: str, receiver: str, fields: Iterable[str], at: datetime
) -> ConsentVerdict:
    """Say whether the person's consent covers these fields for this receiver today."""
    return consent_queries.may_share(
        keys=keys,
        file=case.file_id,
        purpose=purpose,
        receiver=receiver,
        fields=fields,
        on=timezone.localdate(at),
        age_group=sealed_age(keys=keys, file=case.file_id),
    )


@transaction.atomic
def prepare(*, keys: Keyring, case: Case, content: Mapping[str, object], at: datetime) -> Referral:
    """Begin a referral. ``content``: purpose, receiver, receiver_name, need, values, note.

    Across a border also: wish (for the arrival), needs (codes), authority (whom to call about a child).
    """
    row = Referral.objects.create(society_id=case.society_id, case=case, made_at=at)
    value = {**content, "steps": []}
    vault.write(keys=keys, file=case.file_id, part=PART, ref=row.pk, value=value, at=at, based_on=0)
    audit.record(event=events.PREPARED, by=keys.staff, at=at, about=case.file_id)
    return row


@transaction.atomic
def rewrite(
    *, keys: Keyring, case: Case, opened: OpenedReferral, content: Mapping[str, object], at: datetime
) -> None:
    """Change a referral that has not left."""
    if opened.row.state != ReferralState.DRAFT:
        raise Refusal(
            _("This has left already and cannot be changed."),
            next_step=_("Tell them what is new from its page, or withdraw it and send another."),
            code="sent-already",
        )
    write(keys, case, opened, {**opened.sealed, **content}, at)
    audit.record(event=events.CHANGED, by=keys.staff, at=at, about=case.file_id)


@transaction.atomic
def send(
    *, keys: Keyring, case: Case, opened: OpenedReferral, way: str, at: datetime, life: str = ""
) -> SendResult:
    """Let a referral leave, and return exactly what left (for a page that opens once: its address and code too).

    ``life``: the reason, when there is a risk to life and no consent; both focal points get it on their list.
    """
    require_transition(opened, ReferralState.OFFERED)
    content = opened.sealed
    agreed = set(content["values"])
    covered = _is_covered(keys, case, content, agreed, at, life=life)
    life = "" if covered else life.strip()
    packet = rules.fields_that_leave(agreed, content["values"])
    happened = step("sent", at, keys, way=way, packet=packet, life=life)
    token, code, more = "", "", {"way": way, "packet": packet, "page_key": ""}
    # The consent is checked above, the child's protection in there; then all is written, or nothing.
    if way == DeliveryMethod.NODE:
        more |= offer(keys=keys, case=case, opened=opened, packet=packet, life=life, at=at)
    elif content["purpose"] == ConsentPurpose.CROSS_BORDER:
        more |= offer_by_hand(keys=keys, case=case, opened=opened, packet=packet, life=life)
    if way == DeliveryMethod.OURS:
        more |= tell_programme(keys=keys, case=case, opened=opened, packet=packet, at=at)
    if way == DeliveryMethod.PAGE:
        whole = _on_page(case, {**content, **more}, life, at)
        token, code, more["page_key"] = make_page(referral=opened.row, packet=whole, at=at)
    transition(keys, case, opened, ReferralState.OFFERED, happened, at, more)
    event = events.SENT if covered else events.WITHOUT_CONSENT
    audit.record(event=event, by=keys.staff, at=at, about=case.file_id, facts={"way": way})
    for focal_point in [] if covered else with_permission(case.society_id, Permission.REFERRALS_LEAD):
        work.due(FOR_LIFE, cases.on_case(case, opened.row.pk), keys=keys, owner=focal_point, at=at)
    said = LazySentence(_("%(who)s has not answered the referral yet"), who=opened.called)
    due_at = rules.answer_due(urgency=case.urgency, sent=at)
    work.due(
        WAITS_FOR_ANSWER, cases.on_case(case, opened.row.pk), keys=keys, due_at=due_at, sentence=said, at=at
    )
    return SendResult(packet, token, code)


def _on_page(case: Case, content: Mapping[str, object], life: str, at: datetime) -> dict[str, object]:
    """Return what the page that opens once shows."""
    shown = {"need": content["need"], "values": content["packet"], "from": str(case.society)}
    # The society's own lines, never a colleague's duty telephone: a partner keeps what it has read.
    lines = own_numbers(case.society, at=at)
    numbers = [[line.name, line.number] for line in lines if not line.changed]
    return {**shown, "offer": content.get("offer", {}), "life": life, "numbers": numbers}


@transaction.atomic
def make_page_again(*, keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> SendResult:
    """Make the page of a referral anew, with another address and code: they were lost, or three days are over.

    Exactly what has left, under a consent that still holds; the earlier page closes.
    """
    content, life = opened.sealed, reason_without_consent(opened.sealed)
    if (
        opened.row.state not in (ReferralState.OFFERED, ReferralState.MORE_ASKED)
        or content.get("way") != DeliveryMethod.PAGE
    ):
        raise Refusal(
            _("This referral waits for no page."),
            next_step=_("Look at the page again: someone may have written it down already."),
            code="no-page",
        )
    packet = content["packet"]
    _is_covered(keys, case, content, packet, at, life=life)
    destroy_pages(referral=opened.row, at=at)
    token, code, key = make_page(referral=opened.row, packet=_on_page(case, content, life, at), at=at)
    happened = [*content["steps"], step("page_again", at, keys)]
    write(keys, case, opened, {**content, "page_key": key, "steps": happened}, at)
    audit.record(
        event=events.SENT, by=keys.staff, at=at, about=case.file_id, facts={"way": DeliveryMethod.PAGE.value}
    )
    return SendResult(packet, token, code)


@transaction.atomic
def write_answer(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    answer: str,
    note: str,
    at: datetime,
    reason: str = "",
) -> None:
    """Write down what the receiver said: accepted, declined (with a reason code, also after all), more asked."""
    state = ReferralState(answer)
    require_transition(opened, state)
    transition(keys, case, opened, state, step(answer, at, keys, note=note, reason=reason), at)
    if state == ReferralState.DECLINED:
        keep_watching(keys=keys, case=case, opened=opened, at=at)
    for answered in (ANSWER, TYPED):
        work.complete_for(subject=opened.row.pk, purpose=answered, by=keys.staff, at=at)
    if state == ReferralState.MORE_ASKED:
        work.due(MORE_IS_ASKED, cases.on_case(case, opened.row.pk), keys=keys, at=at)
    if state == ReferralState.ACCEPTED:
        work.due(AGREE_TO_MEET, cases.on_case(case, opened.row.pk), keys=keys, at=at)
    audit.record(event=events.ANSWERED, by=keys.staff, at=at, about=case.file_id, facts={"answer": answer})


@transaction.atomic
def write_outcome(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    outcome: str,
    person_says: str,
    partner_says: str,
    at: datetime,
    final: bool = True,
) -> None:
    """Write down how it went, what the person says first, then the partner; the last time it ends the referral."""
    require_transition(opened, ReferralState.DONE)
    code = "done" if final else "heard_outcome"
    happened = step(code, at, keys, outcome=outcome, person=person_says, partner=partner_says)
    if final:
        transition(keys, case, opened, ReferralState.DONE, happened, at)
    else:
        write(keys, case, opened, {**opened.sealed, "steps": [*opened.sealed["steps"], happened]}, at)
        complete_outcome_question(keys, opened, at)
    audit.record(event=events.DONE, by=keys.staff, at=at, about=case.file_id, facts={"outcome": "written"})


def complete_outcome_question(keys: Keyring, opened: OpenedReferral, at: datetime) -> None:
    """Take the next time at which it is asked or told how it went off the list."""
    for item in work_queries.items_of(opened.row.pk, purpose=OUTCOME)[:1]:
        work.complete(item=item, by=keys.staff, at=at)
    work.complete_for(subject=opened.row.pk, purpose=FEEDBACK, by=keys.staff, at=at)


def _is_covered(
    keys: Keyring, case: Case, content: Mapping[str, Any], fields: Iterable[str], at: datetime, life: str = ""
) -> bool:
    """Whether the consent covers these fields. Refuses where it does not, and no risk to ``life`` is told."""
    verdict = coverage(
        keys=keys, case=case, purpose=content["purpose"], receiver=content["receiver"], fields=fields, at=at
    )
    if not verdict.allowed and not life.strip():
        raise Refusal(
            _("The person's consent does not cover this: nothing has left."),
            next_step=_("Ask for consent, or take out what was not agreed to."),
            code=f"consent-{verdict.why}",
        )
    return verdict.allowed


@transaction.atomic
def answer_question(
    *, keys: Keyring, case: Case, opened: OpenedReferral, text: str, values: Mapping[str, str], at: datetime
) -> None:
    """Answer what the receiver asked: only fields that the person agreed to, under a consent that still holds.

    Without a Panah there it was told on the telephone, and is written down.
    """
    require_transition(opened, ReferralState.OFFERED)
    content = opened.sealed
    told = {name: one for name, one in values.items() if one.strip()}
    life = reason_without_consent(content)
    offered = content.get("offer") or {"values": content.get("packet", {}), "life": life}
    if told or not offered.get("life"):
        _is_covered(keys, case, content, {*offered.get("values", {}), *told}, at)
    more: dict[str, Any] = {"packet": {**content.get("packet", {}), **told}}
    if content.get("offer"):
        more["offer"] = {**offered, "values": {**offered.get("values", {}), **told}}
    tell_programme_more(keys=keys, opened=opened, packet=more["packet"], note=text, at=at)
    happened = step("told", at, keys, note=text, values=told)
    transition(keys, case, opened, ReferralState.OFFERED, happened, at, more)
    work.complete_for(subject=opened.row.pk, purpose=ANSWER, by=keys.staff, at=at)
    said = LazySentence(_("%(who)s has not answered the referral yet"), who=opened.called)
    due_at = rules.answer_due(urgency=case.urgency, sent=at)
    work.due(
        WAITS_FOR_ANSWER, cases.on_case(case, opened.row.pk), keys=keys, due_at=due_at, sentence=said, at=at
    )
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.TOLD,
        content={"text": text, "values": told},
        at=at,
        urgency=case.urgency,
        known=True,
    )
    audit.record(event=events.TOLD, by=keys.staff, at=at, about=case.file_id)


def record_print(*, keys: Keyring, case: Case, at: datetime, event: Event = events.PRINTED) -> None:
    """Journal that a letter was made."""
    audit.record(event=event, by=keys.staff, at=at, about=case.file_id)
