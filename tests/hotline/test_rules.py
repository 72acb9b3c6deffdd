"""The hotline's rules, each in one sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.people.family_links.rules import answer_from, hears_again, may_offer_contact, may_tell_whereabouts
from panah.people.hotline import rules

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "due"),
    [
        ("15min", NOW + timedelta(minutes=15)),
        ("1h", NOW + timedelta(hours=1)),
        ("", NOW + timedelta(hours=1)),
        ("nonsense", NOW + timedelta(hours=1)),
        (
            "evening",
            datetime(2026, 11, 25, 14, 0, tzinfo=UTC),
        ),  # 19:00 has passed at 20:00 in Bishkek's zone: tomorrow
        ("morning", datetime(2026, 11, 25, 4, 0, tzinfo=UTC)),
        ("tomorrow_evening", datetime(2026, 11, 25, 14, 0, tzinfo=UTC)),
    ],
)
def test_a_call_back_is_due_by_the_societys_clock(word, due):
    assert rules.back_due(word, now=NOW, time_zone="Etc/GMT-5") == due


def test_after_a_failed_try_the_next_is_later_each_time():
    waits = [rules.next_try(now=NOW, tried=n) - NOW for n in range(5)]
    assert waits == sorted(waits)
    assert rules.tries_are_over(tried=3, allowed=3)
    assert not rules.tries_are_over(tried=2, allowed=3)


def merge(history, mine, **more):
    given = {"based_on": 0, "version": 9, "tab": "b", "who": "x", "at": "t", "empty": {}, **more}
    return rules.merge(history, mine, **given)


THEIRS = {"where": [[1, "south", "a", "y", "t"], [2, "north", "a", "y", "t"]]}


def test_what_i_did_not_touch_keeps_the_newer_answer():
    out = merge(THEIRS, {"where": "south"}, based_on=1)
    assert out.history == THEIRS
    assert not out.changed
    assert not out.conflicts


def test_what_both_touched_keeps_theirs_and_gives_mine_back():
    assert merge(THEIRS, {"where": "east"}, based_on=1).conflicts == {"where": ("north", "east")}


def test_what_i_saw_i_may_change():
    out = merge(THEIRS, {"where": "east"}, based_on=2)
    assert rules.current(out.history) == {"where": "east"}


def test_my_own_page_does_not_conflict_with_itself():
    first = merge({}, {"where": "e"}, version=1)
    second = merge(first.history, {"where": "ea"}, version=2)
    assert rules.current(second.history) == {"where": "ea"}


def test_a_field_keeps_its_last_thirty_versions():
    history = {}
    for n in range(1, 50):
        history = merge(history, {"where": str(n)}, version=n, based_on=n - 1).history
    assert len(history["where"]) == rules.KEPT_VERSIONS


ASKED = {"who": "Gulnar", "how": "alone", "when": "2026-11-02"}


@pytest.mark.parametrize("lacks", [{"who": ""}, {"how": "  "}, {"when": ""}])
def test_a_yes_without_who_asked_how_or_when_is_none(lacks):
    assert not may_tell_whereabouts(consent="yes", **ASKED | lacks)
    assert not may_offer_contact(wants="yes", doubt="none", **ASKED | lacks)


def test_whereabouts_need_a_clear_yes():
    assert [may_tell_whereabouts(consent=c, **ASKED) for c in ("yes", "no", "unknown", "none", "")] == [
        True,
        *[False] * 4,
    ]


@pytest.mark.parametrize(
    ("decisions", "bases", "lawyer", "leaves"),
    [
        (["give", "give"], ["order", "consent"], True, True),
        (["give"], ["order"], True, False),
        (["give", "refuse"], ["order", "order"], True, False),
        (["give", "give"], ["order", "none"], True, False),
        (["give", "give"], ["order", "order"], False, False),
        ([], [], True, False),
    ],
)
def test_nothing_leaves_for_an_authority_on_less_than_all(decisions, bases, lawyer, leaves):
    assert rules.may_hand_to_authority(decisions=decisions, bases=bases, lawyer_asked=lawyer) is leaves


def test_a_contact_that_goes_far_in_the_future_is_not_announced_yet():
    today = NOW.date()
    far = today + timedelta(days=400)
    assert rules.erase_on(ended=today, ruled=far, kept_until=None, today=today) is None
    assert rules.erase_on(ended=today, ruled=today, kept_until=far, today=today) is None, (
        "a colleague kept it"
    )
    assert (
        rules.erase_on(ended=today, ruled=today, kept_until=None, today=far) == far + rules.ANNOUNCED_BEFORE
    )


QUIET = {"topics": ["food"], "told": False, "urgency": "later", "age_group": "adult"}


@pytest.mark.parametrize(
    "one",
    [
        {"topics": ["food", "violence"]},
        {"topics": ["trafficking"]},
        {"told": True},
        {"urgency": "now"},
        {"age_group": "child"},
    ],
    ids=["violence", "trafficking", "a yes", "danger", "a child"],
)
def test_a_person_decides_about_what_may_be_somebodys_proof_whatever_alone_makes_it_so(one):
    assert rules.may_be_proof(**QUIET | one)


def test_the_clock_forgets_a_question_about_food():
    assert not rules.may_be_proof(**QUIET)


@pytest.mark.parametrize(
    ("wants", "doubt"), [("no", "none"), ("unknown", "none"), ("yes", "some"), ("no", "some")]
)
def test_a_relative_is_offered_nothing_without_a_clear_yes_or_where_anything_points_to_danger(wants, doubt):
    assert not may_offer_contact(wants=wants, doubt=doubt, **ASKED)
    assert may_offer_contact(wants="yes", doubt="none", **ASKED)


def test_nothing_to_tell_waits_three_weeks_and_good_news_does_not():
    assert answer_from("nothing", came=NOW) == NOW + timedelta(days=21)
    assert answer_from("contact", came=NOW) == NOW
    assert hears_again(today=NOW.date()) == NOW.date() + timedelta(days=30)


@pytest.mark.parametrize(
    ("put_off", "before", "alone"), [(False, 0, True), (False, 4, True), (False, 5, False), (True, 0, False)]
)
def test_the_first_five_chats_in_danger_of_an_hour_page_by_themselves_and_the_others_join(
    put_off, before, alone
):
    assert rules.pages_alone(put_off=put_off, alarms_of_the_hour=before) is alone
