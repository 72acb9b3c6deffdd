"""What the node does later: nothing on the disk joins it with what began it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.foundation.models import noon_of
from panah.ground.vault import actions as vault
from panah.ground.vault import later, shred_store, waiting_parts
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import cards
from panah.ground.vault.models import Erasure, ShredRow
from panah.people.cases import actions as cases
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
    assert later.waiting(society=north, what=waiting_parts.PARTS) == []


def each_at_sign_in(world, *people, after):
    """Colleagues come in one after the other, hours later: what each sign-in wrote."""
    found = []
    for name in people:
        with writes() as wrote:
            assert waiting_parts.write_one(keys=world.keys(name), at=after + later.MOST)
        found.append(wrote)
    return found


def test_no_transaction_writes_in_both_of_two_cases_whose_link_is_undone(world, north):
    keys = world.keys("amina")
    one, other = (counted_case(world)[0] for _case in "ab")
    cases.link_cases(keys=keys, case=one, other=other, relation="parent", at=world.at)
    each_at_sign_in(world, "amina", after=world.at)
    at = world.at + timedelta(hours=9)
    [link] = cases.links_of(keys=world.keys("amina"), case=one)
    with writes() as wrote:
        cases.unlink(keys=world.keys("amina"), case=one, ref=link.ref, at=at)
    assert one.file_id in wrote and not {other.pk, other.file_id} & wrote
    assert not Entry.objects.filter(at=at).exists(), "the journal has the day alone"
    for case in (one, other):
        assert cases.links_of(keys=world.keys("amina"), case=case) == []
    [wrote] = each_at_sign_in(world, "amina", after=at)
    assert other.file_id in wrote and not {one.pk, one.file_id} & wrote
    assert vault_queries.read_all(keys=world.keys("amina"), file=other.file_id, part="link") == []
    assert later.waiting(society=north, what=waiting_parts.PARTS) == []


def test_what_is_taken_away_twice_is_gone_and_linked_again_is_there(world, north):
    one, other = (counted_case(world)[0] for _case in "ab")
    for _time in "ab":
        keys = world.keys("amina")
        cases.link_cases(keys=keys, case=one, other=other, relation="sibling", at=world.at)
        each_at_sign_in(world, "amina", after=world.at)
        [link] = cases.links_of(keys=world.keys("amina"), case=other)
        for _again in "ab":
            waiting_parts.take_away(
                keys=world.keys("amina"), file=other.file_id, part="link", ref=link.ref, at=world.at
            )
        assert cases.links_of(keys=world.keys("amina"), case=other) == []
        each_at_sign_in(world, "amina", after=world.at)
    assert later.waiting(society=north, what=waiting_parts.PARTS) == []


def test_no_transaction_writes_in_an_erased_case_and_one_that_was_linked_with_it(world, north):
    """Its number leaves the others' pages at once, and their files hours later, one by one."""
    keys = world.keys("amina")
    one, other, third = (counted_case(world)[0] for _case in "abc")
    for case in (other, third):
        cases.link_cases(keys=keys, case=one, other=case, relation="sibling", at=world.at)
    each_at_sign_in(world, "amina", "amina", after=world.at)
    with writes() as wrote:
        vault.erase(keys=world.keys("bakyt"), file=one.file_id, at=world.at)
    assert one.file_id in wrote
    assert not {other.pk, other.file_id, third.pk, third.file_id} & wrote
    for case in (other, third):
        assert cases.links_of(keys=world.keys("amina"), case=case) == []
    first, second = each_at_sign_in(world, "bakyt", "bakyt", after=world.at)
    assert sorted([other.file_id in first, third.file_id in first]) == [False, True]
    assert sorted([other.file_id in second, third.file_id in second]) == [False, True]
    for case in (other, third):
        assert vault_queries.read_all(keys=world.keys("bakyt"), file=case.file_id, part="link") == []


