"""Files of a report: pictures drawn anew, others saved with a warning; and pictures that two people open, blurred."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.foundation.http import StaffRequest
from panah.inbox import actions as inbox
from panah.inbox import queries as inbox_queries
from panah.inbox.words import ArrivalState, kind_words
from panah.intake import actions, queries
from panah.intake.report_page import open_content
from panah.intake.views.reports import load
from panah.kit import image_sandbox
from panah.kit.file_types import file_type_of
from panah.kit.pages import add_message, page
from panah.network.queries import rule
from panah.network.words import RuleKey
from panah.reporters import queries as reporters_queries
from panah.sign_in.middleware import vault_required

if TYPE_CHECKING:
    from panah.inbox.models import Arrival
    from panah.reporters.models import Report
    from panah.reporters.queries import FileEntry

# What came from outside, or was drawn from it: no script, no form, no frame, never read as another type.
GUARDED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
# The longer side of a blurred picture: what happens is seen, a face is not.
BLURRED_EDGE = 40


def _entry(request: StaffRequest, pk: UUID, upload: UUID) -> tuple[Arrival, Report, FileEntry]:
    """Return a file of a report whose words are open to her now; 404 for every other one."""
    row, report = load(request, pk)
    content = open_content(row, request.keys, timezone.now())
    found = reporters_queries.entries_in(content) if content is not None else ()
    entry = next((one for one in found if one.id == upload), None)
    if entry is None:
        raise Http404
    return row, report, entry


def _body(report: Report, entry: FileEntry) -> bytes:
    body = reporters_queries.file_of(report, entry)
    if body is None:
        raise Http404
    return body


@require_GET
@vault_required
def file(request: StaffRequest, arrival: UUID, upload: UUID) -> HttpResponse:
    """Save a file as it came. The page has warned; it is never shown in the browser, whatever it is."""
    row, report, entry = _entry(request, arrival, upload)
    actions.note_file(arrival=row, upload=upload, by=request.staff, saved=True, at=timezone.now())
    body = _body(report, entry)
    name = f"report-{upload.hex[:8]}.{file_type_of(body).ending}"
    return HttpResponse(
        body,
        content_type="application/octet-stream",
        headers={**GUARDED, "Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
@vault_required
def picture(request: StaffRequest, arrival: UUID, upload: UUID) -> HttpResponse:
    """A picture of a report, drawn anew in a limited process and stored nowhere."""
    row, report, entry = _entry(request, arrival, upload)
    actions.note_file(arrival=row, upload=upload, by=request.staff, saved=False, at=timezone.now())
    return _drawn(_body(report, entry), image_sandbox.SHOWN_EDGE)


def _drawn(body: bytes, edge: int) -> HttpResponse:
    try:
        drawn = image_sandbox.render(body, file_type_of(body), edge=edge)
    except image_sandbox.CannotRender:
        return HttpResponse(status=503, headers=GUARDED)
    return HttpResponse(drawn.body, content_type=f"image/{drawn.type}", headers=GUARDED)


@require_POST
@vault_required
def mark(request: StaffRequest, arrival: UUID, upload: UUID) -> HttpResponse:
    """It may show a child abused: from now on nobody opens it alone."""
    row, _report, _file = _entry(request, arrival, upload)
    actions.mark_picture(arrival=row, upload=upload, by=request.staff, at=timezone.now())
    add_message(request, _("Marked. Nobody opens it alone any more, and it is copied nowhere."))
    return redirect("intake:marked", row.pk, upload)


@require_http_methods(["GET", "POST"])
@vault_required
def marked(request: StaffRequest, arrival: UUID, upload: UUID) -> HttpResponse:
    """The warning, the duty of the rule sheet, and how two people open it. POST asks for it, or agrees."""
    row, _report = load(request, arrival)
    if not inbox_queries.may_open(row, staff=request.staff, keys=request.keys):
        raise Http404
    one, now = queries.picture_or_404(row.society_id, upload), timezone.now()
    if request.method == "POST":
        if request.POST.get("agree"):
            actions.agree_to_open(picture=one, by=request.staff, at=now)
        else:
            actions.ask_to_open(picture=one, by=request.staff, at=now)
        return redirect("intake:marked", row.pk, upload)
    asked = actions.is_asked(one, at=now)
    return page(
        request,
        "intake/marked.html",
        row=row,
        one=one,
        what=kind_words(row.kind),
        asked=asked,
        hers=asked and one.asked_by_id == request.staff.pk,
        opens=actions.is_open_to(one, staff=request.staff, at=now) and row.state == ArrivalState.OPENED,
        duties=[
            rule(society=request.staff.society, key=key, on=timezone.localdate())
            for key in (RuleKey.DUTY_CHILD, RuleKey.DUTY_CRIME)
        ],
    )


@require_GET
@vault_required
def blurred(request: StaffRequest, arrival: UUID, upload: UUID) -> HttpResponse:
    """A marked picture for one of the two who agreed: so few points that no face is seen. Journalled each time."""
    row, report = load(request, arrival)
    one, now = queries.picture_or_404(row.society_id, upload), timezone.now()
    actions.note_seen(picture=one, by=request.staff, at=now)
    content = inbox.content_for_work(keys=request.keys, arrival=row, at=now)
    entry = next((each for each in reporters_queries.entries_in(content) if each.id == upload), None)
    if entry is None:
        raise Http404
    return _drawn(_body(report, entry), BLURRED_EDGE)
