"""What every step of a referral shares: moving on, sealing what happened, putting what follows on the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import offer_schema, rules
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import PART, OpenedReferral
from panah.people.referrals.words import ReferralState

if TYPE_CHECKING:
    from panah.people.cases.models import Case


ROOM = "referrals"
ANSWER, MEET, FEEDBACK, LIFE, TELL = "answer", "meet", "feedback", "life", "tell_withdrawn"
ERASE, ERASED, OUTCOME, BY_PHONE, READ = "erase", "erased", "outcome", "by_phone", "read"
FIRST, TYPED, NO_LINE, SAFE, LOOK = "first", "page_answer", "no_line", "safe", "look"
ENDED = {ReferralState.DONE, ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.NOT_NEEDED}
WAITS_FOR_ANSWER = DueType(ROOM, ANSWER, DueKind.ANSWER)
MORE_IS_ASKED = DueType(
    ROOM, ANSWER, DueKind.ANSWER, _("The receiver asks for more: answer"), timedelta(hours=8), once=True
)
AGREE_TO_MEET = DueType(
    ROOM, MEET, DueKind.MEET, _("Accepted: agree where and when they meet"), timedelta(hours=24)
)
MEETING = DueType(ROOM, MEET, DueKind.MEET, urgency=Urgency.NOW, once=True)
# Said with nobody logged in, beside what stands there with a sentence.
NOT_MET = DueType(ROOM, MEET, DueKind.MEET, urgency=Urgency.NOW)
NEWS = DueType(ROOM, READ, DueKind.MEET, once=True)
IS_SAFE = DueType(ROOM, SAFE, DueKind.ANSWER, urgency=Urgency.NOW)
ASK_FIRST_DAYS = DueType(ROOM, FIRST, DueKind.CALL, within=rules.FIRST_DAYS, once=True)
ASK_FEEDBACK = DueType(ROOM, FEEDBACK, DueKind.ANSWER, within=rules.FEEDBACK_AFTER, once=True)
ASK_OUTCOME = DueType(ROOM, OUTCOME, DueKind.ANSWER, urgency=Urgency.WEEK)
NOT_TOLD = DueType(ROOM, BY_PHONE, DueKind.CALL, once=True)
NOT_TOLD_NO_LINE = DueType(ROOM, NO_LINE, DueKind.CALL, urgency=Urgency.NOW, once=True)
FOR_LIFE = DueType(
    ROOM,
    LIFE,
    DueKind.REVIEW,
    _("A referral left without consent, for a risk to life: look at it"),
    urgency=Urgency.NOW,
)
TELL_WITHDRAWN = DueType(ROOM, TELL, DueKind.CALL, urgency=Urgency.NOW, once=True)
WHAT_IS_ERASED = DueType(
    ROOM,
    ERASE,
    DueKind.DECIDE,
    _("The consent was withdrawn: decide what of it is erased here"),
    urgency=Urgency.NOW,
)
WAS_ERASED = DueType(ROOM, ERASED, DueKind.ANSWER)
CALL_WHETHER_ERASED = DueType(ROOM, ERASED, DueKind.CALL, once=True)
THEY_TOOK_IT_BACK = DueType(ROOM, ERASED, DueKind.DECIDE, urgency=Urgency.NOW)
HAS_CHANGED = DueType(ROOM, LOOK, DueKind.REVIEW)
ANSWER_CAME = DueType(ROOM, TYPED, DueKind.ANSWER)
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


def typed_answer(answer: str, note: str, at: datetime) -> dict[str, str]:
    """What a receiver typed, as it is sealed: on a page that opens once, or as a colleague of an own programme."""
    return {"answer": answer, "note": note, "at": at.isoformat()}


def put_answer_on_list(*, referral: Referral, at: datetime) -> None:
    """Put what a receiver typed on the list of whoever holds the case; it lies sealed, and nobody's keys are here."""
    case = referral.case
    work.due(
        ANSWER_CAME,
        DueSubject(
            referral.society_id,
            referral.pk,
            file=case.file_id,
            owner=case.owner,
            branch=case.branch,
            number=case.number,
        ),
        at=at,
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


def moment_of(value: object) -> datetime | None:
    """Return an aware time from ISO text, or None."""
    try:
        found = datetime.fromisoformat(offer_schema.text(value))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
