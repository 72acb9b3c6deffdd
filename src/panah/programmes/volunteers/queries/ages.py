"""Who is surely an adult on a day: by the register, and in doubt not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from panah.programmes.volunteers.queries.register import is_grown_up

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import Volunteer


def not_surely_adult(volunteers: Iterable[Volunteer], *, on: date) -> set[UUID]:
    """Return those under 18, and those whose year of birth leaves a doubt."""
    return {volunteer.pk for volunteer in volunteers if not is_grown_up(volunteer, on=on)}
