"""The bed board: tonight and the next two weeks, in as many questions for thirty beds as for three."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.vault.keyring import Keyring
from panah.people.shelter import rules
from panah.people.shelter.models import Bed, Night, Place, Stay
from panah.people.shelter.queries.stays import StayRow, lines, tonight
from panah.people.shelter.words import IN_A_BED, NOT_ENDED, StayState, groups

FREE, TAKEN, HELD, SHUT = "free", "taken", "held", "shut"


@dataclass(frozen=True)
class Cell:
    night: date
    is_: str


@dataclass(frozen=True)
class BedRow:
    bed: Bed
    cells: list[Cell]


@dataclass(frozen=True)
class RoomRows:
    name: str
    pk: UUID
    admits: str
    beds: list[BedRow]


@dataclass(frozen=True)
class Board:
    """What a house looks like from tonight on, who waits for a bed in it, and who is in one or on the way."""

    nights: list[date]
    rooms: list[RoomRows]
    waiting: list[StayRow]
    residents: list[StayRow]

    def tonight(self, is_: str) -> int:
        """How many beds are free, taken, held or out of use tonight."""
        return sum(row.cells[0].is_ == is_ for room in self.rooms for row in room.beds)


def running(at: datetime) -> Q:
    """A condition for nights that count: a hold that has run out is nobody's any more."""
    return ~Q(stay__state=StayState.HELD) | Q(stay__held_until__gt=at)


def board(place: Place, *, keys: Keyring | None, at: datetime) -> Board:
    """The board of a place that the asker runs."""
    first = tonight(at)
    nights = [first + timedelta(days=n) for n in range(rules.SHOWN_NIGHTS)]
    taken = _taken(Q(bed__room__place=place), first, nights[-1], at)
    taken |= {(bed, first): TAKEN for bed in overstayed([place.pk], at=at)}
    rooms = [
        RoomRows(
            room.name,
            room.pk,
            groups(room.admits or place.admits),
            [BedRow(bed, _cells(bed, nights, taken)) for bed in room.beds.all()],
        )
        for room in place.rooms.order_by("name").prefetch_related("beds")
    ]
    rows = Stay.objects.filter(place=place, state__in=NOT_ENDED)
    stays = lines(rows.select_related("place", "bed__room", "follows").order_by("from_day", "pk"), keys=keys)
    return Board(
        nights,
        rooms,
        [stay for stay in stays if stay.row.state not in IN_A_BED],
        [stay for stay in stays if stay.row.state in IN_A_BED],
    )


def _taken(which: Q, first: date, last: date, at: datetime) -> dict[tuple[UUID, date], str]:
    rows = Night.objects.filter(which & running(at), night__gte=first, night__lte=last)
    return {
        (bed, night): HELD if state == StayState.HELD else TAKEN
        for bed, night, state in rows.values_list("bed", "night", "stay__state")
    }


def overstayed(places: list[UUID], *, at: datetime, exclude: UUID | None = None) -> set[UUID]:
    """Beds in which somebody still is although the stay should have ended: nobody else sleeps there tonight."""
    stays = Stay.objects.filter(
        place__in=places, state__in=(StayState.HERE, StayState.MISSING), to_day__lte=tonight(at)
    )
    rows = Night.objects.filter(stay__in=stays.exclude(pk=exclude) if exclude else stays).values_list(
        "bed", "night", "stay__to_day"
    )
    return {bed for bed, night, to_day in rows if night == to_day - timedelta(days=1)}


def beds_of(stay: Stay) -> list[Bed]:
    """The beds of one stay: those of its last night, its own first."""
    last = Night.objects.filter(stay=stay, night=stay.to_day - timedelta(days=1))
    rows = Bed.objects.filter(pk__in=last.values("bed")).select_related("room").order_by("room__name", "name")
    return sorted(rows, key=lambda bed: bed.pk != stay.bed_id) or ([stay.bed] if stay.bed else [])


def _cells(bed: Bed, nights: list[date], taken: dict[tuple[UUID, date], str]) -> list[Cell]:
    return [Cell(night, taken.get((bed.pk, night)) or _empty(bed, night)) for night in nights]


def _empty(bed: Bed, night: date) -> str:
    return SHUT if rules.is_out(bed.out_from, bed.out_until, night) else FREE


def beds_tonight(places: list[UUID], *, at: datetime) -> list[tuple[Bed, str]]:
    """Return every bed of these places with what it is tonight; three questions."""
    night = tonight(at)
    taken = _taken(Q(bed__room__place__in=places), night, night, at)
    taken |= {(bed, night): TAKEN for bed in overstayed(places, at=at)}
    rows = Bed.objects.filter(room__place__in=places).select_related("room__place")
    return [(bed, taken.get((bed.pk, night)) or _empty(bed, night)) for bed in rows]


def free_beds(
    place: Place, *, from_day: date, to_day: date, at: datetime, who: str = "", exclude: UUID | None = None
) -> list[Bed]:
    """The beds of a place that are free for every night of a span (and, with ``who``, in a room that takes them).

    ``exclude`` is a stay whose own nights do not count against it.
    """
    wanted = rules.nights(from_day, to_day)
    busy = Night.objects.filter(running(at), bed__room__place=place, night__gte=from_day, night__lt=to_day)
    taken = set(busy.exclude(stay=exclude).values_list("bed", flat=True))
    if from_day <= tonight(at):
        taken |= overstayed([place.pk], at=at, exclude=exclude)
    beds = Bed.objects.filter(room__place=place).select_related("room").order_by("room__name", "name")
    return [
        bed
        for bed in beds
        if bed.pk not in taken
        and not any(rules.is_out(bed.out_from, bed.out_until, night) for night in wanted)
        and (not who or rules.fits(who, place.admits, bed.room.admits))
    ]


def free_for_others(
    place: Place, *, from_day: date, to_day: date, at: datetime, exclude: UUID | None = None
) -> list[tuple[int, tuple[str, ...]]]:
    """What is free for these nights, whoever it is for: how many beds, and whom (codes) their rooms take."""
    found = Counter(
        tuple(bed.room.admits or place.admits)
        for bed in free_beds(place, from_day=from_day, to_day=to_day, at=at, exclude=exclude)
    )
    return [(number, whom) for whom, number in found.items()]


def bed_name(bed: Bed | None) -> str:
    """*Room 1, bed a*: as it is said in the house."""
    return _("%(room)s, bed %(bed)s") % {"room": bed.room.name, "bed": bed.name} if bed else ""


def names_of(beds: Iterable[Bed]) -> str:
    return "; ".join(bed_name(bed) for bed in beds)
