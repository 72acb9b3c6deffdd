"""The list of cases, taking it out, and opening a case."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts.queries import names_with_permission, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.on_paper import ask_of_paper, told_of_paper
from panah.ground.kit.pages import add_message, filters, page, posted
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.work.words import Joined
from panah.people.cases import actions, queries
from panah.people.cases.forms.common import OF_THE_OFFICE
from panah.people.cases.forms.lists import FilterForm
from panah.people.cases.forms.opening import OpenForm
from panah.people.cases.permissions import leads, works_on_cases
from panah.people.cases.queries import lists
from panah.people.cases.views.common import end_of_day, from_paper

if TYPE_CHECKING:
    from django.http import QueryDict

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch


def case_people_only(request: StaffRequest) -> None:
    """The list exists for those who work on cases; others get the same 404 as for no page."""
    if not works_on_cases(request.staff):
        raise Http404


def branch_choices(staff: Staff) -> list[tuple[str, str]]:
    return network_queries.branch_names(staff.society_id)


@require_GET
def case_list(request: StaffRequest) -> HttpResponse:
    """Her cases; for a focal point every case of the society. Names are not on it."""
    case_people_only(request)
    now = timezone.now()
    ask = filter_asked_for(request.GET)
    found = lists.page_of(ask, to=request.staff, now=now, end_of_day=end_of_day(now))
    fields = filters(
        FilterForm,
        {**ask.__dict__, "after": ""},
        staff=names_with_permission(request.staff.society_id, Permission.CASES_WORK),
        branches=branch_choices(request.staff),
    )
    return page(
        request,
        "cases/list.html",
        block="rows",
        filters=fields,
        ask=ask,
        found=found,
        labels=lists.working_labels(found.rows, keys=request.keys),
        now=now,
        leads=leads(request.staff),
        words=lists.labels(translation.get_language() or "en"),
        ways=lists.list_actions(ask, request.staff),
    )


def filter_asked_for(data: QueryDict) -> lists.CaseFilter:
    known = {k: data.get(k, "") for k in ("urgency", "age", "due", "who", "branch", "after")}
    return lists.CaseFilter(state=data.get("state", "open"), sort=data.get("sort", "due"), **known)


def case_colleagues(staff: Staff) -> list[Staff]:
    """Who may hold cases in her society."""
    return with_permission(staff.society_id, Permission.CASES_WORK)


@require_POST
def take_out(request: StaffRequest) -> HttpResponse:
    """The list as CSV: exactly what it shows, beyond the first page too. Work facts only; journalled."""
    case_people_only(request)
    now = timezone.now()
    rows = lists.every_row(
        filter_asked_for(request.POST), to=request.staff, now=now, end_of_day=end_of_day(now)
    )
    actions.note_export(by=request.staff, number=len(rows), at=now)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            _("Case"),
            _("Next due"),
            _("What"),
            _("Urgency"),
            _("Adult or child"),
            _("Holder"),
            _("Branch"),
            _("State"),
        ]
    )
    for case in rows:
        due = timezone.localtime(case.due_at).strftime("%Y-%m-%d %H:%M") if case.has_due else ""
        writer.writerow(
            [
                case.number,
                due,
                lists.what_is_due(case),
                case.get_urgency_display(),
                case.get_age_group_display(),
                case.owner,
                case.branch or "",
                case.get_state_display(),
            ]
        )
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


@require_http_methods(["GET", "POST"])
@vault_required
def open_case(request: StaffRequest) -> HttpResponse:
    """Open a case for a person who is here or known from a colleague."""
    case_people_only(request)
    holders = case_colleagues(request.staff)
    form = OpenForm(
        posted(request),
        holders=holders,
        load=queries.caseload(society=request.staff.society_id),
        branches=branch_choices(request.staff),
        initial={"owner": str(request.staff.pk), "branch": str(request.staff.branch_id or "")},
    )
    if from_paper(request):
        ask_of_paper(form, leave=OF_THE_OFFICE)
    if form.submit(lambda **data: opened(request, form, holders, data)):
        return cast(HttpResponse, form.result)
    return page(request, "cases/open.html", form=form)


def opened(request: StaffRequest, form: OpenForm, holders: list[Staff], data: dict[str, Any]) -> HttpResponse:
    owner = next((s for s in holders if str(s.pk) == data.get("owner")), request.staff)
    beyond = data.get("beyond", "")
    actions.must_fit_ceiling(owner=owner, more=1, reason=beyond)
    case = actions.open_case(
        keys=request.keys,
        by=request.staff,
        at=timezone.now(),
        owner=owner,
        branch=find_branch(request.staff, data.get("branch")),
        language=data["language"],
        age_group=data["age_group"],
        urgency=data["urgency"],
        identity=form.identity(),
        working_label=data["working_label"],
        note=Joined("\n\n", [data["note"], actions.said_beyond(beyond)]) or None,
        said=data["said"],
        on_paper=told_of_paper(data),
    )
    if queries.by_number(case.number, to=request.staff) is None:
        add_message(request, _("The case is opened and in your colleague’s hands."))
        return HttpResponseRedirect(reverse("cases:list"))
    add_message(request, _("The case is opened."))
    return HttpResponseRedirect(reverse("cases:case", args=[case.number]))


def find_branch(staff: Staff, pk: str | None) -> Branch | None:
    """A branch of her society by id, or None."""
    slugs = {str(b.id): b.slug for b in network_queries.branches_of(staff.society)} if pk else {}
    return network_queries.branch_or_none(staff.society, slugs[pk]) if pk in slugs else None
