"""Volunteers as whoever keeps the register sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.shortcuts import get_object_or_404

from panah.programmes.volunteers import permissions, rules, sealed_details
from panah.programmes.volunteers.models import Membership, Volunteer, VolunteerQuerySet
from panah.programmes.volunteers.trained import TRAINED
from panah.programmes.volunteers.words import MayDo, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def visible(*, to: Staff) -> VolunteerQuerySet:
    return permissions.volunteers_seen_by(to)


def first_by_name(parts: Sequence[VolunteerQuerySet], count: int) -> VolunteerQuerySet:
    """Return so many of all parts together, by name; they were filtered before."""
    if len(parts) > 1 and connection.features.supports_slicing_ordering_in_compound:
        # PostgreSQL would sort all of each part. SQLite cannot say this, and takes from each part as it goes.
        parts = [part.order_by("name_key", "pk")[:count] for part in parts]
    first, *others = parts
    return (first.union(*others, all=True) if others else first).order_by("name_key", "pk")[:count]


def could(what: str, *, society: UUID, on: date) -> Q:
    """Who may do something (``words.MayDo``) as far as the tables tell it; ``may_do_on`` says whether it is true."""
    fits = Q(state=VolunteerState.ACTIVE, code_signed_on__lte=on)
    if what != MayDo.HELP:
        grown = Q(born_year__lt=on.year - rules.GROWN_UP)
        fits &= grown & Q(vetted_until__gte=on, safeguarding_until__gte=on)
    for need in rules.TRAINING[what]:
        holds = Q(pk__in=())
        for room in TRAINED:
            holds |= Q(pk__in=room.holders(society, need, on))
        fits &= holds
    return fits


def by_pk_or_404(pk: UUID, *, to: Staff) -> Volunteer:
    return get_object_or_404(visible(to=to).select_related("branch", "moving_to", "staff"), pk=pk)


def of_staff(staff: Staff) -> UUID | None:
    """Return the volunteer who a colleague is, where she is one."""
    return Volunteer.objects.filter(staff=staff).values_list("pk", flat=True).first()


def may_do_on(volunteers: Iterable[Volunteer], *, on: date) -> dict[UUID, frozenset[str]]:
    """Return what each may do on a day (``words.MayDo``): one question for all of them."""
    return {pk: rules.may_do(one, on) for pk, one in _qualified(volunteers, on).items()}


def missing_by_volunteer(
    volunteers: Iterable[Volunteer], *, on: date
) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """Return for each what keeps her from each thing (``words.Missing``), () where nothing does."""
    return {pk: rules.missing(one, on) for pk, one in _qualified(volunteers, on).items()}


def missing_on(volunteer: Volunteer, *, on: date) -> dict[str, tuple[str, ...]]:
    """Return for each thing (``words.MayDo``) what is missing for it (``words.Missing``), () where nothing is."""
    return missing_by_volunteer([volunteer], on=on)[volunteer.pk]


def _qualified(volunteers: Iterable[Volunteer], on: date) -> dict[UUID, rules.Qualified]:
    rows = list(volunteers)
    trained: dict[UUID, set[str]] = {}
    for room in TRAINED:
        for pk, held in room.held([row.pk for row in rows], on).items():
            trained.setdefault(pk, set()).update(held)
    return {row.pk: _as_known(row, trained.get(row.pk, set()), on) for row in rows}


def _as_known(row: Volunteer, trained: Set[str], on: date) -> rules.Qualified:
    kept = sealed_details.standing(row)
    return rules.Qualified(
        kept.born_year,
        kept.vetted_until,
        kept.safeguarding_until,
        kept.code_signed_on,
        trained,
        row.state == VolunteerState.ACTIVE,
        kept.guardian_agreed_on is not None and kept.guardian_agreed_on <= on,
    )


def is_grown_up(volunteer: Volunteer, *, on: date) -> bool:
    """Say whether somebody is surely 18; where it is not known an adult is there, and nobody answers or leads."""
    return rules.is_grown_up(sealed_details.standing(volunteer).born_year, on)


def memberships(volunteer: Volunteer) -> list[Membership]:
    """Return what somebody does and did in which branches, the newest first."""
    return list(
        Membership.objects.filter(volunteer=volunteer)
        .select_related("branch")
        .order_by("-since", "branch", "role")
    )
