"""Composition only: what lower rooms offer to be filled, filled here."""

from panah.accounts import roster
from panah.config import across, hotline, inbox, known, links, tenancy, two_people
from panah.foundation import rls_tables
from panah.shelter import queries as shelter_queries


def fill() -> None:
    """Tell lower rooms what must happen above them."""
    hotline.fill()
    rls_tables.EXEMPT.update(tenancy.EXEMPT)
    across.fill()
    links.fill()
    inbox.fill()
    known.fill()
    two_people.fill()
    if shelter_queries.shifts_on_roster not in roster.SHIFTS:
        roster.SHIFTS.append(shelter_queries.shifts_on_roster)
