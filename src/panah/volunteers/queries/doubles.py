"""Pairs of volunteers who may be one person, side by side, and those who were made one lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.kit.dates import dated
from panah.volunteers import sealed_details
from panah.volunteers.models import DoublePair, MergedVolunteer, Volunteer
from panah.volunteers.queries.one import contact, labels

if TYPE_CHECKING:
    from panah.accounts.models import Staff

PAGE = 50
LATELY = 50


@dataclass(frozen=True)
class Line:
    """One thing that is known of both, and whether both say the same."""

    label: str
    one: str
    other: str

    @property
    def same(self) -> bool:
        return self.one == self.other


def doubles(*, to: Staff, after: str = "") -> tuple[list[DoublePair], str]:
    """Return a page of pairs, the likeliest first, and after which the next page begins ("" at the end)."""
    rows = DoublePair.objects.visible(to=to).filter(apart=False)
    if place := _place(after):
        likeness, pk = place
        rows = rows.filter(Q(likeness__lt=likeness) | Q(likeness=likeness, pk__gt=pk))
    found = list(rows.select_related("one__branch", "other__branch").order_by("-likeness", "pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.likeness}~{last.pk}" if last else ""


def _place(after: str) -> tuple[int, UUID] | None:
    likeness, _line, pk = after.partition("~")
    try:
        return int(likeness), UUID(pk)
    except ValueError:
        return None


def pair_or_404(pk: UUID, *, to: Staff) -> DoublePair:
    rows = DoublePair.objects.visible(to=to).select_related("one__branch", "other__branch")
    return get_object_or_404(rows, pk=pk, apart=False)


def side_by_side(pair: DoublePair) -> list[Line]:
    """Return what is known of both: what both leave open is left out."""
    ours, theirs = dict(_told(pair.one)), dict(_told(pair.other))
    names = dict.fromkeys([*ours, *theirs])
    return [Line(name, ours.get(name, ""), theirs.get(name, "")) for name in names]


def _told(row: Volunteer) -> list[tuple[str, str]]:
    said = labels(row)
    plain: Sequence[tuple[str, object]] = (
        (_("Name"), row.name),
        (_("Branch"), row.branch.name_in(get_language() or "en")),
        (_("Year of birth"), row.born_year),
        (_("Sex"), row.get_sex_display() if row.sex else ""),
        (_("Languages"), said["languages"]),
        (_("Skills"), said["skills"]),
        (_("Joined"), dated(row.joined_on) if row.joined_on else ""),
        (_("State"), row.get_state_display()),
        (_("Code of conduct signed"), dated(row.code_signed_on) if row.code_signed_on else ""),
    )
    reached = [(one.label, one.text) for one in contact(sealed_details.read(row))]
    return [(label, str(value)) for label, value in (*plain, *reached) if value]


def merged_lately(*, to: Staff) -> list[MergedVolunteer]:
    """Return who was made one within the days in which that can be taken back."""
    rows = MergedVolunteer.objects.visible(to=to).select_related("kept__branch")
    return list(rows.order_by("-merged_on", "pk")[:LATELY])


def merged_or_404(pk: UUID, *, to: Staff) -> MergedVolunteer:
    return get_object_or_404(MergedVolunteer.objects.visible(to=to), pk=pk)
