"""What the society does itself: the page on which two focal points decide it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.approvals import actions as approvals
from panah.approvals import queries as approvals_queries
from panah.approvals.permissions import may_stop
from panah.foundation.http import StaffRequest
from panah.kit.pages import add_message, page
from panah.network import capabilities
from panah.sign_in.actions import working_mode as actions
from panah.sign_in.forms import WorkingModeForm

if TYPE_CHECKING:
    from panah.approvals.models import Request


def to_page() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("sign_in:working-mode"))


def _waiting(request: StaffRequest) -> Request | None:
    if not request.staff.is_focal_point:
        raise Http404
    society = request.staff.society_id
    return approvals_queries.waiting(
        society=society, act=actions.WORKING_MODE.name, subject=society, at=timezone.now()
    )


@require_http_methods(["GET", "POST"])
def working_mode(request: StaffRequest) -> HttpResponse:
    """How the society works today, what waits for a second focal point, and a form to ask for a change."""
    row, at, society = _waiting(request), timezone.now(), request.staff.society
    today = timezone.localdate()
    light = capabilities.is_light(society, today)
    form = WorkingModeForm(
        request.POST if request.method == "POST" else None,
        initial={"mode": actions.FULL if light else actions.LIGHT, "from_day": today},
    )
    if form.submit(actions.ask_for_mode, by=request.staff, at=at):
        add_message(request, _("Asked. Another focal point reads it here and agrees, or stops it."))
        return to_page()
    return page(
        request,
        "sign_in/working_mode.html",
        form=form,
        light=light,
        society=society,
        capabilities=list(capabilities.CAPABILITIES),
        open_work=[one for find in capabilities.OPEN_WORK for one in find(society.pk)],
        waiting=row,
        wanted=row.facts["way"] if row else "",
        from_day=date.fromisoformat(row.facts["from"]) if row else None,
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
        decided = actions.approve_mode(request=row, by=request.staff, at=at)
        add_message(request, _("Decided. All colleagues read it on their pages.") if decided else _("Noted."))
    return to_page()
