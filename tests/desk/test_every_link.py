"""Every link on every page of the practice node leads somewhere, for whoever sees it, in both languages."""

import pytest
from django.utils import timezone

from panah.desk import practice
from tests.walk import WHO, come_in, walk


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_link_that_someone_sees_leads_to_a_page(db, language):
    made = practice.build(at=timezone.now())
    reached = {}
    for name in WHO:
        person = {"name": name, **made.kept["people"][name]}
        reached[name], wrong = set(), {}
        for one in walk(come_in(person, language)):
            reached[name].add(one.kind)
            if one.status not in (200, 302):
                wrong[one.kind] = (one.status, one.address, one.seen_on)
            # But for a paper that is asked for in another language.
            if one.status == 200 and one.is_page and "?in=" not in one.address:
                assert f'<html lang="{language}"' in one.html, one.address
        assert wrong == {}, name
    # The control: it went deep, and not everywhere for everyone.
    assert "/cases/<number>/consent/ask/assistance/" in reached["amina"]
    assert "/cases/<number>/" not in reached["timur"]
