"""Files of a report: pictures drawn anew, others saved with a warning; and pictures that two people open, blurred."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import image_sandbox
from panah.ground.kit.file_types import file_type_of
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network.queries import rule
from panah.ground.network.words import RuleKey
from panah.ground.sign_in.middleware import vault_required
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import kind_words
from panah.people.intake import actions, forms, permissions, queries
from panah.people.intake.report_page import open_content
from panah.people.intake.views.reports import load
from panah.people.reporters import queries as reporters_queries

if TYPE_CHECKING:
    from panah.people.inbox.models import Arrival
    from panah.people.intake.models import MarkedPicture
    from panah.people.reporters.models import Report
    from panah.people.reporters.queries import FileEntry

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
    row, _report, entry = _entry(request, arrival, upload)
    actions.mark_picture(arrival=row, entry=entry, by=request.staff, at=timezone.now())
    add_message(request, _("Marked. Nobody opens it alone any more, and it is copied nowhere."))
    return redirect("intake:marked", upload)


@require_http_methods(["GET", "POST"])
@vault_required
def marked(request: StaffRequest, upload: UUID) -> HttpResponse:
    """The warning, the duty of the rule sheet, how two people open it, and what came of it.

    It is there as long as its duty waits, also when its report became something else. POST asks for it, agrees, or says
    what came of it.
    """
    one, now = queries.picture_or_404(upload, to=request.staff), timezone.now()
    row = inbox_queries.visible(to=request.staff).filter(pk=one.arrival_id).first()
    gone = not queries.may_be_seen(one)
    form = forms.CameOfItForm(posted(request) if "came_of_it" in request.POST else None, gone=gone)

    def write(*, came_of_it: str) -> None:
        actions.note_what_came(keys=request.keys, picture=one, came_of_it=came_of_it, at=now)

    if form.is_bound and form.submit(write):
        add_message(request, _("Written. It is off the list."))
        return redirect("intake:arrival", row.pk) if row is not None else redirect("intake:arrivals")
    if request.method == "POST" and not form.is_bound:
        if request.POST.get("agree"):
            actions.agree_to_open(picture=one, by=request.staff, at=now)
        else:
            actions.ask_to_open(picture=one, by=request.staff, at=now)
        return redirect("intake:marked", upload)
    return page(request, "intake/marked.html", **_said_of(request, one, row, now), form=form, gone=gone)


def _said_of(request: StaffRequest, one: MarkedPicture, row: Arrival | None, now: datetime) -> dict[str, Any]:
    asked = actions.is_asked(one, at=now)
    me = request.staff.pk
    return {
        "row": row,
        "one": one,
        "what": kind_words(one.arrival.kind),
        "may_look": permissions.looks(request.staff, one.arrival),
        "asked": asked,
        "hers": asked and one.asked_by_id == me,
        "opens": one.waits and actions.is_open_to(one, staff=request.staff, at=now),
        "writes": one.waits and None not in one.two and me in one.two,
        "duties": [
            rule(society=request.staff.society, key=key, on=timezone.localdate())
            for key in (RuleKey.DUTY_CHILD, RuleKey.DUTY_CRIME)
        ],
    }


@require_GET
@vault_required
def blurred(request: StaffRequest, upload: UUID) -> HttpResponse:
    """A marked picture for one of the two who agreed: so few points that no face is seen. Journalled each time."""
    one = queries.picture_or_404(upload, to=request.staff)
    body = actions.see_picture(keys=request.keys, picture=one, at=timezone.now())
    if body is None:
        raise Http404
    return _drawn(body, BLURRED_EDGE)
