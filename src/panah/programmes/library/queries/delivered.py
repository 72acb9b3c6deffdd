"""What the public page of a delivered document says of it: its own list, and its words about a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.programmes.diplomacy.instruments import Instrument, Provision, provisions
from panah.programmes.library.delivered import Quotation, said_by_its_page, source
from panah.programmes.library.models import Document, Version

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


NAME = "central-asian-societies.txt"


@dataclass(frozen=True)
class SaidByPage:
    """``similar``: a title as the page lists it, and the document here that has it; ``quotations``: by provision."""

    similar: list[tuple[str, Document | None]]
    quotations: list[tuple[Instrument, Provision, Quotation]]


def delivered_file() -> tuple[str, bytes]:
    """Return the name and the bytes of the one file that is delivered with Panah."""
    return NAME, source().file


def said_by_page(version: Version | None, *, to: Staff) -> SaidByPage | None:
    """Return what the public page of this file says, None for any other file; one query."""
    given = said_by_its_page(version.sha256) if version is not None else None
    if given is None:
        return None
    here = {row.title: row for row in Document.objects.visible(to=to).filter(title__in=given.similar)}
    known = provisions()
    return SaidByPage(
        [(title, here.get(title)) for title in given.similar],
        [(*known[one.provision], one) for one in given.quotations if one.provision in known],
    )
