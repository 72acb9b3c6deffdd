"""Bringing a table of volunteers in: the file, its headings, the report, and letting the good rows in."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, download, page, posted
from panah.ground.kit.workbooks import XLSX
from panah.programmes.volunteers import actions, forms, queries
from panah.programmes.volunteers.views.register import must_keep_volunteers


@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Choose a table; it is sealed at once, and only its headings are read."""
    must_keep_volunteers(request)
    branches = queries.branches_kept(by=request.staff)
    form = forms.TableForm(posted(request), request.FILES or None, branches=branches)

    def keep(file: UploadedFile[bytes], branch: UUID | None = None) -> None:
        actions.bring_table(by=request.staff, body=file.read(), branch=branch, at=timezone.now())

    if form.submit(keep):
        return redirect("volunteers:import_headings")
    return page(request, "volunteers/import.html", form=form, report=queries.report(of=request.staff))


@require_http_methods(["GET", "POST"])
def choose(request: StaffRequest) -> HttpResponse:
    """Which column each heading means: guessed, or as it was chosen the last time."""
    must_keep_volunteers(request)
    report = queries.report(of=request.staff)
    if report is None or not report.asked:
        return redirect("volunteers:import_report" if report else "volunteers:import")
    about = queries.about_of(report.table)
    form = forms.HeadingsForm(posted(request), headings=about["headings"], guess=about["guess"])
    if form.submit(
        lambda **_data: actions.choose_columns(by=request.staff, chosen=form.chosen(), at=timezone.now())
    ):
        return redirect("volunteers:import_report")
    return page(request, "volunteers/import_headings.html", form=form)


@require_GET
def look(request: StaffRequest) -> HttpResponse:
    """How far it is, and what is wrong, row by row."""
    must_keep_volunteers(request)
    report = queries.report(of=request.staff)
    if report is None:
        return redirect("volunteers:import")
    if report.asked:
        return redirect("volunteers:import_headings")
    return page(request, "volunteers/import_report.html", block="work", report=report)


@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Let the good rows in."""
    must_keep_volunteers(request)
    actions.let_in(by=request.staff, at=timezone.now())
    return redirect("volunteers:import_report")


@require_POST
def stop(request: StaffRequest) -> HttpResponse:
    """Destroy the table; who has come in stays."""
    must_keep_volunteers(request)
    actions.drop_table(by=request.staff, at=timezone.now())
    add_message(request, _("The table is destroyed here. Volunteers who have come in stay."))
    return redirect("volunteers:list")


@require_GET
def to_mend(request: StaffRequest) -> HttpResponse:
    """The faulty rows as a workbook."""
    must_keep_volunteers(request)
    body = queries.faulty_rows(of=request.staff)
    if body is None:
        return redirect("volunteers:import_report")
    return download(body, name="rows-to-mend.xlsx", kind=XLSX)
