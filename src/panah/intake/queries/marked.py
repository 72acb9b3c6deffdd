"""Pictures that may show a child abused."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from panah.intake.models import MarkedPicture


def marked_among(uploads: Iterable[UUID]) -> set[UUID]:
    """Return which files are marked, whichever words of a report name them: its writer may name one twice."""
    rows = MarkedPicture.objects.filter(upload__in=list(uploads))
    return set(rows.values_list("upload", flat=True))


def picture_or_404(society: UUID, upload: UUID) -> MarkedPicture:
    """Return a marked picture, or 404 (the caller may see its report)."""
    rows = MarkedPicture.objects.select_related("asked_by", "agreed_by", "marked_by").order_by("marked_at")
    found = rows.filter(society=society, upload=upload).first()
    if found is None:
        raise Http404
    return found
