"""Sources of figures and their files."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.figures import actions, permissions, queries
from panah.programmes.figures.forms.figures import SourceForm
from panah.programmes.figures.forms.importing import KeepFileForm
from panah.programmes.figures.shown import Shown, country
from panah.programmes.figures.views.common import must_write
from panah.programmes.figures.words import MOST_BYTES, PIECE, SourceKind

# On the page of a source; the list of figures has them all.
SHOWN = 50


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    return page(
        request,
        "figures/sources.html",
        rows=list(queries.sources(to=request.staff)),
        writes=permissions.writes(request.staff),
        country=country,
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Register where figures are read."""
    must_write(request)
    form = SourceForm(posted(request))
    if form.submit(actions.add_source, by=request.staff, at=timezone.now()):
        return redirect("figures:source", form.result.number)
    back = reverse("figures:sources")
    return form_page(request, "figures", form, _("A new source"), back, back_text=_("Back"))


@require_safe
def source(request: StaffRequest, number: str) -> HttpResponse:
    """One source with its files and figures."""
    row = queries.source_or_404(number, to=request.staff)
    figures = queries.figures(to=request.staff, filters=queries.Filters(state="")).filter(source=row)
    return page(
        request,
        "figures/source.html",
        row=row,
        figures=[Shown(figure) for figure in figures[:SHOWN]],
        shown=SHOWN,
        files=list(row.files.all()),
        writes=permissions.writes(request.staff),
        keeps=permissions.writes(request.staff) and row.kind != SourceKind.OWN_COUNT,
        country=country,
    )


@require_http_methods(["GET", "POST"])
def keep_file(request: StaffRequest, number: str) -> HttpResponse:
    """Keep the original of a source: figures that are entered by hand say in which file they stand."""
    must_write(request)
    row = queries.source_or_404(number, to=request.staff)
    if row.kind == SourceKind.OWN_COUNT:
        raise Http404
    files = request.FILES if request.method == "POST" else None
    form = KeepFileForm(posted(request), files, files=row.files.all(), by=request.staff)
    if form.submit(actions.keep_file, source=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Kept byte by byte, with its hash."))
        return redirect("figures:source", row.number)
    return page(
        request,
        "library/bring.html",
        room="figures",
        form=form,
        piece=PIECE,
        most=MOST_BYTES,
        dropped=bool(files) and bool(form.errors),
        heading=_("Keep a file of the source"),
        hint=_("What its publisher gave out. Nothing about people whom we serve."),
        press=_("Keep it"),
        above=(reverse("figures:source", args=[row.number]), row.title),
        back=reverse("figures:source", args=[row.number]),
    )


@require_GET
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A file as it came, to be saved: never shown by the browser, and called after nothing that stands in it."""
    row = queries.file_or_404(pk, to=request.staff)
    answer = HttpResponse(queries.pieces(row), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="source-{row.source.number}"'
    answer["Content-Length"] = str(row.size)
    actions.record_file_taken(file=row, by=request.staff, at=timezone.now())
    return answer
