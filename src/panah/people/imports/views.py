"""Bringing a table in, piece by piece, and taking cases out in columns of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.words import Standing, State
from panah.ground.foundation import retention
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, download, page
from panah.ground.kit.workbooks import XLSX
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.queries import lists
from panah.people.imports import actions, queries, words
from panah.people.imports.forms import ColumnsForm, ExportForm, UploadForm
from panah.people.imports.permissions import EXPORT, may_export, may_import

if TYPE_CHECKING:
    from panah.ground.approvals.models import Request

ASKED = ("state", "urgency", "age", "due", "who", "branch", "sort")


def _focal_points_only(request: StaffRequest) -> None:
    if not may_import(request.staff):
        raise Http404


@require_http_methods(["GET", "POST"])
@vault_required
def bring(request: StaffRequest) -> HttpResponse:
    """Choose a table; it is sealed to whoever brought it at once."""
    _focal_points_only(request)
    branches = [(b.slug, b.name) for b in network_queries.branches_of(request.staff.society)]
    form = UploadForm(request.POST or None, request.FILES or None, branches=branches)
    if form.submit(
        lambda file, **data: actions.keep_upload(
            keys=request.keys, body=file.read(), at=timezone.now(), **data
        )
    ):
        return redirect("imports:look")
    progress = actions.progress_of(keys=request.keys)
    return page(request, "imports/bring.html", form=form, kept=progress, days=retention.CASES_TABLE.days)


@require_http_methods(["GET", "POST"])
@vault_required
def headings(request: StaffRequest) -> HttpResponse:
    """Which column each heading of the table means, where that is not known yet; remembered for the society."""
    _focal_points_only(request)
    progress = actions.progress_of(keys=request.keys)
    if progress is None or not progress.get("asked"):
        return redirect("imports:look" if progress else "imports:bring")
    form = ColumnsForm(request.POST or None, asked=progress["asked"], guess=progress["guess"])
    if form.submit(
        lambda **_data: actions.choose_columns(keys=request.keys, chosen=form.chosen(), at=timezone.now())
    ):
        return redirect("imports:look")
    return page(request, "imports/headings.html", form=form, kept=progress)


@require_GET
@vault_required
def look(request: StaffRequest) -> HttpResponse:
    """What the check found, row by row, and how far the work is."""
    _focal_points_only(request)
    progress = actions.progress_of(keys=request.keys)
    if progress is None:
        return redirect("imports:bring")
    if progress.get("asked"):
        return redirect("imports:headings")
    wrong = [words.say_row(row, column, code) for row, column, code in progress["wrong"]]
    days = retention.CASES_TABLE.days
    return page(request, "imports/look.html", block="work", kept=progress, wrong=wrong, days=days)


@require_POST
@vault_required
def go_on(request: StaffRequest) -> HttpResponse:
    """Import the next rows; the page shows how far it is and asks for the next piece."""
    _focal_points_only(request)
    actions.import_piece(keys=request.keys, at=timezone.now())
    return redirect("imports:look")


@require_POST
@vault_required
def stop(request: StaffRequest) -> HttpResponse:
    """Put the table away; what has come in stays."""
    _focal_points_only(request)
    actions.drop_upload(keys=request.keys)
    add_message(request, _("The table is destroyed here. Cases that have come in stay."))
    return redirect("cases:list")


@require_http_methods(["GET", "POST"])
@vault_required
def export(request: StaffRequest) -> HttpResponse:
    """The cases that the list's filter shows and she can open, one row each, for a purpose."""
    if not may_export(request.staff):
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    filled = {name: sent.get(name, "") for name in ASKED if sent.get(name)}
    form = ExportForm(request.POST if request.method == "POST" else None)

    def take_out(**data: str) -> Request | bytes:
        now = timezone.now()
        evening = timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=0)
        rows = lists.every_row(lists.CaseFilter(**filled), to=request.staff, now=now, end_of_day=evening)
        asked_for = actions.ask_to_take_out(keys=request.keys, rows=rows, at=now, **data)
        return asked_for or actions.take_out(keys=request.keys, rows=rows, at=now, **data)

    if form.submit(take_out):
        if isinstance(form.result, bytes):
            return _file(form.result, form.cleaned_data["form"])
        add_message(
            request, _("Asked. A focal point who is not you sees the same list, and agrees or stops it.")
        )
        return redirect("imports:asked", form.result.pk)
    waiting = approvals_queries.waiting(
        society=request.staff.society_id, act=EXPORT.name, subject=request.staff.pk, at=timezone.now()
    )
    return page(request, "imports/export.html", form=form, kept=filled, waiting=waiting)


@require_http_methods(["GET", "POST"])
@vault_required
def asked(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An export of several cases: the list that the second person sees is the one that leaves."""
    row, at = queries.asked_or_404(pk, to=request.staff), timezone.now()
    step = request.POST.get("step", "")
    if step == "agree":
        actions.agree(keys=request.keys, request=row, seen=request.POST.get("seen", ""), at=at)
        add_message(request, _("Agreed. Whoever asked can take the table out now, once."))
    if step == "take" and row.asked_by_id == request.staff.pk:
        form = row.facts["form"]
        return _file(actions.take_agreed(keys=request.keys, request=row, at=at), form)
    if request.method == "POST":
        return redirect("imports:asked", row.pk)
    waits = row.state == State.WAITING and row.expires_at > at
    return page(
        request,
        "imports/asked.html",
        one=row,
        cases=queries.cases_of(row, to=request.staff),
        number=len(queries.case_ids(row)),
        seen=queries.mark_of(row),
        purpose=RevealPurpose(row.facts["purpose"]).label,
        kind=dict(words.FORMATS)[row.facts["form"]],
        votes=approvals_queries.kept_votes(row),
        waits=waits,
        may_agree=approvals_queries.may_approve(request.staff, row, at=at),
        may_take=waits
        and row.asked_by_id == request.staff.pk
        and approvals_queries.standing(row, at=at) == Standing.READY,
    )


def _file(body: bytes, form: str) -> HttpResponse:
    kind = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
    return download(body, name=f"cases-htcds.{form}", kind=kind[form])
