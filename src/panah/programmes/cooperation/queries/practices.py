"""Good practices of the society and of others, where they are joined, in which languages they are; meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.ground.kit.languages import READERS, language_name
from panah.programmes.cooperation.models import Decision, Meeting, Practice, ReceivedEntry
from panah.programmes.cooperation.permissions import keeps, reads
from panah.programmes.cooperation.queries.members import told
from panah.programmes.cooperation.rules import Translations, translations
from panah.programmes.cooperation.words import Kind, PracticeState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# In these a practice of the network should be readable.
WANTED = tuple(tag for tag, _name in READERS if tag != "uz-cyrl")
# What colleagues who keep none read: drafts are of those who write them.
OUT = (PracticeState.PUBLISHED, PracticeState.REPLACED)


@dataclass(frozen=True)
class PracticeLine:
    """A practice in a list. ``by``: the society whose it is, "" for an own one; ``told_on``: of when its word is."""

    pk: UUID
    title: str
    language: str
    state: str
    elements: tuple[str, ...]
    provisions: tuple[str, ...]
    by: str = ""
    told_on: datetime | None = None
    for_review: bool = False
    told: bool = False

    @property
    def language_label(self) -> str:
        return language_name(self.language)


def practices(*, to: Staff) -> list[PracticeLine]:
    """Return what the asker may read: published ones, drafts for those who keep them, then what others tell."""
    if not reads(to):
        return []
    rows = Practice.objects.visible(to=to).exclude(state=PracticeState.REPLACED)
    if not keeps(to):
        rows = rows.filter(state=PracticeState.PUBLISHED)
    found = [
        PracticeLine(
            row.pk,
            row.title,
            row.language,
            row.get_state_display(),
            tuple(row.elements),
            tuple(row.provisions),
        )
        for row in rows
    ]
    language = get_language() or "en"
    return found + [_told_line(row, language) for row in told(Kind.PRACTICE, to=to)]


def _told_line(row: ReceivedEntry, language: str) -> PracticeLine:
    said = row.content
    return PracticeLine(
        row.pk,
        str(said["title"]),
        str(said["language"]),
        "",
        tuple(said["elements"]),
        tuple(said["provisions"]),
        by=row.teller.name_in(language),
        told_on=row.as_of,
        for_review=row.for_review,
        told=True,
    )


def published(*, to: Staff) -> list[PracticeLine]:
    """Return what can be learnt from: published ones of the society, and of others those that they do not ask about."""
    if not reads(to):
        return []
    rows = Practice.objects.visible(to=to).filter(state=PracticeState.PUBLISHED)
    own = [
        PracticeLine(row.pk, row.title, row.language, "", tuple(row.elements), tuple(row.provisions))
        for row in rows
    ]
    language = get_language() or "en"
    theirs = told(Kind.PRACTICE, to=to)
    return own + [_told_line(row, language) for row in theirs if not row.for_review]


def practice_or_404(pk: UUID, *, to: Staff) -> Practice:
    if not reads(to):
        raise Http404
    rows = Practice.objects.visible(to=to).select_related(
        "changed_by", "published_by", "reviewer", "translates"
    )
    found: Practice = get_object_or_404(rows if keeps(to) else rows.filter(state__in=OUT), pk=pk)
    return found


def versions_of(practice: Practice, *, to: Staff) -> list[Practice]:
    """Return the versions of a practice that the asker may read, the newest first."""
    rows = Practice.objects.visible(to=to).filter(family=practice.family).order_by("-version")
    return list(rows if keeps(to) else rows.filter(state__in=OUT))


def translated(practice: Practice, *, to: Staff) -> tuple[Translations, list[Practice]]:
    """Return how far an original is translated, and its published translations."""
    rows = Practice.objects.visible(to=to).filter(translates__family=practice.family)
    found = list(rows.filter(state=PracticeState.PUBLISHED).select_related("translates"))
    made = [(one.language, one.translates.version) for one in found if one.translates]
    return translations(practice.version, practice.language, made, WANTED), found


def lacking_translations(*, to: Staff) -> list[tuple[Practice, Translations]]:
    """Return the published originals of the society of which a translation is missing or outdated; two queries."""
    if not reads(to):
        return []
    rows = Practice.objects.visible(to=to).filter(state=PracticeState.PUBLISHED)
    originals = list(rows.filter(translates=None))
    made: dict[UUID, list[tuple[str, int]]] = {}
    for one in rows.exclude(translates=None).select_related("translates"):
        if one.translates is not None:
            made.setdefault(one.translates.family, []).append((one.language, one.translates.version))
    found = [
        (one, translations(one.version, one.language, made.get(one.family, []), WANTED)) for one in originals
    ]
    return [(one, how) for one, how in found if how.missing or how.outdated]


def told_or_404(pk: UUID, *, to: Staff) -> ReceivedEntry:
    """What another society tells, as it stands today."""
    if not reads(to):
        raise Http404
    rows = ReceivedEntry.objects.visible(to=to).filter(ended=False).exclude(content={})
    found: ReceivedEntry = get_object_or_404(rows.select_related("teller", "reviewed_by"), pk=pk)
    return found


# -- meetings --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MeetingLine:
    pk: UUID
    title: str
    held_on: date
    place: str
    open: int = 0
    by: str = ""
    told_on: datetime | None = None


def meetings(*, to: Staff) -> list[MeetingLine]:
    """Return the meetings of the society with how many decisions are open, and those that others tell of."""
    if not reads(to):
        return []
    rows = Meeting.objects.visible(to=to).prefetch_related("decisions")
    found = [
        MeetingLine(
            row.pk, row.title, row.held_on, row.place, sum(one.state == "open" for one in row.decisions.all())
        )
        for row in rows
    ]
    language = get_language() or "en"
    for one in told(Kind.MEETING, to=to):
        said, by = one.content, one.teller.name_in(language)
        held_on = date.fromisoformat(str(said["held_on"]))
        found.append(
            MeetingLine(one.pk, str(said["title"]), held_on, str(said["place"]), by=by, told_on=one.as_of)
        )
    return sorted(found, key=lambda one: one.held_on, reverse=True)


def meeting_or_404(pk: UUID, *, to: Staff) -> Meeting:
    if not reads(to):
        raise Http404
    found: Meeting = get_object_or_404(Meeting.objects.visible(to=to).select_related("changed_by"), pk=pk)
    return found


def decision_or_404(pk: UUID, *, to: Staff) -> Decision:
    if not reads(to):
        raise Http404
    rows = Decision.objects.select_related("meeting", "owner").filter(meeting__society=to.society_id)
    found: Decision = get_object_or_404(rows, pk=pk)
    return found
