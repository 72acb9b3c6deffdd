"""Every link on every page of the practice node leads somewhere, for whoever sees it.

Each colleague reads English; ``tests/browser/test_every_page.py`` follows the same links in Russian.
"""

from tests.guard.forms import Page
from tests.walk import WHO, come_in, hrefs, walk


def test_every_link_that_someone_sees_leads_to_a_page(practised):
    reached = {}
    for name in WHO:
        client = come_in({"name": name, **practised.kept["people"][name]}, "en")
        pages = list(walk(client))
        assert leads_nowhere(pages) == {}, name
        reached[name] = {one.kind for one in pages}
        for one in pages:
            assert one.speaks_its_language, one.address
        if name == "amina":
            for one in (one for one in pages if one.is_page):
                read = [has["href"] for tag, has in Page(one.html).tags if tag == "a" and has.get("href")]
                assert hrefs(one.html) == read, "control: no link is passed over"
    # The control: it went deep, and not everywhere for everyone.
    assert "/cases/<number>/consent/ask/assistance/" in reached["amina"]
    assert "/cases/<number>/" not in reached["timur"]


def leads_nowhere(pages):
    return {one.kind: (one.status, one.address, one.seen_on) for one in pages if one.status not in (200, 302)}
