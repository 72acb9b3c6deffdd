"""What may be promised, and whom to dial: from the country's rule sheet, never from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from panah.ground.directory import queries as directory_queries
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey

if TYPE_CHECKING:
    from panah.ground.directory.queries import HotlineCard
    from panah.ground.network.models import Society
    from panah.ground.network.queries import EmergencyNumbers

EXCEPTIONS = (RuleKey.EXCEPTION_LIFE, RuleKey.EXCEPTION_CHILD, RuleKey.EXCEPTION_ORDER)


@dataclass(frozen=True)
class ConfidentialityText:
    """What the sheet says about confidentiality. ``checked`` only when every exception was checked by someone."""

    lines: tuple[str, ...]
    checked: bool
    checked_by: str = ""
    checked_on: date | None = None


def promise(*, society: Society, at: datetime) -> ConfidentialityText:
    """The exceptions as the society checked them. Unchecked or missing: nothing is promised, and the page says so."""
    on = at.astimezone(ZoneInfo(society.time_zone)).date()
    there = [one for one in network_queries.rule_sheet(society=society, on=on) if one.key in EXCEPTIONS]
    checked = len(there) == len(EXCEPTIONS) and all(one.checked for one in there)
    oldest = min((one.checked_on for one in there if one.checked_on), default=None)
    return ConfidentialityText(
        tuple(one.text for one in there),
        checked,
        ", ".join(dict.fromkeys(one.checked_by for one in there if one.checked_by)) if checked else "",
        oldest if checked else None,
    )


def emergency(*, society: Society, iso2: str, at: datetime) -> list[EmergencyNumbers]:
    """The numbers to dial in the country where the person is; none while nobody knows it: home is not guessed."""
    on = at.astimezone(ZoneInfo(society.time_zone)).date()
    return [network_queries.emergency_numbers(iso2=iso2, on=on)] if iso2 else []


def emergency_elsewhere(*, society: Society, iso2: str, at: datetime) -> list[EmergencyNumbers]:
    """The numbers of all other countries, the society's own first: read before the page is sent."""
    on = at.astimezone(ZoneInfo(society.time_zone)).date()
    found = [one for one in network_queries.emergency_numbers_everywhere(on=on) if one.iso2 != iso2]
    if society.iso2 not in (iso2, *(one.iso2 for one in found)):
        found.append(network_queries.emergency_numbers(iso2=society.iso2, on=on))
    return sorted(found, key=lambda one: one.iso2 != society.iso2)


# More than this nobody reads beside a call: the rest stands on the page of services.
MOST_LINES = 5


@dataclass(frozen=True)
class NumbersThere:
    """Whom to ring in the country where the person is. ``at_home``: it is the country of whoever reads this."""

    sheet: EmergencyNumbers
    lines: tuple[HotlineCard, ...]
    at_home: bool


def numbers_there(*, society: Society, iso2: str, at: datetime) -> NumbersThere | None:
    """The emergency numbers and lines of the country where the person is; None where nobody knows it. Two queries."""
    if not iso2:
        return None
    on = at.astimezone(ZoneInfo(society.time_zone)).date()
    lines = [one for one in directory_queries.hotlines(at=at, iso2=iso2) if one.number]
    return NumbersThere(
        network_queries.emergency_numbers(iso2=iso2, on=on), tuple(lines[:MOST_LINES]), iso2 == society.iso2
    )
