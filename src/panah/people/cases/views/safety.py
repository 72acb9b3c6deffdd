"""Risk and the safety plan; what is due; review times of the society."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind
from panah.people.cases import actions, queries
from panah.people.cases.forms.safety import (
    CeilingForm,
    DueForm,
    PaperForm,
    ReviewTimesForm,
    RiskForm,
    SafetyForm,
)
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.danger import pages_first
from panah.people.cases.words import CasePart, terms
from panah.people.cases.words.due_types import EXTRA

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@require_GET
@of_case
def safety(request: StaffRequest, case: Case) -> HttpResponse:
    found = reading.opened(case, (CasePart.RISK, CasePart.SAFETY, CasePart.HEARD), keys=request.keys)
    due = [d for d in reading.due_of(case, keys=request.keys) if d.item.purpose == "review"]
    return show(
        request, "cases/safety.html", case, "safety", found=found, due=due, terms=terms, labels=labels()
    )


def labels() -> list[tuple[str, StrOrPromise]]:
    """The questions of the safety plan in their order."""
    return [(field.name, field.label) for field in SafetyForm().visible_fields()]


@require_http_methods(["GET", "POST"])
@pages_first
@of_case
def risk(request: StaffRequest, case: Case) -> HttpResponse:
    """One risk review. No level is preselected; what was heard on a call is shown as such."""
    form = RiskForm(posted(request), initial=_reported_danger(request, case))
    if form.submit(actions.review_risk, keys=request.keys, case=case, at=timezone.now()):
        add_message(request, _("The risk is looked at; the next look is on your list."))
        # Life in danger now: the page that says who is being paged comes first.
        extreme = form.cleaned_data["level"] == terms.Risk.EXTREME
        return back_to("cases:danger" if extreme else "cases:safety", case)
    return show_form(
        request,
        case,
        "safety",
        form,
        heading=_("Look at the risk"),
        button=_("Keep the level"),
        hint=_("With the person where possible. The level decides when it is looked at again."),
    )


def _reported_danger(request: StaffRequest, case: Case) -> dict[str, str]:
    """What was heard before the case was opened, until somebody has looked at the risk."""
    found = reading.opened(case, (CasePart.RISK, CasePart.HEARD), keys=request.keys)
    return {} if found.all(CasePart.RISK) else dict(found.one(CasePart.HEARD))


@require_http_methods(["GET", "POST"])
@of_case
def safety_plan(request: StaffRequest, case: Case) -> HttpResponse:
    found = reading.opened(case, [CasePart.SAFETY], keys=request.keys)
    form = SafetyForm(posted(request), initial=dict(found.one(CasePart.SAFETY)))
    if form.submit(
        lambda **_data: actions.write_safety(
            keys=request.keys, case=case, plan=form.value(), at=timezone.now()
        )
    ):
        add_message(request, _("The safety plan is kept."))
        return back_to("cases:safety", case)
    return show_form(
        request,
        case,
        "safety",
        form,
        heading=_("Safety plan"),
        button=_("Keep the safety plan"),
        hint=_("The person’s plan, in the person’s words. It is never printed unless the person asks."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def safety_paper(request: StaffRequest, case: Case) -> HttpResponse:
    """An explicit step before the plan goes on paper; then the page to print, journalled."""
    form = PaperForm(posted(request))
    if form.submit(lambda **_data: actions.print_safety(keys=request.keys, case=case, at=timezone.now())):
        plan = reading.opened(case, [CasePart.SAFETY], keys=request.keys).one(CasePart.SAFETY)
        return page(request, "cases/safety_paper.html", case=case, plan=plan, labels=labels())
    return show_form(
        request,
        case,
        "safety",
        form,
        heading=_("Safety plan on paper"),
        button=_("Show it for printing"),
        hint=_("Paper can be found by others. Offer to learn it by heart, or to keep it here, first."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def due_new(request: StaffRequest, case: Case) -> HttpResponse:
    form = DueForm(posted(request))
    if form.submit(
        lambda kind, **data: work.due(
            replace(EXTRA, kind=DueKind(kind)),
            actions.on_case(case),
            keys=request.keys,
            owner=request.staff,
            at=timezone.now(),
            **data,
        )
    ):
        add_message(request, _("It is on your list."))
        return back_to("cases:case", case, at="#due")
    return show_form(
        request, case, "overview", form, heading=_("Put something on the list"), button=_("Put it on my list")
    )


@require_http_methods(["GET", "POST"])
def settings(request: StaffRequest) -> HttpResponse:
    """When risks are looked at again, by level: the society's own word."""
    if not leads(request.staff):
        raise Http404
    now_set = {
        k: int(v.total_seconds() // 3600) for k, v in actions.review_times(request.staff.society_id).items()
    }
    most = queries.caseload(society=request.staff.society_id).most
    about_load = request.POST.get("do") == "ceiling"
    ceiling = CeilingForm(posted(request) if about_load else None, initial={"most": most})
    if ceiling.submit(actions.set_ceiling, by=request.staff, at=timezone.now()):
        add_message(request, _("The ceiling is kept."))
        return HttpResponseRedirect(reverse("cases:settings"))
    form = ReviewTimesForm(None if about_load else posted(request), initial=now_set)
    if form.submit(lambda **data: actions.set_review_times(by=request.staff, hours=data, at=timezone.now())):
        add_message(request, _("Kept. It counts from the next look at each risk."))
        return HttpResponseRedirect(reverse("cases:settings"))
    return page(request, "cases/settings.html", form=form, ceiling=ceiling)
