"""The form of each thing that can be done with a referral, filled with what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from panah.ground.foundation.http import StaffRequest
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import actions, offer_schema, queries, rules
from panah.people.referrals.actions import one_time_page
from panah.people.referrals.forms import (
    AnswerForm,
    DeclineForm,
    MeetingForm,
    OutcomeForm,
    SealForm,
    SendForm,
    TellForm,
    ToldBackForm,
    TravelForm,
)
from panah.people.referrals.views import alternatives

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case
    from panah.people.consent.queries import ConsentVerdict
    from panah.people.referrals.queries import OpenedReferral


def _alone(opened: OpenedReferral) -> bool:
    return opened.row.conversation is None


def seal(request: StaffRequest, case: Case, opened: OpenedReferral) -> Callable[..., SealForm]:
    return partial(SealForm, covered=verdict(request, case, opened).allowed)


def send(request: StaffRequest, case: Case, opened: OpenedReferral) -> Callable[..., SendForm]:
    across = opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER
    return partial(
        SendForm,
        covered=verdict(request, case, opened).allowed,
        across=across,
        ours=queries.colleague_for(opened.sealed["receiver"], society=case.society_id),
    )


def typed_answers(opened: OpenedReferral, *, keys: Keyring) -> list[dict[str, str]]:
    """Return what the receiver wrote: on the page that opens once, or as a colleague of an own programme."""
    page = one_time_page.answers_of(referral=opened.row, key=opened.sealed.get("page_key", ""))
    return [*page, *queries.programme_answers(opened, keys=keys)]


def answer(request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., AnswerForm]:
    # What they typed is not typed again.
    typed = typed_answers(opened, keys=request.keys)
    return partial(AnswerForm, initial=typed[-1] if typed else {})


def tell(request: StaffRequest, case: Case, opened: OpenedReferral) -> Callable[..., TellForm]:
    agreed = queries.agreed_fields(keys=request.keys, case=case, content=opened.sealed)
    return partial(TellForm, agreed=agreed - set(opened.sealed.get("packet", {})))


def meeting(_request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., MeetingForm]:
    known = opened.sealed.get("meeting") or {}
    return partial(
        MeetingForm,
        initial={**known, "when": moment(known.get("when"))},
        without=actions.not_told(opened),
        by_telephone=_alone(opened),
    )


def travel(_request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., TravelForm]:
    return partial(TravelForm, by_telephone=_alone(opened))


def outcome(_request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., OutcomeForm]:
    return partial(
        OutcomeForm, again=_alone(opened) and opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER
    )


def told_back(_request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., ToldBackForm]:
    return partial(ToldBackForm, told=set(opened.sealed.get("packet", {})))


def after_all(request: StaffRequest, _case: Case, opened: OpenedReferral) -> Callable[..., DeclineForm]:
    offer = offer_schema.read(opened.sealed.get("offer") or {})
    return lambda data, **more: alternatives.form_for(request, offer, asked=data is not None, **more)


def verdict(request: StaffRequest, case: Case, opened: OpenedReferral) -> ConsentVerdict:
    """Say whether the person's consent covers what is filled in, or what has left."""
    content = opened.sealed
    return actions.coverage(
        keys=request.keys,
        case=case,
        purpose=content["purpose"],
        receiver=content["receiver"],
        fields=values(content),
        at=timezone.now(),
    )


def values(content: dict[str, Any]) -> dict[str, str]:
    """Return what is told: what has left, or what would leave now."""
    kept: dict[str, str] = content.get("packet") or rules.fields_that_leave(
        set(content["values"]), content["values"]
    )
    return kept


def moment(text: str | None) -> datetime | None:
    """Return a kept time, or None."""
    return datetime.fromisoformat(text) if text else None
