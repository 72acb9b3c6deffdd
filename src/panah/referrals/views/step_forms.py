"""The form of each thing that can be done with a referral, filled with what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from panah.consent.words import ConsentPurpose
from panah.foundation.http import StaffRequest
from panah.referrals import actions, offer_schema, queries, rules
from panah.referrals.actions import one_time_page
from panah.referrals.forms import (
    AnswerForm,
    MeetingForm,
    OutcomeForm,
    SealForm,
    SendForm,
    TellForm,
    ToldBackForm,
    TravelForm,
)
from panah.referrals.views import alternatives, steps

if TYPE_CHECKING:
    from panah.cases.models import Case
    from panah.referrals.queries import OpenedReferral


type Make = Callable[..., Any]


def form_of(request: StaffRequest, case: Case, opened: OpenedReferral, key: str) -> Make:
    """Return what makes the form of a step: from (data, auto_id)."""
    if key in MAKES:
        given = MAKES[key](request, case, opened)
        form = given.pop("form")
        return lambda data, **more: form(data, **given, **more)
    if key == "after_all":
        offer = offer_schema.read(opened.sealed.get("offer") or {})
        return lambda data, **more: alternatives.form_for(request, offer, asked=data is not None, **more)
    return steps.FORMS[key]


def _alone(opened: OpenedReferral) -> bool:
    return opened.row.conversation is None


def _seal(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    return {"form": SealForm, "covered": verdict(request, case, opened).allowed}


def _send(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    across = opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER
    return {"form": SendForm, "covered": verdict(request, case, opened).allowed, "across": across}


def _answer(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    # What they typed on the page is not typed again.
    typed = one_time_page.answers_of(referral=opened.row, key=opened.sealed.get("page_key", ""))
    return {"form": AnswerForm, "initial": typed[-1] if typed else {}}


def _tell(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    agreed = queries.agreed_fields(keys=request.keys, case=case, content=opened.sealed)
    return {"form": TellForm, "agreed": agreed - set(opened.sealed.get("packet", {}))}


def _meeting(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    known = opened.sealed.get("meeting") or {}
    return {
        "form": MeetingForm,
        "initial": {**known, "when": moment(known.get("when"))},
        "without": actions.not_told(opened),
        "by_telephone": _alone(opened),
    }


def _travel(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    return {"form": TravelForm, "by_telephone": _alone(opened)}


def _outcome(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    return {
        "form": OutcomeForm,
        "again": _alone(opened) and opened.sealed["purpose"] == ConsentPurpose.CROSS_BORDER,
    }


def _told_back(request: StaffRequest, case: Case, opened: OpenedReferral) -> dict[str, Any]:
    return {"form": ToldBackForm, "told": set(opened.sealed.get("packet", {}))}


MAKES: dict[str, Callable[[Any, Any, Any], dict[str, Any]]] = {
    "seal": _seal,
    "send": _send,
    "answer": _answer,
    "tell": _tell,
    "meeting": _meeting,
    "travel": _travel,
    "outcome": _outcome,
    "told_back": _told_back,
}


def verdict(request: StaffRequest, case: Case, opened: OpenedReferral) -> Any:
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
