"""What a browser sealed, as it comes in a form: the words in one part, each file in one, its pieces in a row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from panah.public.received_files import ReceivedFile
from panah.reporters.queries import PlainFile, SealedFile

# A piece of 256 KiB with what a lock adds (vault.chunked_encryption, reporters.content).
PIECE = 256 * 1024 + 29
LONGEST_NAME = 10
MIME = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}


def is_sealed(request: HttpRequest) -> bool:
    """Say whether a browser sealed what it sends."""
    return "sealed" in request.FILES


def sealed_in(request: HttpRequest) -> dict[str, Any]:
    """Return body, generation and files for an action of ``reporters``, which looks at what shape they have."""
    name = request.POST.get("to_key", "")
    generation = int(name) if name.isascii() and name.isdecimal() and len(name) < LONGEST_NAME else 0
    files = [_file(one) for one in request.FILES.getlist("locked")]
    sealed: Any = request.FILES["sealed"]
    return {
        "sealed": sealed.read(),
        "generation": generation,
        "files": [one for one in files if one is not None],
    }


def _file(upload: Any) -> SealedFile | None:
    kind, _, name = str(upload.name).partition("_")
    body = upload.read()
    try:
        return SealedFile(UUID(name), [body[at : at + PIECE] for at in range(0, len(body), PIECE)], kind)
    except ValueError:
        return None


def to_be_sealed(files: list[ReceivedFile]) -> list[PlainFile]:
    """Return files that came without a seal, for the same actions."""
    return [
        PlainFile(one.body, one.name, MIME.get(one.type, "application/octet-stream"), one.kind)
        for one in files
    ]
