"""The month: page, print and table with the same numbers hidden; and who has how much in hand."""

from datetime import date

from babel.dates import format_date
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from panah.ground.foundation import small_counts
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.chart_svg import drawn
from panah.ground.kit.dates import locale
from panah.ground.kit.pages import download, page
from panah.ground.kit.workbooks import XLSX, xlsx
from panah.month import permissions, queries, rules
from panah.month.words import HIDDEN

type Lines = list[list[str | int]]


def _asked(request: StaffRequest) -> queries.MonthView:
    if not permissions.may_read(request.staff):
        raise Http404
    month = rules.month_of(request.GET.get("month", ""), latest=timezone.localdate())
    return queries.month_for(request.staff, month=month)


def named(month: date) -> str:
    """``November 2026``, as a heading says it."""
    return format_date(month, "LLLL y", locale=locale()).capitalize()


@require_GET
def month(request: StaffRequest) -> HttpResponse:
    """A month in numbers: of the society, or of the branch of its coordinator."""
    seen = _asked(request)
    later = rules.next_month(seen.month)
    return page(
        request,
        "month/month.html",
        seen=seen,
        named=named,
        chart=drawn((row.label, row.now, row.before) for row in seen.rows),
        least=small_counts.THRESHOLD,
        earlier=rules.month_before(seen.month) if seen.month.year > rules.FIRST_YEAR else None,
        later=later if later <= timezone.localdate() else None,
        sees_caseload=permissions.sees_caseload(request.staff),
    )


@require_GET
def paper(request: StaffRequest) -> HttpResponse:
    """The same to print."""
    seen = _asked(request)
    return page(
        request,
        "month/paper.html",
        seen=seen,
        named=named,
        least=small_counts.THRESHOLD,
        printed=timezone.now(),
    )


@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """The same as XLSX."""
    seen = _asked(request)
    return download(_workbook(seen), name=f"month-{seen.month:%Y-%m}.xlsx", kind=XLSX)


def _workbook(seen: queries.MonthView) -> bytes:
    rule = _("Numbers from 1 to %(most)s are hidden, and those that would tell them.") % {
        "most": small_counts.THRESHOLD - 1
    }
    head: list[str | int] = [_("What"), named(seen.month), named(seen.before)]
    whole: Lines = [[row.label, _cell(row.now), _cell(row.before)] for row in seen.rows]
    sheets: list[tuple[str, Lines]] = [(_("Month"), [[seen.place], [rule], [], head, *whole])]
    if seen.branches:
        names = [label for label, _number in seen.branches[0].numbers]
        lines: Lines = [
            [row.name, *(_cell(number) for _label, number in row.numbers)] for row in seen.branches
        ]
        sheets.append((_("By branch"), [[_("Branch"), *names], *lines]))
    if seen.door:
        door: Lines = [[row.label, _cell(row.now), _cell(row.before)] for row in seen.door]
        sheets.append((_("The public door"), [head, *door]))
    if seen.kinds:
        kinds: Lines = [[label, _cell(number)] for label, number in seen.kinds]
        sheets.append((_("Help without a file"), [[_("Kind"), named(seen.month)], *kinds]))
    return xlsx(sheets)


def _cell(number: int | None) -> str | int:
    return str(HIDDEN) if number is None else number


@require_GET
def caseload(request: StaffRequest) -> HttpResponse:
    """Who has how many open cases in hand, and since when the oldest is due: nobody it is about."""
    if not permissions.sees_caseload(request.staff):
        raise Http404
    at = timezone.now()
    branches = queries.caseload_for(request.staff, at=at)
    return page(request, "month/caseload.html", branches=branches, at=at)
