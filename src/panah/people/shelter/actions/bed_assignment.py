"""Deciding about a bed: held for some hours, given, declined. The database decides between two at the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import dates
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.shelter import events, rules
from panah.people.shelter.actions.workflow import (
    BED_ANSWERED,
    HAS_ARRIVED,
    TELL,
    about,
    at_hour,
    house_side,
    journal,
    step,
    transition,
    wrong_step,
)
from panah.people.shelter.models import Bed, Night, Stay
from panah.people.shelter.permissions import must_run
from panah.people.shelter.queries.board import free_beds, names_of, overstayed
from panah.people.shelter.queries.stays import OpenedStay, tonight
from panah.people.shelter.words import BedDeclineReason, PlaceState, StayState

if TYPE_CHECKING:
    from panah.ground.work.words import Sentence


@transaction.atomic
def hold_bed(
    *, keys: Keyring, opened: OpenedStay, bed: Bed, hours: int, at: datetime, also: Iterable[Bed] = ()
) -> Stay:
    """Hold a bed for some hours; then it is free again and the request waits as before."""
    must_run(keys.staff, opened.row.place)
    # To the full hour, in favour of whoever brings somebody: the minute would say when it was asked.
    until = (at + timedelta(hours=hours, minutes=59)).replace(minute=0, second=0, microsecond=0)
    stay = transition(opened, StayState.HELD, bed=bed, held_until=until)
    beds = all_beds(bed, also)
    take_nights(stay, opened.sheet, beds, stay.from_day, stay.to_day, at=at)
    step("held", keys=keys, stay=stay, at=at, until=until.isoformat(), bed=names_of(beds))
    journal(events.HELD, keys=keys, stay=stay, at=at)
    _tell(
        keys,
        stay,
        at,
        gettext_lazy("A bed is held: bring the person, or say that it is not needed"),
        due_at=until,
    )
    return stay


@transaction.atomic
def give_bed(*, keys: Keyring, opened: OpenedStay, bed: Bed, at: datetime, also: Iterable[Bed] = ()) -> Stay:
    """Give a bed, and others for children who come along; whoever asked can read the way there from now on."""
    must_run(keys.staff, opened.row.place)
    if opened.row.place.state != PlaceState.OPEN:
        raise Refusal(
            _("This place takes nobody for now."),
            next_step=_("Open it again on its page, or decline with a reason."),
            code="place-not-open",
        )
    stay = transition(opened, StayState.PLACED, bed=bed, held_until=None)
    beds = all_beds(bed, also)
    take_nights(stay, opened.sheet, beds, stay.from_day, stay.to_day, at=at)
    step("placed", keys=keys, stay=stay, at=at, bed=names_of(beds))
    journal(events.PLACED, keys=keys, stay=stay, at=at)
    work.cancel_for(subject=stay.pk, at=at)
    open_way(keys=keys, stay=stay, at=at)
    _tell(keys, stay, at, gettext_lazy("A bed is given: read the way there, and bring the person"))
    evening = at_hour(stay.from_day, 20)
    for one in house_side(stay.place):
        work.due(HAS_ARRIVED, about(stay), keys=keys, owner=one, due_at=max(evening, at), at=at)
    return stay


@transaction.atomic
def decline(*, keys: Keyring, opened: OpenedStay, reason: str, note: str, at: datetime) -> Stay:
    """Give no bed, with a reason that whoever asked can read; beds that were held are free again."""
    must_run(keys.staff, opened.row.place)
    stay = transition(opened, StayState.DECLINED, bed=None, held_until=None, sheet_until=_kept_until(at))
    Night.objects.filter(stay=stay).delete()
    step("declined", keys=keys, stay=stay, at=at, reason=BedDeclineReason(reason).value, note=note)
    journal(events.DECLINED, keys=keys, stay=stay, at=at)
    work.cancel_for(subject=stay.pk, at=at)
    _tell(keys, stay, at, gettext_lazy("No bed was given: read why, and look for another place"))
    return stay


def _kept_until(at: datetime) -> date:
    return tonight(at) + retention.STAY_SHEET.period


def _tell(
    keys: Keyring, stay: Stay, at: datetime, sentence: Sentence, *, due_at: datetime | None = None
) -> None:
    work.cancel_for(subject=stay.pk, purpose=TELL, at=at)
    if stay.follows is not None:
        work.due(
            BED_ANSWERED, about(stay), keys=keys, owner=stay.follows, due_at=due_at, sentence=sentence, at=at
        )


def open_way(*, keys: Keyring, stay: Stay, at: datetime) -> None:
    """Let whoever follows a stay read the way there."""
    if stay.follows is not None and stay.follows not in vault_queries.holders(stay.place.file_id):
        vault.grant(keys=keys, file=stay.place.file_id, to=stay.follows, at=at, by_day=True)


def take_nights(
    stay: Stay, sheet: dict[str, object], beds: list[Bed], from_day: date, to_day: date, *, at: datetime
) -> None:
    """Take beds for every night of a span, or refuse and say what is free. What was held too long is let go first."""
    wanted = rules.nights(from_day, to_day)

    def refuse(sentence: str, code: str) -> Refusal:
        who = str(sheet.get("who", ""))
        return Refusal(sentence, next_step=_instead(stay, who, from_day, to_day, at), code=code)

    for bed in beds:
        if why := _why_not(stay, sheet, bed, wanted, at):
            raise refuse(*why)
        let_go(at=at, bed=bed)
    Night.objects.filter(stay=stay, night__gte=from_day).delete()
    try:
        with transaction.atomic():
            Night.objects.bulk_create(
                Night(bed=bed, night=night, stay=stay) for bed in beds for night in wanted
            )
    except IntegrityError:
        raise refuse(_("A colleague was faster: this bed is taken in those nights."), "bed-taken") from None


def _why_not(
    stay: Stay, sheet: dict[str, Any], bed: Bed, wanted: list[date], at: datetime
) -> tuple[str, str] | None:
    """Why a bed cannot be given whoever else wants it: a sentence and a code; None when it can."""
    place, who = stay.place, sheet.get("who", "")
    if bed.room.place_id != place.pk:
        raise wrong_step()
    if who and not rules.fits(who, place.admits, bed.room.admits):
        return _("This room does not take this group."), "not-admitted"
    if any(rules.is_out(bed.out_from, bed.out_until, night) for night in wanted):
        return _("This bed is out of use in those nights."), "bed-out-of-use"
    if wanted[0] <= tonight(at) and bed.pk in overstayed([place.pk], at=at, exclude=stay.pk):
        return _("Somebody whose stay should have ended is still in this bed."), "bed-taken"
    return None


def all_beds(bed: Bed, also: Iterable[Bed]) -> list[Bed]:
    """The bed itself and those for children who come along, each once."""
    return list({one.pk: one for one in [bed, *also]}.values())


def _instead(stay: Stay, who: str, from_day: date, to_day: date, at: datetime) -> str:
    """What is free instead: in this place for those nights, else the first day on which a bed is."""
    place = stay.place
    beds = free_beds(place, from_day=from_day, to_day=to_day, at=at, who=who, exclude=stay.pk)
    if beds:
        return _("Free for those nights: %(beds)s.") % {"beds": names_of(beds[:5])}
    length = to_day - from_day
    for later in rules.nights(from_day, from_day + timedelta(days=rules.SHOWN_NIGHTS)):
        if free_beds(place, from_day=later, to_day=later + length, at=at, who=who, exclude=stay.pk):
            return _("The next bed for as many nights is free from %(day)s.") % {"day": dates.day(later)}
    return _("No bed of this place is free for as many nights in the next two weeks. Ask another place.")


def let_go(*, at: datetime, bed: Bed | None = None) -> list[Stay]:
    """Free beds that were held until now; their requests wait again. Returns those."""
    rows = Stay.objects.filter(state=StayState.HELD, held_until__lte=at)
    if bed is not None:
        rows = rows.filter(bed=bed)
    gone = []
    for stay in rows.select_related("place", "follows"):
        if Stay.objects.filter(pk=stay.pk, state=StayState.HELD, held_until__lte=at).update(
            state=StayState.ASKED, bed=None, held_until=None
        ):
            Night.objects.filter(stay=stay).delete()
            gone.append(stay)
    return gone
