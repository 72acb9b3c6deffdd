"""Reading a file that came with words: whoever has opened the words has its key."""

from __future__ import annotations

from uuid import UUID

from panah.ground.vault.seals import DoesNotOpen
from panah.people.reporters.content import FileEntry, open_file
from panah.people.reporters.models import Piece, Report, Upload
from panah.people.reporters.queries.reports import OpenedReport, words_for
from panah.people.reporters.wall import inside


def file_of(report: Report, entry: FileEntry) -> bytes | None:
    """Return a file for a colleague who opened the words that name it (``entries_in``); None where it is gone."""
    return _content(report.pk, entry)


def file_for(opened: OpenedReport, upload: UUID) -> tuple[FileEntry, bytes] | None:
    """Return a file that came with an answer, for the reporter; None where no answer of hers names it."""
    entries = (entry for word in words_for(opened) for entry in word.files)
    entry = next((one for one in entries if one.id == upload), None)
    if entry is None:
        return None
    with inside(opened.society):
        body = _content(opened.id, entry)
    return None if body is None else (entry, body)


def is_file_of(report: Report | None, upload: UUID) -> bool:
    """Say whether a file belongs to a report."""
    return report is not None and Upload.objects.filter(pk=upload, report=report.pk).exists()


def _content(report: UUID, entry: FileEntry) -> bytes | None:
    rows = Piece.objects.filter(upload=entry.id, upload__report=report).order_by("number")
    try:
        return open_file(entry, [bytes(one) for one in rows.values_list("sealed", flat=True)])
    except DoesNotOpen:
        return None
