"""A focal point who looks for a person while the cards are still being unlocked."""

from __future__ import annotations

from tests.browser.conftest import press
from tests.vault.search_server import a_case, look, server

__all__ = ["server"]


def test_the_page_looks_again_by_itself_until_all_cards_are_looked_through(visit, world, server):
    first = a_case(world, "cholpon")
    look(world)
    (index,) = server.indexes.values()
    with index.following:
        second = a_case(world, "amina")
        page = visit("bakyt", "/find/")
        page.fill("main [name=name]", "Gulnara Toktosunova")
        page.fill("main [name=birth_year]", "1990")
        press(page.locator("main form button.btn-main"))
        found = page.locator("#found")
        assert "Not all cards were looked through yet" in found.inner_text()
        assert first.number in found.inner_text()
        assert second.number not in found.inner_text()
    found.locator(f"text={second.number}").wait_for()
    assert "Not all cards" not in found.inner_text()
    assert page.input_value("main [name=name]") == "Gulnara Toktosunova", "what was typed stays"
