"""A person gets a bed in a safe place, with scripts and without."""

from __future__ import annotations

import pytest
from django.utils import timezone

from panah.people.shelter import queries
from panah.people.shelter.models import Stay
from tests.browser.conftest import press
from tests.shelter.conftest import a_case, arrived, ask, beds, give, house  # noqa: F401  the house of North


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
