"""What the pages of a message say besides its questions: what must be told, whom to call, when somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.foundation.base64url import to_base64url
from panah.ground.vault import queries as vault_queries
from panah.people.public import help_presenters as said
from panah.people.public.promises import promises
from panah.people.public.queries import ELSEWHERE, numbers_for
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.wall import inside
from panah.people.reporters.words import Stands

if TYPE_CHECKING:
    from panah.ground.network.models import Society


@dataclass(frozen=True)
class Promise:
    """``duties`` are said before everything else; ``exceptions`` are what may happen besides, under ``heading``."""

    duties: tuple[str, ...]
    heading: str
    exceptions: tuple[str, ...]


def promise(society: Society, *, on: date) -> Promise:
    """Return what the rule sheet lets this society promise. What nobody has checked is no promise, and said first."""
    found = promises(society, on=on)
    said_so = _("If a child is in danger, we must tell those who protect children. We say so before we ask.")
    child = found.child or said_so
    crime = _("We must report some grave crimes.")
    duties = [text for text, is_one in ((child, found.duty_child), (crime, found.duty_crime)) if is_one]
    rest = tuple(one for one in found.exceptions if one not in duties)
    first = () if found.checked else (found.heading,)
    return Promise((*duties, *first), found.heading if found.checked else "", rest)


@dataclass(frozen=True)
class Calls:
    """Whom to call in danger, and whom a child calls first."""

    emergency: said.Emergency
    children: list[said.HelpLine]


def calls(country: str, speaks: str, *, at: datetime) -> Calls:
    """Return them for the country where somebody is."""
    found = numbers_for("" if country == ELSEWHERE else country, speaks, at=at)
    return Calls(said.emergency_said(found.emergency), said.lines_said(found, found.children, at=at))


@dataclass(frozen=True)
class Sealing:
    """What a browser seals with: the society's intake key as base64url, its generation, and how it is compared."""

    key: str
    generation: int
    fingerprint: str


def sealing(society: UUID) -> Sealing | None:
    """Return it, or None before the society has keys: then nothing is taken here."""
    with inside(society):
        key = vault_queries.intake_key(society)
    if key is None:
        return None
    return Sealing(to_base64url(key.public), key.generation, vault_queries.fingerprint(key.public))


def expected(society: Society, stands: str, *, at: datetime, on: date) -> str:
    """Return what may be said about reading and answering: what rule sheet and roster hold, and not more."""
    if stands in (Stands.CLOSED, Stands.WITHDRAWN):
        return ""
    days = promises(society, on=on).answer_days
    if days:
        return ngettext("We answer within %(num)s day.", "We answer within %(num)s days.", days) % {
            "num": days
        }
    if stands != Stands.RECEIVED:
        return _("We cannot say when there is an answer. Look again from time to time.")
    if reporters_queries.is_read_now(society.pk, at=at):
        return _("Somebody is on duty for messages now.")
    return _("Nobody is on duty for messages now. We cannot say when it is read. In danger, call a number.")
