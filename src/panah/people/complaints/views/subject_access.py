"""What is kept about a person, gathered at the case, the stay or the contact: to read aloud, or to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.jinja import url
from panah.ground.kit.numbers import groups
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.work.told_parts import Asking
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.asked_after import asked_after, is_decided
from panah.people.cases.words import AskedKind
from panah.people.complaints import actions, permissions, queries
from panah.people.complaints.forms import GatherForm, HearingForm
from panah.people.hotline import queries as hotline_queries
from panah.people.shelter import queries as shelter_queries

if TYPE_CHECKING:
    from panah.people.cases.models import Case


@dataclass(frozen=True)
class KeptPage:
    """Where this page stands: its own address, the way back, and the case if there is one."""

    here: str
    crumbs: tuple[tuple[str, str], ...]
    active: str
    case: Case | None = None

    @property
    def trail(self) -> tuple[tuple[str, str], ...]:
        return (*self.crumbs, (self.here, _("Own data")))


@vault_required
def kept(request: StaffRequest, number: str) -> HttpResponse:
    case = cases_queries.by_number_or_404(number, to=request.staff)
    crumbs = ((url("cases:case", number), groups(number)),)
    at = KeptPage(url("complaints:kept", number), crumbs, "cases", case)
    asking = Asking("case", case.pk, case.file_id)
    return _answer(request, asking, at, may=permissions.may_gather(request.staff, case))


@vault_required
def kept_of_stay(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The same for somebody who sleeps in a house and has no case, or none that the asker opens."""
    row = shelter_queries.stay_or_404(pk, to=request.staff, keys=request.keys).row
    crumbs = ((url("shelter:stay", pk), _("A stay")),)
    at = KeptPage(url("complaints:kept_of_stay", pk), crumbs, "shelter")
    return _answer(request, Asking("stay", row.pk, row.file_id), at, may=True)


@vault_required
def kept_of_contact(request: StaffRequest, number: str) -> HttpResponse:
    """The same for somebody who called and has no case."""
    row = get_object_or_404(hotline_queries.visible(to=request.staff), number=number)
    crumbs = ((url("hotline:contact", number), _("Contact")),)
    at = KeptPage(url("complaints:kept_of_contact", number), crumbs, "calls")
    return _answer(request, Asking("contact", row.pk, row.file_id), at, may=True)


def _answer(request: StaffRequest, asking: Asking, at: KeptPage, *, may: bool) -> HttpResponse:
    """First who asks and how it is told; then everything, once. It is written in the journal before it is shown."""
    form = GatherForm(request.POST if request.method == "POST" else None)
    if form.submit(
        lambda how, knows, more: actions.note_gathering(
            keys=request.keys,
            asking=asking,
            case=at.case,
            on_paper=how == "paper",
            knows=knows,
            at=timezone.now(),
        )
    ):
        report = queries.gathered(asking=asking, keys=request.keys, requested=form.cleaned_data["more"])
        template = f"complaints/kept_{form.cleaned_data['how']}.html"
        return page(request, template, kept=at, found=report, now=timezone.now())
    leads = at.case is not None and permissions.leads(request.staff)
    return page(
        request,
        "complaints/kept.html",
        kept=at,
        case=at.case,
        form=form,
        may=may,
        asked_after=_undecided(request, asking) if leads else [],
    )


def _undecided(request: StaffRequest, asking: Asking) -> list[UUID]:
    """Requests that name the person, and of which two have not decided yet whether she hears."""
    rows = asked_after(keys=request.keys, file=asking.file)
    return [row.ref for row in rows if not is_decided(row)]


@vault_required
def hears(request: StaffRequest, number: str, ref: UUID) -> HttpResponse:
    """One request that names the person: a focal point says whether she hears of it. Another says it too."""
    case = cases_queries.by_number_or_404(number, to=request.staff)
    rows = asked_after(keys=request.keys, file=case.file_id)
    chosen = next((row for row in rows if row.ref == ref), None)
    if chosen is None or not permissions.leads(request.staff):
        raise Http404
    form = HearingForm(request.POST or None)
    who = {"keys": request.keys, "case": case, "ref": ref, "at": timezone.now()}
    if form.submit(cases.decide_whether_heard, **who):
        add_message(request, _("Saved and protected."))
        return redirect("complaints:kept", number)
    mine = any(vote["by"] == str(request.staff.pk) for vote in chosen.value["votes"])
    return page(
        request, "complaints/hears.html", case=case, one=chosen.value, kind=AskedKind(chosen.value["kind"]), form=form,
        mine=mine, asked_at=datetime.fromisoformat(str(chosen.value["on"])),
    )  # fmt: skip
