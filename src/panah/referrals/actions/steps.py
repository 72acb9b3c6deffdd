"""Preparing, sending and following a referral. Nothing leaves without a consent that covers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.accounts.queries import with_role
from panah.audit import actions as audit
from panah.audit.events import Event
from panah.cases.queries import visible
from panah.consent import queries as consent
from panah.consent.queries import Consent, Verdict
from panah.foundation.errors import Refusal
from panah.referrals import events, rules
from panah.referrals.actions.once import destroy_pages, make_page
from panah.referrals.models import Referral
from panah.referrals.queries import PART, Opened, of_case
from panah.referrals.words import State, Way
from panah.vault import actions as vault
from panah.vault.keyring import Keyring
from panah.work import actions as work
from panah.work.words import Kind, Said, Sentence, Urgency

ANSWER, MEET, FEEDBACK, LIFE, TELL = "answer", "meet", "feedback", "life", "tell_withdrawn"
ENDED = {State.DONE, State.DECLINED, State.WITHDRAWN}


@dataclass(frozen=True)
class Sent:
    """What left. ``token`` and ``code`` of a page that opens once are shown now and kept nowhere."""

    packet: dict[str, str]
    token: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


def coverage(*, keys: Keyring, case: Any, purpose: str, receiver: str, fields: Any, at: datetime) -> Verdict:
    """Say whether the person's consent covers these fields for this receiver today."""
    return consent.may_share(
        keys=keys,
        file=case.file_id,
        purpose=purpose,
        receiver=receiver,
        fields=fields,
        on=timezone.localdate(at),
        age_group=case.age_group,
    )


@transaction.atomic
def prepare(*, keys: Keyring, case: Any, content: Mapping[str, Any], at: datetime) -> Referral:
    """Begin a referral. ``content``: purpose, receiver, receiver_name, need, values, note."""
    row = Referral.objects.create(society_id=case.society_id, case=case, made_at=at)
    value = {**content, "steps": []}
    vault.write(keys=keys, file=case.file_id, part=PART, ref=row.pk, value=value, at=at, based_on=0)
    audit.record(event=events.PREPARED, by=keys.staff, at=at, about=case.file_id)
    return row


@transaction.atomic
def rewrite(*, keys: Keyring, case: Any, opened: Opened, content: Mapping[str, Any], at: datetime) -> None:
    """Change a referral that has not left."""
    if opened.row.state != State.DRAFT:
        raise Refusal(_("This has left already and cannot be changed."), code="sent-already")
    _write(keys, case, opened, {**opened.sealed, **content}, at)


def _write(keys: Keyring, case: Any, opened: Opened, value: Mapping[str, Any], at: datetime) -> None:
    vault.write(
        keys=keys,
        file=case.file_id,
        part=PART,
        ref=opened.row.pk,
        value=value,
        at=at,
        based_on=opened.version,
    )


@transaction.atomic
def send(*, keys: Keyring, case: Any, opened: Opened, way: str, at: datetime, life: str = "") -> Sent:
    """Let a referral leave, and return exactly what left (for a page that opens once: its address and code too).

    ``life``: the reason, when there is a risk to life and no consent; both focal points get it on their list.
    """
    _must_follow(opened, State.OFFERED)
    content = opened.sealed
    agreed = set(content["values"])
    verdict = coverage(
        keys=keys, case=case, purpose=content["purpose"], receiver=content["receiver"], fields=agreed, at=at
    )
    if not verdict.allowed and not life.strip():
        raise Refusal(
            _("The person's consent does not cover this: nothing has left."),
            next_step=_("Ask for consent, or take out what was not agreed to."),
            code=f"consent-{verdict.why}",
        )
    packet = rules.leaves(agreed, content["values"])
    step = _step("sent", at, keys, way=way, packet=packet, life=life.strip())
    token, code, key = "", "", ""
    if way == Way.PAGE:
        whole = {"need": content["need"], "values": packet, "from": str(case.society)}
        token, code, key = make_page(referral=opened.row, packet=whole, at=at)
    _advance(keys, case, opened, State.OFFERED, step, at, {"way": way, "packet": packet, "page_key": key})
    event = events.SENT if verdict.allowed else events.WITHOUT_CONSENT
    audit.record(event=event, by=keys.staff, at=at, about=case.file_id, facts={"way": way})
    if not verdict.allowed:
        _tell_focal_points(keys, case, opened, at)
    _due(
        keys,
        case,
        opened,
        Kind.ANSWER,
        rules.answer_due(urgency=case.urgency, sent=at),
        ANSWER,
        Said(_("%(who)s has not answered the referral yet"), who=content["receiver_name"]),
        at,
    )
    return Sent(packet, token, code)


