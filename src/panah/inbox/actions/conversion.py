"""From what arrived to a contact or a case, without typing anything anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.foundation.registry import Registry
from panah.inbox import rules
from panah.inbox.actions.opening import content_of, not_opened, settle
from panah.inbox.arrival_rooms import kind_of
from panah.inbox.models import Arrival
from panah.inbox.words import field_words, kind_words, value_words
from panah.vault.keyring import Keyring
from panah.vault.words import RevealPurpose

if TYPE_CHECKING:
    from panah.accounts.models import Staff


@dataclass(frozen=True)
class CheckedContent:
    """What goes along: as it came, and as whoever read it put it right."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    language: str
    age_group: str
    urgency: str
    note: str
    came_at: datetime


@dataclass(frozen=True)
class Result:
    """What it became: room and subject, and where it opens for whoever made it ("" where it is not hers)."""

    room: str
    subject: UUID
    href: str


@dataclass(frozen=True)
class Target:
    """A way on. ``choices(staff)``: to whom or where, (value, text); without any it is not offered.

    ``make(keys=, typed=, choice=, by=, at=) -> Became`` writes it, in the transaction that settles the arrival.
    """

    name: str
    label: Any
    text: Any
    ask: Any
    choices: Callable[[Any], list[tuple[str, str]]]
    make: Callable[..., Result]


TARGETS: Registry[Target] = Registry("what an arrival can become")


def targets_of(arrival: Arrival, *, to: Any) -> list[Target]:
    """Return the ways on that are open to a colleague; none for what belongs to a conversation: it has a case."""
    if rules.generation_of(arrival.to_key) is None or not kind_of(arrival).convertible:
        return []
    return [one for one in TARGETS if one.choices(to)]


def fields_in(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return a content as (name, text), for a kind without a page of its own."""
    return rules.fields_of(content)


def person_in(content: dict[str, Any]) -> rules.ArrivalPerson:
    """Return the person whom a content is about, as far as it says."""
    return rules.person_of(content)


def content_for_work(*, keys: Keyring, arrival: Arrival, at: datetime) -> dict[str, Any]:
    """Return the content for whoever goes on with it; when her opening is over, she looks again to help the person."""
    content = content_of(keys=keys, arrival=arrival, at=at)
    if content is None:
        content = content_of(keys=keys, arrival=arrival, at=at, purpose=RevealPurpose.ASSIST)
    if content is None:
        raise not_opened()
    return content


def convert(
    *, keys: Keyring, arrival: Arrival, turn: Target, called: str, phone: str, choice: str, by: Staff, at: datetime,
    language: str = "", age_group: str = "unknown", urgency: str = "today", note: str = "",
) -> Result:  # fmt: skip
    """Make a contact or a case of an open arrival and settle it, in one transaction.

    What the form holds stands before what came; further names and numbers, and everything else, go along as they came.
    """
    person = rules.person_of(content_for_work(keys=keys, arrival=arrival, at=at))
    typed = CheckedContent(
        names=_first(called, person.names),
        phones=_first(phone, person.phones),
        language=language,
        age_group=age_group,
        urgency=urgency,
        note=_note(arrival, note, person),
        came_at=arrival.arrived_at,
    )
    with transaction.atomic():
        became = turn.make(keys=keys, typed=typed, choice=choice, by=by, at=at)
        settle(arrival=arrival, room=became.room, subject=became.subject, by=by, at=at)
    return became


def _first(typed: str, came: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((typed, *came[1:])) if one)


def _note(arrival: Arrival, note: str, person: rules.ArrivalPerson) -> str:
    who = arrival.sender or arrival.get_source_display()
    head = _("Arrived sealed: %(what)s, %(who)s, %(when)s") % {
        "what": kind_words(arrival.kind),
        "who": who,
        "when": timezone.localtime(arrival.arrived_at).strftime("%Y-%m-%d %H:%M"),
    }
    rest = [f"{field_words(name)}: {value_words(name, text)}" for name, text in person.rest.items()]
    story = [person.story] if person.story and person.story not in note else []
    return "\n".join(one for one in (head, note, *story, *rest) if one)
