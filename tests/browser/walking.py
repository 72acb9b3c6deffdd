"""A walk through pages in a browser, as somebody who sees and types."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import press


class Walk:
    """One colleague at one browser: presses and follows what has a name in the reader's language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        page.set_default_timeout(10_000)
        # A page that warns before it is left asks only where something would be lost.
        page.on("dialog", lambda dialog: pytest.fail(f"asked on leaving: {dialog.message}"))

    def word(self, sentence: str) -> str:
        with translation.override(self.language):
            return translation.gettext(sentence)

    def button(self, sentence: str) -> Locator:
        return self.page.get_by_role("button", name=self.word(sentence))

    def press(self, sentence: str) -> None:
        press(self.button(sentence))
        self.all_right()

    def follow(self, sentence: str, *, inside: str = "main") -> None:
        link = self.page.locator(inside).get_by_role(
            "link", name=self.word(sentence), include_hidden=inside == "nav"
        )
        # A long menu is folded under its headings.
        fold = link.first.locator("xpath=ancestor::details[not(@open)]")
        if fold.count():
            fold.locator("summary").first.click()
        press(link.first)
        self.all_right()

    def all_right(self) -> None:
        assert not self.page.locator(".errors").count(), self.page.locator(".errors").inner_text()
        assert self.page.locator("main h1").count() == 1, self.page.locator("body").inner_text()[:500]
        assert not self.page.complaints  # type: ignore[attr-defined]

    def tick(self, name: str, *values: str) -> None:
        for value in values:
            self.page.locator(f"input[name={name}][value='{value}']").check()

    def fill(self, **typed: str) -> None:
        for name, text in typed.items():
            self.page.locator(f"main [name={name}]:not(button)").fill(text)

    def pick(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main select[name={name}]").select_option(value)

    def moment(self, name: str, at: Any) -> None:
        parts = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
        self.fill(**{f"{name}_{part}": str(value) for part, value in parts.items()})

    def shows_who_this_is(self) -> None:
        cover = self.page.locator("details.reveal")
        cover.locator("summary").click()
        cover.locator("input[name=purpose]").first.check()
        press(cover.locator("form button"))
        self.all_right()

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)
