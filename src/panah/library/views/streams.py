"""Files that are handed over piece by piece: none of them lies in the memory of a worker whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils import translation

from panah.foundation import tenancy

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def streamed(
    pieces: Iterator[bytes], *, to: Staff, language: str, name: str, kind: str
) -> StreamingHttpResponse:
    """Hand over what ``pieces`` yields, to be saved under ``name``."""
    answer = StreamingHttpResponse(_within(pieces, to=to, language=language), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _within(pieces: Iterator[bytes], *, to: Staff, language: str) -> Iterator[bytes]:
    """Take each piece within the reader's wall and in her language: both were left when the view returned."""
    while True:
        with tenancy.tenant_context(to.society_id), translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
