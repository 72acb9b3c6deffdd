"""One person's way home, in two browsers over two running nodes: two processes, two databases, one wire between them.

Amina finds a person abroad; Rustam opens what arrives; Daler meets the person at home. What both see is compared at each
step, and at the end neither database, nor what travelled, can be read. On PostgreSQL each node has a database of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from benchmarks.exchange.nodes import free_port
from panah.practice import nodes
from panah.practice.two_nodes import SIDES, Running, pair
from tests.browser.conftest import press
from tests.dump_scan import scan
from tests.node_process import own_postgres

CALLED, STAYS, PHONE = "Apricotella", "Gulzira Testova", "000 55 7788990"
NEED, OFFERED = "a bed and a woman who meets her", "a bed from Monday, by the quiet street"
WHERE, SIGN, FALLBACK = "the bakery behind the station", "a lilac kerchief", "ring the second number twice"
MET, OUTCOME = "came by train, calm", "she sews again and sleeps well"
TYPED = (CALLED, STAYS, PHONE, NEED, OFFERED, WHERE, SIGN, FALLBACK, MET, OUTCOME)
ARRIVES = 90.0
# Reports of the practice society wait there as well.
ARRIVED = "main h3 a[href^='/inbox/']:has-text('A person is referred to you')"


@dataclass(frozen=True)
class OnItsOwn(Running):
    """A practice node of the test: on PostgreSQL with a database that ``more`` names."""

    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return super().env | {"DJANGO_SETTINGS_MODULE": "panah.config.settings"} | self.more

    def act(self, name: str, given: str = "") -> str:
        """As ``demo --pair`` does, but as who owns the tables: on PostgreSQL the node then serves as who owns nothing."""
        done = subprocess.run(
            [sys.executable, "-m", "django", "demo", "--act", name, "--port", str(self.port)],
            env=self.env | {"PANAH_DATABASE_AS": "owner"}, input=given, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def let_the_pages_in(self) -> None:
        """On PostgreSQL: the walls, and the rights of the role that serves pages, as ``init`` makes them."""
        if self.more:
            build = "import django; django.setup(); from panah.ground.foundation import rls_policies; rls_policies.build()"
            env = self.env | {"PANAH_DATABASE_AS": "owner"}
            subprocess.run([sys.executable, "-c", build], env=env, check=True)

    @property
    def at(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def both(tmp_path_factory: Any) -> Iterator[tuple[OnItsOwn, OnItsOwn]]:
    folder: Path = tmp_path_factory.mktemp("two-nodes")
    with ExitStack() as stack:
        made = [
            OnItsOwn(side, folder / side.folder, free_port(), stack.enter_context(own_postgres()))
            for side in SIDES
        ]
        for one in made:
            nodes.begin(one.home, fresh=False)
            one.act("ready")
            one.let_the_pages_in()
        pair(*made)
        running = [process for one in made for process in _serve(one, folder)]
        try:
            yield made[0], made[1]
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(60)


def _serve(one: OnItsOwn, folder: Path) -> list[subprocess.Popen[bytes]]:
    """Start the pages; on PostgreSQL a node's worker is a command of its own."""
    wanted = [["serve", "--port", str(one.port), "--workers", "1"], *([["worker"]] if one.more else [])]
    with (folder / f"{one.side.name}.log").open("wb") as log:
        return [
            subprocess.Popen([sys.executable, "-m", "panah", *command], env=one.env, stdout=log, stderr=log)
            for command in wanted
        ]


