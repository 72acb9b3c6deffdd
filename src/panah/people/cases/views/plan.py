"""Needs, the plan and its approval, services."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, posted
from panah.people.cases import actions
from panah.people.cases.forms.common import RemarkForm
from panah.people.cases.forms.plan import NeedForm, PlanForm, ServiceForm
from panah.people.cases.models import Case
from panah.people.cases.permissions import plan_asked, policy, who_decides
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.presenters import day_of, need_rows
from panah.people.cases.words import CasePart, PlanState, codes, terms

PARTS = (CasePart.NEED, CasePart.PLAN, CasePart.SERVICE)


@require_GET
@of_case
def plan(request: StaffRequest, case: Case) -> HttpResponse:
    """Needs now and in the long run, what is done about each, services, and where the approval stands."""
    return plan_page(request, case, RemarkForm())


def plan_page(request: StaffRequest, case: Case, form: RemarkForm) -> HttpResponse:
    found = reading.opened(case, PARTS, keys=request.keys)
    return show(
        request,
        "cases/plan.html",
        case,
        "plan",
        found=found,
        form=form,
        terms=terms,
        codes=codes,
        return_waits=actions.return_waits(keys=request.keys, case=case),
        approves=case.plan_state == PlanState.WAITING and policy.may_approve_plan(request.staff, case),
        who_decides=who_decides(request.staff, case, plan_asked(case)),
        needs=need_rows(found, now=timezone.now()),
        day_of=day_of,
    )


def kept_or_404(request: StaffRequest, case: Case, part: str, ref: UUID | None) -> reading.OpenedPart | None:
    """The part that is changed, None for a new one, 404 for one that does not exist here."""
    if ref is None:
        return None
    kept = reading.opened(case, [part], keys=request.keys).get(part, ref)
    if kept is None:
        raise Http404
    return kept


@require_http_methods(["GET", "POST"])
@of_case
def need(request: StaffRequest, case: Case, ref: UUID | None = None) -> HttpResponse:
    kept = kept_or_404(request, case, CasePart.NEED, ref)
    form = NeedForm(posted(request), initial=dict(kept.v) if kept else {})
    if form.submit(
        lambda **_data: actions.write_need(
            keys=request.keys, case=case, need=form.value(), at=timezone.now(), ref=ref
        )
    ):
        add_message(request, _("The need is kept."))
        return back_to("cases:plan", case)
    return show_form(
        request,
        case,
        "plan",
        form,
        heading=_("Change a need") if ref else _("Write a need"),
        button=_("Keep the need"),
    )


@require_http_methods(["GET", "POST"])
@of_case
def objectives(request: StaffRequest, case: Case) -> HttpResponse:
    found = reading.opened(case, [CasePart.PLAN], keys=request.keys)
    form = PlanForm(posted(request), initial=dict(found.one(CasePart.PLAN)))
    if form.submit(
        lambda **_data: actions.write_plan(keys=request.keys, case=case, plan=form.value(), at=timezone.now())
    ):
        add_message(request, _("The plan is kept. A change needs approval again; help does not wait for it."))
        return back_to("cases:plan", case)
    return show_form(request, case, "plan", form, heading=_("Plan"), button=_("Keep the plan"))


@require_http_methods(["GET", "POST"])
@of_case
def service(request: StaffRequest, case: Case, ref: UUID | None = None) -> HttpResponse:
    kept = kept_or_404(request, case, CasePart.SERVICE, ref)
    open_needs = reading.opened(case, [CasePart.NEED], keys=request.keys).all(CasePart.NEED)
    needs = [(str(n.ref), terms.say(terms.Assistance, n.v["type"])) for n in open_needs]
    asked = next((n for n in open_needs if str(n.ref) == request.GET.get("need")), None)
    initial = (
        dict(kept.v)
        if kept
        else {
            "given_on": timezone.localdate(),
            "need": str(asked.ref) if asked else "",
            "type": asked.v["type"] if asked else "",
        }
    )
    form = ServiceForm(posted(request), needs=needs, initial=initial)
    if form.submit(
        lambda **_data: actions.write_service(
            keys=request.keys, case=case, service=form.value(), at=timezone.now(), ref=ref
        )
    ):
        add_message(request, _("The service is written down."))
        return back_to("cases:plan", case, at="#services")
    return show_form(
        request,
        case,
        "plan",
        form,
        heading=_("Change a service") if ref else _("Write a service"),
        button=_("Keep the service"),
    )


@require_POST
@of_case
def ask(request: StaffRequest, case: Case) -> HttpResponse:
    actions.ask_plan(keys=request.keys, case=case, at=timezone.now())
    add_message(request, _("The focal points have it on their list. Help does not wait for it."))
    return back_to("cases:plan", case)


@require_POST
@of_case
def decide(request: StaffRequest, case: Case) -> HttpResponse:
    """Approve the plan, or give it back with a remark."""
    form = RemarkForm(request.POST)
    returning = request.POST.get("decision") == "return"
    if form.is_valid() and returning and not form.cleaned_data["text"]:
        form.add_error("text", _("Say what is missing, so that it can be changed."))
    if form.errors:
        return plan_page(request, case, form)
    remark = form.cleaned_data["text"]
    if returning:
        actions.return_plan(keys=request.keys, case=case, remark=remark, at=timezone.now())
        add_message(request, _("The plan went back with your remark."))
    else:
        try:
            actions.approve_plan(keys=request.keys, case=case, remark=remark, at=timezone.now())
        except Refusal as refusal:
            if refusal.code != "no-determination":
                raise
            form.refuse(refusal)
            return plan_page(request, case, form)
        add_message(request, _("The plan is approved."))
    return back_to("cases:plan", case)
