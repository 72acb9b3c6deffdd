"""Who runs a place, and who follows a stay. Role and name together: a manager sees the places she is named for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.vault import queries as vault_queries
from panah.people.shelter.models import Place, Stay
from panah.people.shelter.words import NOT_ENDED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

# Those who run the house, and who follows the stay. What is asked lies sealed in the stay, in no table of requests.
SEND_AWAY = ACTS.register(
    "shelter:send-away",
    Act(
        "shelter:send-away",
        _("Ask somebody at risk to leave a safe place"),
        Permission.SHELTER_RUN,
        Permission.SHELTER_ENTER,
        vault_queries.admitted_since,
    ),
)


def leads(staff: Staff) -> bool:
    return may(staff, Permission.SHELTER_LEAD)


def may_run(staff: Staff) -> bool:
    """Say whether this colleague can be named for a place, and may write one down."""
    return may(staff, Permission.SHELTER_RUN)


def keeps_a_house(staff: Staff) -> bool:
    """Say for whom *Safe places* is a room of the day: others ask for a bed from the case."""
    return may(staff, Permission.SHELTER_HOUSE)


def may_enter(staff: Staff) -> bool:
    """Say who finds *Safe places* in the menu: those who run them, and those who ask for beds."""
    return may(staff, Permission.SHELTER_ENTER)


# What lets somebody new in: it closes at once where safe places are left to others.
LETS_IN = frozenset({"shelter:ask", "shelter:put", "shelter:add_place"})


def stays_open(staff: Staff, view: str, kwargs: Mapping[str, object], since: date) -> bool:
    """Houses stay open to those who are in them: until the last has left, only letting in is closed."""
    del kwargs, since
    return view not in LETS_IN and _in_a_house(staff.society_id)


@cached_per_request
def _in_a_house(society: UUID) -> bool:
    return Stay.objects.filter(society=society, state__in=NOT_ENDED).exists()


class ShelterPolicy:
    """``places`` and ``stays`` answer *which ones*, ``runs`` answers *may she*: from the same condition."""

    def places(self, staff: Staff) -> QuerySet[Place]:
        """The places this colleague runs: as focal point all of the society's, else those she is named for."""
        rows = Place.objects.visible(to=staff)
        if leads(staff):
            return rows
        return rows.filter(runners__staff=staff) if may_run(staff) else rows.none()

    def stays(self, staff: Staff) -> QuerySet[Stay]:
        """The stays in places she runs, and those she follows from outside."""
        rows = Stay.objects.visible(to=staff)
        if leads(staff) or staff is None:
            return rows
        return rows.filter(Q(follows=staff) | Q(place__in=self.places(staff).values("pk")))

    def runs(self, staff: Staff, place: Place) -> bool:
        return self.places(staff).filter(pk=place.pk).exists()


policy = ShelterPolicy()


def must_run(
    staff: Staff,
    place: Place,
    sentence: object = _("Whoever runs the place does this."),
    next_step: object = _("Ask one of them."),
) -> None:
    """Refuse whoever does not run this place."""
    if not policy.runs(staff, place):
        raise Refusal(sentence, next_step=next_step, code="not-the-runner", status=403)
