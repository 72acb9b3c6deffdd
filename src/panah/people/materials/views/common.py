"""What pages about materials share."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from panah.ground.foundation.http import StaffRequest
from panah.people.materials import permissions
from panah.people.materials.models import Content
from panah.people.materials.words import Audience


def must_write(request: StaffRequest) -> None:
    """There is nothing here for whoever does not write materials."""
    if not permissions.writes(request.staff):
        raise Http404


def to_list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("materials:list"))


def audiences_of(row: Content) -> list[str]:
    """For whom a material is, in the reader's words."""
    return [str(one.label) for one in Audience if one.value in row.audiences]
