"""Prevention in numbers as a file: a workbook, or a document with the society's own text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from panah.ground.foundation.small_counts import THRESHOLD
from panah.ground.kit.documents import DOCX, Heading, Table, docx
from panah.ground.kit.pages import download
from panah.ground.kit.workbooks import XLSX, xlsx
from panah.programmes.prevention import actions, queries
from panah.programmes.prevention.views.report import asked_for, must_read, narrative_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from panah.ground.foundation.http import StaffRequest

Rows = list[list[str | int]]


@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """The numbers as XLSX; taking it is journalled."""
    must_read(request)
    asked, said = asked_for(request)
    seen = queries.report(to=request.staff, asked=asked)
    text = narrative_in(request.staff, asked, said["period"], seen)
    whole: Rows = [[said["period"]], [_rule(asked)], [], *_numbers(seen)]
    for title, rows in _people(seen):
        whole += [[], [title, _("People")], *rows]
    if text:
        whole += [[], [text]]
    sheets = [(_("Numbers"), whole), *((title, rows) for title, rows in _tables(seen))]
    return _file(request, xlsx(sheets), XLSX, f"prevention-{said['period']}.xlsx")


@require_GET
def document(request: StaffRequest) -> HttpResponse:
    """The numbers and the society's text as DOCX; taking it is journalled."""
    must_read(request)
    asked, said = asked_for(request)
    seen = queries.report(to=request.staff, asked=asked)
    parts: list[Heading | Table | str] = [
        Heading(_("Prevention in numbers"), 1),
        f"{request.staff.society.name_in(request.LANGUAGE_CODE)}, {said['period']}",
        _rule(asked),
    ]
    if text := narrative_in(request.staff, asked, said["period"], seen):
        parts += [Heading(_("What was done")), text]
    parts += [Heading(_("Numbers")), Table([[_("What"), _("Number")], *_numbers(seen)])]
    for title, rows in _tables(seen):
        parts += [Heading(title), Table(rows)]
    for title, rows in _people(seen):
        parts += [Heading(title), Table([[title, _("People")], *rows])]
    name = f"prevention-{said['period']}.docx"
    return _file(request, docx(parts), DOCX, name)


def _file(request: StaffRequest, made: bytes, kind: str, name: str) -> HttpResponse:
    actions.record_export(by=request.staff, at=timezone.now())
    return download(made, name=name, kind=kind)


def _rule(asked: queries.Asked) -> str:
    if not asked.outside:
        return _("For use inside the society: small numbers are not hidden.")
    rule = _("Numbers from 1 to %(most)s are hidden, and those that would tell them.")
    return rule % {"most": THRESHOLD - 1}


def _cell(number: int | None) -> str | int:
    return pgettext("a number", "hidden") if number is None else number


def _numbers(seen: queries.Report) -> Rows:
    return [
        [_("Sessions held"), seen.sessions],
        [_("People in sessions"), _cell(seen.reached)],
        [_("Courses held"), seen.courses],
        [_("People in courses"), _cell(seen.trained)],
        [_("Campaigns"), seen.campaigns],
        [_("People reached by campaigns, estimated"), _cell(seen.reach)],
    ]


def _people(seen: queries.Report) -> list[tuple[str, Rows]]:
    return [
        (_("By sex"), [[str(label), _cell(number)] for label, number in seen.by_sex]),
        (_("By age"), [[str(label), _cell(number)] for label, number in seen.by_band]),
    ]


def _tables(seen: queries.Report) -> list[tuple[str, Rows]]:
    return [
        (_("By branch"), _lines(_("Branch"), seen.by_branch)),
        (_("By goal"), _lines(_("Goal"), seen.by_goal)),
        (_("By audience"), _lines(_("For whom"), seen.by_audience, courses=False)),
    ]


def _lines(what: str, rows: Iterable[queries.Line], *, courses: bool = True) -> Rows:
    head: list[str | int] = [what, _("Sessions"), _("People in sessions")]
    found: Rows = [head + ([_("Courses"), _("People in courses")] if courses else [])]
    for one in rows:
        taught = [one.courses, _cell(one.trained)] if courses else []
        found.append([str(one.label) or _("no goal named"), one.sessions, _cell(one.reached), *taught])
    return found
