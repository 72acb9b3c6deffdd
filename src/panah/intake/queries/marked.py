"""Pictures that may show a child abused."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.intake.models import MarkedPicture


def marked_of(arrival: UUID) -> dict[UUID, MarkedPicture]:
    """Return the marked pictures of a report, by upload."""
    rows = MarkedPicture.objects.filter(arrival=arrival).select_related("asked_by", "agreed_by", "marked_by")
    return {row.upload: row for row in rows}


def picture_or_404(arrival: UUID, upload: UUID) -> MarkedPicture:
    """Return a marked picture, or 404 (the caller may see its report)."""
    rows = MarkedPicture.objects.select_related("asked_by", "agreed_by", "marked_by")
    return get_object_or_404(rows, arrival=arrival, upload=upload)
