"""A group of people that a call told of: numbered places in the hands of a caseworker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.people.cases import actions as cases
from panah.people.hotline import events
from panah.people.hotline.models import Contact
from panah.people.hotline.permissions import must_hold_line
from panah.people.hotline.words.parts import NEXT_STEP, PLACES_MADE

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class PeopleTaken:
    """What the operator reads aloud to whoever takes over: the number of the event, how many, who holds them."""

    number: str
    people: int
    owner: Staff


@transaction.atomic
def begin_group_of_people(
    *,
    keys: Keyring,
    contact: Contact,
    about: Mapping[str, object],
    people: Sequence[Mapping[str, str]],
    owner: Staff,
    by: Staff,
    at: datetime,
    sent: UUID | None = None,
) -> PeopleTaken:
    """Make a numbered place, a case, for each of ``people`` and give them all to ``owner``, who hears each alone.

    For whoever holds the key of the call's line: she cannot read them back. The call keeps how many there were.
    """
    must_hold_line(by, contact.line_id)
    group, made = cases.take_in_group(
        keys=keys,
        about=about,
        people=people,
        at=at,
        owner=owner,
        branch=owner.branch,
        language=contact.language,
        sent=sent,
    )
    if made:
        step = {"step": PLACES_MADE, "text": "", "to": owner.name, "people": len(made)}
        vault.add(keys=keys, file=contact.file_id, part=NEXT_STEP, value=step, at=at)
        audit.record(event=events.PEOPLE_HANDED, by=by, at=at, about=contact.file_id)
    return PeopleTaken(group.number, len(people), owner)
