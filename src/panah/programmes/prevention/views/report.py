"""Prevention in numbers: a page with a chart and its tables, the society's own text beside them; goals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.months import months_after
from panah.ground.foundation.small_counts import THRESHOLD
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network.goals import goal_choices
from panah.ground.network.queries import branch_names
from panah.programmes.prevention import actions, forms, permissions, queries, rules
from panah.programmes.prevention.views.common import form_page, must_plan
from panah.programmes.prevention.views.presenters import Claim, claims
from panah.programmes.prevention.words import Compared
from panah.programmes.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.http import StaffRequest

YEARS_SHOWN, QUARTERS_SHOWN = 3, 8
NO_GOAL = "none"


def _periods() -> list[str]:
    """The last quarters, and the last years, as they stand in an address."""
    today = timezone.localdate()
    quarters = [rules.quarter_of(months_after(today, -3 * back)) for back in range(QUARTERS_SHOWN)]
    return [*quarters, *(str(today.year - back) for back in range(YEARS_SHOWN))]


def must_read(request: StaffRequest) -> None:
    if not permissions.reads_report(request.staff):
        raise Http404


def _sees_all(staff: Staff) -> bool:
    return keeps_all_branches(staff) or not keeps_volunteers(staff)


def _branches(staff: Staff) -> list[tuple[str, str]]:
    """The branches to choose from: none where the reader keeps one."""
    return [(str(pk), name) for pk, name in branch_names(staff.society_id)] if _sees_all(staff) else []


def asked_for(request: StaffRequest) -> tuple[queries.Asked, dict[str, str]]:
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
    must_read(request)
    asked, said = asked_for(request)
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
        narrative=narrative_in(request.staff, asked, said["period"], seen),
        writes=permissions.writes_narrative(request.staff),
        # Inside the society a number leads to what stands behind it; an address says what it was asked for first.
        behind=urlencode({**said, "for": ""}) + "&"
        if permissions.plans(request.staff) and not asked.outside
        else "",
        adds_goals=permissions.adds_goals(request.staff),
        plans=permissions.plans(request.staff),
    )


@require_GET
def behind(request: StaffRequest) -> HttpResponse:
    """The sessions, or courses, behind a number; for whoever may open them."""
    must_plan(request)
    asked, said = asked_for(request)
    of = "courses" if request.GET.get("of") == "courses" else "sessions"
    kept = {name: value for name, value in said.items() if value and name != "for"}
    return page(
        request,
        "prevention/behind.html",
        found=queries.behind(
            to=request.staff, asked=asked, courses=of == "courses", after=request.GET.get("after", "")
        ),
        of=of,
        asked=asked,
        goal=dict(goal_choices(request.staff.society_id)).get(said["goal"], ""),
        query=urlencode(kept),
    )


def _claims(seen: queries.Report, *, outside: bool) -> list[Claim]:
    changes = (
        (tested.label, change, Compared.PAIRED if paired else Compared.APART)
        for tested, paired, change in seen.changes
    )
    return claims(changes, least=THRESHOLD if outside else 0)


def narrative_in(staff: Staff, asked: queries.Asked, period: str, seen: queries.Report) -> str:
    """The society's own text with the numbers of the report; beside numbers of a part of it there is none."""
    if not _sees_all(staff) or asked.branch or asked.goal is not None or asked.project:
        return ""
    hidden = pgettext("a number in a text", "(number not shown)")
    numbers = {
        "sessions": seen.sessions,
        "people": seen.reached,
        "courses": seen.courses,
        "trained": seen.trained,
        "campaigns": seen.campaigns,
        "reach": seen.reach,
    }
    values = {name: hidden if number is None else localize(number) for name, number in numbers.items()}
    text = queries.narrative_of(staff.society_id, period)
    return rules.filled_in(text, {**values, "period": period}, hide_small=hidden if asked.outside else "")


@require_http_methods(["GET", "POST"])
def narrative(request: StaffRequest, period: str) -> HttpResponse:
    """The text that the society writes beside the numbers of a period."""
    if not permissions.writes_narrative(request.staff) or rules.period(period) is None:
        raise Http404
    kept = queries.narrative_of(request.staff.society_id, period)
    form = forms.NarrativeForm(posted(request), initial={"text": kept})
    back = f"{reverse('prevention:report')}?period={period}"
    if form.submit(actions.write_narrative, period=period, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved."))
        return HttpResponseRedirect(back)
    hint = _(
        "For readers outside, small numbers are hidden in the text too: also a number from 1 to %(most)s that you "
        "type. A number that counts no people can be written as a word."
    ) % {"most": THRESHOLD - 1}
    heading = _("Text for %(period)s") % {"period": period}
    return form_page(request, form, heading, _("Save"), back, back_text=_("In numbers"), hint=hint)


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
