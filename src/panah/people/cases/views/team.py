"""The team around a case, closing it, erasing it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.people.cases import actions, queries
from panah.people.cases.forms import closing as closing_forms
from panah.people.cases.forms import links as forms
from panah.people.cases.forms.common import ReasonForm, RemarkForm
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads, policy, who_decides
from panah.people.cases.queries import case_groups as reading_gatherings
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.dates import moment_of
from panah.people.cases.views.lists import case_colleagues
from panah.people.cases.views.presenters import day_of
from panah.people.cases.words import CasePart, terms

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_GET
@of_case
def team(request: StaffRequest, case: Case) -> HttpResponse:
    return team_page(request, case)


def team_page(request: StaffRequest, case: Case, **sent: object) -> HttpResponse:
    """Who can open the case, conferences, supervision."""
    # A colleague whose key is not to be trusted must not keep anyone from this page.
    with suppress(Refusal):
        actions.move_supervision(keys=request.keys, case=case, at=timezone.now())
    found = reading.opened(case, [CasePart.CONFERENCE], keys=request.keys)
    inside = reading.holders(case)
    outside = [s for s in case_colleagues(request.staff) if s not in inside]
    others = [s for s in case_colleagues(request.staff) if s.pk != case.owner_id]
    shown = {
        "let_in": forms.LetInForm(staff=outside, auto_id="let_%s"),
        "over": forms.HandOverForm(staff=others, load=queries.caseload(society=case.society_id)),
        **sent,
    }
    return show(
        request,
        "cases/team.html",
        case,
        "team",
        found=found,
        supervision=reading.supervision(case, keys=request.keys),
        inside=inside,
        outside=outside,
        others=others,
        may_share=policy.may_hand_over(request.staff, case),
        day_of=day_of,
        moment_of=moment_of,
        **shown,
    )


@require_http_methods(["GET", "POST"])
@of_case
def conference(request: StaffRequest, case: Case) -> HttpResponse:
    form = forms.ConferenceForm(posted(request), initial={"on": timezone.localdate()})
    if form.submit(
        lambda **_data: actions.hold_conference(
            keys=request.keys, case=case, conference=form.value(), at=timezone.now()
        )
    ):
        add_message(request, _("The conference is written down."))
        return back_to("cases:team", case)
    return show_form(
        request, case, "team", form, heading=_("Case conference"), button=_("Keep the conference")
    )


@require_http_methods(["GET", "POST"])
@of_case
def supervision(request: StaffRequest, case: Case) -> HttpResponse:
    inside = reading.holders(case) if leads(request.staff) else []
    form = forms.SupervisionForm(posted(request), staff=inside, initial={"whom": str(case.owner_id)})
    if form.submit(
        lambda whom="", **_data: actions.supervise(
            keys=request.keys,
            case=case,
            supervision=form.value(),
            whom=find(inside, whom) if inside else request.staff,
            at=timezone.now(),
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:team", case)
    return show_form(
        request,
        case,
        "team",
        form,
        heading=_("Supervision"),
        button=_("Keep the supervision"),
        hint=_(
            "About the work with this case and how it weighs, not about the person. "
            "Only the colleague whose work it is and the focal points can read it."
        ),
    )


def find(staff: list[Staff], pk: str) -> Staff:
    return next(s for s in staff if str(s.pk) == pk)


@require_POST
@of_case
def let_in(request: StaffRequest, case: Case) -> HttpResponse:
    inside = reading.holders(case)
    outside = [s for s in case_colleagues(request.staff) if s not in inside]
    form = forms.LetInForm(request.POST, staff=outside, auto_id="let_%s")
    if form.submit(
        lambda to: actions.let_in(
            keys=request.keys, case=case, colleague=find(outside, to), at=timezone.now()
        )
    ):
        add_message(request, _("Your colleague can open the case now."))
        return back_to("cases:team", case)
    return team_page(request, case, let_in=form)


@require_POST
@of_case
def take_back(request: StaffRequest, case: Case, staff: UUID) -> HttpResponse:
    colleague = next((s for s in reading.holders(case) if s.pk == staff), None)
    if colleague is None:
        raise Http404
    actions.take_back(keys=request.keys, case=case, colleague=colleague, at=timezone.now())
    add_message(request, _("The case is closed to your colleague."))
    return back_to("cases:team", case)


@require_POST
@of_case
def hand_over(request: StaffRequest, case: Case) -> HttpResponse:
    others = [s for s in case_colleagues(request.staff) if s.pk != case.owner_id]
    form = forms.HandOverForm(request.POST, staff=others, load=queries.caseload(society=case.society_id))

    def give(*, to: str, beyond: str, **data: Any) -> None:
        owner = find(others, to)
        actions.must_fit_ceiling(owner=owner, more=1, reason=beyond)
        actions.note_beyond(keys=request.keys, case=case, reason=beyond, at=timezone.now())
        actions.hand_over(keys=request.keys, case=case, to=owner, at=timezone.now(), **data)

    if form.submit(give):
        add_message(request, _("The case is handed over."))
        return HttpResponseRedirect(reverse("cases:list"))
    return team_page(request, case, over=form)


@require_GET
@of_case
def close(request: StaffRequest, case: Case) -> HttpResponse:
    return close_page(request, case)


def close_page(request: StaffRequest, case: Case, **sent: object) -> HttpResponse:
    """Closing, opening again, keeping, erasing: what can be done now by whoever asks."""
    value = reading.opened(case, [CasePart.CLOSING], keys=request.keys).one(CasePart.CLOSING)
    shown = {
        "ask": closing_forms.CloseForm(),
        "remark": RemarkForm(),
        "reason": ReasonForm(auto_id="again_%s"),
        "erase_reason": ReasonForm(auto_id="erase_%s"),
        "keep": closing_forms.KeepForm(auto_id="keep_%s"),
        "erase": closing_forms.EraseForm(),
        **sent,
    }
    return show(
        request,
        "cases/close.html",
        case,
        "close",
        value=value,
        terms=terms,
        open_things=actions.still_open(keys=request.keys, case=case, at=timezone.now())
        if case.is_open
        else [],
        may_close=case.close_asked_at is not None and policy.may_approve_closing(request.staff, case),
        who_decides=who_decides(request.staff, policy.who_asks_closing(case)),
        may_erase=case.erase_asked_at is not None and policy.may_confirm_erasing(request.staff, case),
        keep_until=None
        if case.is_open
        else actions.retention_day(keys=request.keys, case=case, at=timezone.now()),
        **shown,
    )


@require_POST
@of_case
def close_ask(request: StaffRequest, case: Case) -> HttpResponse:
    form = closing_forms.CloseForm(request.POST)
    if form.submit(actions.ask_closing, keys=request.keys, case=case, at=timezone.now()):
        add_message(request, _("A focal point decides. Until then everything goes on."))
        return back_to("cases:close", case)
    return close_page(request, case, ask=form)


@require_POST
@of_case
def close_decide(request: StaffRequest, case: Case) -> HttpResponse:
    form = RemarkForm(request.POST)
    staying = request.POST.get("decision") == "keep"
    if form.is_valid() and staying and not form.cleaned_data["text"]:
        form.add_error("text", _("Say why the case stays open."))
    if form.errors:
        return close_page(request, case, remark=form)
    if staying:
        actions.keep_open(keys=request.keys, case=case, remark=form.cleaned_data["text"], at=timezone.now())
        add_message(request, _("The case stays open."))
    else:
        try:
            actions.close_case(keys=request.keys, case=case, at=timezone.now())
        except Refusal as refusal:
            if refusal.code != "still-open":
                raise
            form.refuse(refusal)
            return close_page(request, case, remark=form)
        add_message(request, _("The case is closed."))
    return back_to("cases:close", case)


@require_POST
@of_case
def reopen(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="again_%s")
    if not form.submit(
        lambda text: actions.reopen_case(keys=request.keys, case=case, reason=text, at=timezone.now())
    ):
        return close_page(request, case, reason=form)
    add_message(request, _("The case is open again."))
    return back_to("cases:case", case)


@require_POST
@of_case
def keep_longer(request: StaffRequest, case: Case) -> HttpResponse:
    form = closing_forms.KeepForm(request.POST, auto_id="keep_%s")
    if not form.is_valid():
        return close_page(request, case, keep=form)
    until = datetime.combine(
        form.cleaned_data["until"], datetime.min.time(), tzinfo=timezone.get_current_timezone()
    )
    actions.keep_longer(
        keys=request.keys, case=case, reason=form.cleaned_data["text"], until=until, at=timezone.now()
    )
    add_message(request, _("The case is kept until that day."))
    return back_to("cases:close", case)


@require_POST
@of_case
def erase_ask(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="erase_%s")
    if form.submit(
        lambda text: actions.ask_erasing(keys=request.keys, case=case, reason=text, at=timezone.now())
    ):
        add_message(request, _("Another focal point confirms or stops it."))
        return back_to("cases:close", case)
    return close_page(request, case, erase_reason=form)


@require_POST
@of_case
def erase_stop(request: StaffRequest, case: Case) -> HttpResponse:
    actions.stop_erasing(keys=request.keys, case=case, at=timezone.now())
    add_message(request, _("The case is kept."))
    return back_to("cases:close", case)


@require_POST
@of_case
def erase(request: StaffRequest, case: Case) -> HttpResponse:
    """The second step. It cannot be undone."""
    form = closing_forms.EraseForm(request.POST)
    if form.submit(actions.erase_case, keys=request.keys, case=case, at=timezone.now()):
        add_message(request, _("The case is erased. Copies are unreadable within 14 days."))
        return HttpResponseRedirect(reverse("cases:list"))
    return close_page(request, case, erase=form)


@require_GET
def erased(request: StaffRequest) -> HttpResponse:
    """The numbers of erased cases: that there was one, and nothing else."""
    if not leads(request.staff):
        raise Http404
    return page(request, "cases/erased.html", rows=reading_gatherings.erased(to=request.staff))
