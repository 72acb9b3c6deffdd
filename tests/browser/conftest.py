"""Pages as people see them: in a real browser, under the real policy, small and large, light and dark.

Whatever a colleague of the practice node can reach is looked at by ``test_every_page.py``, what needs a state of its own by
``test_every_other_page.py``. What is to be looked at in one state more, a room adds in ``tests/browser/test_<room>.py``::

    def test_the_pages_of_the_hotline_can_be_used_by_everyone(look_at_all):
        look_at_all([("elena", "/calls/"), ("elena", "/calls/new")])

``look`` signs the colleague in (None: nobody is signed in), asks for the page and shows what was answered to a browser: in
English at 1280 px in the dark and in Russian, where words are longer, on a phone in the light. It fails on: an answer that is
not 200, a violation of the policy, an error or warning in the console, a finding of axe, a sideways scroll at 320, 360 and
1280 px or with the text half as large again, anything cut or outside, a target below 44 px on a phone.
``visit(who, url, width=…, scripts=…, scheme=…)`` gives the open page itself, for journeys. ``press(button)`` waits until
the page that it leads to is there whole; a click alone would let the test read half of it, or still the old one. What a script
changes is waited for by ``expect``.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from mimetypes import guess_type
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from panah.ground.accounts.models import Staff
from tests.browser.glass import DESK, PHONE, STILL, Glass, glass, static
from tests.browser.measures import ONLY_THE_LOOK
from tests.walk import Sheet, sheet
from tools.system_needs import chromium as chromium_here

CHROMIUM = chromium_here() or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a crowded machine needs more than the five seconds that Playwright takes for granted.
expect.set_options(timeout=30_000)
# The ORM is asked from the thread in which Playwright's loop lives; nothing here runs at the same time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.enable_socket)


def keep_static(_handler: Any, request: HttpRequest) -> HttpResponse:
    """Answer as a proxy in front of a node does, where the names of static files change with what is in them.

    A page has some fifteen of them, and asks for them anew each time if nobody says how long they stay as they are.
    """
    body = static(request.path)
    kind = guess_type(request.path)[0] or "application/octet-stream"
    head = {"Cache-Control": "max-age=86400, immutable"} if body else {}
    return HttpResponse(body, content_type=kind, headers=head, status=200 if body else 404)


@pytest.fixture(scope="session", autouse=True)
def static_files_are_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", keep_static)
        yield


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all; each visit has a context of its own."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


def new_context(browser: Browser, *, width: int, **how: Any) -> BrowserContext:
    phone = width < 500
    viewport = {"width": width, "height": 740 if phone else 900}
    return browser.new_context(viewport=viewport, has_touch=phone, is_mobile=phone, **how)  # type: ignore[arg-type]


def new_page(context: BrowserContext) -> Page:
    """Open a page whose ``complaints`` collect what the console says against it."""
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]

    def hear(said: Any) -> None:
        # A form that comes back with what is missing is answered 422: the browser says so of its own.
        if said.type in ("error", "warning") and "status of 422" not in said.text:
            page.complaints.append(said.text[:200])  # type: ignore[attr-defined]

    page.on("console", hear)
    page.on("pageerror", lambda error: page.complaints.append(str(error)[:200]))  # type: ignore[attr-defined]
    return page


@pytest.fixture
def show(live_server: Any, world: Any) -> Callable[..., Page]:
    """Open a colleague's page in a browser page that is there already."""

    def show_in(page: Page, who: str | None, url: str, *, language: str, open_vault: bool = True) -> Page:
        if who:
            # What a colleague has chosen goes before what her browser asks for.
            Staff.objects.filter(username=who).update(language=language)
        cookies = world.client(who, open_vault=open_vault).cookies if who else {}
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": name, "value": one.value, "url": live_server.url} for name, one in cookies.items()]
        )
        answer = page.goto(url)
        page.answered = answer.status if answer else 0  # type: ignore[attr-defined]
        return page

    return show_in


@pytest.fixture
def visit(chromium: Browser, live_server: Any, show: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Open a page as a colleague, in a browser of its own; ``page.complaints`` is what the console says against it."""
    contexts: list[BrowserContext] = []

    def open_page(
        who: str | None,
        url: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        scripts: bool = True,
        language: str = "en",
        open_vault: bool = True,
    ) -> Page:
        context = new_context(
            chromium, width=width, color_scheme=scheme, java_script_enabled=scripts, locale=language,
            base_url=live_server.url,
        )  # fmt: skip
        contexts.append(context)
        return show(new_page(context), who, url, language=language, open_vault=open_vault)

    yield open_page
    for context in contexts:
        context.close()


def press(what: Locator) -> None:
    """Press what leads to another page, also to the same one with what is missing, and wait until it is there whole."""
    with what.page.expect_navigation():
        what.click()


def complaints_about(page: Page) -> list[str]:
    return list(page.complaints)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def still_chromium(playwright: Playwright) -> Iterator[Browser]:
    """A second browser, in which pages stand still to be measured: see ``glass.py``."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *STILL])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def desk(still_chromium: Browser) -> Iterator[Glass]:
    """Pages at 1280 px in the dark."""
    with glass(still_chromium, size=DESK, scheme="dark") as made:
        yield made


@pytest.fixture(scope="session")
def phone(still_chromium: Browser) -> Iterator[Glass]:
    """Pages on a phone in the light."""
    with glass(still_chromium, size=PHONE, scheme="light") as made:
        yield made


def answer_to(world: Any, who: str | None, url: str, *, language: str) -> Sheet:
    """Ask for a page as a colleague who reads this language; nobody's browser asks for it."""
    if who:
        # What a colleague has chosen goes before what her browser asks for.
        Staff.objects.filter(username=who).update(language=language)
    client = world.client(who)
    client.who, client.language = who or "nobody", language
    answer = client.get(url, headers={"accept-language": language}, follow=True)
    return sheet(client, answer, kind=url, address=answer.wsgi_request.get_full_path())


@pytest.fixture
def look(desk: Glass, phone: Glass, world: Any) -> Callable[..., None]:
    """Look at one page in every way that costs little; fails with all that was found."""

    def look_at(who: str | None, url: str, *, status: int = 200) -> None:
        english = answer_to(world, who, url, language="en")
        found = [] if english.status == status else [f"answered {english.status}"]
        found += desk.finds(english)
        russian = answer_to(world, who, url, language="ru")
        found += phone.finds(russian, narrow=True, large_text=True, rules=ONLY_THE_LOOK)
        assert not found, "\n".join([url, *found])

    return look_at


@pytest.fixture
def look_at_all(look: Callable[..., None]) -> Callable[..., None]:
    """Look at many pages of what was made ready once; fails with all that was found on any of them."""

    def look_at_each(pages: Iterable[tuple[str | None, str]], **of: Any) -> None:
        found = []
        for who, url in pages:
            try:
                look(who, url.format(**of))
            except AssertionError as wrong:
                found.append(f"{who}: {wrong}")
        assert not found, "\n".join(found)

    return look_at_each
