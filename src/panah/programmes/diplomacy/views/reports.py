"""Follow-up reports and the society's policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from panah.ground.approvals.second_person import second_person
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.documents import DOCX, Heading, Table, docx
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, download, page, posted
from panah.ground.kit.streams import streamed
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.beside import told_by_others
from panah.programmes.diplomacy.forms.commitments import DecideForm, ReportForm
from panah.programmes.diplomacy.report_zip import Packed, report_zip
from panah.programmes.diplomacy.views.commitments import must_keep, must_read
from panah.programmes.diplomacy.words import ReportState

if TYPE_CHECKING:
    from panah.programmes.diplomacy.models import Report


@require_safe
def told(request: StaffRequest) -> HttpResponse:
    """What paired societies say of their commitments, by the name of the society."""
    must_read(request)
    return page(request, "diplomacy/told.html", rows=told_by_others(request.staff))


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    must_read(request)
    return page(
        request,
        "diplomacy/reports.html",
        rows=diplomacy_queries.reports(to=request.staff),
        keeps=permissions.keeps(request.staff),
        State=ReportState,
    )


@require_http_methods(["GET", "POST"])
def make(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = ReportForm(
        posted(request),
        abouts=diplomacy_queries.abouts(request.staff),
        initial={
            "about": request.GET.get("about", ""),
            "language": request.LANGUAGE_CODE,
            "tells": request.GET.get("tells", ""),
        },
    )
    if form.submit(diplomacy.make_report, by=request.staff, at=timezone.now()):
        add_message(request, _("Made as it stands today. It leaves once a second person has cleared it."))
        return redirect("diplomacy:report", form.result.pk)
    back = reverse("diplomacy:reports")
    return form_page(request, "commitments", form, _("A follow-up report"), back, back_text=_("Back"))


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One report to read; a second person decides whether it may leave."""
    row = diplomacy_queries.report_or_404(pk, to=request.staff)
    asked = permissions.decides(request.staff) and row.state == ReportState.DRAFT
    second = second_person(row.pk, to=request.staff, may=permissions.decides) if asked else None
    decides = second is not None and second.may
    if request.method == "POST" and not decides:
        raise Http404
    form = DecideForm(posted(request)) if decides else None
    if form and form.submit(diplomacy.decide_report, report=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Decided."))
        return redirect("diplomacy:report", row.pk)
    told = list(row.told.select_related("commitment"))
    return page(
        request, "diplomacy/report.html", row=row, form=form, told=told, State=ReportState, second=second
    )


@require_GET
def file(request: StaffRequest, pk: UUID, ending: str) -> HttpResponse:
    """A cleared report as DOCX or PDF; taking it is journalled. One that is not cleared does not leave."""
    row = diplomacy_queries.report_or_404(pk, to=request.staff)
    diplomacy.record_taken(report=row, by=request.staff, at=timezone.now())
    if ending == "docx":
        return download(docx(_parts(row)), name="follow-up.docx", kind=DOCX)
    return download(_pdf(row), name="follow-up.pdf", kind="application/pdf")


@require_GET
@vault_required
def packed(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """A cleared report with the files of its attachments that the reader may open, as one ZIP."""
    row = diplomacy_queries.report_or_404(pk, to=request.staff)
    papers = diplomacy_queries.papers_of(row)
    if not papers:
        raise Http404
    files, scans = diplomacy_queries.files_of(papers, to=request.staff, keys=request.keys)
    try:
        files = diplomacy.take_with_attachments(
            keys=request.keys, report=row, files=files, scans=scans, at=timezone.now()
        )
    except diplomacy.FilesTooLarge as refusal:
        add_message(request, f"{refusal.sentence} {refusal.next_step}", tone="soon")
        return redirect("diplomacy:report", row.pk)
    report = {"follow-up.docx": docx(_parts(row)), "follow-up.pdf": _pdf(row)}
    return streamed(
        report_zip(Packed(row.content["title"], row.language, report, papers, files)),
        society=request.staff.society_id,
        language=row.language,
        name="follow-up.zip",
        kind="application/zip",
    )


def _parts(row: Report) -> list[Heading | Table | str]:
    return [Heading(row.content["title"], 1), *(_part(part) for part in row.content["parts"])]


def _part(part: list[Any]) -> Heading | Table | str:
    if part[0] == "heading":
        return Heading(part[1], part[2])
    return Table(part[1]) if part[0] == "table" else str(part[1])


def _pdf(row: Report) -> bytes:
    from panah.ground.kit.report_pdf import (
        report_pdf,  # reportlab's tables take memory: loaded by whoever makes one
    )

    practice = _("Practice data.") if _is_practice() else ""
    return report_pdf(title=row.content["title"], parts=row.content["parts"], practice=practice)


def _is_practice() -> bool:
    from django.conf import settings

    return bool(getattr(settings, "PANAH_PRACTICE", False))
