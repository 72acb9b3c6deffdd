"""What every step of a referral shares: moving on, sealing what happened, putting what follows on the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Sentence, Urgency
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import offer_schema, rules
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import PART, OpenedReferral
from panah.people.referrals.words import ReferralState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case


ANSWER, MEET, FEEDBACK, LIFE, TELL = "answer", "meet", "feedback", "life", "tell_withdrawn"
ERASE, ERASED, OUTCOME, BY_PHONE, READ = "erase", "erased", "outcome", "by_phone", "read"
FIRST, TYPED, NO_LINE, SAFE, LOOK = "first", "page_answer", "no_line", "safe", "look"
ENDED = {ReferralState.DONE, ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.NOT_NEEDED}
# What stays on the list while somebody may be on the way, whatever became of the referral.
WATCH = {MEET, READ, SAFE}


def write(
    keys: Keyring, case: Case, opened: OpenedReferral, value: Mapping[str, object], at: datetime
) -> None:
    vault.write(
        keys=keys,
        file=case.file_id,
        part=PART,
        ref=opened.row.pk,
        value=value,
        at=at,
        based_on=opened.version,
    )


def due(
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    kind: DueKind,
    due_at: datetime,
    purpose: str,
    sentence: Sentence,
    at: datetime,
    *,
    owner: Staff | None = None,
    urgency: str = Urgency.TODAY,
) -> None:
    work.add_item(
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


def typed_answer(answer: str, note: str, at: datetime) -> dict[str, str]:
    """What a receiver typed, as it is sealed: on a page that opens once, or as a colleague of an own programme."""
    return {"answer": answer, "note": note, "at": at.isoformat()}


def put_answer_on_list(*, referral: Referral, at: datetime) -> None:
    """Put what a receiver typed on the list of whoever holds the case; it lies sealed, and nobody's keys are here."""
    case = referral.case
    work.add_item(
        keys=None,
        society=referral.society_id,
        kind=DueKind.ANSWER,
        due_at=at,
        room="referrals",
        subject=referral.pk,
        at=at,
        owner=case.owner,
        branch=case.branch,
        urgency=Urgency.TODAY,
        number=case.number,
        purpose=TYPED,
        file=case.file_id,
    )


def step(what: str, at: datetime, keys: Keyring, **more: object) -> dict[str, object]:
    return {
        "what": what,
        "at": at.isoformat(),
        "by": str(keys.staff.pk),
        **{k: v for k, v in more.items() if v},
    }


def goes_by_telephone(opened: OpenedReferral) -> bool:
    """Say whether this crosses a border to somebody without a Panah: the same journey, told and heard by telephone."""
    return opened.row.conversation is None and opened.sealed.get("purpose") == ConsentPurpose.CROSS_BORDER


def travels(row: Referral) -> bool:
    """Say whether somebody may be on the way here or there, as far as this side knows."""
    return rules.may_be_on_the_way(row.state, alarm_at=row.alarm_at, read_by=row.read_by)


def cancel_due_items(row: Referral, state: str, at: datetime) -> None:
    """Take off the lists what a referral waited for that ends in ``state``; ``row`` as before. The watch stays.

    Whether a person is safe is never taken off: only an answer in words ends it. Nor that it left without consent.
    """
    stays = {LIFE, *(WATCH if state in rules.CUT_SHORT and travels(row) else {SAFE})}
    for purpose in {item.purpose for item in work_queries.items_of(row.pk)} - stays:
        work.cancel_for(subject=row.pk, purpose=purpose, at=at)


def require_transition(opened: OpenedReferral, target: str) -> None:
    if not rules.may_become(opened.row.state, target):
        raise Refusal(
            _("This step is not possible now: the referral is at another stage."),
            next_step=_("Look at the page again: someone may have written it down already."),
            code="wrong-step",
        )


def transition(
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    state: ReferralState,
    happened: Mapping[str, object],
    at: datetime,
    more: Mapping[str, object] | None = None,
) -> None:
    row = opened.row
    over = {"alarm_at": None, "read_by": None} if state in (ReferralState.MET, ReferralState.DONE) else {}
    met = {"met_at": at} if state == ReferralState.MET else {}
    changed = Referral.objects.filter(pk=row.pk, state=row.state).update(
        **over,
        **met,
        state=state,
        sent_at=row.sent_at or (at if state == ReferralState.OFFERED else None),
        ended_at=at if state in ENDED else None,
    )
    if not changed:
        raise Refusal(_("Someone else wrote here in the meantime."), code="stale")
    value = {**opened.sealed, **(more or {}), "steps": [*opened.sealed["steps"], dict(happened)]}
    write(keys, case, opened, value, at)
    if state in ENDED:
        cancel_due_items(row, state, at)


def renew(
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    kind: DueKind,
    due_at: datetime,
    purpose: str,
    sentence: Sentence,
    at: datetime,
    *,
    urgency: str = Urgency.TODAY,
) -> None:
    """Put it on the list once: what stood there for the same, without a sentence, goes."""
    work.cancel_for(subject=opened.row.pk, purpose=purpose, at=at)
    due(keys, case, opened, kind, due_at, purpose, sentence, at, urgency=urgency)


def moment_of(value: object) -> datetime | None:
    """Return an aware time from ISO text, or None."""
    try:
        found = datetime.fromisoformat(offer_schema.text(value))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
