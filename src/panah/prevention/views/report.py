"""Prevention in numbers: a page with a chart and its tables, and the same as XLSX; goals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from panah.foundation.months import months_after
from panah.foundation.small_counts import THRESHOLD
from panah.kit.pages import add_message, download, page, posted
from panah.kit.workbooks import XLSX, xlsx
from panah.network.goals import goal_choices
from panah.network.queries import branch_names
from panah.prevention import actions, forms, permissions, queries, rules
from panah.prevention.views.presenters import Claim, claims
from panah.prevention.words import Compared
from panah.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.foundation.http import StaffRequest
    from panah.prevention.queries.report import Line

YEARS_SHOWN, QUARTERS_SHOWN = 3, 8
NO_GOAL = "none"


def _periods() -> list[str]:
    """The last quarters, and the last years, as they stand in an address."""
    today = timezone.localdate()
    quarters = [rules.quarter_of(months_after(today, -3 * back)) for back in range(QUARTERS_SHOWN)]
    return [*quarters, *(str(today.year - back) for back in range(YEARS_SHOWN))]


def _must_read(request: StaffRequest) -> None:
    if not permissions.reads_report(request.staff):
        raise Http404


def _branches(staff: Staff) -> list[tuple[str, str]]:
    """The branches to choose from: none where the reader keeps one."""
    everywhere = keeps_all_branches(staff) or not keeps_volunteers(staff)
    return [(str(pk), name) for pk, name in branch_names(staff.society_id)] if everywhere else []


def _asked(request: StaffRequest) -> tuple[queries.Asked, dict[str, str]]:
    """What the address asks for; what makes no sense there is as if it were not there."""
    said = {name: request.GET.get(name, "") for name in ("period", "branch", "goal", "project", "for")}
    span = rules.period(said["period"])
    if span is None:
        year = timezone.localdate().year
        said["period"], span = str(year), (date(year, 1, 1), date(year, 12, 31))
    if said["branch"] not in dict(_branches(request.staff)):
        said["branch"] = ""
    if said["goal"] not in (NO_GOAL, *dict(goal_choices(request.staff.society_id))):
        said["goal"] = ""
    said["project"] = said["project"].strip()[:40]
    asked = queries.Asked(
        first=span[0],
        last=span[1],
        branch=UUID(said["branch"]) if said["branch"] else None,
        goal={"": None, NO_GOAL: ""}.get(said["goal"], said["goal"]),
        project=said["project"],
        outside=said["for"] == "outside",
    )
    return asked, said


@require_GET
def report(request: StaffRequest) -> HttpResponse:
    """Prevention in numbers."""
    _must_read(request)
    asked, said = _asked(request)
    seen = queries.report(to=request.staff, asked=asked)
    return page(
        request,
        "prevention/report.html",
        seen=seen,
        asked=asked,
        chosen=said,
        periods=_periods(),
        branches=_branches(request.staff),
        goals=[*goal_choices(request.staff.society_id), (NO_GOAL, _("no goal named"))],
        most=max((one.reached or 0 for one in seen.by_branch), default=0),
        claims=_claims(seen, outside=asked.outside),
        least=THRESHOLD,
        query=request.GET.urlencode(),
        adds_goals=permissions.adds_goals(request.staff),
        plans=permissions.plans(request.staff),
    )


def _claims(seen: queries.Report, *, outside: bool) -> list[Claim]:
    changes = (
        (tested.label, change, Compared.PAIRED if paired else Compared.APART)
        for tested, paired, change in seen.changes
    )
    return claims(changes, least=THRESHOLD if outside else 0)


@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """The same as XLSX; taking it is journalled."""
    _must_read(request)
    asked, said = _asked(request)
    seen = queries.report(to=request.staff, asked=asked)
    actions.record_export(by=request.staff, at=timezone.now())
    period = said["period"]
    return download(_workbook(seen, asked, period), name=f"prevention-{period}.xlsx", kind=XLSX)


def _cell(number: int | None) -> str | int:
    return pgettext("a number", "hidden") if number is None else number


def _workbook(seen: queries.Report, asked: queries.Asked, period: str) -> bytes:
    rule = _("Numbers from 1 to %(most)s are hidden, and those that would tell them.") % {
        "most": THRESHOLD - 1
    }
    whole: list[list[str | int]] = [
        [period],
        [rule if asked.outside else _("For use inside the society: small numbers are not hidden.")],
        [],
        [_("Sessions held"), seen.sessions],
        [_("People in sessions"), _cell(seen.reached)],
        [_("Campaigns"), seen.campaigns],
        [_("People reached by campaigns, estimated"), seen.reach],
        [],
        [_("By sex"), _("People")],
        *([str(label), _cell(number)] for label, number in seen.by_sex),
        [],
        [_("By age"), _("People")],
        *([str(label), _cell(number)] for label, number in seen.by_band),
    ]
    return xlsx(
        [
            (_("Numbers"), whole),
            (_("By branch"), _lines(_("Branch"), seen.by_branch)),
            (_("By goal"), _lines(_("Goal"), seen.by_goal)),
            (_("By audience"), _lines(_("For whom"), seen.by_audience)),
        ]
    )


def _lines(what: str, rows: list[Line]) -> list[list[str | int]]:
    head: list[str | int] = [what, _("Sessions"), _("People")]
    return [head, *([str(one.label) or _("no goal named"), one.sessions, _cell(one.reached)] for one in rows)]


@require_http_methods(["GET", "POST"])
def goals(request: StaffRequest) -> HttpResponse:
    """The goals that activities can serve; a focal point adds one."""
    if not permissions.adds_goals(request.staff):
        raise Http404
    form = forms.GoalForm(posted(request))
    if form.submit(actions.add_goal, by=request.staff, at=timezone.now()):
        add_message(request, _("Added. It can be chosen for courses, sessions and campaigns."))
        return HttpResponseRedirect(reverse("prevention:goals"))
    return page(request, "prevention/goals.html", form=form, found=goal_choices(request.staff.society_id))
