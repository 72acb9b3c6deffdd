"""Every link on every page of the practice node leads somewhere, for whoever sees it.

Each colleague reads one of the two languages; ``tests/browser/test_every_page.py`` follows the links of both.
"""

from itertools import cycle

from django.utils import timezone

from panah.practice import actions as practice
from tests.walk import WHO, come_in, walk


def test_every_link_that_someone_sees_leads_to_a_page(db):
    made = practice.build(at=timezone.now())
    reached = {}
    for name, language in zip(WHO, cycle(("en", "ru")), strict=False):
        client = come_in({"name": name, **made.kept["people"][name]}, language)
        pages = list(walk(client))
        assert leads_nowhere(pages) == {}, name
        reached[name] = {one.kind for one in pages}
        for one in pages:
            # But for a paper that is asked for in another language.
            if one.status == 200 and one.is_page and "?in=" not in one.address:
                assert f'<html lang="{language}"' in one.html, one.address
    # The control: it went deep, and not everywhere for everyone.
    assert "/cases/<number>/consent/ask/assistance/" in reached["amina"]
    assert "/cases/<number>/" not in reached["timur"]


def leads_nowhere(pages):
    return {one.kind: (one.status, one.address, one.seen_on) for one in pages if one.status not in (200, 302)}
