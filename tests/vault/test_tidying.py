"""Erased cards leave the segments: at a holder's sign-in, on the page Tidy, with an alarm on day 10 and a drop on day 13."""

from datetime import timedelta

import pytest

from panah.ground import jobs
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import cards
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases


@pytest.fixture
def three(world):
    """Three cases whose search cards lie in one segment; returns the cases."""
    hers = world.keys("amina")
    made = [cases.open_case(keys=hers, by=world.staff["amina"], at=world.at) for _ in range(3)]
    for number, case in enumerate(made):
        cards.put_card(
            keys=hers, file=case.file_id, kind=cards.SEARCH, value={"n": [f"name {number}"]}, at=world.at
        )
    cards.compact(keys=world.keys("bakyt"), kind=cards.SEARCH)
    return made


def names(world):
    return sorted(v["n"][0] for _, v in cards.cards(keys=world.keys("bakyt"), kind=cards.SEARCH) if "n" in v)


def alarms(world):
    return DueItem.objects.filter(room="vault", done_at=None, society=world.societies["north"])


def test_bakyt_tidies_on_a_page_and_what_was_erased_is_gone_from_the_segments(world, three):
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    bakyt, north = world.client("bakyt"), world.societies["north"].pk
    assert "to be tidied" in bakyt.get("/vault/colleagues").content.decode()
    assert "Tidy now" in bakyt.get("/vault/tidy").content.decode()
    page = bakyt.post("/vault/tidy", follow=True).content.decode()
    assert "Everything is in order" in page
    assert cards.waiting_to_go(north, cards.SEARCH) == 0
    assert names(world) == ["name 1", "name 2"]
    assert sum(len(ids) for ids in cards.segment_ids(north, cards.SEARCH).values()) == 2


def test_a_holder_who_signs_in_tidies_without_noticing(world, three):
    from django.test import Client

    from panah.ground.sign_in import second_factor
    from tests.conftest import PASSPHRASE

    second_factor.activate(world.staff["bakyt"], second_factor.new_secret())
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    digits = second_factor.current_code(world.staff["bakyt"])
    answer = Client().post("/vault/sign-in", {"name": "bakyt", "passphrase": PASSPHRASE, "digits": digits})
    assert answer.status_code == 302
    assert cards.waiting_to_go(world.societies["north"].pk, cards.SEARCH) == 0


def test_a_damaged_segment_keeps_nobody_out(world, three):
    from panah.ground.vault import shred_store

    segment = next(iter(cards.segment_ids(world.societies["north"].pk, cards.SEARCH)))
    shred_store.put("search_s", segment, bytes(4) + b"damaged", society=world.societies["north"].pk)
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    vault.maintain_a_little(keys=world.keys("bakyt"), at=world.at)


def test_nurlan_who_counts_tidies_the_facts_and_not_the_search_cards(world, three):
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    nurlan = world.client("nurlan")
    assert "Everything is in order" in nurlan.get("/vault/tidy").content.decode()
    cards.put_card(
        keys=world.keys("amina"),
        file=three[1].file_id,
        kind=cards.FACTS,
        value={"month": "2026-11"},
        at=world.at,
    )
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    cards.drop_card(keys=world.keys("amina"), file=three[1].file_id, kind=cards.FACTS, at=world.at)
    vault.shuffle_facts(at=world.at + timedelta(hours=9))
    assert "Tidy now" in nurlan.get("/vault/tidy").content.decode()
    nurlan.post("/vault/tidy")
    assert cards.waiting_to_go(world.societies["north"].pk, cards.FACTS) == 0
    assert cards.waiting_to_go(world.societies["north"].pk, cards.SEARCH) == 1
    assert world.client("amina").get("/vault/tidy").status_code == 404


def test_on_day_ten_the_focal_points_have_it_on_their_list_and_it_goes_once_done(world, three):
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    assert jobs.say_overdue(at=world.at + timedelta(days=9)) == 0
    assert not alarms(world).exists()
    assert jobs.say_overdue(at=world.at + timedelta(days=10)) == 1
    jobs.say_overdue(at=world.at + timedelta(days=10, hours=1))
    assert {item.owner.username for item in alarms(world)} == {"bakyt", "saule"}
    assert "/vault/tidy" in world.client("bakyt").get("/").content.decode()
    vault.maintain(keys=world.keys("saule"), at=world.at + timedelta(days=10))
    jobs.say_overdue(at=world.at + timedelta(days=10, hours=2))
    assert not alarms(world).exists()


def test_an_erasure_that_cannot_be_finished_is_on_their_list_too(world, three):
    from panah.ground.vault.models import Erasure

    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    vault.maintain(keys=world.keys("bakyt"), at=world.at)
    Erasure.objects.update(done_at=None)
    assert jobs.say_overdue(at=world.at + timedelta(days=10)) == 1


def test_on_day_thirteen_the_host_drops_the_segment_and_the_others_come_back_from_their_cases(world, three):
    vault.erase(keys=world.keys("amina"), file=three[0].file_id, at=world.at)
    assert vault.drop_overdue_segments(at=world.at + timedelta(days=12, hours=23)) == 0
    assert vault.drop_overdue_segments(at=world.at + timedelta(days=13)) == 1
    assert names(world) == [], "all three are gone for now"
    keys = world.keys("bakyt")
    assert vault.maintenance_needs(keys=keys, society=world.societies["north"].pk).back == 2
    # In pieces of one, as if it was left and gone on with.
    done = [
        vault.maintain(keys=world.keys(name), at=world.at, files=1) for name in ("bakyt", "saule", "bakyt")
    ]
    assert [one.back for one in done] == [1, 1, 0]
    assert not done[-1].more
    assert names(world) == ["name 1", "name 2"]


def test_cards_wait_for_who_opens_every_file(world, three):
    """Nurlan holds F but no case: he must not tick off files that he cannot read."""
    for case in three[:2]:
        cards.put_card(
            keys=world.keys("amina"), file=case.file_id, kind=cards.FACTS, value={"month": "x"}, at=world.at
        )
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    cards.compact(keys=world.keys("nurlan"), kind=cards.FACTS)
    cards.drop_card(keys=world.keys("amina"), file=three[0].file_id, kind=cards.FACTS, at=world.at)
    vault.shuffle_facts(at=world.at + timedelta(hours=9))
    assert vault.drop_overdue_segments(at=world.at + timedelta(days=13)) == 1
    assert vault.maintain(keys=world.keys("nurlan"), at=world.at).back == 0
    assert vault.maintenance_needs(keys=world.keys("bakyt"), society=world.societies["north"].pk).back == 3
    assert vault.maintain(keys=world.keys("bakyt"), at=world.at).back == 1
