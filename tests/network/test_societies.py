"""Societies and branches: read by all, corrected by their own focal points."""

import re
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.network import actions, queries
from panah.ground.network.models import Branch, Society


def test_elena_finds_a_society_by_country_code_or_russian_name(register):
    for wanted in ("Turkey", "TUR", "DTR001", "turkiye", "Турецкое", "kızılay"):
        assert "turkiye" in [s.slug for s in queries.societies(words_like=wanted)], wanted
    assert queries.societies(words_like="Atlantis") == ()


def test_the_societies_of_this_node_and_of_central_asia_stand_first(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.societies()
    assert [s.slug for s in found[:2]] == ["practice-north", "practice-south"]
    assert {s.slug for s in found[2:7]} == {
        "kazakhstan",
        "kyrgyzstan",
        "tajikistan",
        "turkmenistan",
        "uzbekistan",
    }
    kazakhstan = next(s for s in found if s.slug == "kazakhstan")
    assert (kazakhstan.branches, kazakhstan.unconfirmed) == (16, 16)
    assert [s.slug for s in queries.hosted_societies()] == ["practice-north", "practice-south"]


def test_a_country_is_named_in_the_readers_language(register):
    assert queries.society_in_country("tr").country == "Türkiye"
    assert queries.society_in_country("XA").country == "Practice Country North"
    assert queries.society_in_country("ZZ") is None


def test_bakyt_confirms_a_branch_and_it_says_who_and_when(bakyts, bakyt):
    Branch.objects.filter(slug="besh").update(confirmed=False, confirmed_at=None, confirmed_by="")
    page = bakyts.get("/network/societies/practice-north/")
    assert "unconfirmed" in page.text
    answer = bakyts.post("/network/societies/practice-north/branches/besh/confirm/")
    assert answer.status_code == 302
    besh = Branch.objects.get(slug="besh")
    assert (besh.confirmed, besh.confirmed_by) == (True, "Bakyt")
    assert Entry.objects.get(event="network:branch:confirmed").about == besh.pk
    assert "unconfirmed" not in bakyts.get("/network/societies/practice-north/").text


def test_bakyt_corrects_and_closes_a_branch(bakyts):
    address = "/network/societies/practice-north/branches/saryqum/"
    assert "Saryqum" in bakyts.get(address).text
    typed = {"name_en": "Saryqum and the lake", "name_kk": "Сарықұм", "region": "XA-2", "closed": "on"}
    assert bakyts.post(address, typed).status_code == 302
    saryqum = Branch.objects.get(slug="saryqum")
    assert (saryqum.name_in("kk"), saryqum.closed, saryqum.region.code) == ("Сарықұм", True, "XA-2")
    north = queries.society_or_none("practice-north")
    assert saryqum.pk not in [b.id for b in queries.branches_of(north)]


def test_bakyt_adds_a_branch_and_two_cannot_bear_one_name(bakyts):
    address = "/network/societies/practice-north/branches/new/"
    assert bakyts.get(address).status_code == 200
    assert bakyts.post(address, {"name_en": "Tersek", "region": ""}).status_code == 302
    assert Branch.objects.get(slug="tersek").confirmed_by == "Bakyt"
    again = bakyts.post(address, {"name_en": "Tersek", "name_ru": "Терсек"})
    assert "The society already has a branch with this name." in again.text
    assert "Терсек" in again.text
    cyrillic = bakyts.post(address, {"name_en": "Терсек"})
    assert "The name in English has no Latin letters." in cyrillic.text


def test_a_region_of_another_country_is_not_taken(register, bakyt, world, at):
    arna = Branch.objects.select_related("society").get(slug="arna")
    actions.edit_branch(
        branch=arna, name_en="Arna", name_ru="", names={}, region="KZ-75", closed=False, by=bakyt, at=at
    )
    assert Branch.objects.get(pk=arna.pk).region is None


def test_bakyt_reads_the_names_of_his_society_and_they_count_as_checked(bakyts):
    Society.objects.filter(slug="practice-north").update(names={"kk": "Оқу"}, names_unchecked=["kk"])
    assert "unchecked" in bakyts.get("/network/societies/practice-north/").text
    address = "/network/societies/practice-north/change/"
    assert "Оқу" in bakyts.get(address).text
    typed = {
        "name_en": "Practice Society North",
        "name_ru": "Учебное общество",
        "name_kk": "Оқу қоғамы",
        "website": "",
        "time_zone": "Asia/Almaty",
        "languages": ["ru", "kk"],
    }
    assert bakyts.post(address, typed).status_code == 302
    north = queries.society_or_none("practice-north")
    assert (north.name_in("kk"), north.names_unchecked) == ("Оқу қоғамы", [])
    assert Entry.objects.filter(event="network:society:edited", society=north.pk).exists()


def test_nobody_confirms_the_branch_of_another_society(register, rustam, elena, at):
    arna = Branch.objects.select_related("society").get(slug="arna")
    for stranger in (rustam, elena):
        with pytest.raises(Refusal):
            actions.confirm_branch(branch=arna, by=stranger, at=at)


def test_the_database_refuses_a_branch_confirmed_by_nobody(register):
    arna = Branch.objects.get(slug="arna")
    for half in ({"confirmed_by": ""}, {"confirmed_at": None}, {"confirmed": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Branch.objects.filter(pk=arna.pk).update(**half)


def test_turkmenistan_says_that_no_branch_is_known_rather_than_none(elenas):
    assert (
        "No source says which branches the society has."
        in elenas.get("/network/societies/turkmenistan/").text
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//x.example"]
)
def test_what_is_no_address_of_the_web_is_shown_and_is_no_link(world, address):
    """Whoever writes in the database, or tells of a society, chooses what stands there."""
    Society.objects.filter(slug=world.societies["south"].slug).update(website=address)
    shown = world.client("amina").get(f"/network/societies/{world.societies['south'].slug}/").text
    assert address.split("//")[-1].strip() in unescape(shown), "control"
    assert address.strip() not in [unescape(href).strip() for href in re.findall('href="([^"]*)"', shown)]
