"""What the actions of this room share: the step that is written, who is told, what is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.shelter import rules
from panah.people.shelter.models import Place, Stay
from panah.people.shelter.queries import runners_of
from panah.people.shelter.queries.stays import OpenedStay
from panah.people.shelter.words import ROOM, StayPart, StayState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


DECIDE, TELL, ARRIVE, ENDS, MISSED, SECOND = "decide", "tell", "arrive", "ends", "missed", "second"
BED_ASKED = DueType(ROOM, DECIDE, DueKind.DECIDE, _("Someone asks for a bed: decide"))
HOLD_ENDED = DueType(ROOM, DECIDE, DueKind.DECIDE, urgency=Urgency.NOW)
BED_ANSWERED = DueType(ROOM, TELL, DueKind.MEET, urgency=Urgency.NOW)
HAS_ARRIVED = DueType(ROOM, ARRIVE, DueKind.MEET, _("Has the person arrived?"))
STAY_ENDS = DueType(ROOM, ENDS, DueKind.REVIEW, _("A stay ends: stay longer, or where to?"))
STAY_ENDED = DueType(
    ROOM, TELL, DueKind.REVIEW, _("A stay has ended: read where to, and ask how the person is")
)
STAY_CHANGED = DueType(
    ROOM, TELL, DueKind.REVIEW, _("Something about a stay has changed: read it and tell the person")
)
ASK_A_SECOND = DueType(
    ROOM,
    SECOND,
    DueKind.DECIDE,
    _("Something about a stay waits for a second person: read it and decide"),
    urgency=Urgency.NOW,
)
NOT_BACK = DueType(
    ROOM,
    MISSED,
    DueKind.CALL,
    _("Somebody did not come back: go through the steps of the house"),
    urgency=Urgency.NOW,
)


def journal(event: Event, *, keys: Keyring, stay: Stay, at: datetime) -> None:
    """One line about a stay, by the day. Never about its case, nor beside it: the journal must not join the two."""
    vault.record_by_day(event=event, by=keys.staff, at=at, about=stay.file_id)


def journal_place(event: Event, *, by: Staff, place: Place, at: datetime) -> None:
    audit.record(event=event, by=by, at=at, about=place.file_id)


def step(what: str, *, keys: Keyring, stay: Stay, at: datetime, **more: object) -> None:
    """Seal what was done in the stay's own file: a code, and what was answered."""
    value = {"what": what, **{name: kept for name, kept in more.items() if kept not in ("", None, [])}}
    vault.add(keys=keys, file=stay.file_id, part=StayPart.STEP, value=value, at=at)


def house_side(place: Place) -> list[Staff]:
    """Who decides for a place: those who run it by name, else the focal points."""
    return runners_of(place) or with_permission(place.society_id, Permission.SHELTER_LEAD)


def about(stay: Stay) -> DueSubject:
    """What is due on a stay. Language, age, branch and number stay out of lists: they would point to the case."""
    return DueSubject(stay.society_id, stay.pk, file=stay.file_id)


def at_hour(day: date, hour: int) -> datetime:
    """An hour of a day where the colleague is who acts."""
    return timezone.make_aware(rules.at_hour(day, hour))


def transition(opened: OpenedStay, state: StayState, **changes: object) -> Stay:
    """Move a stay on, or refuse: when that does not follow, or when a colleague was faster."""
    row = opened.row
    if not rules.may_become(row.state, state):
        raise wrong_step()
    moved = Stay.objects.filter(pk=row.pk, state=row.state).update(state=state, **changes)
    if not moved:
        raise wrong_step()
    # A row of its own: when something refuses afterwards, the page still shows the stay as it was.
    return Stay.objects.select_related("place__society", "bed__room", "follows").get(pk=row.pk)


def wrong_step() -> Refusal:
    return Refusal(
        _("This does not follow from where the stay is."),
        next_step=_("Look at the page again: a colleague may have written it down already."),
        code="wrong-step",
    )
