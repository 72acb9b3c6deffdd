"""Pairs of volunteers who may be one person, side by side, and those who were made one lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.models import DoublePair, MergedVolunteer, Volunteer
from panah.programmes.volunteers.queries.one import contact, known
from panah.programmes.volunteers.sealed_details import Details

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

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
        # The first condition leads into the index, which an "or" does not; it is read backwards.
        rows = rows.filter(Q(likeness__lt=likeness) | Q(pk__lt=pk), likeness__lte=likeness)
    found = list(rows.select_related("one__branch", "other__branch").order_by("-likeness", "-pk")[: PAGE + 1])
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
    first, second = _facts(pair.one), _facts(pair.other)
    labels = dict.fromkeys([*first, *second])
    return [Line(label, first.get(label, ""), second.get(label, "")) for label in labels]


def _facts(row: Volunteer) -> dict[str, str]:
    return {one.label: one.text for one in [*known(row), *contact(sealed_details.readable(row) or Details())]}


def merged_lately(*, to: Staff) -> list[MergedVolunteer]:
    """Return who was made one within the days in which that can be taken back."""
    rows = MergedVolunteer.objects.visible(to=to).select_related("kept__branch")
    return list(rows.order_by("-merged_on", "pk")[:LATELY])


def merged_or_404(pk: UUID, *, to: Staff) -> MergedVolunteer:
    return get_object_or_404(MergedVolunteer.objects.visible(to=to), pk=pk)
