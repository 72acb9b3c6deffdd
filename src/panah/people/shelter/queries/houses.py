"""All houses of a society tonight: which of them can take whom, and what is going on in those the asker runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from panah.ground.accounts.roles import Permission, may
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.shelter import rules
from panah.people.shelter.models import Place, SharedCounts, Shift, Stay
from panah.people.shelter.permissions import may_run, policy
from panah.people.shelter.queries.board import FREE
from panah.people.shelter.queries.places import PlaceCard, cards_of
from panah.people.shelter.queries.stays import StayRow, lines, tonight
from panah.people.shelter.words import (
    CHILD_ALONE,
    HARDEST_FIRST,
    NOT_ENDED,
    WAITING,
    Group,
    PlaceState,
    StayPart,
    StayState,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SHOWN = 40


@dataclass
class HouseDay:
    """What goes on in one house from now until the morning; only for those who run it."""

    on_duty: list[Shift] = field(default_factory=list)
    arriving: int = 0
    leaving: int = 0
    missing: int = 0
    needs: int = 0
    urgent: bool = False


@dataclass(frozen=True)
class HouseForGroup:
    """How many beds of one house are free for a group, how many of these without steps, and how many cots beside."""

    card: PlaceCard
    free: int
    step_free: int
    cots: int


@dataclass(frozen=True)
class BedsForGroup:
    """Houses with a free bed for a group; ``as_children``: those that take its children as ones without a parent."""

    group: str
    houses: list[HouseForGroup]
    as_children: list[HouseForGroup]


@dataclass(frozen=True)
class AllHouses:
    """``fits``: for each group, hardest first. ``waiting``: who waits where the asker runs."""

    cards: list[PlaceCard]
    fits: list[BedsForGroup]
    days: dict[UUID, HouseDay]
    waiting: list[StayRow]
    shared: bool


def all_houses(*, to: Staff, keys: Keyring | None, at: datetime) -> AllHouses:
    """The board over all houses that the asker may know of, in as many questions for thirty as for three."""
    shared = SharedCounts.objects.visible(to=to).exists()
    cards = _cards(to, shared, at)
    mine = [card.place for card in cards if card.runs]
    asked = Stay.objects.filter(place__in=mine, state__in=WAITING).order_by("from_day", "pk")
    waiting = asked.select_related("place", "bed__room", "follows")[:SHOWN]
    return AllHouses(
        cards,
        [_beds_for(group, cards) for group in HARDEST_FIRST],
        _days(mine, keys=keys, at=at),
        lines(waiting, keys=keys),
        shared,
    )


def _cards(to: Staff, shared: bool, at: datetime) -> list[PlaceCard]:
    """The houses that a colleague may know of: those she runs, and of others the open ones where she may see counts."""
    rows = policy.places(to)
    if may(to, Permission.SHELTER_ASK) or (shared and may_run(to)):
        rows = Place.objects.visible(to=to).filter(Q(state=PlaceState.OPEN) | Q(pk__in=rows.values("pk")))
    return cards_of(rows.select_related("society").distinct().order_by("state", "name"), to=to, at=at)


def other_houses(who: str, *, to: Staff, at: datetime, exclude: UUID) -> BedsForGroup | None:
    """Beds that are free tonight for a group in other houses that the asker may know of; None for no group."""
    if who not in Group.values:
        return None
    shared = SharedCounts.objects.visible(to=to).exists()
    return _beds_for(Group(who), [card for card in _cards(to, shared, at) if card.place.pk != exclude])


def _beds_for(group: Group, cards: list[PlaceCard]) -> BedsForGroup:
    more = _with_a_bed_for(Group.CHILDREN, cards, without=group) if group.value in CHILD_ALONE else []
    return BedsForGroup(str(group.label), _with_a_bed_for(group, cards), more)


def _with_a_bed_for(group: str, cards: Iterable[PlaceCard], *, without: str = "") -> list[HouseForGroup]:
    """``without``: leave out the beds that this group is offered already."""
    found = []
    for card in cards:
        beds = [
            bed
            for bed, is_ in card.beds
            if is_ == FREE
            and rules.fits(group, card.place.admits, bed.room.admits)
            and not rules.fits(without, card.place.admits, bed.room.admits)
        ]
        cots = [bed for bed in beds if rules.is_cot(bed.name)]
        free = len(beds) - len(cots)
        if free and card.place.state == PlaceState.OPEN:
            step_free = sum(bed.room.step_free for bed in beds if bed not in cots)
            found.append(HouseForGroup(card, free, step_free, len(cots)))
    return sorted(found, key=lambda one: -one.free)


def _days(places: list[Place], *, keys: Keyring | None, at: datetime) -> dict[UUID, HouseDay]:
    days = {place.pk: HouseDay() for place in places}
    night = tonight(at)
    morning = rules.morning_after(timezone.localtime(at))
    shifts = Shift.objects.filter(
        place__in=places, staff__is_active=True, ends_at__gt=at, starts_at__lt=morning
    )
    for shift in shifts.select_related("staff").order_by("starts_at"):
        days[shift.place_id].on_duty.append(shift)
    stays = Stay.objects.filter(place__in=places, state__in=NOT_ENDED)
    for place, state, first, last in stays.values_list("place", "state", "from_day", "to_day"):
        day = days[place]
        day.arriving += state == StayState.PLACED and first <= night
        day.leaving += state == StayState.HERE and last <= night
        day.missing += state == StayState.MISSING
    books = {place.book_id: days[place.pk] for place in places}
    needs = vault_queries.read_lists(keys=keys, files=books, part=StayPart.NEED)
    for book, several in needs.items():
        still = [one.value for one in several if not one.value.get("met")]
        books[book].needs, books[book].urgent = len(still), any(one.get("urgent") for one in still)
    return days
