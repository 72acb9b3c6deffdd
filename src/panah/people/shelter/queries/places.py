"""Places as their runners, and those who ask for beds, see them. The way there is not in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.ground.accounts.roster import RosterShift
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.kit.languages import language_name
from panah.ground.network import queries as network_queries
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.shelter import rules
from panah.people.shelter.models import Bed, Place, Runner, Shift, Stay
from panah.people.shelter.permissions import leads, may_enter, may_run, policy
from panah.people.shelter.queries.board import FREE, beds_tonight
from panah.people.shelter.words import IN_A_BED, NOT_ENDED, WAITING, PlaceState, StayPart, groups

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class PlaceCard:
    """A place in a list: nickname and region, whom it takes, what is free tonight, who runs it."""

    place: Place
    region: str
    admits: str
    languages: str
    beds: list[tuple[Bed, str]]
    waiting: int
    runners: list[str]
    runs: bool

    def tonight(self, is_: str) -> int:
        return sum(one == is_ for _bed, one in self.beds)

    @property
    def free(self) -> int:
        return self.tonight(FREE) - self.free_cots

    @property
    def free_cots(self) -> int:
        return sum(one == FREE and rules.is_cot(bed.name) for bed, one in self.beds)


@cached_per_request
def regions(iso2: str) -> dict[str, str]:
    return dict(network_queries.region_choices(iso2))


def region_name(place: Place) -> str:
    """The region in the reader's words: all that anybody outside the house is told of where it is."""
    return regions(place.society.iso2).get(place.region, place.region)


def spoken(tags: Iterable[str]) -> str:
    return ", ".join(language_name(tag) for tag in tags)


def cards_of(rows: Iterable[Place], *, to: Staff, at: datetime) -> list[PlaceCard]:
    """Join places that the asker may know of with what is free; as many questions for thirty as for three."""
    places = list(rows)
    ids = [place.pk for place in places]
    beds: dict[UUID, list[tuple[Bed, str]]] = {}
    for bed, is_ in beds_tonight(ids, at=at):
        beds.setdefault(bed.room.place_id, []).append((bed, is_))
    mine = set(policy.places(to).values_list("pk", flat=True))
    asked = Stay.objects.filter(place__in=ids, state__in=WAITING).order_by()
    waits = dict(asked.values_list("place").annotate(Count("pk")))
    names: dict[UUID, list[str]] = {}
    runners = Runner.objects.filter(place__in=ids, staff__is_active=True)
    for place, name in runners.values_list("place", "staff__name").order_by("staff__name"):
        names.setdefault(place, []).append(name)
    return [
        PlaceCard(
            place,
            region_name(place),
            groups(place.admits),
            spoken(place.languages),
            beds.get(place.pk, []),
            waits.get(place.pk, 0),
            names.get(place.pk, []),
            place.pk in mine,
        )
        for place in places
    ]


def open_to_ask(*, to: Staff, at: datetime) -> list[PlaceCard]:
    """The places of her society that can be asked for a bed now."""
    rows = Place.objects.visible(to=to).filter(state=PlaceState.OPEN).select_related("society")
    return cards_of(rows.order_by("name"), to=to, at=at)


def one_or_404(place: UUID, *, to: Staff, to_ask: bool = False) -> Place:
    """A place this colleague runs, or (``to_ask``) any of her society that is open; 404 for others and none alike."""
    rows = Place.objects.visible(to=to).filter(state=PlaceState.OPEN) if to_ask else policy.places(to)
    found: Place | None = rows.select_related("society").filter(pk=place).distinct().first()
    if found is None:
        raise Http404
    return found


def may_run_it(place: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged can open this place's page."""
    return bool(policy.places(staff).filter(pk=place).exists())


def runners_of(place: Place) -> list[Staff]:
    """The active colleagues who run a place by name, without the focal points who may anyway."""
    rows = Runner.objects.filter(place=place, staff__is_active=True).select_related("staff")
    return [row.staff for row in rows.order_by("staff__name")]


def in_the_house(place: Place, *, at: datetime) -> list[Shift]:
    """Shifts that are on or to come, soonest first."""
    rows = Shift.objects.filter(place=place, ends_at__gt=at, staff__is_active=True)
    return list(rows.select_related("staff").order_by("starts_at")[:60])


def shifts_on_roster(*, to: Staff, after: datetime, before: datetime) -> list[RosterShift]:
    """For the registry of the roster: who is in a house when. Which house is told to those who know its nickname."""
    rows = Shift.objects.filter(
        place__in=Place.objects.visible(to=to).values("pk"),
        staff__is_active=True,
        ends_at__gt=after,
        starts_at__lt=before,
    )
    mine = set(policy.places(to).values_list("pk", flat=True)) if may_run(to) else set()
    return [
        RosterShift(
            staff=row.staff_id,
            who=row.staff.name,
            what=_("In the house: %(place)s") % {"place": row.place.name}
            if may_enter(to)
            else _("In a house"),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            href=reverse("shelter:people", args=[row.place_id]) if row.place_id in mine else "",
        )
        for row in rows.select_related("place", "staff")
    ]


def way_of(place: Place, *, keys: Keyring | None) -> tuple[dict[str, object], int]:
    """The sealed way there with its version; empty for whoever's keys do not open it."""
    found = vault_queries.read(keys=keys, file=place.file_id, part=StayPart.WAY)
    return (found.value, found.version) if found else ({}, 0)


@cached_per_request
def waiting(staff: Staff) -> int | None:
    """For the menu: how many wait for a bed in the places she runs; one question."""
    if not may_run(staff):
        return None
    if leads(staff):
        return len(_waiting(society=staff.society_id))
    return len(_waiting(society=staff.society_id, runner=staff.pk))


@prepared
def _waiting(society: UUID, runner: UUID | None = None) -> QuerySet[Stay, UUID]:
    # As in policy.places.
    places = Place.objects.filter(society=society)
    places = places if runner is None else places.filter(runners__staff=runner)
    return Stay.objects.filter(place__in=places.values("pk"), state__in=WAITING).values_list("pk", flat=True)


def unrun(society: UUID) -> list[Place]:
    """Places that are not ended and that nobody who works here runs by name."""
    rows = Place.objects.filter(society=society).exclude(state=PlaceState.ENDED)
    return list(rows.annotate(n=Count("runners", filter=Q(runners__staff__is_active=True))).filter(n=0))


def runs_by(*, staff: Iterable[UUID]) -> dict[UUID, int]:
    """How many places each colleague runs by name."""
    rows = Runner.objects.filter(staff__in=list(staff)).exclude(place__state=PlaceState.ENDED).order_by()
    return dict(rows.values_list("staff").annotate(Count("pk")))


def files_of_holder(*, keys: Keyring, staff: Staff) -> set[UUID]:
    """The files a colleague needs for the places she runs by name and the stays she follows."""
    del keys
    run = Place.objects.filter(runners__staff=staff)
    stays = Stay.objects.filter(state__in=NOT_ENDED).filter(Q(follows=staff) | Q(place__in=run))
    there = Place.objects.filter(stays__follows=staff, stays__state__in=IN_A_BED)
    return {
        *run.values_list("file_id", flat=True),
        *run.values_list("book_id", flat=True),
        *stays.values_list("file_id", flat=True),
        *there.values_list("file_id", flat=True),
    }
