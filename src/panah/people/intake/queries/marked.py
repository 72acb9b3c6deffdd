"""Pictures that may show a child abused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from panah.ground.foundation.protected_rows import columns_in, load_trusted, trusted_versions
from panah.people.inbox import queries as inbox_queries
from panah.people.intake.models import MarkedPicture
from panah.people.intake.permissions import looks
from panah.people.intake.words import CameOfIt
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import FileEntry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.reporters.models import Report

NAMES = ("arrival", "marked_by", "asked_by", "agreed_by", "seen_by", "seen_too_by", "settled_by")


def marked_among(uploads: Iterable[UUID]) -> set[UUID]:
    """Return which files are marked, whichever words of a report name them: its writer may name one twice.

    Not those of which two people wrote that they show no child abused.
    """
    rows = dict(MarkedPicture.objects.filter(upload__in=list(uploads)).values_list("pk", "upload"))
    kept = trusted_versions(MarkedPicture, rows) if rows else {}
    said = {pk: [row["came_of_it"] for row in columns_in(MarkedPicture, one)] for pk, one in kept.items()}
    return {upload for pk, upload in rows.items() if said[pk] != [CameOfIt.NOT_ONE.value]}


def picture_or_404(upload: UUID, *, to: Staff) -> MarkedPicture:
    """Return a marked picture for whoever may look at it, or sees what it came with; else 404."""
    found = MarkedPicture.objects.visible(to=to).select_related(*NAMES).filter(upload=upload).first()
    if found is not None:
        load_trusted(found)
    if found is None or not (
        looks(to, found.arrival) or inbox_queries.visible(to=to).filter(pk=found.arrival_id).exists()
    ):
        raise Http404
    return found


def pictures_of(report: Report) -> list[MarkedPicture]:
    """Return the marked pictures of a report (the caller was let in to it), the oldest first."""
    arrivals = [one.pk for one in reporters_queries.arrivals_of(report)]
    return list(MarkedPicture.objects.filter(arrival__in=arrivals).order_by("marked_at", "pk"))


def picture_keys_needed(society: UUID) -> Iterable[UUID]:
    """Return the ids of a society's marked pictures whose key must be there."""
    rows = MarkedPicture.objects.filter(society=society, came_of_it="").exclude(to_key="")
    return rows.values_list("pk", flat=True)


def may_be_seen(picture: MarkedPicture) -> bool:
    """Say whether there is anything to look at: it was not taken back, and opened when it was marked."""
    report = reporters_queries.report_of(picture.arrival)
    return bool(picture.to_key) and reporters_queries.is_file_of(report, picture.upload)


def is_there(report: Report | None, entry: FileEntry | None) -> bool:
    """Say whether a file still opens."""
    return report is not None and entry is not None and bool(reporters_queries.file_of(report, entry))