def test_no_transaction_writes_in_two_of_one_household_nor_in_one_and_its_household(world, north):
    """The household's page has them at once, and so has each case's; in the case it is written hours later."""
    keys, at = world.keys("amina"), world.at + timedelta(minutes=5)
    members = [counted_case(world)[0] for _case in "ab"]
    house = cases.open_case_group(keys=keys, kind="household", about={"title": "x"}, at=at)
    for case in members:
        with writes() as wrote:
            cases.join_case_group(keys=world.keys("amina"), gathering=house, case=case, at=at)
        assert house.file_id in wrote and not {case.pk, case.file_id} & wrote
        told = world.client("amina").get(reverse("cases:links", args=[case.number])).text
        assert house.number in told
    for wrote in each_at_sign_in(world, "amina", "amina", after=at):
        assert len({case.file_id for case in members} & wrote) == 1 and house.file_id not in wrote
    [link] = cases.links_of(keys=world.keys("amina"), case=members[0])
    with writes() as wrote:
        cases.unlink(keys=world.keys("amina"), case=members[0], ref=link.ref, at=at)
    assert members[0].file_id in wrote and house.file_id not in wrote
    page = world.client("amina").get(reverse("cases:gathering", args=[house.number])).text
    assert members[1].number in page and members[0].number not in page


def test_whoever_takes_over_one_of_a_household_opens_it_hours_later_and_no_transaction_joins_them(
    world, north
):
    keys, at = world.keys("amina"), world.at + timedelta(minutes=5)
    case = counted_case(world)[0]
    house = cases.open_case_group(keys=keys, kind="household", about={"title": "x"}, at=at)
    cases.join_case_group(keys=world.keys("amina"), gathering=house, case=case, at=at)
    with writes() as wrote:
        cases.hand_over(keys=world.keys("amina"), case=case, to=world.staff["cholpon"], at=at)
    assert case.file_id in wrote and not {house.pk, house.file_id} & wrote
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=house.file_id)
    with tenancy.tenant_context(north), writes() as wrote:
        cases.move_files_along(at=at + later.MOST)
    assert vault_queries.opens(keys=world.keys("cholpon"), file=house.file_id)
    assert house.file_id in wrote and not {case.pk, case.file_id} & wrote


def test_what_goes_along_with_a_case_goes_each_at_a_time_of_its_own(world, north):
    keys, case = world.keys("amina"), counted_case(world)[0]
    for kind in ("household", "event"):
        group = cases.open_case_group(keys=keys, kind=kind, about={"title": "x"}, at=world.at)
        cases.join_case_group(keys=keys, gathering=group, case=case, at=world.at)
    cases.hand_over(keys=world.keys("amina"), case=case, to=world.staff["cholpon"], at=world.at)
    waits = later.waiting(society=north, what="along")
    assert [len(one.value["grants"]) for one in waits] == [1, 1]
    assert len({one.after for one in waits}) == 2


def test_a_link_is_undone_on_both_sides_before_the_second_is_written_and_an_erased_case_keeps_none(
    world, north
):
    keys, bakyt = world.keys("amina"), world.keys("bakyt")
    one, other, third = (counted_case(world)[0] for _case in "abc")
    for case in (one, third):
        cases.link_cases(keys=keys, case=case, other=other, relation="sibling", at=world.at)
    vault.erase(keys=bakyt, file=third.file_id, at=world.at)
    [link] = cases.links_of(keys=keys, case=other)
    cases.unlink(keys=keys, case=other, ref=link.ref, at=world.at)
    assert cases.links_of(keys=world.keys("amina"), case=one) == []
    # What the erasure and what the undoing left wait in two files, and chance says which of them is first.
    for wrote in each_at_sign_in(world, "amina", "amina", after=world.at):
        assert (one.file_id in wrote) is not (other.file_id in wrote)
    cases.link_cases(keys=keys, case=one, other=other, relation="sibling", at=world.at)
    vault.erase(keys=bakyt, file=other.file_id, at=world.at)
    assert cases.links_of(keys=world.keys("amina"), case=one) == []
    each_at_sign_in(world, "bakyt", after=world.at)
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
