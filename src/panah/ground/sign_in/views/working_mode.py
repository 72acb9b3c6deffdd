"""What the society does itself: the page on which two focal points decide it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.permissions import may_stop
from panah.ground.directory.words import Need
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import capabilities
from panah.ground.sign_in.actions import working_mode as actions
from panah.ground.sign_in.forms import WorkingModeForm
from panah.ground.sign_in.middleware import vault_required

if TYPE_CHECKING:
    from panah.ground.approvals.models import Request


def to_page() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("sign_in:working-mode"))


def _waiting(request: StaffRequest) -> Request | None:
    if not may(request.staff, Permission.MODE_CHANGE):
        raise Http404
    society = request.staff.society_id
    return approvals_queries.waiting(
        society=society, act=actions.WORKING_MODE.name, subject=society, at=timezone.now()
    )


def _mode(closed: Collection[str]) -> str:
    if not closed:
        return actions.FULL
    return actions.LIGHT if set(closed) >= set(capabilities.light()) else actions.SOME


def _initial(request: StaffRequest, today: date) -> dict[str, object]:
    """What the page of a self-assessment proposes comes along in the address; else the other way of working."""
    closed = capabilities.closed_on(request.staff.society, today)
    if "leaves" in request.GET:
        leaves = [name for name in request.GET.getlist("leaves") if name in capabilities.CAPABILITIES]
        return {"mode": _mode(leaves), "leaves": leaves, "from_day": today}
    return {"mode": actions.FULL if closed else actions.LIGHT, "leaves": sorted(closed), "from_day": today}


@require_http_methods(["GET", "POST"])
def working_mode(request: StaffRequest) -> HttpResponse:
    """How the society works today, what waits for a second focal point, and a form to ask for a change."""
    _waiting(request)
    return _ask(request) if request.method == "POST" else _page(request, _form(request))


def _form(request: StaffRequest) -> WorkingModeForm:
    return WorkingModeForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(request, timezone.localdate()),
        receivers=[helper.name for helper in capabilities.helpers(request.staff, Need.CHILD_PROTECTION)],
    )


@vault_required
def _ask(request: StaffRequest) -> HttpResponse:
    form = _form(request)
    if not form.submit(actions.ask_for_mode, keys=request.keys, at=timezone.now()):
        return _page(request, form)
    add_message(request, _("Asked. Another focal point reads it here and agrees, or stops it."))
    return to_page()


def _page(request: StaffRequest, form: WorkingModeForm) -> HttpResponse:
    row, at, society = _waiting(request), timezone.now(), request.staff.society
    today = timezone.localdate()
    wanted, from_day = actions.asked_for(row) if row else ([], today)
    closed = capabilities.closed_on(society, today)
    return page(
        request,
        "sign_in/working_mode.html",
        form=form,
        mode=_mode(closed),
        society=society,
        capabilities=[
            (one, capabilities.closed_since(society, name) if name in closed else None)
            for name, one in capabilities.CAPABILITIES.items()
        ],
        open_work=capabilities.open_work(society, capabilities.light()),
        waiting=row,
        wanted=_mode(wanted),
        wanted_labels=[str(one.label) for name, one in capabilities.CAPABILITIES.items() if name in wanted],
        from_day=from_day,
        may_stop=row is not None and may_stop(request.staff, row),
        may_approve=row is not None and approvals_queries.may_approve(request.staff, row, at=at),
    )


@require_POST
def decide(request: StaffRequest) -> HttpResponse:
    """Agree as the second focal point, or stop what was asked."""
    row, at = _waiting(request), timezone.now()
    if row is None:
        add_message(request, _("Nothing waits any more."), tone="soon")
    elif request.POST.get("do") == "stop":
        if not may_stop(request.staff, row):
            raise Http404
        approvals.stop(request=row, by=request.staff, at=at)
        add_message(request, _("Stopped. Everything stays as it is."))
    else:
        return _agree(request, row)
    return to_page()


@vault_required
def _agree(request: StaffRequest, row: Request) -> HttpResponse:
    decided = actions.approve_mode(keys=request.keys, request=row, at=timezone.now())
    add_message(request, _("Decided. All colleagues read it on their pages.") if decided else _("Noted."))
    return to_page()