class Colleague:
    """Somebody at her own browser, signed in to her own node."""

    def __init__(self, chromium: Browser, node: OnItsOwn, name: str) -> None:
        self.node, self.page = node, chromium.new_context().new_page()
        self.page.set_default_timeout(30_000)
        words = nodes.kept(node.home)["people"][name]["words"]  # type: ignore[index]
        _until_it_answers(self.page, node.at)
        # The digits on the page work once: whoever was faster has used them up, then the next ones are waited for.
        end = time.monotonic() + 120
        while time.monotonic() < end:
            self.page.goto(f"{node.at}/vault/sign-in")
            self.page.fill("[name=name]", name)
            self.page.fill("[name=passphrase]", words)
            digits = re.search(r"\b(\d{3}) ?(\d{3})\b", self.page.inner_text("body"))
            assert digits, "the practice page shows no digits"
            self.page.fill("[inputmode=numeric]", digits[1] + digits[2])
            press(self.page.locator("button.btn-main").first)
            if "/sign-in" not in self.page.url:
                return
            self.page.wait_for_timeout(5_000)
        pytest.fail(f"{name} could not sign in: {self.page.inner_text('main')[:300]}")

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.node.at + path)

    def press(self, which: str = "main button.btn-main:not([data-watch] *)") -> None:
        """Send the form of the page: whoever is paged has *I answer* above it."""
        press(self.page.locator(which).first)
        assert not self.page.locator(".errors").count(), self.page.locator(".errors").inner_text()

    def step(self, name: str, **typed: str) -> None:
        """Send the form of one step, opening what it is folded away in."""
        form = self.page.locator(f"main form:has(input[name=step][value={name}])")
        folded = self.page.locator(f"details:not([open]):has(input[name=step][value={name}]) > summary")
        if folded.count():
            folded.first.click()
        for field_name, text in typed.items():
            one = form.locator(f"[name={field_name}]")
            kind = one.first.evaluate("e => e.type")
            if kind == "radio":
                form.locator(f"[name={field_name}][value='{text}']").check()
            elif kind == "checkbox":
                one.first.check()
            elif kind.startswith("select"):
                one.first.select_option(text)
            else:
                one.first.fill(text)
        press(form.locator("button").last)
        assert not self.page.locator(".errors").count(), self.page.locator(".errors").inner_text()

    def waits_for(self, path: str, what: str) -> None:
        """Look again and again, as people do, until what is awaited stands there."""
        end = time.monotonic() + ARRIVES
        self.go(path)
        while not self.page.locator(what).count():
            assert time.monotonic() < end, f"{what} never came: {self.main()[:600]}"
            self.page.wait_for_timeout(1_000)
            self.go(path)

    def takes_up(self, path: str) -> None:
        self.waits_for(path, "main form:has(input[name=step][value=take_up])")
        self.step("take_up")

    def main(self) -> str:
        return self.page.locator("main").inner_text()

    def packet(self) -> str:
        return self.page.locator("article.packet section").first.inner_text()

    def timeline(self) -> list[str]:
        """What both sides see: kinds in their order, without whose clock or whose side it is."""
        part = self.page.locator("main section:has(> h2:text-is('Both sides see this'))")
        return part.locator("ol.trail li b").all_inner_texts()


