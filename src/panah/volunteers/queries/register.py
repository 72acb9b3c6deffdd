"""Volunteers as whoever keeps the register sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from panah.volunteers import rules
from panah.volunteers.models import Volunteer, VolunteerQuerySet
from panah.volunteers.trained import TRAINED
from panah.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def visible(*, to: Staff) -> VolunteerQuerySet:
    """Return the volunteers of the asker's branch, or of all branches for focal points."""
    rows: VolunteerQuerySet = Volunteer.objects.visible(to=to)
    return rows


def by_pk_or_404(pk: UUID, *, to: Staff) -> Volunteer:
    row: Volunteer | None = visible(to=to).filter(pk=pk).select_related("branch").first()
    if row is None:
        raise Http404(_("There is no such page."))
    return row


def of_staff(staff: Staff) -> UUID | None:
    """Return the volunteer who a colleague is, where she is one."""
    return Volunteer.objects.filter(staff=staff).values_list("pk", flat=True).first()


def may_do_on(volunteers: Iterable[Volunteer], *, on: date) -> dict[UUID, frozenset[str]]:
    """Return what each may do on a day (``words.MayDo``): one question for all of them."""
    rows = list(volunteers)
    trained: dict[UUID, set[str]] = {}
    for find in TRAINED:
        for pk, held in find([row.pk for row in rows], on).items():
            trained.setdefault(pk, set()).update(held)
    return {
        row.pk: rules.may_do(
            rules.Qualified(
                row.born_year,
                row.vetted_until,
                row.safeguarding_until,
                row.code_signed_on,
                trained.get(row.pk, set()),
                row.state == VolunteerState.ACTIVE,
            ),
            on,
        )
        for row in rows
    }
