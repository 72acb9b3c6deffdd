"""Where what an arrival became is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.people.cases import queries as cases_queries
from panah.people.complaints import queries as complaints_queries
from panah.people.family_links import queries as family_links_queries
from panah.people.finding import queries as finding_queries
from panah.people.hotline import queries as hotline_queries
from panah.people.inbox.words import PAST_INTAKE
from panah.people.referrals import queries as referrals_queries
from panah.people.referrals.words import THE_REFERRAL

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival

type Place = tuple[str, str]


def _cases(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    rows = cases_queries.visible(to=to).filter(pk__in=subjects)
    return {
        row.pk: (reverse("cases:case", args=[row.number]), _("Case %(number)s") % {"number": row.number})
        for row in rows
    }


def _contacts(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    rows = hotline_queries.visible(to=to).filter(pk__in=subjects)
    return {
        row.pk: (
            reverse("hotline:contact", args=[row.number]),
            _("Contact %(number)s") % {"number": row.number},
        )
        for row in rows
    }


def _complaints(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    return {
        one.pk: (
            reverse("complaints:matter", args=[one.number]),
            _("Complaint %(number)s") % {"number": one.number},
        )
        for one in complaints_queries.visible(to=to).filter(pk__in=subjects)
    }


def _links(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    return {
        subject: (
            reverse("family_links:across", args=[number, subject]),
            _("Family links request %(number)s") % {"number": number},
        )
        for subject, number in family_links_queries.links_places(subjects, to=to).items()
    }


def _referrals(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    return {
        subject: (reverse("referrals:one", args=[number, subject]), str(THE_REFERRAL))
        for subject, number in referrals_queries.numbers_for(subjects, to=to).items()
    }


def _questions(subjects: list[UUID], to: Staff) -> dict[UUID, Place]:
    return {
        subject: (reverse("finding:there", args=[number]), _("the question in its case"))
        for subject, number in finding_queries.numbers_for(subjects, to=to).items()
    }


# By the room that an arrival names: (its things, for whom) -> {thing: (address, text)}, one query each.
PLACES: dict[str, Callable[[list[UUID], Staff], dict[UUID, Place]]] = {
    "cases": _cases,
    "hotline": _contacts,
    PAST_INTAKE: _complaints,
    "family_links": _links,
    "referrals": _referrals,
    "finding": _questions,
}


def places_of(rows: Iterable[Arrival], *, to: Staff) -> dict[UUID, Place]:
    """Return, by arrival, (address, text) of what it became or belongs to: only where that is hers to see."""
    by_room: dict[str, dict[UUID, list[UUID]]] = {}
    for row in rows:
        if row.room in PLACES and row.subject is not None:
            by_room.setdefault(row.room, {}).setdefault(row.subject, []).append(row.pk)
    found: dict[UUID, Place] = {}
    for room, wanted in by_room.items():
        for subject, place in PLACES[room](list(wanted), to).items():
            found.update(dict.fromkeys(wanted[subject], place))
    return found
