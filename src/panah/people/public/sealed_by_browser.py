"""What a browser sealed, as it comes in a form: the words in one part, each file in one, its pieces in a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from panah.ground.foundation.base64url import to_base64url
from panah.ground.vault.sealed_state import open_state, seal_state
from panah.people.public.received_files import ReceivedFile
from panah.people.reporters.queries import PlainFile, SealedFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# A piece of 256 KiB with what a lock adds (vault.chunked_encryption, reporters.content).
PIECE = 256 * 1024 + 29
LONGEST_NAME = 10
WHAT, ANYBODY = "to whom a message is sealed", "anybody"
LASTS = timedelta(hours=1)
MIME = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}


def is_sealed(request: HttpRequest) -> bool:
    """Say whether a browser sealed what it sends."""
    return "sealed" in request.FILES


def readers_said(keys: Mapping[UUID, bytes], meant: str, *, at: datetime) -> dict[str, object]:
    """Return what a browser seals to, and whose keys these are: locked, it is nobody's business there."""
    texts = [to_base64url(key) for key in keys.values()]
    said = {"readers": [str(key) for key in keys], "meant": meant}
    whose = seal_state(said, what=WHAT, whose=ANYBODY, at=at)
    return {"keys": texts, "readers": whose}


def sealed_to_readers(request: HttpRequest, *, at: datetime) -> dict[str, object]:
    """Return what a browser sealed for ``submit_report``: past the intake a seal for each reader, as the keys stood."""
    said = {**sealed_in(request), "about_staff": request.POST.get("past") == "yes"}
    if "readers" not in request.POST:
        return said
    state = open_state(request.POST["readers"], what=WHAT, whose=ANYBODY, at=at, lasts=LASTS)
    parts = request.FILES.getlist("sealed")
    readers = state["readers"] if state else []
    if len(readers) != len(parts) or not said["about_staff"]:
        # No seal at all: the page is old.
        return {**said, "sealed": b"-"}
    seals = [part.seek(0) or part.read() for part in parts]
    sealed_to = dict(zip(map(UUID, readers), seals, strict=True))
    return {**said, "sealed": b"", "sealed_to": sealed_to, "meant": state.get("meant", "") if state else ""}


def sealed_in(request: HttpRequest) -> dict[str, object]:
    """Return body, generation and files for an action of ``reporters``, which looks at what shape they have."""
    name = request.POST.get("to_key", "")
    generation = int(name) if name.isascii() and name.isdecimal() and len(name) < LONGEST_NAME else 0
    files = [_file(one) for one in request.FILES.getlist("locked")]
    sealed: Any = request.FILES["sealed"]
    return {
        "sealed": sealed.read(),
        "generation": generation,
        "files": [file for file in files if file is not None],
    }


def _file(upload: UploadedFile[bytes]) -> SealedFile | None:
    kind, _, name = str(upload.name).partition("_")
    body = upload.read()
    try:
        return SealedFile(UUID(name), [body[at : at + PIECE] for at in range(0, len(body), PIECE)], kind)
    except ValueError:
        return None


def to_be_sealed(files: list[ReceivedFile], *, abuse: bool = False) -> list[PlainFile]:
    """Return files that came without a seal, for the same actions; ``abuse``: what one of the pictures may show."""
    return [
        PlainFile(
            file.body,
            file.name,
            MIME.get(file.type, "application/octet-stream"),
            file.kind,
            abuse=abuse and file.kind == "picture",
        )
        for file in files
    ]
