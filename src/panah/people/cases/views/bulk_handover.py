"""Handing over exactly what the list shows, beyond its first page too: look, choose, then chunk by chunk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import read_number
from panah.ground.kit.pages import page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases import actions, queries
from panah.people.cases.forms.lists import ManyForm
from panah.people.cases.permissions import policy
from panah.people.cases.queries import lists
from panah.people.cases.views.common import end_of_day
from panah.people.cases.views.lists import case_colleagues, case_people_only, filter_asked_for

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_POST
@vault_required
def hand_over_many(request: StaffRequest) -> HttpResponse:
    """First the list as it is filtered, with the load of each; then 25 at a time until none is left."""
    case_people_only(request)
    now = timezone.now()
    staff = case_colleagues(request.staff)
    load = queries.caseload(society=request.staff.society_id)
    left = _numbers(request, now)
    sent = request.POST.get("do") == "hand"
    form = ManyForm(request.POST if sent else None, staff=staff, load=load.told)
    shown: dict[str, Any] = {
        "left": left,
        "total": int_of(request, "total") or len(left),
        "stayed": _stayed(request),
    }
    if sent and form.is_valid():
        to = next(s for s in staff if str(s.pk) == form.cleaned_data["to"])
        try:
            shown |= _chunk(request, form, to, left, now)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return page(request, "cases/many_going.html", form=form, to=to, **shown)
    return page(request, "cases/many.html", form=form, **shown)


def _chunk(
    request: StaffRequest, form: ManyForm, to: Staff, left: list[str], now: datetime
) -> dict[str, object]:
    data, total = form.cleaned_data, int_of(request, "total") or len(left)
    first = not request.POST.get("going")
    if first:
        hers = _number_of_hers(request, left)
        actions.must_fit_ceiling(owner=to, more=hers, reason=data["beyond"])
        if hers:
            actions.note_many(by=request.staff, to=to, number=hers, at=now)
    chunk, rest = left[: actions.AT_ONCE], left[actions.AT_ONCE :]
    found = list(queries.visible(to=request.staff).filter(number__in=chunk))
    _done, stayed = actions.hand_over_some(
        keys=request.keys, cases=found, to=to, note=data["note"], reason=data["beyond"], at=now
    )
    gone = set(chunk) - {c.number for c in found}
    return {"left": rest, "total": total, "stayed": [*_stayed(request), *stayed, *sorted(gone)]}


def _numbers(request: StaffRequest, now: datetime) -> list[str]:
    """What is still to be handed over: from the page that goes on, else what the filter shows and she may give."""
    if "left" in request.POST:
        return [n for n in (read_number(one) for one in request.POST["left"].split()[: lists.MOST]) if n]
    ask = filter_asked_for(request.POST)
    rows = lists.every_row(ask, to=request.staff, now=now, end_of_day=end_of_day(now))
    found = [case.number for case in rows if case.is_open and policy.may_hand_over(request.staff, case)]
    if not found:
        raise Refusal(
            _("Nothing in this list can be handed over by you."),
            next_step=_("Only the holder or a focal point hands a case over, and only an open one."),
            code="nothing-to-hand-over",
        )
    return found


def _number_of_hers(request: StaffRequest, numbers: list[str]) -> int:
    """How many of the numbers that a page sent she may hand over: the journal counts no others."""
    rows = queries.visible(to=request.staff).filter(number__in=numbers)
    return sum(case.is_open and policy.may_hand_over(request.staff, case) for case in rows)


def _stayed(request: StaffRequest) -> list[str]:
    return [n for n in (read_number(one) for one in request.POST.get("stayed", "").split()) if n]


def int_of(request: StaffRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
