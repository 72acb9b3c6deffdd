"""One calendar of sessions and campaigns: a month on a page, a year ahead as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from panah.ground.foundation.months import months_after
from panah.ground.kit.calendar_file import calendar_file
from panah.ground.kit.dates import locale
from panah.ground.kit.pages import download, page
from panah.programmes.prevention import queries
from panah.programmes.prevention.views.common import must_plan

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest

BEHIND, AHEAD = timedelta(days=31), timedelta(days=366)


@require_GET
def month(request: StaffRequest) -> HttpResponse:
    """What happens in a month."""
    must_plan(request)
    first = _month(request.GET.get("month", ""))
    after = months_after(first, 1)
    return page(
        request,
        "prevention/calendar.html",
        found=queries.happenings(to=request.staff, first=first, last=after - timedelta(days=1)),
        named=format_date(first, "LLLL y", locale=locale()).capitalize(),
        earlier=months_after(first, -1),
        later=after,
    )


def _month(text: str) -> date:
    try:
        year, number = map(int, text.split("-"))
        # Years that a month before and after them exists for.
        return date(min(max(year, 2000), 2100), number, 1)
    except ValueError:
        return timezone.localdate().replace(day=1)


@require_GET
def file(request: StaffRequest) -> HttpResponse:
    """The calendar as a file: titles and branches, no place and no name."""
    must_plan(request)
    today = timezone.localdate()
    found = queries.happenings(to=request.staff, first=today - BEHIND, last=today + AHEAD)
    days = [(one.pk, _title(one), one.begins_on, one.ends_on) for one in found]
    body = calendar_file(days, made_at=timezone.now())
    return download(body, name="calendar.ics", kind="text/calendar; charset=utf-8")


def _title(one: queries.Happening) -> str:
    return f"{one.title}, {one.branch or _('the whole society')}"
