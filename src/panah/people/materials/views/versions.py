"""What is published: its versions, the next one, and taking it off."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import DOOR
from panah.ground.kit.pages import attempt, download, page
from panah.people.materials import actions, permissions, queries
from panah.people.materials.models import Version
from panah.people.materials.views.common import audiences_of
from panah.people.materials.words import VersionState


def _own(request: StaffRequest, pk: UUID) -> Version:
    row = queries.own_version(pk, to=request.staff)
    if row is None:
        raise Http404
    return row


@require_safe
def version(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A version as it stands at the door, and those before it."""
    row = _own(request, pk)
    return page(
        request,
        "materials/version.html",
        row=row,
        door_languages=DOOR,
        audiences=audiences_of(row),
        State=VersionState,
        history=queries.history(row.material, to=request.staff),
        publishes=permissions.publishes(request.staff),
    )


@require_safe
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The file of a version; there is none where its bytes are not those that were published."""
    found = queries.taken(_own(request, pk))
    if found is None:
        raise Http404
    return download(found.body, name=found.name, kind=found.kind)


@require_POST
def next_version(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin the next version with what is published now."""
    row = actions.begin_next(version=_own(request, pk), by=request.staff, at=timezone.now())
    return HttpResponseRedirect(reverse("materials:draft", args=[row.pk]))


@require_POST
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take it off the public door."""
    if not permissions.publishes(request.staff):
        raise Http404
    said = _("It is off the public door.")
    attempt(request, actions.withdraw, said, version=_own(request, pk), by=request.staff, at=timezone.now())
    return HttpResponseRedirect(reverse("materials:version", args=[pk]))
