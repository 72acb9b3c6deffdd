"""One of the twelve calls, played on a telephone of 360 px."""

import sys
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page

from panah.people.hotline.models import Line

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


class Played:
    """A call as Elena plays it: each press, each letter and each page is counted."""

    def __init__(self, name: str, page: Page) -> None:
        self.name, self.page = name, page
        self.presses = self.letters = 0
        self.pages = 1
        self.till_called: tuple[int, int] | None = None
        page.on("framenavigated", self._turned)

    def _turned(self, frame: object) -> None:
        self.pages += frame == self.page.main_frame

    def _unfold(self, selector: str) -> None:
        """A part that is folded away on a phone costs a press."""
        fold = self.page.locator(f"details:not([open]):has({selector})")
        if fold.count():
            fold.first.locator("summary").first.click()
            self.presses += 1

    def answer(self, **said: str) -> None:
        for name, value in said.items():
            box = f"input[name='{name}'][value='{value}']"
            self._unfold(box)
            self.page.locator(f"label:has({box})").first.click()
            self.presses += 1

    def choose(self, **said: str) -> None:
        for name, value in said.items():
            self._unfold(f"[name='{name}']")
            self.page.locator(f"select[name='{name}']").select_option(value)
            self.presses += 2

    def write(self, **said: str) -> None:
        for name, text in said.items():
            self._unfold(f"[name='{name}']")
            self.page.locator(f"[name='{name}']").first.fill(text)
            self.presses += 1
            self.letters += len(text)

    def press(self, value: str) -> None:
        button = f"button[name='do'][value='{value}']"
        if not self.page.locator(f"main {button}:visible").count():
            self._unfold(button)
        self._go(self.page.locator(f"main {button}:visible").last)
        if value in ("emergency", "start") and self.till_called is None:
            self.till_called = (self.presses, self.pages)

    def follow(self, selector: str) -> None:
        self._go(self.page.locator(selector).first)

    def _go(self, what: object) -> None:
        with self.page.expect_navigation():
            what.click()
        self.presses += 1

    def reads(self, words: str) -> None:
        assert words in self.page.locator("main").inner_text(), words


@pytest.fixture(scope="module")
def table() -> Iterator[list[Played]]:
    rows: list[Played] = []
    yield rows
    lines = [f"{'call':34}{'presses':>9}{'letters':>9}{'pages':>7}   till a colleague is called"]
    for one in rows:
        called = "{} presses, {} pages".format(*one.till_called) if one.till_called else ""
        lines.append(f"{one.name:34}{one.presses:9}{one.letters:9}{one.pages:7}   {called}")
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


@pytest.fixture
def play(visit, world, table, request):
    """Elena's telephone rings: she opens the calls and takes it with one press."""
    Line.objects.get_or_create(
        pk=LINE_NORTH,
        defaults={
            "society": world.societies["north"],
            "name_en": "Line 1",
            "name_ru": "Линия 1",
            "made_at": world.at,
        },
    )

    def take(name: str, **how: object) -> Played:
        played = Played(name, visit("elena", "/calls/", width=360, **how))
        played.follow("main button[data-go='c']")
        table.append(played)
        return played

    return take
