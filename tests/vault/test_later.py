"""What the node does later: nothing on the disk joins it with what began it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from panah.audit.models import Entry
from panah.cases import actions as cases
from panah.foundation import tenancy
from panah.foundation.models import noon_of
from panah.vault import actions as vault
from panah.vault import later, shred_store, waiting_parts
from panah.vault import queries as vault_queries
from panah.vault.actions import cards
from panah.vault.models import Erasure, ShredRow
from tests.guard.writes import writes


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def counted_case(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="uz")
    card = cards.put_card(
        keys=world.keys("amina"), file=case.file_id, kind=cards.FACTS, value={"month": "2026-11"}, at=world.at
    )
    return case, card


def names(card):
    """The rows of the shred store that name a card in plain."""
    return [row.kind for row in ShredRow.objects.filter(key=card)]


def test_a_facts_card_lies_in_no_row_of_its_own_until_five_wait(world, north):
    _case, card = counted_case(world)
    assert names(card) == []
    assert [one.value["card"] for one in later.waiting(society=north, what="facts")] == [card.hex]
    for _more in range(4):
        counted_case(world)
    vault.shuffle_facts(at=world.at)
    assert names(card) == ["facts"], "control: then each has its row"
    assert later.waiting(society=north, what="facts") == []


def test_an_erased_case_keeps_no_card_and_its_grave_is_dug_at_another_time(world, north):
    people = [counted_case(world) for _one in range(5)]
    vault.shuffle_facts(at=world.at)
    case, card = people[0]
    vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=world.at)
    row = Erasure.objects.values().get(file=case.file_id)
    assert card.hex not in repr(row).replace("-", "")
    assert names(card) == ["facts"], "nothing of the card changes in the moment of the erasure"
    assert not ShredRow.objects.filter(key=case.file_id).exclude(kind="orphan").exists()
    assert card not in {one for one, _value in cards.cards(keys=world.keys("nurlan"), kind="facts")}
    vault.shuffle_facts(at=world.at + timedelta(hours=9))
    assert names(card) == ["facts_t"]


def test_a_card_that_was_never_written_down_needs_no_grave(world, north):
    case, card = counted_case(world)
    vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=world.at)
    vault.shuffle_facts(at=world.at + timedelta(hours=9))
    assert names(card) == [] and later.waiting(society=north, what="facts") == []


def test_what_came_and_went_does_not_show_in_the_size(world, north):
    later.add(society=north, what="x", values=[], at=world.at)
    empty = len(bytes(ShredRow.objects.get(kind="later").wrapped))
    later.add(society=north, what="x", values=[{"file": "y" * 3000}], at=world.at)
    assert len(bytes(ShredRow.objects.get(kind="later").wrapped)) == empty
    (one,) = later.due(society=north, what="x", at=world.at + later.MOST)
    assert world.at + later.LEAST <= one.after <= world.at + later.MOST
    assert later.due(society=north, what="x", at=world.at) == []
    later.settle(society=north, done=[one.id])
    assert later.waiting(society=north, what="x") == []
    assert len(bytes(ShredRow.objects.get(kind="later").wrapped)) == empty


def test_an_erasure_that_did_not_come_about_leaves_ids_that_are_swept(world, north):
    case, _card = counted_case(world)
    vault.erase(keys=world.keys("bakyt"), file=counted_case(world)[0].file_id, at=world.at)
    # As a crash between the two stores leaves it.
    shred_store.put("cards_of", case.file_id, b"{}", society=north)
    vault.sweep_orphans(at=world.at)
    vault.sweep_orphans(at=world.at + timedelta(days=2))
    assert shred_store.get("cards_of", case.file_id) is None


def test_no_transaction_writes_in_both_of_two_cases_that_are_linked(world, north):
    """Both pages tell it at once; in the second one it is written as somebody comes in, hours later."""
    keys = world.keys("amina")
    one, other = (counted_case(world)[0] for _case in "ab")
    at = world.at + timedelta(minutes=5)
    with writes() as wrote:
        cases.link_cases(keys=keys, case=one, other=other, relation="parent", at=at)
    assert one.file_id in wrote and not {other.pk, other.file_id} & wrote
    amina = world.client("amina")
    told = amina.get(reverse("cases:links", args=[other.number])).text
    assert one.number in told and "The child of" in told
    assert "A parent of" in amina.get(reverse("cases:links", args=[one.number])).text
    with writes() as wrote:
        assert not waiting_parts.write_one(keys=world.keys("cholpon"), at=at + later.MOST)
        assert not waiting_parts.write_one(keys=keys, at=at)
        assert waiting_parts.write_one(keys=keys, at=at + later.MOST)
    assert other.file_id in wrote and not {one.pk, one.file_id} & wrote
    [link] = vault_queries.read_all(keys=world.keys("amina"), file=other.file_id, part="link")
    assert (link.at, link.by) == (at, world.staff["amina"].pk)
    assert waiting_parts.read(keys=world.keys("amina"), file=other.file_id, part="link") == []


def test_a_link_is_undone_on_both_sides_before_the_second_is_written_and_an_erased_case_keeps_none(
    world, north
):
    keys, bakyt = world.keys("amina"), world.keys("bakyt")
    one, other, third = (counted_case(world)[0] for _case in "abc")
    for case in (one, third):
        cases.link_cases(keys=keys, case=case, other=other, relation="sibling", at=world.at)
    vault.erase(keys=bakyt, file=third.file_id, at=world.at)
    [link] = waiting_parts.read(keys=keys, file=other.file_id, part="link")
    cases.unlink(keys=keys, case=other, ref=link.ref, at=world.at)
    assert vault_queries.read_all(keys=world.keys("amina"), file=one.file_id, part="link") == []
    cases.link_cases(keys=keys, case=one, other=other, relation="sibling", at=world.at)
    vault.erase(keys=bakyt, file=other.file_id, at=world.at)
    assert later.waiting(society=north, what=waiting_parts.PARTS) == []


def test_no_line_of_the_journal_says_which_two_cases_were_linked(world, north):
    one, other = (counted_case(world)[0] for _case in "ab")
    at = world.at + timedelta(minutes=5)
    cases.link_cases(keys=world.keys("amina"), case=one, other=other, relation="sibling", at=at)
    files = {one.file_id, other.file_id}
    assert not Entry.objects.filter(at=at).exists()
    with tenancy.tenant_context(north):
        vault.write_journal_by_day(at=at + timedelta(hours=9))
    lines = Entry.objects.filter(event="cases:link:made")
    assert {(line.about, line.at, line.who) for line in lines} == {
        (file, noon_of(at), world.staff["amina"].pk) for file in files
    }


def test_a_line_whose_act_was_taken_back_is_not_written(world, north):
    case, _card = counted_case(world)
    with transaction.atomic():
        other = counted_case(world)[0]
        cases.link_cases(keys=world.keys("amina"), case=case, other=other, relation="sibling", at=world.at)
        transaction.set_rollback(True)
    with tenancy.tenant_context(north):
        assert vault.write_journal_by_day(at=world.at + timedelta(hours=9)) == 2
    assert not Entry.objects.filter(event="cases:link:made").exists()
