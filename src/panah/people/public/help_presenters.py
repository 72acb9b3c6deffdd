"""A number and a service in plain sentences: whether it is open, what it costs, who answers, who tried it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from panah.ground.directory.words import Freshness, Opening
from panah.ground.kit.dates import long_day
from panah.ground.kit.languages import language_name
from panah.people.public.clock_words import clock_of, said_at, week

if TYPE_CHECKING:
    from panah.ground.directory.queries import HotlineCard, LastVerified, Phone, ServiceCard
    from panah.ground.network.queries import EmergencyNumbers
    from panah.people.public.queries import Line, Numbers


@dataclass(frozen=True)
class HelpLine:
    """A number as it is shown. ``state`` says whether somebody answers now, with its tone; ``facts`` are sentences."""

    name: str
    number: str
    dial: str
    state: str
    tone: str
    facts: tuple[str, ...]


def lines_said(found: Numbers, lines: list[Line], *, at: datetime) -> list[HelpLine]:
    return [line_said(one, zone=found.zone, at=at) for one in lines]


def line_said(line: Line, *, zone: str, at: datetime) -> HelpLine:
    """Say all that a page says of a number; ``zone``: the clock of the place where she is."""
    card = line.card
    shown = card.time_zone if line.here or not zone else zone
    state, tone = _state(line, shown, at=at)
    facts = (
        _hours(card, shown, at=at),
        _cost(card, here=line.here),
        _languages(card.tags),
        tried(card.verified),
    )
    return HelpLine(card.name, card.number, card.dial, state, tone, tuple(one for one in facts if one))


def _state(line: Line, zone: str, *, at: datetime) -> tuple[str, str]:
    card = line.card
    if line.open_now:
        if card.opening == Opening.UNKNOWN:
            return _("Somebody is at this telephone now."), "good"
        if card.closes_next is None:
            return _("Open now, day and night."), "good"
        until = f"{card.closes_next.astimezone(ZoneInfo(zone)):%H:%M}"
        return _("Open now, until %(clock)s.") % {"clock": until}, "good"
    if card.opening == Opening.CLOSED:
        if card.opens_next is None:
            return _("Closed now."), "soon"
        when = said_at(card.opens_next, now=at, zone=zone)
        return _("Closed now. It opens %(when)s.") % {"when": when}, "soon"
    if line.answered is False:
        return _("Nobody is at this telephone now."), "soon"
    return _("We do not know when it is open."), ""


def _hours(card: HotlineCard, zone: str, *, at: datetime) -> str:
    """The hours of the week, and by which clock; only the clock where it is another one than hers."""
    if not card.spans:
        return ""
    same = at.astimezone(ZoneInfo(zone)).utcoffset() == at.astimezone(ZoneInfo(card.time_zone)).utcoffset()
    if not same:
        return _("These hours are by the clock of %(town)s.") % {"town": clock_of(zone)}
    return _("Hours: %(week)s, by the clock of %(town)s.") % {
        "week": week(card.spans),
        "town": clock_of(zone),
    }


def _cost(card: HotlineCard, *, here: bool) -> str:
    if not here:
        return _("It is in another country: %(country)s. The call may cost money.") % {
            "country": card.country
        }
    if card.free:
        said = _("The call is free.")
    else:
        said = _("The call costs money.") if card.free is False else _("We do not know what the call costs.")
    abroad = _("It works from abroad too.") if card.dial.startswith("+") else ""
    return f"{said} {abroad or _('It may not work from another country.')}"


def _languages(tags: tuple[str, ...]) -> str:
    if not tags:
        return _("We do not know which languages they speak.")
    return _("They speak: %(languages)s.") % {"languages": ", ".join(language_name(tag) for tag in tags)}


def tried(last: LastVerified) -> str:
    """Say how far a number can be trusted; never who tried it."""
    if last.at is None or last.freshness == Freshness.NEVER:
        return _("Nobody has tried it yet. It may not answer.")
    day = long_day(last.at)
    if last.freshness == Freshness.STALE:
        return _("Last tried: %(day)s. It may not answer.") % {"day": day}
    return _("It answered when we tried it: %(day)s.") % {"day": day}


@dataclass(frozen=True)
class Emergency:
    """What to dial in danger. ``note``: how far it is known. ``locked``: whom not to ask, where nobody checked it."""

    heading: str
    numbers: tuple[tuple[str, str, str, str], ...]
    note: str
    locked: str = ""


def emergency_said(found: EmergencyNumbers | None) -> Emergency:
    """(dial, number, for what, from where) of the emergency numbers of a country; a missing sheet gives no guess."""
    # Whoever is near may be the guard.
    locked = _("If you are locked in, ask nobody who works there.")
    if found is None or not found.numbers:
        return Emergency(
            _("In danger now?"), (), _("We know no emergency number there that somebody has checked."), locked
        )
    numbers = tuple((one.dial, one.number, one.what, one.reach) for one in found.numbers if one.dial)
    if found.checked:
        return Emergency(_("In danger now? Call:"), numbers, "")
    return Emergency(_("In danger now? Call:"), numbers, _("Nobody of us has tried these numbers."), locked)


@dataclass(frozen=True)
class Place:
    """A service as a stranger sees it: never an address, of a bed not even its town."""

    name: str
    organization: str
    where: str
    address: str
    needs: str
    admits: str
    phones: tuple[Phone, ...]
    state: str
    tone: str
    facts: tuple[str, ...]


def place_said(card: ServiceCard, *, at: datetime) -> Place:
    """Say what a stranger may read of a service of the directory."""
    has_beds = "shelter" in card.needs
    if card.opening == Opening.OPEN:
        state, tone = _("Open now."), "good"
    elif card.opening == Opening.CLOSED:
        state, tone = _("Closed now."), "soon"
    else:
        state, tone = _("We do not know when it is open."), ""
    cost = {True: _("It is free."), False: _("It costs money."), None: ""}[card.free]
    bed = _("Call first. They tell you then where it is.") if has_beds else ""
    facts = (bed, cost, _languages(card.languages), tried(card.verified))
    return Place(
        name=card.name,
        organization=card.organization,
        where=card.country if has_beds else card.region or card.country,
        address=card.address,
        needs=", ".join(card.need_labels),
        admits=", ".join(card.admits_labels),
        phones=tuple(one for one in card.phones if one.dial),
        state=state,
        tone=tone,
        facts=tuple(one for one in facts if one),
    )
