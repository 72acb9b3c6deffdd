"""What the headings of a society's tables mean, remembered by marks: no heading and no cell stands in plain."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from panah.ground.kit.tables.workbooks import as_heading
from panah.ground.vault import actions as vault
from panah.people.imports.actions.importer import MARK

LEFT_OUT = b"-"


def _mark(society: UUID, heading: str) -> UUID:
    return vault.mark_of(society=society, bits=("heading", as_heading(heading)))


def remembered(*, society: UUID, headings: Iterable[str]) -> dict[str, str]:
    """Return the column of each of these headings that was chosen before; "" is one that was left out."""
    marks = {heading: _mark(society, heading) for heading in headings}
    kept = vault.load_blobs(kind=MARK, keys=marks.values())
    return {
        heading: "" if kept[mark] == LEFT_OUT else kept[mark].decode()
        for heading, mark in marks.items()
        if mark in kept
    }


def remember(*, society: UUID, chosen: Mapping[str, str]) -> None:
    """Remember for the society which column each heading means."""
    for heading, column in chosen.items():
        sealed = column.encode() or LEFT_OUT
        vault.store_blob(kind=MARK, key=_mark(society, heading), sealed=sealed, society=society)
