"""Files that a stranger sends without scripts: told by their bytes, pictures drawn anew, everything in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit import image_sandbox
from panah.ground.kit.file_types import PICTURE, SOUND, file_type_of
from panah.people.public.report_draft import MOST_BYTES, MOST_FILES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class ReceivedFile:
    """``kind`` is picture, voice or file; ``type`` the short code of its content ("jpeg"); ``name`` for a download."""

    kind: str
    name: str
    type: str
    body: bytes


def received(files: Iterable[UploadedFile[bytes]], *, original: bool) -> list[ReceivedFile]:
    """Return what was sent, ready to be sealed. Refuses too many or too much, and a picture that cannot be opened."""
    given = list(files)
    if len(given) > MOST_FILES or sum(one.size or 0 for one in given) > MOST_BYTES:
        raise Refusal(
            _("These are too many files for one message."),
            next_step=_("Send some of them now, and the others later. What you wrote is still here."),
            code="too-many-files",
        )
    return [_received(one, number, original) for number, one in enumerate(given, 1)]


def _received(upload: UploadedFile[bytes], number: int, original: bool) -> ReceivedFile:
    body = upload.read()
    content = file_type_of(body)
    if content.kind != PICTURE:
        kind = "voice" if content.kind == SOUND else "file"
        return ReceivedFile(kind, _name(upload.name or "", content.ending, number), content.type, body)
    if original:
        return ReceivedFile("picture", _name(upload.name or "", content.ending, number), content.type, body)
    try:
        drawn = image_sandbox.render(body, content, edge=image_sandbox.WHOLE_EDGE)
    except image_sandbox.CannotRender:
        raise Refusal(
            _("We could not open one of the pictures."),
            next_step=_(
                "Leave it out, or choose to send pictures exactly as they are. What you wrote is still here."
            ),
            code="picture-not-opened",
        ) from None
    ending = "jpg" if drawn.type == "jpeg" else "png"
    return ReceivedFile("picture", f"picture-{number}.{ending}", drawn.type, drawn.body)


def _name(given: str, ending: str, number: int) -> str:
    """Return a name for the download with the ending of what the bytes are; what it was called goes along, sealed."""
    stem = "".join(sign for sign in PurePath(given).stem if sign.isprintable() and sign not in '\\/:*?"<>|')
    return f"{stem[:80].strip(' .') or f'file-{number}'}.{ending}"
