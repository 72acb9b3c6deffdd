"""The question whether a person is known elsewhere, as three colleagues see it at every size, and the way through it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import press
from tests.finding.known import NAME, THERE, Asking, a_case


@pytest.fixture
def asking(world, paired):
    return Asking(world)


def test_the_pages_of_a_question_can_be_used_by_everyone(look, world, asking):
    theirs = a_case(world, "daler", THERE)
    look("amina", f"/cases/{asking.case.number}/consent/ask/known_there/")
    look("amina", asking.page)
    look("amina", f"{asking.page}ask/practice-south/")
    asking.ask()
    look("amina", asking.page)
    look("amina", f"{asking.page}ask/practice-south/")
    look("rustam", f"/find/others/{asking.arrival().pk}/")
    asking.compare()
    look("rustam", f"/find/others/{asking.arrival().pk}/")
    look("rustam", "/find/others/")
    look("daler", f"/find/known/{theirs.number}/")
    look("daler", f"/find/known/{theirs.number}/decide/{asking.here().pk}/")
    asking.deliver(days=5)
    look("amina", asking.page)
    asking.amina.post(f"{asking.page}answer/{asking.there().pk}/")
    look("amina", asking.page)


@pytest.mark.parametrize("scripts", [True, False])
def test_amina_asks_and_daler_decides_on_a_phone(visit, world, asking, scripts):
    theirs = a_case(world, "daler", THERE)
    page = visit("amina", f"{asking.page}ask/practice-south/", width=360, scripts=scripts)
    page.check("main [name=names]")
    page.check("main [name=year]")
    press(page.locator("main button.btn-main"))
    leaves = page.locator("article.packet section").first.inner_text()
    assert NAME in leaves
    assert "1990" in leaves
    press(page.locator("main button.btn-main"))
    assert "no answer yet" in page.locator("main").inner_text()
    asking.deliver()
    compared = visit("rustam", f"/inbox/{asking.arrival().pk}/", width=360, scripts=scripts)
    press(compared.locator("main form button.btn-main"))
    assert "You do not read whom it is about" in compared.locator("main").inner_text()
    press(compared.locator("main form button.btn-main"))
    assert "The answer leaves" in compared.locator("main").inner_text()
    assert NAME not in compared.content()
    holder = visit("daler", f"/find/known/{theirs.number}/", width=360, scripts=scripts)
    press(holder.locator("main .row a"))
    press(holder.locator("main form button.btn-main"))
    assert NAME in holder.locator("main").inner_text()
    holder.check("main [name=said][value=perhaps]")
    press(holder.locator("main form button.btn-main"))
    assert "Write whom they call" in holder.locator("main").inner_text()
    holder.fill("main [name=call]", "Daler, +000 555")
    press(holder.locator("main form button.btn-main"))
    assert "Another society asks" not in holder.locator("main").inner_text()
    asking.deliver(days=5)
    page.goto(asking.page)
    press(page.locator("main .row button.btn-main"))
    assert "Daler, +000 555" in page.locator("main").inner_text()