def _until_it_answers(page: Page, address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            answer = page.request.get(f"{address}/healthz")
        except Exception:  # noqa: BLE001  whatever the browser says of a port where nobody listens yet
            answer = None
        if answer is not None and answer.ok:
            return
        assert time.monotonic() < end, f"{address} does not answer"
        page.wait_for_timeout(500)


def amina_opens_a_case(amina: Colleague) -> str:
    amina.go("/cases/new/")
    amina.page.fill("[name=called]", CALLED)
    amina.page.fill("[name=phone]", PHONE)
    amina.page.select_option("[name=phone_safe]", "yes")
    amina.page.select_option("[name=language]", "uz")
    amina.page.check("[name=age_group][value=adult]")
    amina.page.check("[name=doubt][value=no]")
    amina.page.check("[name=urgency][value=today]")
    amina.page.fill("[name=note]", f"full name {STAYS}, wants to go home")
    amina.press()
    found = re.search(r"/cases/([0-9A-Z-]+)/", amina.page.url)
    assert found
    return found[1]


def amina_asks_consent(amina: Colleague, number: str) -> None:
    amina.go(f"/cases/{number}/consent/ask/cross_border/")
    amina.page.select_option("[name=receiver]", "society:practice-south")
    for one in ("called", "language", "needs", "phone", "age"):
        amina.page.check(f"[name=fields_agreed][value={one}]")
    for told in amina.page.locator("input[name^='seven_'][value='yes']").all():
        told.check()
    amina.page.fill("[name=understood]", "that they will call first")
    amina.page.check("[name=said][value=yes]")
    amina.page.select_option("[name=way]", "spoken_face")
    amina.page.select_option("[name=interpreter]", "none")
    amina.press()


def amina_offers(amina: Colleague, number: str) -> str:
    """Prepare, look at what they will see, read it to the person, seal; returns the page of the referral."""
    amina.go(f"/cases/{number}/referrals/find/")
    press(amina.page.locator("main section:has(#soc) a", has_text="Practice Society South").first)
    amina.page.fill("[name=need]", NEED)
    amina.page.fill("[name=tell_needs]", "rest")
    amina.page.check("[name=needs][value=shelter]")
    amina.press()
    amina.step("seal", read="on")
    expect(amina.page.locator("main .tag").first).to_contain_text("offered")
    return amina.page.url


def the_case_stays_her_own(amina: Colleague, there: str, number: str) -> None:
    theirs = re.search(r"/cases/([0-9A-Z-]+)/", there)
    assert theirs and theirs[1] != number
    assert theirs[1] not in amina.main()


def test_a_person_found_abroad_is_offered_accepted_met_and_followed_home_and_may_change_her_mind(
    both, chromium
):
    north, south = both
    amina = Colleague(chromium, north, "amina")
    number = amina_opens_a_case(amina)
    amina_asks_consent(amina, number)
    here = amina_offers(amina, number)
    sent = amina.packet()
    assert CALLED in sent and PHONE in sent and STAYS not in sent

    rustam = Colleague(chromium, south, "rustam")
    rustam.waits_for("/inbox/", ARRIVED)
    assert CALLED not in rustam.main(), (
        "from the outside nothing is known but the kind, the sender and the hour"
    )
    press(rustam.page.locator(ARRIVED).first)
    rustam.press()
    assert rustam.packet() == sent, "the receiver sees what the sender saw, and nothing else"
    owner = rustam.page.locator("[name=owner] option", has_text="Daler").get_attribute("value") or ""
    rustam.step("accept", note=OFFERED, owner=owner)
    theirs = rustam.page.url

    daler = Colleague(chromium, south, "daler")
    daler.go(theirs)
    press(daler.page.locator("main a[href*='/referrals/']:has-text('Open')").first)
    there = daler.page.url
    assert daler.packet() == sent

    amina.takes_up(here)
    assert OFFERED in amina.main()
    the_case_stays_her_own(amina, there, number)

    when = timezone.localtime() + timedelta(hours=30)
    day = {"when_day": str(when.day), "when_month": str(when.month), "when_year": str(when.year)}
    amina.step(
        "meeting",
        **day,
        when_time="10:30",
        where=WHERE,
        who="Practice Nurse Poplar",
        sign=SIGN,
        fallback=FALLBACK,
    )
    daler.takes_up(there)
    for told in (WHERE, SIGN, FALLBACK):
        assert told in daler.main() and told in amina.main()
    daler.step("confirm")
    amina.takes_up(here)
    amina.step("travel", what="left", **day, when_time="11:15", note="the slow train")
    daler.takes_up(there)
    assert "11:15" in daler.main() and "11:15" in amina.main()
    assert daler.timeline() == amina.timeline()

    now = timezone.localtime()
    today = {"when_day": str(now.day), "when_month": str(now.month), "when_year": str(now.year)}
    daler.step("travel", what="arrived", **today, when_time=f"{now:%H:%M}", note="an earlier train")
    amina.takes_up(here)
    daler.step("met", met="yes", note=MET)
    amina.takes_up(here)
    assert MET in amina.main()
    assert "met" in amina.page.locator("main .tag").first.inner_text()

    daler.go(there)
    daler.step("share", outcome="helped", person=OUTCOME, society="", agreed="on")
    amina.takes_up(here)
    assert OUTCOME in amina.main()
    assert daler.timeline() == amina.timeline() and len(amina.timeline()) >= 7

    amina.go(f"/cases/{number}/consent/")
    press(amina.page.locator("main a[href$='/withdraw/']").first)
    expect(amina.page.locator("main")).to_contain_text("Practice Society South")
    amina.press("main button.btn-grave:not([name=do])")
    daler.waits_for(there, "main a[href$='/came/']")
    press(daler.page.locator("main a[href$='/came/']").first)
    assert CALLED in daler.main() or "what to call the person" in daler.main().lower()
    daler.page.check("[name=how][value=erased]")
    daler.press()
    amina.takes_up(here)
    assert "erased" in amina.main()
    nothing_can_be_read(both)


def test_taken_back_while_the_person_travels_both_nodes_go_on_watching_until_somebody_says_safe(
    both, chromium
):
    north, south = both
    amina = Colleague(chromium, north, "amina")
    number = amina_opens_a_case(amina)
    amina_asks_consent(amina, number)
    here = amina_offers(amina, number)
    rustam = Colleague(chromium, south, "rustam")
    rustam.waits_for("/inbox/", ARRIVED)
    press(rustam.page.locator(ARRIVED).first)
    rustam.press()
    owner = rustam.page.locator("[name=owner] option", has_text="Daler").get_attribute("value") or ""
    rustam.step("accept", note=OFFERED, owner=owner)
    daler = Colleague(chromium, south, "daler")
    daler.go(rustam.page.url)
    press(daler.page.locator("main a[href*='/referrals/']:has-text('Open')").first)
    there = daler.page.url
    amina.takes_up(here)
    when = timezone.localtime() + timedelta(hours=5)
    day = {"when_day": str(when.day), "when_month": str(when.month), "when_year": str(when.year)}
    who = {"who": "Practice Nurse Poplar", "sign": SIGN, "fallback": FALLBACK}
    amina.step("meeting", **day, when_time=f"{when:%H:%M}", where=WHERE, **who)
    # Daler has not read of the meeting when it is taken back.
    daler.waits_for(there, "main form:has(input[name=step][value=take_up])")
    press(amina.page.locator("main a[href$='/give-up/']"))
    amina.page.check("[name=why][value=person]")
    amina.press("main button.btn-grave:not([name=do])")
    expect(amina.page.locator("main")).to_contain_text("somebody may be on the way")
    daler.waits_for(there, "main form:has(input[name=step][value=safe])")
    daler.step("take_up")
    assert WHERE in daler.main(), "whoever watches knows where somebody may stand"
    for one in (daler, amina):
        one.go(there if one is daler else here)
        one.step("safe", how="safe", note="has come home")
        assert "may be on the way" not in one.main()
    nothing_can_be_read(both)


def nothing_can_be_read(both: tuple[OnItsOwn, OnItsOwn]) -> None:
    """Neither folder, with databases, logs and shred stores, holds a word of what was typed."""
    for node in both:
        assert scan([node.home], TYPED) == []
