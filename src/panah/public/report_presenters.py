"""What the page of a message says besides its questions: who reads it, what may have to be told, whom to ring."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.directory import queries as directory
from panah.directory.queries import HotlineCard
from panah.directory.words import LineKind
from panah.network import queries as network
from panah.network.queries import RuleValue
from panah.network.words import LegalDuty, RuleKey
from panah.reporters import queries as reporters_queries
from panah.reporters.words import Stands
from panah.vault import queries as vault_queries

if TYPE_CHECKING:
    from uuid import UUID

    from panah.network.models import Society

MOST_LINES = 3


@dataclass(frozen=True)
class Promise:
    """What is confidential. ``duties`` are named before anything is asked; ``exceptions`` are what may happen."""

    society: str
    duties: tuple[str, ...]
    exceptions: tuple[str, ...]
    checked: bool


def promise(society: Society, *, name: str, on: date) -> Promise:
    """Return what the rule sheet of the country lets this society promise."""
    sheet = {one.key: one for one in network.rule_sheet(society=society, on=on)}
    child, crime = sheet.get(RuleKey.DUTY_CHILD), sheet.get(RuleKey.DUTY_CRIME)
    duties = [_child(child), _crime(crime)]
    exceptions = [
        _("When a life is in danger and there is no other way, we may tell somebody who can help."),
        _("When a court orders it, we may have to give it what we know. We ask a lawyer first."),
    ]
    asked = (RuleKey.EXCEPTION_LIFE, RuleKey.EXCEPTION_ORDER)
    known = [text for key, text in zip(asked, exceptions, strict=True) if key in sheet]
    return Promise(
        society=name,
        duties=tuple(one for one in duties if one),
        exceptions=tuple(known),
        checked=all(one is not None and one.checked for one in (child, crime)),
    )


def _duty(line: RuleValue | None) -> str:
    value = line.value if line is not None else None
    return str(value.get("duty", LegalDuty.UNKNOWN)) if isinstance(value, dict) else LegalDuty.UNKNOWN


def _child(line: RuleValue | None) -> str:
    duty = _duty(line)
    if duty == LegalDuty.NO:
        return ""
    if duty == LegalDuty.YES:
        hours = line.value.get("within_hours") if line is not None else None
        said = _(
            "If you tell us that a child is in danger, the law obliges us to tell the authority for children."
        )
        if not hours:
            return said
        within = ngettext("We must do so within %(num)s hour.", "We must do so within %(num)s hours.", hours)
        return f"{said} {within % {'num': hours}}"
    return _("If a child is in danger, the law may oblige us to tell the authority for children.")


def _crime(line: RuleValue | None) -> str:
    duty = _duty(line)
    if duty == LegalDuty.NO:
        return ""
    if duty == LegalDuty.YES:
        return _("If you tell us of a grave crime, the law obliges us to tell the police or a prosecutor.")
    return _("If you tell us of a grave crime, the law may oblige us to tell the police or a prosecutor.")


def child_lines(country: str, *, at: datetime) -> list[HotlineCard]:
    """Return the lines for children of a country, those that answer now first."""
    lines = directory.hotlines(at=at, iso2=country) if country else ()
    return [one for one in lines if one.kind == LineKind.CHILD and one.number and not one.changed][
        :MOST_LINES
    ]


@dataclass(frozen=True)
class Sealing:
    """What a browser seals with: the society's intake key as base64url, its generation, and how it is compared."""

    key: str
    generation: int
    fingerprint: str


def sealing(society: UUID) -> Sealing | None:
    """Return it, or None before the society has keys: then nothing is taken here."""
    key = vault_queries.intake_key(society)
    if key is None:
        return None
    text = base64.urlsafe_b64encode(key.public).decode().rstrip("=")
    return Sealing(text, key.generation, vault_queries.fingerprint(key.public))


def expected(society: Society, stands: str, *, at: datetime, on: date) -> str:
    """Return what may be said about reading and answering: what rule sheet and roster hold, and not more."""
    if stands in (Stands.CLOSED, Stands.WITHDRAWN):
        return ""
    line = network.rule(society=society, key=RuleKey.MESSAGE_DAYS, on=on)
    days = line.value if line is not None and line.checked and isinstance(line.value, int) else 0
    if days:
        said = ngettext("We answer within %(num)s day.", "We answer within %(num)s days.", days)
        return said % {"num": days}
    if stands != Stands.RECEIVED:
        return _("We cannot say when there is an answer. Look again from time to time.")
    if reporters_queries.expectation(society.pk, at=at).somebody_is_on_duty:
        return _("Somebody is on duty for messages now.")
    return _("Nobody is on duty for messages now. We cannot say when it is read. In danger, call a number.")
