"""Commitments from a table: what became of each row, or what is wrong with which."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import download, page, posted
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy.forms.others import TableForm
from panah.programmes.diplomacy.tables import headings
from panah.programmes.diplomacy.views.commitments import must_keep

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Take a table in. Brought twice, the same rows are refused: their evidence is not newer than itself."""
    must_keep(request)
    wrong: list[tuple[int, str]] = []

    def take_in(*, file: UploadedFile[bytes], by: Staff, at: datetime) -> list[tuple[int, str]]:
        try:
            return diplomacy.bring_table(body=file.read(), by=by, at=at)
        except diplomacy.RowsRefused as refused:
            wrong.extend(refused.lines)
            raise

    form = TableForm(posted(request), request.FILES or None)
    taken = form.submit(take_in, by=request.staff, at=timezone.now())
    lines = form.result if taken else wrong
    return page(
        request, "diplomacy/table.html", form=None if taken else form, lines=lines, columns=headings()
    )


@require_safe
def empty_table(request: StaffRequest) -> HttpResponse:
    """The headings alone, to be filled in."""
    must_keep(request)
    out = io.StringIO()
    csv.writer(out).writerow(headings())
    return download(out.getvalue().encode("utf-8-sig"), name="commitments.csv", kind="text/csv")
