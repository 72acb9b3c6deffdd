"""The list on a trainer's telephone: the page that works without a line, what it is given, what it sends."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import long_day
from panah.ground.kit.languages import READERS, language_asked
from panah.ground.kit.pages import add_message, page
from panah.programmes.training import actions, queries
from panah.programmes.training.models import PhoneList
from panah.programmes.training.views.courses import to_course

WORKER = "training/phone_worker.js"
# Stands in addresses for an id that the script puts in.
NOBODY = UUID(int=0)


@require_GET
def shell(request: StaffRequest) -> HttpResponse:
    """The page that a telephone keeps: it holds nobody's name, only what the script fills in."""
    language = language_asked(request, READERS)
    with override(language):
        return page(request, "training/phone.html", nobody=NOBODY, speaks=READERS, chosen=language)


@require_GET
def worker(request: StaffRequest) -> HttpResponse:
    """The script that answers for the page when there is no line. It lies here so that it serves this page alone."""
    return HttpResponse(Path(str(finders.find(WORKER))).read_bytes(), content_type="text/javascript")


@require_POST
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give the list of a session to the telephone that asks; asked by the script of the page."""
    session = queries.session_or_404(pk, to=request.staff)
    with override(language_asked(request, READERS)):
        try:
            issued = actions.issue_list(session=session, by=request.staff, at=timezone.now())
        except Refusal as refusal:
            return _refused(refusal)
        day = long_day(session.on)
    return JsonResponse(
        {
            "id": str(issued.row.pk),
            "title": session.course.title,
            "day": day,
            "until": issued.until.isoformat(),
            "key": issued.key,
            "place": issued.place,
            "people": [
                {"id": str(one), "number": number, "name": name} for one, number, name in issued.people
            ],
        }
    )


@require_POST
def send(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take what a telephone marked. 204: kept, or kept already; 410: the list was revoked."""
    row = get_object_or_404(PhoneList, pk=pk, staff=request.staff)
    sealed = request.POST.get("sealed", "")
    with override(language_asked(request, READERS)):
        try:
            actions.receive_register(row=row, sealed=sealed, by=request.staff, at=timezone.now())
        except Refusal as refusal:
            return _refused(refusal)
    return HttpResponse(status=204)


def _refused(refusal: Refusal) -> JsonResponse:
    """A refusal as the script reads it."""
    said = {"sentence": str(refusal.sentence), "next_step": str(refusal.next_step), "code": refusal.code}
    return JsonResponse(said, status=refusal.status)


@require_POST
def revoke(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A telephone is lost: its list is refused from now on. The coordinator does it, or the trainer herself."""
    row = get_object_or_404(PhoneList, pk=pk, session__course__in=queries.visible(to=request.staff))
    actions.revoke_list(row=row, by=request.staff, at=timezone.now())
    add_message(request, _("Revoked: nothing that comes from this telephone is taken."))
    return to_course(row.session.course)