def _tell_focal_points(keys: Keyring, case: Any, opened: Opened, at: datetime) -> None:
    for focal_point in with_role(case.society_id, "focal_point"):
        _due(
            keys,
            case,
            opened,
            Kind.REVIEW,
            at,
            LIFE,
            _("A referral left without consent, for a risk to life: look at it"),
            at,
            owner=focal_point,
            urgency=Urgency.NOW,
        )


def _due(
    keys: Keyring,
    case: Any,
    opened: Opened,
    kind: Kind,
    due_at: datetime,
    purpose: str,
    sentence: Sentence,
    at: datetime,
    *,
    owner: Any = None,
    urgency: str = Urgency.TODAY,
) -> None:
    work.put_on_list(
        keys=keys,
        society=case.society_id,
        kind=kind,
        due_at=due_at,
        room="referrals",
        subject=opened.row.pk,
        at=at,
        owner=owner or case.owner,
        branch=case.branch,
        urgency=Urgency(urgency),
        language=case.language,
        age_group=case.age_group,
        number=case.number,
        purpose=purpose,
        file=case.file_id,
        sentence=sentence,
    )


def _step(what: str, at: datetime, keys: Keyring, **more: Any) -> dict[str, Any]:
    return {
        "what": what,
        "at": at.isoformat(),
        "by": str(keys.staff.pk),
        **{k: v for k, v in more.items() if v},
    }


def _must_follow(opened: Opened, then: str) -> None:
    if not rules.may_become(opened.row.state, then):
        raise Refusal(
            _("This step does not follow from where the referral stands."),
            next_step=_("Look at the page again: someone may have written it down already."),
            code="wrong-step",
        )


