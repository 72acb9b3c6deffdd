"""Life in danger now: paging from a case, and who is being paged. It opens nothing, so it needs no open vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import names_with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by
from panah.people.cases import actions
from panah.people.cases.queries import by_number_or_404
from panah.people.cases.views.common import back_to
from panah.people.cases.words.terms import Risk

if TYPE_CHECKING:
    from panah.ground.work.models import Alarm


@require_http_methods(["GET", "POST"])
def danger(request: StaffRequest, number: str) -> HttpResponse:
    """Press for help, see who comes, stop the paging."""
    case = by_number_or_404(number, to=request.staff)
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            actions.say_it_is_over(case=case, by=request.staff, at=timezone.now())
        elif request.POST.get("do") == "call":
            actions.call_for_help(case=case, by=request.staff, at=timezone.now(), keys=request.keys)
        return back_to("cases:danger", case)
    alarm = work_queries.newest_alarm_of(case.pk)
    return page(
        request,
        "cases/danger.html",
        case=case,
        alarm=alarm,
        called=called_by(alarm, to=request.staff) if alarm else None,
        leaders=[
            one
            for one in names_with_permission(case.society_id, Permission.CASES_LEAD)
            if one.pk != request.staff.pk
        ],
        locked=request.keys is None,
    )


def pages_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Page before the six words are asked for, where a risk is sent that says *life in danger now*."""

    @wraps(view)
    def guarded(request: StaffRequest, number: str, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and request.keys is None and request.POST.get("level") == Risk.EXTREME:
            case = by_number_or_404(number, to=request.staff)
            level, at = request.POST["level"], timezone.now()
            alarm = actions.call_for_help_if_new(case=case, level=level, before="", by=request.staff, at=at)
            add_message(request, say_who_is_paged(alarm), tone="urgent")
        return view(request, number, *args, **kwargs)

    return guarded


def say_who_is_paged(alarm: Alarm) -> str:
    """Without a name: it may lie in a cookie until the next page. The page of the alarm says who."""
    if alarm.answered_at is not None:
        return _("A colleague answers.")
    return called_by(alarm).say
