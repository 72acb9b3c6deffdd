"""Sources and their files, for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from panah.ground.foundation.ids import read_number
from panah.programmes.figures.models import FilePiece, Source, SourceFile
from panah.programmes.figures.words import PIECE, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def sources(*, to: Staff) -> QuerySet[Source]:
    """Return the sources of the reader's society, each with ``standing``: how many of its figures stand."""
    stands = Count("figures", filter=Q(figures__state=State.STANDS))
    rows: QuerySet[Source] = Source.objects.visible(to=to).annotate(standing=stands)
    # A count groups the rows, and what is grouped has lost the order of its model.
    return rows.order_by("publisher", "title", "pk")


def source_or_404(number: str, *, to: Staff) -> Source:
    rows = Source.objects.visible(to=to).select_related("added_by").prefetch_related("files__superseded_by")
    found: Source = get_object_or_404(rows, number=read_number(number) or "")
    return found


def files_of(sources: Iterable[Source]) -> list[SourceFile]:
    """Return the files of sources that no newer edition has replaced."""
    rows = SourceFile.objects.filter(source__in=list(sources), superseded_by=None)
    return list(rows.select_related("source").order_by("source__title", "-read_on", "pk"))


def file_or_404(pk: UUID, *, to: Staff) -> SourceFile:
    rows = SourceFile.objects.filter(source__in=Source.objects.visible(to=to)).select_related("source")
    found: SourceFile = get_object_or_404(rows, pk=pk)
    return found


def pieces(file: SourceFile) -> Iterator[bytes]:
    """Yield a file in pieces of a mebibyte; one lies in memory at a time."""
    for number in range(-(-file.size // PIECE)):
        yield bytes(FilePiece.objects.values_list("data", flat=True).get(file=file, number=number))