def _advance(
    keys: Keyring,
    case: Any,
    opened: Opened,
    state: State,
    step: Mapping[str, Any],
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    row = opened.row
    changed = Referral.objects.filter(pk=row.pk, state=row.state).update(
        state=state,
        sent_at=row.sent_at or (at if state == State.OFFERED else None),
        ended_at=at if state in ENDED else None,
    )
    if not changed:
        raise Refusal(_("Someone else wrote here in the meantime."), code="stale")
    value = {**opened.sealed, **(more or {}), "steps": [*opened.sealed["steps"], dict(step)]}
    _write(keys, case, opened, value, at)
    if state in ENDED:
        work.drop_for(subject=row.pk, at=at)


@transaction.atomic
def write_answer(
    *, keys: Keyring, case: Any, opened: Opened, answer: str, note: str, at: datetime, reason: str = ""
) -> None:
    """Write down what the receiver said: accepted, declined (with a reason code), more asked, offered again."""
    state = State(answer)
    _must_follow(opened, state)
    _advance(keys, case, opened, state, _step(answer, at, keys, note=note, reason=reason), at)
    if state != State.OFFERED:
        work.done_for(subject=opened.row.pk, purpose=ANSWER, by=keys.staff, at=at)
    if state == State.MORE_ASKED:
        _due(
            keys,
            case,
            opened,
            Kind.ANSWER,
            at + timedelta(hours=8),
            ANSWER,
            _("The receiver asks for more: answer"),
            at,
        )
    if state == State.ACCEPTED:
        _due(
            keys,
            case,
            opened,
            Kind.MEET,
            at + timedelta(hours=24),
            MEET,
            _("Accepted: agree where and when they meet"),
            at,
        )
    audit.record(event=events.ANSWERED, by=keys.staff, at=at, about=case.file_id, facts={"answer": answer})


@transaction.atomic
def agree_meeting(
    *, keys: Keyring, case: Any, opened: Opened, meeting: Mapping[str, Any], at: datetime
) -> None:
    """Keep where, when, who meets and how they recognise each other; put the alarm on the list.

    ``meeting``: when (aware datetime), where, who, sign, fallback, escort, papers, medical.
    """
    _must_follow(opened, State.MEETING)
    when: datetime = meeting["when"]
    kept = {**meeting, "when": when.isoformat()}
    _advance(keys, case, opened, State.MEETING, _step("meeting", at, keys), at, {"meeting": kept})
    work.done_for(subject=opened.row.pk, purpose=MEET, by=keys.staff, at=at)
    _due(
        keys,
        case,
        opened,
        Kind.MEET,
        rules.alarm_at(when),
        MEET,
        Said(_("Not met yet: %(what)s"), what=meeting["fallback"]),
        at,
        urgency=Urgency.NOW,
    )
    audit.record(event=events.MEETING, by=keys.staff, at=at, about=case.file_id)


@transaction.atomic
def write_met(*, keys: Keyring, case: Any, opened: Opened, met: bool, note: str, at: datetime) -> None:
    """Write down that they met, or that nobody came: then the alarm goes out and the fallback is on top."""
    state = State.MET if met else State.NOT_MET
    _must_follow(opened, state)
    _advance(keys, case, opened, state, _step(state, at, keys, note=note), at)
    work.done_for(subject=opened.row.pk, purpose=MEET, by=keys.staff, at=at)
    if met:
        _due(
            keys,
            case,
            opened,
            Kind.ANSWER,
            at + rules.FEEDBACK_AFTER,
            FEEDBACK,
            Said(_("Ask %(who)s and the person how it went"), who=opened.sealed["receiver_name"]),
            at,
        )
    else:
        fallback = opened.sealed.get("meeting", {}).get("fallback", "")
        work.raise_alarm(
            society=case.society_id, room="referrals", subject=opened.row.pk, by=keys.staff, at=at
        )
        _due(
            keys,
            case,
            opened,
            Kind.MEET,
            at,
            MEET,
            Said(_("Nobody was met: %(what)s"), what=fallback),
            at,
            urgency=Urgency.NOW,
        )
    audit.record(event=events.MET if met else events.NOT_MET, by=keys.staff, at=at, about=case.file_id)


@transaction.atomic
def write_outcome(
    *,
    keys: Keyring,
    case: Any,
    opened: Opened,
    outcome: str,
    person_says: str,
    partner_says: str,
    at: datetime,
) -> None:
    """End a referral with what the person says first, then the partner."""
    _must_follow(opened, State.DONE)
    step = _step("done", at, keys, outcome=outcome, person=person_says, partner=partner_says)
    _advance(keys, case, opened, State.DONE, step, at)
    audit.record(event=events.DONE, by=keys.staff, at=at, about=case.file_id, facts={"outcome": "written"})


@transaction.atomic
def give_up(*, keys: Keyring, case: Any, opened: Opened, note: str, at: datetime) -> None:
    """Withdraw a referral that is not needed any more."""
    _must_follow(opened, State.WITHDRAWN)
    _advance(keys, case, opened, State.WITHDRAWN, _step("withdrawn", at, keys, note=note), at)
    audit.record(event=events.STOPPED, by=keys.staff, at=at, about=case.file_id)


# -- what a withdrawn consent stops ------------------------------------------------------------


def _touched(keys: Keyring, file: UUID, given: Consent) -> list[Opened]:
    case = visible(to=keys.staff).filter(file_id=file).first()
    if case is None:
        return []
    return [
        o
        for o in of_case(case=case, keys=keys)
        if o.row.state not in ENDED
        and o.sealed["purpose"] == given.purpose
        and o.sealed["receiver"] == given.receiver
    ]


def preview_stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> list[str]:
    """Say what a withdrawal stops here."""
    del at
    sentences = []
    for opened in _touched(keys, file, consent):
        who = {"who": opened.sealed["receiver_name"]}
        if opened.row.state == State.DRAFT:
            sentences.append(str(_("The referral to %(who)s has not left: it stays here.")) % who)
        else:
            sentences.append(str(_("%(who)s has it already: you are asked to tell them to delete it.")) % who)
    return sentences


def stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> None:
    """Stop what has not left; for what has, put telling the receiver on the list."""
    for opened in _touched(keys, file, consent):
        case = opened.row.case
        left = opened.row.state != State.DRAFT
        _advance(keys, case, opened, State.WITHDRAWN, _step("consent_withdrawn", at, keys), at)
        destroy_pages(referral=opened.row, at=at)
        if left:
            _due(
                keys,
                case,
                opened,
                Kind.CALL,
                at + timedelta(hours=8),
                TELL,
                Said(
                    _("Tell %(who)s that the consent is withdrawn and ask them to delete it"),
                    who=opened.sealed["receiver_name"],
                ),
                at,
            )
        audit.record(event=events.STOPPED, by=keys.staff, at=at, about=file)


def record_print(*, keys: Keyring, case: Any, at: datetime, event: Event = events.PRINTED) -> None:
    """Journal that a letter was made."""
    audit.record(event=event, by=keys.staff, at=at, about=case.file_id)
