"""Night covers as pages show them: whose line, in which hours, in which languages, and whether it counts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.kit.languages import language_name
from panah.people.hotline import rules
from panah.people.hotline.models import NightCover
from panah.people.hotline.words import CoverState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries import HotlineCard


@dataclass(frozen=True)
class CoverCard:
    """One night cover. ``now``: agreed, both are paired, and these are its hours."""

    cover: NightCover
    name: str
    languages: str
    agreed: bool
    now: bool

    @property
    def hours(self) -> str:
        return f"{self.cover.begins:%H:%M}–{self.cover.ends:%H:%M}"


def night_covers(*, to: Staff, at: datetime) -> list[CoverCard]:
    """Return the covers of the asker's society that have not ended, both ways; one query where there are none."""
    rows = (
        NightCover.objects.visible(to=to).exclude(state=CoverState.ENDED).select_related("society", "theirs")
    )
    found = list(rows.order_by("covering", "begins", "pk"))
    paired = {one.society for one in exchange_queries.reachable_societies(to=to, at=at)} if found else set()
    return [_card(row, paired, at) for row in found]


def _card(row: NightCover, paired: set[UUID], at: datetime) -> CoverCard:
    covered = row.theirs if row.covering else row.society
    agreed = row.state == CoverState.AGREED and row.theirs_id in paired
    return CoverCard(
        row,
        row.theirs.name_in(get_language() or "en"),
        ", ".join(language_name(tag) for tag in row.languages),
        agreed,
        agreed and rules.in_hours(row.begins, row.ends, moment=at, time_zone=covered.time_zone),
    )


def covered_by(*, to: Staff, at: datetime) -> list[CoverCard]:
    """Return whose lines answer for us, agreed by both."""
    return [one for one in night_covers(to=to, at=at) if one.agreed and not one.cover.covering]


def cover_sentences(*, to: Staff, at: datetime) -> list[str]:
    """The same in sentences, for the roster."""
    said = _("%(hours)s: the line of %(society)s answers for us, %(number)s (%(languages)s).")
    return [
        said
        % {
            "hours": one.hours,
            "society": one.name,
            "number": one.cover.shown_number,
            "languages": one.languages,
        }
        for one in covered_by(to=to, at=at)
    ]


def cover_or_404(pk: UUID, *, to: Staff) -> NightCover:
    """Return a cover of the asker's society."""
    return get_object_or_404(NightCover.objects.visible(to=to).select_related("society", "theirs"), pk=pk)


def who_calls(subject: UUID, *, to: Staff, at: datetime) -> tuple[str, list[HotlineCard]] | None:
    """Return the society whose page nobody answered, and its own numbers, for an alarm about a night cover."""
    row = NightCover.objects.visible(to=to).filter(pk=subject).select_related("theirs").first()
    if row is None:
        return None
    return row.theirs.name_in(get_language() or "en"), directory_queries.own_numbers(row.theirs, at=at)
