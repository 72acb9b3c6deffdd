"""A new society, from the two links that ``init`` prints to its first call: who sees how many screens.

Aigerim and Bolot are its first two focal points, who share the work; Nargiza will answer the line. Each sits at a browser
of her own and does only what the pages lead to. A screen is a page that was loaded; the sum of each is printed (``-s``) and bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Staff
from panah.ground.network.models import Society
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.people.hotline.models import Contact
from tests.browser.conftest import press
from tests.browser.walking import Walk
from tests.sign_in.code_apps import now_code

# Below twenty a person is the aim. Six are everybody's own key; the ceremony with its three shares is nine of Aigerim's.
MOST = {"Aigerim": 19, "Bolot": 19, "Nargiza": 10}


class Person(Walk):
    """Somebody at her own browser, whose screens are counted."""

    def __init__(self, page: Page, name: str) -> None:
        super().__init__(page, "en")
        self.name, self.screens, self.words = name, 0, ""
        page.on("load", lambda _page: self._one_more())

    def _one_more(self) -> None:
        self.screens += 1

    def listed(self) -> list[str]:
        # Each with its reading aid, where the list is English.
        return [text.split()[0] for text in self.page.locator("ol.share-words li").all_inner_texts()]

    def joins(self, link: str) -> None:
        self.screens = 0
        self.page.goto(link)
        self.press("Show me six words")
        self.words = " ".join(self.listed())
        self.press("I have written them down")
        self.fill(words=self.words)
        self.press("These are my words")
        code = "".join(self.page.locator(".code-groups .code").all_inner_texts())
        self.fill(last=code[-4:])
        self.press("It is on paper")
        secret = "".join(self.page.locator(".code-groups").first.inner_text().split())
        self.fill(digits=now_code(secret))
        self.press("Make my key and come in")

    def code(self) -> str:
        """Digits that were not used yet: nobody waits half a minute for the next ones here."""
        staff = Staff.objects.get(username=self.name.lower())
        kept = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)
        kept.data = {"secret": kept.data["secret"]}
        kept.save()
        return second_factor.current_code(staff)


def invited(society: Society, name: str, *roles: str) -> str:
    at = timezone.now()
    staff = accounts.add_colleague(
        society=society, username=name.lower(), name=name, roles=list(roles), at=at
    )
    return f"/vault/invitation/{sign_in.invite(staff=staff, at=at)}"


@pytest.fixture
def founding(world: Any) -> Society:
    return Society.objects.create(
        slug="practice-east",
        name_en="Practice Society East",
        iso2="XC",
        iso3="XCC",
        practice=True,
        hosted=True,
    )


def they_hold_the_ceremony(aigerim: Person, bolot: Person) -> None:
    aigerim.page.goto("/")
    aigerim.follow("Hold the key ceremony")
    aigerim.fill(name="bolot", passphrase=bolot.words, digits=bolot.code())
    aigerim.tick("apart", "yes")
    aigerim.tick("abroad", "yes")
    aigerim.press("Begin, and show the first share")
    for _number in range(3):
        words = aigerim.listed()
        aigerim.follow("It is on paper")
        first, second = (
            int("".join(filter(str.isdigit, label)))
            for label in aigerim.page.locator("main label[for]").all_inner_texts()
        )
        aigerim.fill(first=words[first - 1], second=words[second - 1])
        aigerim.press("These are the words")


def opens_a_line(leader: Person) -> None:
    leader.page.goto("/")
    leader.follow("Open a line with its number")
    leader.fill(name_en="Line 1", name_ru="Линия 1", numbers="0 800 000 01 01")
    leader.tick("languages", "ky", "ru")
    leader.press("Save the line")


def invites_nargiza(leader: Person) -> str:
    leader.follow("Colleagues", inside="nav")
    leader.follow("Invite a colleague")
    leader.fill(name="Nargiza", username="nargiza")
    leader.tick("roles", "hotline_operator")
    leader.press("Make the invitation")
    link = leader.page.locator(".link").inner_text()
    return link[link.index("/vault/invitation/") :]


def admits_nargiza(leader: Person) -> None:
    leader.page.goto("/")
    leader.follow("A colleague waits to be admitted")
    leader.page.locator("[name=compared]").check()
    leader.fill(passphrase=leader.words)
    leader.press("Admit the key")


def puts_nargiza_on_duty(leader: Person) -> None:
    # The key of the line came with the role.
    leader.follow("Duty roster", inside="nav")
    for what in ("calls", "danger"):
        leader.pick(staff=str(Staff.objects.get(username="nargiza").pk), what=what)
        leader.moment("starts_at", timezone.localtime() + timedelta(minutes=1))
        leader.moment("ends_at", timezone.localtime() + timedelta(hours=7))
        press(leader.button("Put on the roster"))
    # Mail and SMS are for the host to set up: until then only open pages call anybody, and the page says so.
    leader.sees("No channel reaches this colleague while no page is open.")
    leader.page.locator("[name=anyway]").check()
    leader.press("Put on the roster")


def test_a_new_society_comes_to_its_first_call(visit: Callable[..., Page], founding: Society) -> None:
    began = timezone.now()
    aigerim, bolot, nargiza = (
        Person(visit(None, "/vault/forgotten"), name) for name in ("Aigerim", "Bolot", "Nargiza")
    )
    aigerim.joins(invited(founding, "Aigerim", "focal_point"))
    bolot.joins(invited(founding, "Bolot", "focal_point"))
    they_hold_the_ceremony(aigerim, bolot)
    opens_a_line(bolot)
    nargiza.joins(invites_nargiza(bolot))
    admits_nargiza(bolot)
    aigerim.page.goto("/")
    aigerim.follow("Only one colleague knows a new one")
    aigerim.press("I know this colleague")
    puts_nargiza_on_duty(bolot)
    nargiza.page.goto("/")
    nargiza.follow("Take a call")
    nargiza.press("Take a call")
    nargiza.tick("danger", "no")
    nargiza.fill(note="the first call")
    nargiza.press("Finish")
    assert Contact.objects.filter(society=founding).count() == 1
    screens = {one.name: one.screens for one in (aigerim, bolot, nargiza)}
    print(f"\nfrom two links to the first call: {screens}, {timezone.now() - began}")  # noqa: T201  asked for by whoever runs it
    assert all(screens[name] <= most for name, most in MOST.items()), screens
