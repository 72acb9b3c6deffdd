"""Cases that were linked as one person's have one facts card; parted again, each who agreed has one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.vault import later, waiting_parts
from panah.ground.vault.actions import cards
from panah.people.cases import actions, rules
from panah.people.cases.actions.links import links_of
from panah.people.cases.queries.consent import consent_subject
from panah.people.cases.queries.same_person import is_counted
from panah.people.consent import actions as consent
from panah.people.consent import queries as consent_queries
from panah.programmes.evidence import counting
from tests.guard.writes import writes

YES = {"purpose": "statistics", "said": "yes", "receiver": "", "fields": [], "seven": {}, "until": ""}


def opened(world, *, born="", codes=None, by="amina"):
    identity = {"names": [{"text": "Test Person"}], **({"born": born} if born else {})}
    return actions.open_case(
        keys=world.keys(by), by=world.staff[by], at=world.at, identity=identity, codes=codes or {}
    )


def agrees(world, case, *, by="amina", said="yes"):
    keys = world.keys(by)
    subject = consent_subject(case.number, to=world.staff[by], keys=keys)
    consent.write_answer(keys=keys, subject=subject, answer={**YES, "said": said}, at=world.at)


def withdraws(world, case, *, by="amina"):
    keys = world.keys(by)
    subject = consent_subject(case.number, to=world.staff[by], keys=keys)
    kept = consent_queries.answers(keys=keys, file=case.file_id)[-1]
    consent.withdraw(keys=keys, subject=subject, answer=kept, on=date(2026, 11, 24), words="", at=world.at)


def signs_in(world, who):
    """What waits for her is written as somebody comes in, here as often as there is something."""
    while waiting_parts.write_one(keys=world.keys(who), at=world.at + later.MOST):
        pass


def counted(world):
    with counting.opened(keys=world.keys("nurlan")) as facts:
        rows = facts.by_country(world.at.year).values()
        return sum(one["counted"] for one in rows)


@pytest.fixture
def two(world):
    cases = [opened(world), opened(world)]
    for case in cases:
        agrees(world, case)
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    assert counted(world) == 2
    return cases


def link(world, one, other, *, by="amina"):
    return actions.link_cases(keys=world.keys(by), case=one, other=other, relation="same", at=world.at)


def the_link(world, case):
    return links_of(keys=world.keys("amina"), case=case)[0].ref


def test_linked_by_hand_they_count_once_and_parted_twice_again(world, two):
    one, other = two
    link(world, one, other)
    assert counted(world) == 1
    keys = world.keys("amina")
    actions.renew_facts_card(keys=keys, case=other, at=world.at)
    actions.add_facts_card(keys=keys, case=one, at=world.at)
    assert not is_counted(keys=keys, case=one), "a second card is not written while the other stands"
    actions.unlink(keys=keys, case=one, ref=the_link(world, one), at=world.at)
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    assert counted(world) == 2


def test_undone_from_the_other_case_she_is_counted_again_some_hours_later_and_not_in_the_same_moment(
    world, two
):
    one, other = two
    link(world, one, other)
    keys = world.keys("amina")
    actions.unlink(keys=keys, case=other, ref=the_link(world, other), at=world.at)
    assert not is_counted(keys=keys, case=one)
    while waiting_parts.write_one(keys=keys, at=world.at + later.MOST):
        pass
    assert is_counted(keys=keys, case=one)
    assert is_counted(keys=keys, case=other)


def test_whoever_agreed_in_one_of_them_alone_is_counted_by_that_one(world):
    one, other = opened(world), opened(world)
    agrees(world, one)
    link(world, one, other)
    assert is_counted(keys=world.keys("amina"), case=one)


def test_a_yes_after_the_link_writes_no_second_card_and_a_no_takes_the_one_card(world):
    one, other = opened(world), opened(world)
    agrees(world, other)
    link(world, one, other)
    agrees(world, one)
    assert who_counts(world, one, other) == [False, True]
    withdraws(world, other)
    assert who_counts(world, one, other) == [False, False]


def who_counts(world, *cases):
    """Which cases have a card, as a focal point reads it, who opens them all."""
    keys = world.keys("bakyt")
    return [is_counted(keys=keys, case=case) for case in cases]


@pytest.mark.parametrize("how", ["no", "withdrawn"])
def test_a_no_in_the_case_that_is_not_counted_takes_the_card_of_the_other_one_some_hours_later(
    world, two, how
):
    one, other = two
    link(world, one, other)
    signs_in(world, "amina")
    assert who_counts(world, one, other) == [False, True]
    with writes() as wrote:
        agrees(world, one, said="no") if how == "no" else withdraws(world, one)
    assert one.file_id in wrote and not {other.pk, other.file_id} & wrote
    actions.renew_facts_card(keys=world.keys("amina"), case=one, at=world.at)
    with writes() as wrote:
        signs_in(world, "amina")
    assert other.file_id in wrote and not {one.pk, one.file_id} & wrote
    assert who_counts(world, one, other) == [False, False]
    assert counted(world) == 0
    agrees(world, other)
    assert who_counts(world, one, other) == [False, False], "a no in either case is a no"
    agrees(world, one)
    assert sum(who_counts(world, one, other)) == 1


def test_a_no_before_the_link_takes_the_card_of_the_case_that_is_linked(world):
    one, other = opened(world), opened(world)
    agrees(world, one, said="no"), agrees(world, other)
    link(world, one, other)
    signs_in(world, "amina")
    assert who_counts(world, one, other) == [False, False]
    actions.unlink(keys=world.keys("amina"), case=one, ref=the_link(world, one), at=world.at)
    signs_in(world, "amina")
    assert who_counts(world, one, other) == [False, True]


@pytest.fixture
def of_two_holders(world):
    """Amina’s case and Cholpon’s; neither opens the other one’s, and Bakyt opens both."""
    return opened(world), opened(world, by="cholpon")


def test_whoever_does_not_open_the_counted_case_counts_nobody_again(world, of_two_holders):
    one, other = of_two_holders
    agrees(world, one), agrees(world, other, by="cholpon")
    link(world, one, other, by="bakyt")
    agrees(world, one)
    assert who_counts(world, one, other) == [False, True]
    actions.unlink(keys=world.keys("bakyt"), case=one, ref=the_link(world, one), at=world.at)
    agrees(world, one)
    assert who_counts(world, one, other) == [True, True], "parted, each counts"


def test_whoever_had_no_card_when_they_were_linked_gets_none_beside_the_other(world, of_two_holders):
    one, other = of_two_holders
    agrees(world, one)
    link(world, one, other, by="bakyt")
    agrees(world, other, by="cholpon")
    assert who_counts(world, one, other) == [True, False]


def test_two_who_said_yes_after_the_link_count_once_when_somebody_comes_in_who_opens_both(
    world, of_two_holders
):
    one, other = of_two_holders
    link(world, one, other, by="bakyt")
    signs_in(world, "bakyt")
    agrees(world, one), agrees(world, other, by="cholpon")
    signs_in(world, "amina"), signs_in(world, "bakyt")
    for _later in "ab":
        world.at += later.MOST
        signs_in(world, "bakyt")
    assert sum(who_counts(world, one, other)) == 1


def test_a_no_where_the_other_case_does_not_open_waits_for_somebody_who_opens_both(world, of_two_holders):
    one, other = of_two_holders
    agrees(world, other, by="cholpon")
    link(world, one, other, by="bakyt")
    signs_in(world, "bakyt")
    agrees(world, one, said="no")
    for who in ("amina", "cholpon", "bakyt", "cholpon"):
        signs_in(world, who)
        world.at += later.MOST
    assert who_counts(world, one, other) == [False, False]
    assert later.waiting(society=world.societies["north"].pk, what=waiting_parts.PARTS) == []


def test_the_card_says_in_which_group_of_age_somebody_was_and_not_when_she_was_born(world):
    case = opened(world, born=str(world.at.year - 22))
    agrees(world, case)
    kept = cards.kept_of(world.keys("amina"), case.file_id)["facts"][0]["value"]
    assert kept["years"] == "21" and str(world.at.year - 22) not in str(kept)


@given(st.integers(1900, 2030), st.sampled_from(["child", "adult", "unknown"]))
def test_a_child_is_never_counted_among_adults_nor_an_adult_among_children(born, group):
    least = rules.least_age(born, 2026, group)
    assert least is None or least in rules.AGES
    if least is not None and group != "unknown":
        assert (least < 18) is (group == "child")


def test_a_child_whose_later_case_is_a_grown_up_s_is_not_counted_in_a_group_of_adults():
    child = {"of": "case", "month": "2020-01", "age": "child"}, {}
    later = {"of": "case", "month": "2025-09", "age": "adult", "years": "21"}, {}
    said, _codes = rules.facts_of_both(child, later)
    assert said == child[0]


def test_one_card_says_what_is_true_of_either_case():
    one = {"of": "case", "month": "2025-01", "age": "adult"}, {"prs_Gender": ["Feminine"]}
    other = (
        {"of": "case", "month": "2025-09", "age": "unknown", "returned": "yes"},
        {"prs_Gender": ["Feminine"], "vic_TypeOfExploitation": ["ForcedLabour"]},
    )
    said, codes = rules.facts_of_both(one, other)
    assert (said["month"], said["age"], said["returned"]) == ("2025-01", "adult", "yes")
    assert codes == {"prs_Gender": ["Feminine"], "vic_TypeOfExploitation": ["ForcedLabour"]}


def facts_of(world, case):
    kept = cards.kept_of(world.keys("amina"), case.file_id).get("facts")
    return kept[0]["value"] if kept else None


@pytest.mark.parametrize("turned", [False, True])
def test_a_third_case_linked_with_the_one_that_is_not_counted_is_not_counted_beside_the_other(
    world, two, turned
):
    one, other = two
    third = opened(world)
    agrees(world, third)
    link(world, one, other)
    link(world, *((third, one) if turned else (one, third)))
    keys = world.keys("amina")
    while waiting_parts.write_one(keys=keys, at=world.at + later.MOST):
        pass
    assert sum(is_counted(keys=keys, case=case) for case in (one, other, third)) == 1


def test_parted_again_no_card_says_what_was_true_of_the_other_person(world):
    one = opened(world, codes={"prs_Gender": {"answer": "yes", "values": ["Feminine"]}})
    other = opened(world)
    agrees(world, one), agrees(world, other)
    link(world, one, other)
    keys = world.keys("amina")
    actions.renew_facts_card(keys=keys, case=other, at=world.at)
    assert facts_of(world, other)["codes"] == {"prs_Gender": ["Feminine"]}
    actions.unlink(keys=keys, case=one, ref=the_link(world, one), at=world.at)
    while waiting_parts.write_one(keys=keys, at=world.at + later.MOST):
        pass
    assert facts_of(world, one)["codes"] == {"prs_Gender": ["Feminine"]}
    assert facts_of(world, other)["codes"] == {}
