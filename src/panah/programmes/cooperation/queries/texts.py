"""Good practices and meetings as texts: what the search of a room above reads of them. Nothing of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language

from panah.programmes.cooperation.models import Meeting, Practice
from panah.programmes.cooperation.permissions import reads
from panah.programmes.cooperation.queries.members import told
from panah.programmes.cooperation.rules import Said
from panah.programmes.cooperation.words import TEMPLATE, Kind, PracticeState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class EntryText:
    """A published practice or a meeting. ``language``: "" where nobody said; ``by``, ``told_on``: whose word it is."""

    pk: UUID
    kind: Kind
    title: str
    body: str
    language: str = ""
    instruments: tuple[str, ...] = ()
    by: str = ""
    told_on: datetime | None = None


def entry_texts(*, to: Staff) -> list[EntryText]:
    """Return what of the network's space the reader may search, in an order that stays; five queries."""
    if not reads(to):
        return []
    rows = Practice.objects.visible(to=to).filter(state=PracticeState.PUBLISHED)
    own = [_practice(row.pk, {name: getattr(row, name) for name in _OF_PRACTICE}) for row in rows]
    own += [_meeting(row) for row in Meeting.objects.visible(to=to).prefetch_related("decisions", "papers")]
    language, theirs = get_language() or "en", list[EntryText]()
    for one in told(Kind.PRACTICE, Kind.MEETING, to=to):
        by = one.teller.name_in(language)
        if one.kind == Kind.MEETING:
            said = one.content
            body = _joined([said["place"], *said["decisions"]])
            theirs.append(EntryText(one.pk, Kind.MEETING, said["title"], body, by=by, told_on=one.as_of))
        elif not one.for_review:
            theirs.append(_practice(one.pk, one.content, by=by, told_on=one.as_of))
    return sorted([*own, *theirs], key=lambda one: one.pk)


_OF_PRACTICE = ("title", "language", "contact", "provisions", *TEMPLATE)


def _practice(pk: UUID, said: Said, *, by: str = "", told_on: datetime | None = None) -> EntryText:
    return EntryText(
        pk,
        Kind.PRACTICE,
        str(said["title"]),
        _joined([*(said[name] for name in TEMPLATE), said["contact"]]),
        str(said["language"]),
        tuple(sorted({str(key).partition("/")[0] for key in said["provisions"]})),
        by,
        told_on,
    )


def _meeting(row: Meeting) -> EntryText:
    """A meeting without whose its decisions are: people are found by no search of a library."""
    decided = [text for one in row.decisions.all() for text in (one.text, one.with_whom, one.outcome)]
    papers = [one.title for one in row.papers.all()]
    return EntryText(row.pk, Kind.MEETING, row.title, _joined([row.place, row.agenda, *papers, *decided]))


def _joined(parts: Iterable[object]) -> str:
    return "\n".join(str(part) for part in parts if part)
