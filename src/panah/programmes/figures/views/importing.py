"""Tables of figures: brought, explained, read in the background, compared, accepted or refused."""

from __future__ import annotations

import csv
import io
import logging
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, download, page, posted
from panah.programmes.figures import actions, import_words, permissions, queries
from panah.programmes.figures.forms.importing import AcceptForm, ColumnsForm, SheetForm, TableForm
from panah.programmes.figures.import_words import ImportState, Outcome
from panah.programmes.figures.models import Import, ImportRow
from panah.programmes.figures.views.import_presenters import (
    Shown,
    disagreement,
    fault_lines,
    note_lines,
    report_lines,
    shown_rows,
)
from panah.programmes.figures.words import MOST_BYTES, PIECE

log = logging.getLogger(__name__)

# Rows for which something else may be said than for all.
SINGLE = 50


def _must_write(request: StaffRequest) -> None:
    if not permissions.writes(request.staff):
        raise Http404


def _there(request: StaffRequest, pk: UUID) -> Import:
    _must_write(request)
    return queries.import_or_404(pk, to=request.staff)


def _to(row: Import) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("figures:import_table", args=[row.pk]))


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Tables that were brought, the newest first."""
    _must_write(request)
    return page(request, "figures/imports.html", rows=queries.tables_on_their_way(to=request.staff))


@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Bring a file of a source."""
    _must_write(request)
    form = TableForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        sources=queries.sources_to_bring_for(to=request.staff),
        by=request.staff,
    )
    if form.submit(actions.bring_table, by=request.staff, at=timezone.now()):
        row: Import = form.result
        if row.state == ImportState.ASKED:
            return HttpResponseRedirect(reverse("figures:import_columns", args=[row.pk]))
        add_message(
            request,
            _("The columns mean what they meant last time. The table is being read in the background."),
        )
        return _to(row)
    dropped = bool(request.FILES) and bool(form.errors)
    return page(
        request,
        "library/bring.html",
        room="figures",
        form=form,
        piece=PIECE,
        most=MOST_BYTES,
        dropped=dropped,
        heading=_("Upload a table"),
        hint=_("Published statistics only: a table of people does not belong here."),
        press=_("Read its columns"),
        above=(reverse("figures:imports"), _("Tables of figures")),
        back=reverse("figures:imports"),
    )


@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the columns mean: proposed, or as they were said the last time."""
    row = _there(request, pk)
    if row.state == ImportState.ACCEPTED or not row.headings:
        return _to(row)
    form = ColumnsForm(posted(request), row=row)
    if form.submit(actions.say_columns, table_import=row, by=request.staff, at=timezone.now()):
        return _to(row)
    return page(request, "figures/import_columns.html", form=form, row=row, notes=note_lines(row))


@require_http_methods(["GET", "POST"])
def table(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How far a table is; once it is compared, what it changes, and the decision about it."""
    row = _there(request, pk)
    if row.state == ImportState.ASKED:
        return HttpResponseRedirect(reverse("figures:import_columns", args=[row.pk]))
    if row.state != ImportState.READY:
        return page(
            request,
            "figures/import_table.html",
            block="work",
            row=row,
            cannot=_unreadable(row),
            notes=note_lines(row),
            faults=_faults(row),
        )
    try:
        with transaction.atomic():
            return _compared(request, row)
    except Exception:
        # Whoever cannot see what a table changes can still get rid of it; nothing of it is accepted unseen.
        log.exception("What a table of figures changes could not be shown")
    return page(
        request,
        "figures/import_table.html",
        block="work",
        row=row,
        cannot=_("What this table would change cannot be shown. Discard it, or have it compared again."),
        notes=[],
        faults=[],
        counts=None,
    )


def _compared(request: StaffRequest, row: Import) -> HttpResponse:
    """What a table changes, and the decision about it."""
    counts = queries.counts_of(row)
    rows = {name: queries.rows_of(row, name) for name in (Outcome.CHANGED, Outcome.GONE, Outcome.NEW)}
    single = [*rows[Outcome.CHANGED], *rows[Outcome.GONE]][:SINGLE]
    form = AcceptForm(posted(request), rows=single, counts=counts)
    if form.submit(actions.accept_table, table_import=row, by=request.staff, at=timezone.now()):
        add_message(request, _("The table is in the register. What stood there before is still to be read."))
        return _to(row)
    return page(
        request,
        "figures/import_table.html",
        block="work",
        row=row,
        cannot="",
        notes=note_lines(row),
        form=form,
        counts=counts,
        changes=queries.what_changes(row, to=request.staff),
        shown=_shown(request, rows, form),
        disagreements=[disagreement(one) for one in row.found.get("told", [])],
        faults=_faults(row),
    )


def _shown(
    request: StaffRequest, rows: dict[Outcome, list[ImportRow]], form: AcceptForm
) -> dict[str, list[Shown]]:
    before = [one.before.number for some in rows.values() for one in some if one.before is not None]
    cited = queries.cited_by(before, to=request.staff)
    return {name.value: shown_rows(some, cited=cited, form=form) for name, some in rows.items()}


def _faults(row: Import) -> list[str]:
    return fault_lines(list(row.wrong.all()[: queries.SHOWN]))


def _unreadable(row: Import) -> str:
    if row.state != ImportState.UNREADABLE:
        return ""
    return import_words.say_unreadable(row.reason, row.reason_more)


@require_http_methods(["GET", "POST"])
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Which sheet of a workbook is read."""
    row = _there(request, pk)
    form = SheetForm(posted(request), row=row)
    if row.state == ImportState.ACCEPTED or not form.others:
        return _to(row)
    if form.submit(actions.choose_sheet, table_import=row, by=request.staff, at=timezone.now()):
        return _to(row)
    return page(request, "figures/import_sheet.html", form=form, row=row)


@require_POST
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take nothing of a table, also while it is being read."""
    row = _there(request, pk)
    actions.refuse_table(table_import=row, by=request.staff, at=timezone.now())
    add_message(request, _("The table was discarded. Only the journal knows that it was here."))
    return HttpResponseRedirect(reverse("figures:imports"))


@require_POST
def again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Compare with the register as it is now."""
    row = _there(request, pk)
    actions.compare_again(table_import=row, by=request.staff, at=timezone.now())
    return _to(row)


@require_safe
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every number of a table with what becomes of it, row by row, as CSV."""
    row = _there(request, pk)
    out = io.StringIO()
    csv.writer(out).writerows(report_lines(row))
    body = out.getvalue().encode("utf-8-sig")
    return download(body, name="table-report.csv", kind="text/csv; charset=utf-8")
