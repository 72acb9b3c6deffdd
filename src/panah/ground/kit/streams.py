"""Files that are handed over piece by piece: none of them lies in the memory of a worker whole."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import translation

from panah.ground.foundation import tenancy


def streamed(
    pieces: Iterator[bytes], *, society: UUID, language: str, name: str, kind: str
) -> StreamingHttpResponse:
    """Hand over what ``pieces`` yields to a reader of this society, to be saved under ``name``."""
    answer = StreamingHttpResponse(_within(pieces, society, language), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _within(pieces: Iterator[bytes], society: UUID, language: str) -> Iterator[bytes]:
    """Take each piece within the reader's wall and in her language: both were left when the view returned."""
    while True:
        with tenancy.tenant_context(society), translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
