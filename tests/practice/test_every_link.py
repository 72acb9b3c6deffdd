"""Every link on every page of the practice node leads somewhere, for whoever sees it.

Each colleague reads English; ``tests/browser/test_every_page.py`` follows the same links in Russian, which the gate keeps.
"""

import pytest

from tests.guard.forms import Page
from tests.guard.telling_addresses import in_plain, tells
from tests.walk import WHO, come_in, hrefs, links_of, undone, walk

# Who sees most rows of one shape, rules and countries and purposes, follows each of them.
EVERY_ROW = ("amina", "bakyt")


@pytest.fixture(scope="module")
def walked(built):
    """Every kind of page that each colleague can reach, walked once for all tests of this file."""
    with undone():
        people = built.kept["people"]
        return {
            name: list(walk(come_in({"name": name, **people[name]}, "en"), every_row=name in EVERY_ROW))
            for name in WHO
        }


def test_every_link_that_someone_sees_leads_to_a_page(walked):
    for name, pages in walked.items():
        assert leads_nowhere(pages) == {}, name
        for one in pages:
            assert one.speaks_its_language, one.address
            assert not (one.is_page and "&lt;svg" in one.html), f"{one.address} shows the source of a picture"
    for one in (one for one in walked["amina"] if one.is_page):
        read = [has["href"] for tag, has in Page(one.html).tags if tag == "a" and has.get("href")]
        assert hrefs(one.html) == read, "control: no link is passed over"
    # The control: it went deep, and not everywhere for everyone.
    assert "/cases/<number>/consent/ask/assistance/" in {one.kind for one in walked["amina"]}
    assert "/cases/<number>/" not in {one.kind for one in walked["timur"]}


def test_no_address_that_a_colleague_is_led_to_tells_anything(walked):
    """What an address may say stands in tests/guard/test_addresses_tell_nothing.py."""
    telling, plain, seen = {}, {}, 0
    for one in (one for pages in walked.values() for one in pages):
        led = [one.address]
        if one.status == 200 and one.is_page:
            led += [*links_of(one), *(form.action for form in Page(one.html, one.address).forms)]
        seen += len(led)
        telling |= {there: one.address for there in led if tells(there)}
        plain |= {name: there for there in led for name in in_plain(there)}
    assert seen > 300, "control: it went far"
    assert telling == {}
    assert plain == {}


def leads_nowhere(pages):
    return {one.kind: (one.status, one.address, one.seen_on) for one in pages if one.status not in (200, 302)}
