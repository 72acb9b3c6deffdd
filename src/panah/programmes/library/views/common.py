"""What pages of the library share."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from panah.ground.foundation.http import StaffRequest
from panah.programmes.library import permissions, queries
from panah.programmes.library.models import Document


def must_read(request: StaffRequest) -> None:
    if not permissions.reads(request.staff):
        raise Http404


def must_bring(request: StaffRequest) -> None:
    if not permissions.brings(request.staff):
        raise Http404


def kept(request: StaffRequest, number: str) -> Document:
    """Return a document for whoever may change it; for others it does not exist here."""
    row = queries.document_or_404(number, to=request.staff)
    if not permissions.keeps(request.staff, row):
        raise Http404
    return row


def to_document(document: Document) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("library:document", args=[document.number]))
