"""Every page that somebody can reach, every answer to a wrong form, every door and every error, looked at in a browser.

Each colleague of the practice node is followed from home along all links (``tests/walk.py``), in Russian; a walk in English
is ``tests/practice/test_every_link.py``. A page of a kind that no colleague before her showed is drawn in English at 1280 pixels
in the dark and in Russian on a phone in the light, where words are longer: axe (on the phone for what may look otherwise there),
anything cut or sideways (also with letters half as large again), what the policy or the console says, what is too small to touch.
Then every form is sent empty and with nonsense, and one that comes back is looked at on the phone. The gate follows a caseworker
and a focal point, and strangers (``tests/gate.py``).
"""

import re
from functools import partial

import pytest
from django.test import Client
from django.urls import include, path

from tests.browser.measures import ONLY_THE_LOOK
from tests.browser.pages_without_links import NO_LINK_LEADS_THERE
from tests.guard.addresses import ADDRESSES
from tests.walk import come_in, mistakes, shape_of, sheet, walk

WHO = ("amina", "bakyt", "elena", "zarina", "nurlan", "gulnar", "timur", "ibrat", "daler")
LOOKED_AT: set[str] = set()
# Whose pages were followed in this process, and the names of all addresses that answered.
FOLLOWED: set[str] = set()
ANSWERED: set[str] = set()


def only_new(sheets, looked_at):
    """Those of a kind that was not looked at yet; what is given out counts as looked at."""
    for one in sheets:
        if one.is_page and shape_of(one.kind) not in looked_at:
            looked_at.add(shape_of(one.kind))
            yield one


def in_english(client, page):
    answer = client.get(page.address)
    return sheet(client, answer, kind=page.kind, address=page.address, seen_on=page.seen_on)


@pytest.mark.parametrize("who", WHO)
def test_every_page_can_be_used_by_everyone(practised, desk, phone, who):
    person = {"name": who, **practised.kept["people"][who]}
    # A worker that runs them all shows each kind once; one that runs a single colleague shows all of hers.
    client, looked_at = come_in(person, "ru"), set(LOOKED_AT)
    reached = list(walk(client, every_row=who == "amina"))
    wrong = [f"{one.seen_on} leads nowhere: {one.address}" for one in reached if one.status not in (200, 302)]
    wrong += [f"{one.address} is not in Russian" for one in reached if not one.speaks_its_language]
    pages = list(only_new((one for one in reached if one.status == 200), looked_at))
    back = list(only_new(mistakes(client, pages, set()), looked_at))
    # Asked for before anything is drawn: minutes later what somebody took up may wait for everybody again.
    client = come_in(person, "en")
    english = [in_english(client, page) for page in pages]
    wrong += [f"{one.address} is there in Russian alone" for one in english if one.status != 200]
    on_the_phone = partial(phone.finds, narrow=True, large_text=True)
    wrong += [found for one in english if one.status == 200 for found in desk.finds(one)]
    wrong += [found for one in pages for found in on_the_phone(one, rules=ONLY_THE_LOOK)]
    # Empty or full of nonsense, a form comes back with the same parts: it is drawn once, with nonsense if that was refused.
    each_form = {one.kind.rpartition(" ")[0]: one for one in back}
    wrong += [found for one in each_form.values() for found in on_the_phone(one)]
    LOOKED_AT.update(looked_at)
    FOLLOWED.add(who)
    ANSWERED.update(one.view for one in reached if one.status == 200)
    assert not wrong, "\n".join(wrong)
    if who == WHO[0]:
        assert len(pages) > 80, "control: it went deep"
        assert len(back) > 50, "control: many forms were sent"


def test_every_page_that_a_colleague_may_open_was_looked_at():
    if set(WHO) != FOLLOWED:
        pytest.skip("only where every colleague was followed in this process")
    may = {name for name, one in ADDRESSES.items() if "page" in one.answers["GET"].values() and not one.open}
    missing = may - ANSWERED - set(NO_LINK_LEADS_THERE)
    assert not {name for name in missing if not ADDRESSES[name].of_a_thing}
    # Which of many cases a colleague is led to is decided by their random numbers, and not each has every page.
    assert len(missing) < 10, missing


# -- signed out, locked out, gone wrong ----------------------------------------------------------------------------


def broken(request):
    raise ValueError("Practice Person Tulip")


urlpatterns = [path("broken", broken), path("", include("panah.config.urls"))]
handler400 = "panah.ground.kit.error_pages.bad"
handler403 = "panah.ground.kit.error_pages.forbidden"
handler404 = "panah.ground.kit.error_pages.not_found"
handler500 = "panah.ground.kit.error_pages.broken"


def nobody(language, **how):
    client = Client(headers={"accept-language": language}, raise_request_exception=False, **how)
    client.who, client.language = "nobody", language
    return client


def got(client, address, **sent):
    ask = client.post if sent else client.get
    return sheet(client, ask(address, **sent), kind=address, address=address)


@pytest.mark.urls("tests.browser.test_every_page")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_doors_and_the_errors_can_be_used_by_everyone(practised, desk, phone, language):
    stranger, strict = nobody(language), nobody(language, enforce_csrf_checks=True)
    amina = come_in({"name": "amina", **practised.kept["people"]["amina"]}, language)
    amina.raise_request_exception = False
    pages = [got(stranger, one.path({})) for one in ADDRESSES.values() if one.open]
    pages = [one for one in pages if one.is_page and one.body]
    doors = len(pages)
    pages += mistakes(stranger, pages, set())
    pages += [got(strict, "/vault/sign-in", data={"name": "x"}), got(amina, "/nothing/here")]
    pages += [got(amina, "/broken"), got(amina, "/vault/ceremony")]
    number = next(iter(re.findall(r"/cases/([0-9A-Z-]{9})/", got(amina, "/cases/").html)))
    refused = got(amina, f"/cases/{number}/erase/ask/", data={"text": "x"})
    amina.post("/vault/lock")
    pages += [
        refused,
        got(amina, f"/cases/{number}/"),
        got(amina, "/vault/unlock?next=/cases/"),
        got(amina, "/"),
    ]
    found = [
        one
        for page in pages
        if page.is_page and page.body
        for one in (*desk.finds(page), *phone.finds(page, narrow=True))
    ]
    assert not found, "\n".join(found)
    statuses = {one.status for one in pages}
    assert {200, 403, 404, 500} <= statuses, "control: an error of each kind was among them"
    assert doors >= 5


def test_the_control_what_is_wrong_with_a_page_is_found(practised, phone):
    """A page with each kind of fault, so that the silence of the tests above means something."""
    page = got(nobody("en"), "/vault/sign-in")
    fault = (
        b'<img src="/x.png"><p style="color: #ddd">pale</p><div class="wide-fault"></div>'
        b'<a class="btn" href="/">a</a><table><tr><td>' + b"w" * 300 + b"</td></tr></table></main>"
    )
    spoilt = type(page)(**{**vars(page), "body": page.body.replace(b"</main>", fault)})
    found = "\n".join(phone.finds(spoilt))
    assert "image-alt" in found
    assert "sideways" in found
    assert "Content Security Policy" in found
    assert phone.finds(page) == []
