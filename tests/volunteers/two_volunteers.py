"""Two volunteers who may be one person, and their page."""

from datetime import date

from django.urls import reverse

from panah.ground.foundation import tenancy
from panah.programmes.volunteers import actions
from panah.programmes.volunteers.models import DoublePair, ImportedRow
from tests.volunteers.making import volunteer, vouched


def look(world):
    with tenancy.tenant_context(world.societies["north"].pk):
        return actions.compare_registers(at=world.at)


def one_page(pair):
    return reverse("volunteers:double", args=[pair.pk])


def two(world, **more):
    first = volunteer(
        world,
        name="Gulnora Tursunova",
        born_year=1999,
        phone="+999555123456",
        languages=["uz"],
        skills=["driving"],
    )
    second = volunteer(
        world,
        **{"name": "Турсунова Гульнора", "born_year": 1999, "phone": "+999555999999", "languages": ["ru"]}
        | more,
    )
    second.code_signed_on = date(2025, 5, 1)
    vouched(second)
    ImportedRow.objects.create(society=world.societies["north"], mark=b"m" * 32, volunteer=second)
    look(world)
    return first, second, DoublePair.objects.get()
