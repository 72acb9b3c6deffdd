"""What may be said about a country, for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.figures.models import PublicSentence
from panah.figures.words import SentenceState, State

if TYPE_CHECKING:
    from panah.accounts.models import Staff

WITH = ("society", "figure", "written_by", "decided_by")


def sentences_about(country: str, *, to: Staff) -> list[PublicSentence]:
    """Return the sentences about a country: what may be said first; what waits for those of its society alone."""
    rows = PublicSentence.objects.visible(to=to).filter(country=country).exclude(state=SentenceState.ENDED)
    order = {SentenceState.CLEARED: 0, SentenceState.DRAFT: 1, SentenceState.REFUSED: 2}
    return sorted(
        rows.select_related(*WITH), key=lambda one: (order[SentenceState(one.state)], one.written_on)
    )


def sentence_or_404(pk: UUID, *, to: Staff) -> PublicSentence:
    """Return a sentence of the reader's own society."""
    rows = PublicSentence.objects.visible(to=to).filter(society_id=to.society_id).select_related(*WITH)
    found: PublicSentence = get_object_or_404(rows, pk=pk)
    return found


def countries_with_sentences(*, to: Staff) -> list[str]:
    """Return the countries that something may be said of, and the reader's own."""
    rows = PublicSentence.objects.visible(to=to).filter(state=SentenceState.CLEARED).order_by()
    return sorted({*rows.values_list("country", flat=True).distinct(), to.society.iso2})


def no_longer_standing(rows: Iterable[PublicSentence]) -> set[UUID]:
    """Return the sentences whose figure was replaced or withdrawn since: they are not to be said as they stand."""
    return {one.pk for one in rows if one.figure is not None and one.figure.state != State.STANDS}
