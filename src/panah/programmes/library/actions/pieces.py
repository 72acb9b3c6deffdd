"""A file on its way into the library: in pieces of a mebibyte, so that no file lies in memory as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.empty_files import must_hold_something
from panah.programmes.library.models import Piece, Upload, UploadPiece, Version
from panah.programmes.library.permissions import must_bring
from panah.programmes.library.rules import files
from panah.programmes.library.words import MOST_BYTES, PIECE

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Of one colleague, all that is coming together.
MOST_COMING = 2 * MOST_BYTES


@runtime_checkable
class Incoming(Protocol):
    """A file as it is handed over: Django's uploaded files and ``django.core.files.File`` are of this kind."""

    name: str | None

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]:
        """Give the file in pieces."""
        ...


@dataclass(frozen=True)
class Kept:
    """What is known of a file once it is kept."""

    media_type: str
    size: int
    sha256: str


def too_large() -> Refusal:
    return Refusal(
        _("This file has more than 250 MB."),
        next_step=_("Cut it into parts, and bring them one by one."),
        code="too-large",
    )


def even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of exactly ``PIECE`` bytes, the last one less."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def keep(version: Version, file: Incoming | Upload) -> Kept:
    """Write a file's pieces under a version that is there; refuses what is empty, too large or of no kind read here."""
    digest, size, first, last = hashlib.sha256(), 0, b"", b""
    chunks = coming(file) if isinstance(file, Upload) else even(file.chunks(PIECE))
    for number, data in enumerate(chunks):
        size += len(data)
        if size > MOST_BYTES:
            raise too_large()
        digest.update(data)
        first, last = first or data, last[-(PIECE - len(data)) :] + data if len(data) < PIECE else data
        Piece.objects.create(version=version, number=number, data=data)
    return Kept(_taken(files.type_of(first, last)), size, digest.hexdigest())


def _taken(found: str) -> str:
    if found in files.ACCEPTED:
        return found
    if found == files.OLD_OFFICE:
        raise Refusal(
            _("This file is in an old format of Office, or opens with a password."),
            next_step=_("Save it as DOCX, PPTX, XLSX or PDF, without a password, and choose that one."),
            code="old-office",
        )
    raise Refusal(
        _("Nothing here can read a file of this kind. Its name does not count, its content does."),
        next_step=_("Save it as PDF, DOCX, PPTX, XLSX, HTML, text, PNG, JPEG or TIFF."),
        code="kind-not-read",
    )


# -- piece by piece, by a script --------------------------------------------------------------------


@transaction.atomic
def begin_upload(*, file_name: str, size: int, by: Staff, at: datetime) -> Upload:
    """Make room for a file of ``size`` bytes that comes piece by piece."""
    must_bring(by)
    if size > MOST_BYTES:
        raise too_large()
    must_hold_something(size)
    coming_now = Upload.objects.filter(by=by).aggregate(all=Sum("size"))["all"] or 0
    if coming_now + size > MOST_COMING:
        # What she began and left is in the way: the newest counts.
        Upload.objects.filter(by=by).delete()
    row: Upload = Upload.objects.create(
        society_id=by.society_id,
        by=by,
        file_name=files.file_name(file_name),
        size=size,
        begun_on=timezone.localtime(at).date(),
    )
    return row


@transaction.atomic
def add_piece(*, upload: Upload, number: int, data: bytes, by: Staff) -> None:
    """Keep one piece, or the same once more where a line broke."""
    whole, rest = divmod(upload.size, PIECE)
    wanted = PIECE if number < whole else rest
    if upload.by_id != by.pk or number > whole or len(data) != wanted or not wanted:
        raise Refusal(
            _("This is no piece of that file."), next_step=_("Choose the file once more."), code="no-piece"
        )
    UploadPiece.objects.update_or_create(upload=upload, number=number, defaults={"data": data})


def coming(upload: Upload) -> Iterator[bytes]:
    """Yield the pieces of a file that has come; refuses where one is missing."""
    many = -(-upload.size // PIECE)
    if UploadPiece.objects.filter(upload=upload).count() != many:
        raise Refusal(
            _("A part of this file has not arrived."),
            next_step=_("Choose the file once more."),
            code="not-whole",
        )
    for number in range(many):
        yield bytes(UploadPiece.objects.values_list("data", flat=True).get(upload=upload, number=number))


def forget_uploads(*, at: datetime) -> int:
    """Delete what began to come yesterday or before and became no document; returns how many."""
    before = timezone.localtime(at).date() - retention.DOCUMENT_UNFINISHED.period
    gone: int = Upload.objects.filter(begun_on__lt=before).delete()[0]
    return gone
