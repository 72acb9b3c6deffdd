"""Whom somebody can ring from a country, in her language: numbers that are proven, the most useful first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from panah.ground.accounts import queries as accounts_queries
from panah.ground.directory import queries as directory_queries
from panah.ground.directory.queries import HotlineCard, Search, ServiceCard
from panah.ground.directory.words import Freshness, LineKind, Need, Opening, OrganizationKind
from panah.ground.foundation import tenancy
from panah.ground.network import queries as network_queries
from panah.ground.network.queries import EmergencyNumbers
from panah.ground.network.words import RuleKey, UnverifiedNumbers

if TYPE_CHECKING:
    from panah.ground.network.models import Society

CALLS = "calls"
TRIED = (Freshness.FRESH, Freshness.STALE, Freshness.NEVER)


@dataclass(frozen=True)
class Line:
    """A number that may be rung, and what may be promised of it now.

    ``here``: of the country where she is. ``speaks``: her language; None where nobody knows which they speak.
    ``answered``: somebody is on duty there; None where the roster is not ours to see.
    """

    card: HotlineCard
    here: bool
    speaks: bool | None
    answered: bool | None

    @property
    def own(self) -> bool:
        return self.answered is not None

    @property
    def for_children(self) -> bool:
        return self.card.code == LineKind.CHILD

    @property
    def open_now(self) -> bool:
        """Whether it may be said that somebody answers: by its hours, and where we see it, by the roster too."""
        if self.answered is None:
            return self.card.opening == Opening.OPEN
        return self.answered and self.card.opening != Opening.CLOSED

    @property
    def cost(self) -> int:
        """How easily she can ring it: free where she is, then paid there, from abroad free, last paid abroad."""
        return 2 * (not self.here) + (self.card.free is not True)

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among the others: what the call costs her, her language, tried lately, open, ours."""
        language = 0 if self.speaks else 1 if self.speaks is None else 2
        tried = TRIED.index(self.card.verified.freshness)
        return self.cost, language, tried, not self.open_now, not self.own, self.card.name.casefold()


@dataclass(frozen=True)
class Numbers:
    """What there is for a country and a language. ``zone``: the clock of its capital; "" where nobody knows."""

    iso2: str
    zone: str
    emergency: EmergencyNumbers | None
    children: list[Line]
    lines: list[Line]
    left_out: bool
    society: Society | None
    offices: list[ServiceCard]
    embassies: list[ServiceCard]
    answering: Society | None


def numbers_for(country: str, speaks: str, *, at: datetime) -> Numbers:
    """Return whom to ring. ``country``: two letters, or "" where it is in no list. A dozen queries at most."""
    hosted = {row.pk: row for row in network_queries.hosted_rows()}
    society = network_queries.society_row_in(country) if country else None
    zone = society.time_zone if society else ""
    on = at.astimezone(ZoneInfo(zone or "UTC")).date()
    marks = marks_unverified(country, on)
    found = [
        _line(card, country, speaks, hosted, at=at)
        for card in directory_queries.lines_for_strangers(country, at=at)
        if card.verified.freshness in TRIED
    ]
    lines = [one for one in found if _may_be_shown(one, marks_others=marks)]
    lines.sort(key=lambda one: one.place)
    offices = _offices(country, at=at)
    own = next((line.card.society_id for line in lines if line.own), None)
    return Numbers(
        iso2=country,
        zone=zone,
        emergency=network_queries.emergency_numbers(iso2=country, on=on) if country else None,
        children=[line for line in lines if line.for_children and line.here],
        lines=[line for line in lines if not line.for_children],
        left_out=not marks and any(one.here and one not in lines for one in found),
        society=society,
        offices=[one for one in offices if one.kind == OrganizationKind.MOVEMENT],
        embassies=[one for one in offices if one.kind == OrganizationKind.CONSULATE],
        answering=hosted.get(own) if own else None,
    )


def _line(card: HotlineCard, country: str, speaks: str, hosted: dict[UUID, Society], *, at: datetime) -> Line:
    ours = card.society_id if card.code == LineKind.OWN and card.society_id in hosted else None
    return Line(
        card=card,
        here=card.iso2 == country,
        speaks=speaks.split("-")[0] in card.tags if card.tags else None,
        answered=is_answered(ours, at=at) if ours else None,
    )


def is_answered(society: UUID, *, at: datetime) -> bool:
    """Whether somebody of a society is on duty for calls now. One query."""
    with tenancy.tenant_context(society):
        return accounts_queries.is_on_duty(society, CALLS, at=at)


def marks_unverified(country: str, on: date) -> bool:
    """Whether the rule sheet lets numbers be shown that nobody has tried lately; it does where it says nothing."""
    if not country:
        return True
    rule = network_queries.rule_for_country(iso2=country, key=RuleKey.UNVERIFIED_NUMBERS, on=on)
    said = rule.value if rule is not None else None
    return not isinstance(said, dict) or said.get("unverified") != UnverifiedNumbers.LEFT_OUT


def _may_be_shown(line: Line, *, marks_others: bool) -> bool:
    if line.card.verified.freshness != Freshness.FRESH and not marks_others:
        return False
    # From abroad: a line that speaks her language, or one of ours. Lines of other countries for children are not.
    return line.here or (not line.for_children and (line.own or line.speaks is True))


def _offices(country: str, *, at: datetime) -> list[ServiceCard]:
    """Societies and embassies in a country that can be rung."""
    if not country:
        return []
    found = directory_queries.search_services(Search(iso2=country), at=at)
    # A house with beds is asked for among the places, and does not stand here as an office.
    return [
        one
        for one in found
        if one.can_be_tried and Need.SHELTER not in one.needs and any(phone.dial for phone in one.phones)
    ]
