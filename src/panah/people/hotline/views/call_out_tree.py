"""The call-out tree on paper: who is rung, by whom, when there is no power or no line."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.call_out import call_out_days
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.accounts.words import DutyKind
from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.network import queries as network_queries
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import language_asked
from panah.people.hotline.forms import CallOutForm


@require_http_methods(["GET", "POST"])
def tree(request: StaffRequest) -> HttpResponse:
    """Choose a week and a branch, then print; only who reads everybody's duty telephone may, and it is journalled."""
    if not is_staff_manager(request.staff):
        raise Http404
    form = CallOutForm(
        request.POST if request.method == "POST" else None,
        branches=network_queries.branches_of(request.staff.society),
    )
    if form.submit(actions.record_call_tree, by=request.staff, at=timezone.now()):
        with translation.override(language_asked(request)):
            return _paper(request, form.cleaned_data["week"], form.chosen_branch())
    return page(request, "hotline/call_tree_form.html", form=form)


def _paper(request: StaffRequest, week: date, branch: network_queries.BranchCard | None) -> HttpResponse:
    at, society = timezone.now(), request.staff.society
    peers = exchange_queries.reachable_societies(to=request.staff, at=at)
    numbers = directory_queries.own_numbers_of([peer.society for peer in peers], at=at)
    return page(
        request,
        "hotline/call_tree.html",
        society=society,
        branch=branch,
        days=call_out_days(society=society.pk, first=week, branch=branch.id if branch else None),
        until=week + timedelta(days=6),
        week=week,
        printed_at=at,
        duty_kinds=dict(DutyKind.choices),
        leads=with_permission(society.pk, Permission.HOTLINE_LEAD),
        paired=[(peer.name, numbers.get(peer.society, [])) for peer in peers],
        numbers=queries.emergency(society=society, iso2=society.iso2, at=at),
    )
