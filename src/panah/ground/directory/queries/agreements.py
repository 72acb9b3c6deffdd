"""What was agreed with partners: in force, ending, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import get_language

from panah.ground.directory import rules, words
from panah.ground.directory.models import Agreement, Organization, Service
from panah.ground.directory.queries.cards import Agreed, AgreementCard
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society


# How long one that has ended stays among those that want a decision.
ENDED_DAYS = 30


def _state(agreement: Agreement, on: date) -> words.AgreementState:
    return words.AgreementState(
        rules.agreement_state(starts_on=agreement.starts_on, ends_on=agreement.ends_on, on=on)
    )


def _agreed(agreement: Agreement, on: date) -> Agreed:
    language = get_language() or "en"
    return Agreed(
        id=agreement.pk,
        society_id=agreement.society_id,
        society=agreement.society.name_in(language),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        scope=agreement.scope,
        state=_state(agreement, on),
        organization=agreement.organization.name_in(language),
        organization_id=agreement.organization_id,
    )


def agreed_with(organization: Organization, on: date) -> tuple[Agreed, ...]:
    """Every agreement with an organisation, the newest first. One query."""
    rows = Agreement.objects.filter(organization=organization).select_related("society", "organization")
    return tuple(_agreed(a, on) for a in rows)


def today(society: Society | None, at: datetime) -> date:
    """The day it is where the society works."""
    return at.astimezone(ZoneInfo(society.time_zone if society else "UTC")).date()


def agreements_of(society: Society, *, at: datetime) -> tuple[Agreed, ...]:
    """All agreements of a society: those that end soon first, then those in force, then the others. One query."""
    rows = Agreement.objects.filter(society=society).select_related("society", "organization")
    order = [
        words.AgreementState.ENDS_SOON,
        words.AgreementState.IN_FORCE,
        words.AgreementState.NOT_BEGUN,
        words.AgreementState.ENDED,
    ]
    on = today(society, at)
    found = [_agreed(a, on) for a in rows]
    return tuple(
        sorted(found, key=lambda a: (order.index(a.state), a.ends_on or date.max, a.organization.casefold()))
    )


def editable_agreement(pk: UUID, *, by: Staff) -> Agreement | None:
    """The row for whoever keeps it; None for everyone else and for what does not exist."""
    rows = Agreement.objects.filter(pk=pk).select_related("society", "organization")
    return policy.which(by, rows).first()


def want_deciding(society: UUID, *, on: date) -> int:
    """How many agreements end within 60 days, or ended within 30, and nothing has been agreed after them."""
    rows = list(Agreement.objects.filter(society_id=society))
    ending = [
        a
        for a in rows
        if a.ends_on is not None
        and -ENDED_DAYS <= (a.ends_on - on).days <= rules.ENDS_SOON_DAYS
        and a.starts_on <= on
    ]
    return sum(not any(_follows(other, a) for other in rows) for a in ending)


def _follows(other: Agreement, ending: Agreement) -> bool:
    if other.organization_id != ending.organization_id or other.pk == ending.pk or ending.ends_on is None:
        return False
    goes_on = other.ends_on is None or other.ends_on > ending.ends_on
    return goes_on and other.starts_on <= ending.ends_on + timedelta(days=1)


def with_ours(rows: list[Service], society: Society) -> None:
    """Give these services the agreements that the society has with each one's organisation. One query."""
    ours = Agreement.objects.filter(society=society)
    prefetch_related_objects(rows, Prefetch("organization__agreements", queryset=ours, to_attr="ours"))


def our_agreement(ours: Iterable[Agreement], *, on: date) -> AgreementCard | None:
    """How the agreement that counts stands; None where there never was one."""
    found = rules.agreement_that_counts(ours, on=on)
    if found is None:
        return None
    return AgreementCard(_state(found, on), found.ends_on, found.starts_on)


def agreement_with(*, service: UUID, society: Society, at: datetime) -> AgreementCard | None:
    """How the society's agreement stands with the organisation of a service. One query."""
    rows = Agreement.objects.filter(society=society, organization__services=service)
    return our_agreement(rows, on=today(society, at))
