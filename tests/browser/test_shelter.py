"""Safe places as people see them: every page at every size, and a person who gets a bed, with scripts and without."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.directory import actions as directory
from panah.kit.sealed_addresses import sealed
from panah.shelter import actions, queries
from panah.shelter.models import Stay
from tests.browser.conftest import press
from tests.shelter.conftest import a_case, arrived, ask, beds, give, house  # noqa: F401  the house of North


@pytest.fixture
def lived_in(world, house, beds):  # noqa: F811
    """House 3 with somebody in it, somebody on the way, somebody who waits, and a page of the book."""
    directory.load_reference_data(at=timezone.now(), practice=True)
    case = a_case(world)
    here = arrived(world, ask(world, house, case), beds["1a"])
    coming = give(world, ask(world, house, case), beds["1b"])
    waits = ask(world, house, case, who="mothers", nights=20)
    keys, at = world.keys("gulnar"), timezone.now()
    actions.write_incident(
        keys=keys, place=house, kind="stranger", text="A grey car at the corner", told="Bakyt", at=at
    )
    actions.write_need(
        keys=keys, place=house, need={"what": "Nappies", "how_many": "2", "urgent": True}, at=at
    )
    actions.put_on_shift(
        place=house, staff=world.staff["gulnar"], starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=7), by=world.staff["gulnar"], at=at,
    )  # fmt: skip
    return {
        "number": case.number, "place": house.pk, "asked_place": sealed(house.pk), "bed": beds["2a"].pk, "room": beds["2a"].room_id,
        "here": here.pk, "coming": coming.pk, "waits": waits.pk,
    }  # fmt: skip


PAGES = [
    ("gulnar", "/shelter/"),
    ("gulnar", "/shelter/new/"),
    ("gulnar", "/shelter/{place}/"),
    ("gulnar", "/shelter/{place}/beds/"),
    ("gulnar", "/shelter/{place}/rooms/"),
    ("gulnar", "/shelter/{place}/rooms/{room}/"),
    ("gulnar", "/shelter/{place}/bed/{bed}/"),
    ("gulnar", "/shelter/{place}/bed/{bed}/put/"),
    ("gulnar", "/shelter/{place}/people/"),
    ("gulnar", "/shelter/{place}/book/"),
    ("gulnar", "/shelter/{place}/needs/"),
    ("gulnar", "/shelter/{place}/change/"),
    ("gulnar", "/shelter/stay/{waits}/decide/"),
    ("gulnar", "/shelter/stay/{here}/"),
    ("gulnar", "/shelter/stay/{here}/change/"),
    ("gulnar", "/shelter/stay/{here}/late/"),
    ("gulnar", "/shelter/stay/{here}/left/"),
    ("amina", "/shelter/stay/{coming}/"),
    ("amina", "/shelter/"),
    ("amina", "/shelter/case/{number}/"),
    ("amina", "/shelter/case/{number}/ask/{asked_place}/"),
]


def test_the_pages_of_safe_places_can_be_used_by_everyone(look_at_all, lived_in):
    look_at_all(PAGES, **lived_in)


@pytest.mark.parametrize(("scripts", "language", "width"), [(True, "en", 1280), (False, "ru", 360)])
def test_a_person_gets_a_bed(visit, world, house, beds, scripts, language, width):  # noqa: F811
    for who in ("amina", "gulnar"):
        world.staff[who].language = language
        world.staff[who].save()
    case = a_case(world)
    page = visit("amina", f"/shelter/case/{case.number}/", width=width, scripts=scripts, language=language)
    press(page.locator(f"main a[href^='/shelter/case/{case.number}/ask/']").first)
    page.fill("main [name=called]", "Practice Person Reed")
    page.check("main [name=who][value=women]")
    page.check("main [name=said][value=yes]")
    press(page.locator("main button.btn-main"))
    assert page.locator(".errors").count() == 1, "a yes without having heard of it is none"
    assert page.input_value("main [name=called]") == "Practice Person Reed"
    for one in ("house", "rules", "free", "known", "no_address"):
        page.check(f"main [name=told][value={one}]")
    press(page.locator("main button.btn-main"))
    stay = Stay.objects.get()

    board = visit("gulnar", f"/shelter/{house.pk}/beds/", width=width, scripts=scripts, language=language)
    assert "Reed" not in board.locator("main").inner_text()
    press(board.locator(f"main a[href='/shelter/stay/{stay.pk}/decide/'] >> nth=0"))
    board.check("main [name=do][value=give]")
    board.select_option("main [name=bed]", str(beds["1a"].pk))
    press(board.locator("main button.btn-main"))
    press(board.locator("main .head button.btn-main"))
    stay.refresh_from_db()
    assert (stay.state, stay.bed) == ("here", beds["1a"])

    page.goto(f"/shelter/stay/{stay.pk}/")
    assert "Tulip Street" not in page.locator("main").inner_text()
    page.click("main section[aria-labelledby=way] summary")
    page.check("main section[aria-labelledby=way] [value=meet]")
    press(page.locator("main section[aria-labelledby=way] form button"))
    assert "Tulip Street" in page.locator("main").inner_text()
    assert queries.board(house, keys=None, at=timezone.now()).tonight("taken") == 1
