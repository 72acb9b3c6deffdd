"""House 3 of North: run by Gulnar, two rooms, three beds; and what people do there."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from panah.people.cases import actions as cases
from panah.people.shelter import actions, queries
from panah.people.shelter.models import Bed

WAY = {
    "address": "17 Practice Tulip Street, Nowhere",
    "phone": "+000 4711",
    "how": "By the blue gate",
    "rules": "Quiet after ten",
    "late": "Call Practice Person Reed first",
}
TOLD = ["house", "rules", "free", "known", "no_address"]
SHEET = {
    "called": "Practice Person Tulip", "who": "women", "age": "adult", "language": "uz", "needs": "No nuts", "said": "yes",
    "told": TOLD, "spoken": "uz",
}  # fmt: skip


def make_house(world, *, lead="gulnar", name="House 3", runner="gulnar", region="XA-1"):
    place = actions.make_place(
        keys=world.keys(lead),
        typed={
            "name": name, "region": region, "kind": "house", "admits": ["women", "mothers", "men"],
            "languages": ["ru", "uz"],
        },
        way=WAY, runners=[world.staff[runner]], at=world.at,
    )  # fmt: skip
    for room, admits, beds in (("Room 1", ["women", "mothers"], ["a", "b"]), ("Room 2", ["men"], ["a"])):
        actions.add_room(keys=world.keys(lead), place=place, name=room, admits=admits, beds=beds, at=world.at)
    return place


@pytest.fixture
def house(world):
    return make_house(world)


@pytest.fixture
def beds(house):
    """``beds["1a"]``: room and bed."""
    return {
        f"{b.room.name[-1]}{b.name}": b for b in Bed.objects.filter(room__place=house).select_related("room")
    }


@pytest.fixture
def tonight():
    return queries.tonight(timezone.now())


def a_case(world, who="amina", **more):
    return cases.open_case(
        keys=world.keys(who), by=world.staff[who], at=timezone.now(), language="uz", age_group="adult",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]}, **more,
    )  # fmt: skip


def ask(world, place, case=None, *, by="amina", nights=3, first=None, **sheet):
    first = first or queries.tonight(timezone.now())
    return actions.ask(
        keys=world.keys(by), place=place, case=case, sheet=SHEET | sheet, from_day=first,
        to_day=first + timedelta(days=nights), at=timezone.now(),
    )  # fmt: skip


def look(world, stay, who="gulnar"):
    return queries.stay_or_404(stay.pk, to=world.staff[who], keys=world.keys(who))


def give(world, stay, bed, who="gulnar"):
    return actions.give_bed(keys=world.keys(who), opened=look(world, stay, who), bed=bed, at=timezone.now())


def arrived(world, stay, bed, who="gulnar"):
    give(world, stay, bed, who)
    return actions.arrive(keys=world.keys(who), opened=look(world, stay, who), at=timezone.now())


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(**more):
    """What Amina types when she asks for a bed, with a yes."""
    first = more.pop("first", None) or queries.tonight(timezone.now())
    last = more.pop("last", None) or first + timedelta(days=3)
    return {**SHEET, "agrees": "", "words": "", **parts("from_day", first), **parts("to_day", last), **more}


def today() -> date:
    return timezone.localdate()


__all__ = [
    "SHEET",
    "WAY",
    "SimpleNamespace",
    "a_case",
    "arrived",
    "ask",
    "give",
    "look",
    "make_house",
    "typed",
]
