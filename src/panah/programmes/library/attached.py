"""Documents whose number stands in the source of a paper: their files go along with a report of commitments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from panah.ground.foundation.ids import case_numbers
from panah.programmes.diplomacy.beside import AttachedFile
from panah.programmes.library.citation import citation
from panah.programmes.library.models import Document
from panah.programmes.library.offline import ending_of
from panah.programmes.library.queries import pieces
from panah.programmes.library.words import Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def attached(sources: Sequence[str], to: Staff) -> dict[str, AttachedFile]:
    """Return, for each source that names a document whose file the reader gets, that file; one query."""
    named = {text: list(dict.fromkeys(case_numbers(text))) for text in sources}
    numbers = {one for found in named.values() for one in found}
    rows = Document.objects.visible(to=to).filter(number__in=numbers).select_related("current")
    files = {
        one.number: AttachedFile(
            ending_of(one.current), one.current.size, _cited(one), partial(pieces, one.current)
        )
        for one in (rows if numbers else ())
        if one.current is not None and one.current.is_handed_out
    }
    return {text: files[found[0]] for text, found in named.items() if len(found) == 1 and found[0] in files}


def _cited(document: Document) -> str:
    said = citation(document)
    return (
        f"{said} {document.get_visibility_display()}"
        if document.visibility == Visibility.CONFIDENTIAL
        else said
    )
