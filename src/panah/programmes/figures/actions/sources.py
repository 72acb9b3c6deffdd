"""Sources are registered; their files are kept as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.programmes.figures import events
from panah.programmes.figures.models import FilePiece, Source, SourceFile
from panah.programmes.figures.permissions import must_write
from panah.programmes.figures.words import MOST_BYTES, PIECE, SourceKind
from panah.programmes.library import actions as library

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.library.models import Upload


@transaction.atomic
def add_source(
    *,
    publisher: str,
    title: str,
    kind: str,
    link: str = "",
    licence: str = "",
    country: str = "",
    hides_from: int | str = 0,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Source:
    """Register where figures are read."""
    must_write(by)
    row: Source = Source.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        publisher=publisher,
        title=title,
        kind=kind,
        link=link,
        licence=licence,
        country=country,
        hides_from=int(hides_from),
        added_by=by,
        added_on=timezone.localtime(at).date(),
    )
    audit.record(event=events.SOURCE_ADDED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def keep_file(
    *,
    source: Source,
    file: library.Incoming | Upload,
    media_type: str = "",
    licence: str = "",
    replaces: SourceFile | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> SourceFile:
    """Keep a file of a source byte by byte; the same file of the same source is kept once.

    ``replaces``: an earlier file that this one is a newer edition of; both stay.
    """
    must_write(by)
    rows = Source.objects.visible(to=by).exclude(kind=SourceKind.OWN_COUNT)
    own: Source = rows.select_for_update().get(pk=source.pk)
    row = store_file(
        own,
        file.chunks(PIECE) if isinstance(file, library.Incoming) else library.coming(file),
        name=shown_name((file.name if isinstance(file, library.Incoming) else file.file_name) or ""),
        media_type=media_type,
        licence=licence or own.licence,
        by=by,
        at=at,
        pk=pk,
    )
    if replaces is not None and replaces.pk != row.pk:
        SourceFile.objects.filter(pk=replaces.pk, source=own, superseded_by=None).update(superseded_by=row)
    if not isinstance(file, library.Incoming):
        # Its pieces by a script are of no use any more.
        file.delete()
    audit.record(event=events.FILE_KEPT, by=by, at=at, about=row.pk)
    return row


def shown_name(name: str) -> str:
    """Return the last part of a file's name, without what cannot be printed; "file" where nothing is left."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(one for one in last if one.isprintable())[:200].strip() or "file"


def store_file(
    source: Source,
    chunks: Iterable[bytes],
    *,
    name: str,
    media_type: str,
    licence: str,
    by: Staff | None,
    at: datetime,
    pk: UUID | None = None,
) -> SourceFile:
    """Write the pieces of a file; a mebibyte lies in memory at a time."""
    row = SourceFile.objects.create(
        pk=pk or uuid4(),
        source=source,
        file_name=name,
        media_type=media_type,
        size=0,
        sha256="",
        licence=licence,
        read_on=timezone.localtime(at).date(),
        added_by=by,
    )
    digest, size = hashlib.sha256(), 0
    for number, piece in enumerate(library.even(chunks)):
        digest.update(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise library.too_large()
        FilePiece.objects.create(file=row, number=number, data=piece)
    same = SourceFile.objects.filter(source=source, sha256=digest.hexdigest()).first()
    if same is not None:
        row.delete()
        return same
    row.size, row.sha256 = size, digest.hexdigest()
    row.save(update_fields=["size", "sha256"])
    return row


def record_file_taken(*, file: SourceFile, by: Staff, at: datetime) -> None:
    """Write down that a file left the register on somebody's device."""
    audit.record(event=events.FILE_TAKEN, by=by, at=at, about=file.pk)
