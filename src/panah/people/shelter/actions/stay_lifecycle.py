"""From arriving to leaving: extensions, another bed, and what is done when somebody does not come back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.shelter import events, rules
from panah.people.shelter.actions.asked_to_leave import end_stay, send_away
from panah.people.shelter.actions.bed_assignment import all_beds, take_nights
from panah.people.shelter.actions.workflow import (
    ARRIVE,
    ENDS,
    MISSED,
    NOT_BACK,
    STAY_ENDS,
    TELL,
    about,
    at_hour,
    house_side,
    journal,
    step,
    transition,
    wrong_step,
)
from panah.people.shelter.models import Bed, Stay
from panah.people.shelter.permissions import must_run
from panah.people.shelter.queries.board import names_of
from panah.people.shelter.queries.places import in_the_house
from panah.people.shelter.queries.stays import OpenedStay, tonight
from panah.people.shelter.words import IN_A_BED, ROOM, LeftHow, LeftTo, StayState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm


@transaction.atomic
def arrive(*, keys: Keyring, opened: OpenedStay, at: datetime) -> Stay:
    """Write down that the person is in the house; the end of the stay is on the list."""
    must_run(keys.staff, opened.row.place)
    if opened.row.state == StayState.MISSING:
        raise wrong_step()
    stay = transition(opened, StayState.HERE)
    step("arrived", keys=keys, stay=stay, at=at)
    journal(events.ARRIVED, keys=keys, stay=stay, at=at)
    work.complete_for(subject=stay.pk, purpose=ARRIVE, by=keys.staff, at=at)
    work.complete_for(subject=stay.pk, purpose=TELL, by=keys.staff, at=at)
    _remind_of_end(keys, stay, at)
    return stay


def _remind_of_end(keys: Keyring, stay: Stay, at: datetime) -> None:
    work.cancel_for(subject=stay.pk, purpose=ENDS, at=at)
    follows = [stay.follows] if stay.follows is not None else []
    owners = {one.pk: one for one in [*house_side(stay.place), *follows]}
    for one in owners.values():
        work.due(STAY_ENDS, about(stay), keys=keys, owner=one, due_at=at_hour(stay.to_day, 9), at=at)


@transaction.atomic
def change_stay(
    *,
    keys: Keyring,
    opened: OpenedStay,
    to_day: date,
    bed: Bed,
    agreed: bool,
    note: str,
    at: datetime,
    also: Iterable[Bed] = (),
) -> Stay:
    """Let a stay go on longer, end earlier, or in another bed, as the person agrees. Nights that are over stay."""
    stay = opened.row
    must_run(keys.staff, stay.place)
    if stay.state not in IN_A_BED:
        raise wrong_step()
    if not agreed:
        raise Refusal(
            _("The person has not agreed to this."),
            next_step=_("Ask first; then write it down."),
            code="not-agreed",
        )
    now = tonight(at)
    if to_day <= max(stay.from_day, now):
        raise Refusal(
            _("The day of leaving must be after tonight."),
            next_step=_("Whoever leaves today: write down that the person left."),
            code="no-span",
        )
    if not rules.span_is_fine(stay.from_day, to_day):
        raise Refusal(_("A stay is at most a year."), next_step=_("Choose an earlier day."), code="no-span")
    beds = all_beds(bed, also)
    take_nights(stay, opened.sheet, beds, max(stay.from_day, now), to_day, at=at)
    Stay.objects.filter(pk=stay.pk).update(to_day=to_day, bed=bed)
    stay.refresh_from_db()
    step("changed", keys=keys, stay=stay, at=at, until=to_day.isoformat(), bed=names_of(beds), note=note)
    journal(events.CHANGED, keys=keys, stay=stay, at=at)
    if stay.state != StayState.PLACED:
        _remind_of_end(keys, stay, at)
    return stay


@transaction.atomic
def leave(
    *,
    keys: Keyring,
    opened: OpenedStay,
    to: str,
    how: str,
    at: datetime,
    note: str = "",
    safety: str = "",
    reason: str = "",
    onward: str = "",
    danger: str = "",
) -> Stay:
    """Write down that somebody left: where to, how, whether it was talked through. The nights from now on are free.

    Whoever is *asked to* leave is told why and has a way on (``onward``); of a child, at high risk, and where nobody
    rules danger out, a second person decides first: then the stay comes back as it was.
    """
    must_run(keys.staff, opened.row.place)
    said = {"to": LeftTo(to).value, "how": LeftHow(how).value, "note": note, "safety": safety}
    if how != LeftHow.ASKED_TO:
        return end_stay(keys=keys, opened=opened, said=said, at=at)
    said |= {"why": reason, "onward": onward, "danger": danger}
    return send_away(keys=keys, opened=opened, said=said, at=at)


@transaction.atomic
def miss(
    *, keys: Keyring, opened: OpenedStay, seen: str, danger: str, at: datetime, note: str = ""
) -> tuple[Stay, Alarm | None]:
    """Write that somebody did not come back. Returns the alarm too, where the duty for danger was called in.

    A child, or danger that nobody rules out: at once. Else whoever is in the house looks again after two hours.
    ``seen``: when and where last, in words; ``danger``: yes, no, unknown or none. The bed stays.
    """
    must_run(keys.staff, opened.row.place)
    stay = transition(opened, StayState.MISSING)
    must, alarm = rules.must_alarm(child=opened.with_child, danger=danger), None
    step("missing", keys=keys, stay=stay, at=at, seen=seen, danger=danger, note=note)
    journal(events.MISSING, keys=keys, stay=stay, at=at)
    if must:
        alarm = work.raise_alarm(society=stay.society_id, room=ROOM, subject=stay.pk, by=keys.staff, at=at)
    for one in _called_in(stay, keys, at):
        due_at = rules.look_again_at(seen_missing=at, alarm=must)
        work.due(NOT_BACK, about(stay), keys=keys, owner=one, due_at=due_at, at=at)
    return stay, alarm


def _called_in(stay: Stay, keys: Keyring, at: datetime) -> list[Staff]:
    """Those who run the place, whoever is in the house now, and whoever follows the stay; each once."""
    here = [shift.staff for shift in in_the_house(stay.place, at=at) if shift.starts_at <= at]
    follows = [stay.follows] if stay.follows is not None else []
    runs = house_side(stay.place)
    # Whoever is in the house but does not run it could not open the page: for her it would be a dead line.
    may = [one for one in here if one in runs]
    people = {one.pk: one for one in [*runs, *may, *follows, keys.staff]}
    return list(people.values())


@transaction.atomic
def come_back(*, keys: Keyring, opened: OpenedStay, heard_by: str, heard_when: str, at: datetime) -> Stay:
    """Write that the person is back, or was reached and is safe: who saw or heard the person, and when."""
    must_run(keys.staff, opened.row.place)
    if opened.row.state != StayState.MISSING:
        raise wrong_step()
    if not heard_by.strip() or not heard_when.strip():
        raise Refusal(
            _("Nobody is safe by a press alone."),
            next_step=_("Write down who saw or heard the person, and when."),
            code="not-seen",
        )
    stay = transition(opened, StayState.HERE)
    step("back", keys=keys, stay=stay, at=at, heard_by=heard_by, heard_when=heard_when)
    journal(events.BACK, keys=keys, stay=stay, at=at)
    work.complete_for(subject=stay.pk, purpose=MISSED, by=keys.staff, at=at)
    work.say_it_is_over(subject=stay.pk, by=keys.staff, at=at)
    return stay
