"""Every page that somebody can reach, every answer to a wrong form, every door and every error, looked at in a browser.

Each colleague of the practice node is followed from home along all links (``tests/walk.py``), in Russian; a walk in English
is ``tests/practice/test_every_link.py``. A page of a kind that no colleague before her showed is drawn in English at 1280 pixels
in the dark and in Russian on a phone in the light, where words are longer: axe, anything cut or sideways (also with letters half
as large again), what the policy or the console says, what is too small to touch. Then every form is sent empty and with
nonsense, and what comes back is looked at on the phone.
"""

import re

import pytest
from django.test import Client
from django.urls import include, path

from tests.guard.addresses import ADDRESSES
from tests.walk import come_in, mistakes, sheet, walk

WHO = ("amina", "bakyt", "elena", "zarina", "nurlan", "gulnar", "timur", "ibrat", "daler")
# Drawn by one template from rows of one shape: to follow each link is enough (tests/practice), to look at one as well.
ALIKE = (
    (r"/network/societies/[^/]+/", "/network/societies/<society>/"),
    (r"/rules/(?!print)[a-z_]+/", "/rules/<rule>/"),
    (r"/branches/(?!new)[a-z]+/", "/branches/<branch>/"),
    (r"/blank/(?!volunteer_signs|operator_prompts)[a-z_]+/", "/blank/<indicators>/"),
    (r"/rehearsal/[a-z-]+/", "/rehearsal/<story>/"),
    (r"/consent/ask/(?!partner|talk)[a-z_]+/", "/consent/ask/<purpose>/"),
    (r"/cross_border/society:[a-z-]+/", "/cross_border/<society>/"),
    (r"/page-texts/[a-z-]+/", "/page-texts/<language>/"),
    (r"/commitments/instruments/(?!new)[a-z0-9-]+/", "/commitments/instruments/<instrument>/"),
    (r"/question/[a-z]+-[0-9]+/", "/question/<question>/"),
    (r"/part/[0-9]+/", "/part/<part>/"),
    (r"/(page|from)/[0-9]+/", r"/\1/<page>/"),
    (r"/agree/[a-z_]+/", "/agree/<element>/"),
    (r"/what-may-be-said/[a-z]{2}/", "/what-may-be-said/<country>/"),
    (r"/charts/[A-Z]{2}/", "/charts/<country>/"),
    (r"/modules/(?!new)[a-z-]+/", "/modules/<module>/"),
    (r"/quarters/[0-9]{4}-Q[0-9]/", "/quarters/<quarter>/"),
)
LOOKED_AT: set[str] = set()


def alike(kind):
    for pattern, sign in ALIKE:
        kind = re.sub(pattern, sign, kind)
    return kind


def only_new(sheets, looked_at):
    """Those of a kind that was not looked at yet; what is given out counts as looked at."""
    for one in sheets:
        if one.is_page and alike(one.kind) not in looked_at:
            looked_at.add(alike(one.kind))
            yield one


@pytest.mark.parametrize("who", WHO)
def test_every_page_can_be_used_by_everyone(practised, desk, phone, who):
    person = {"name": who, **practised.kept["people"][who]}
    # A worker that runs them all shows each kind once; one that runs a single colleague shows all of hers.
    client, looked_at = come_in(person, "ru"), set(LOOKED_AT)
    reached = list(walk(client))
    wrong = [f"{one.seen_on} leads nowhere: {one.address}" for one in reached if one.status not in (200, 302)]
    wrong += [f"{one.address} is not in Russian" for one in reached if not one.speaks_its_language]
    pages = list(only_new((one for one in reached if one.status == 200), looked_at))
    back = list(only_new(mistakes(client, pages, set()), looked_at))
    wrong += [found for one in (*pages, *back) for found in phone.finds(one, narrow=True, large_text=True)]
    client = come_in(person, "en")
    for page in pages:
        english = sheet(
            client, client.get(page.address), kind=page.kind, address=page.address, seen_on=page.seen_on
        )
        wrong += (
            desk.finds(english) if english.status == 200 else [f"{page.address} is there in Russian alone"]
        )
    LOOKED_AT.update(looked_at)
    assert not wrong, "\n".join(wrong)
    if who == WHO[0]:
        assert len(pages) > 80, "control: it went deep"
        assert len(back) > 50, "control: many forms were sent"


# -- signed out, locked out, gone wrong ----------------------------------------------------------------------------


def broken(request):
    raise ValueError("Practice Person Tulip")


urlpatterns = [path("broken", broken), path("", include("panah.config.urls"))]
handler400 = "panah.kit.error_pages.bad"
handler403 = "panah.kit.error_pages.forbidden"
handler404 = "panah.kit.error_pages.not_found"
handler500 = "panah.kit.error_pages.broken"


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
