"""How many stays began in a month: by the branch of whoever asked, since where a house stands is not told."""

from datetime import date
from uuid import UUID

from django.db.models import Count

from panah.people.shelter.models import Stay
from panah.people.shelter.words import StayState

BEGUN = (StayState.HERE, StayState.MISSING, StayState.LEFT)


def stays_of_month(*, society: UUID, first: date, after: date) -> dict[UUID | None, int]:
    """Return the stays that began from a day on and before another, by branch."""
    rows = Stay.objects.filter(society=society, state__in=BEGUN, from_day__gte=first, from_day__lt=after)
    return dict(rows.order_by().values_list("follows__branch").annotate(Count("pk")))
