"""When a call is decided about, what counts as danger, how long a contact is kept: plain Python."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panah.ground.foundation import retention
from panah.people.hotline import rules
from panah.people.hotline.rules import ContactSummary

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tried", "wait"),
    [(0, timedelta(hours=1)), (1, timedelta(hours=4)), (2, timedelta(days=1)), (7, timedelta(days=1))],
)
def test_the_next_try_is_after_an_hour_then_after_four_then_on_the_next_day(tried, wait):
    assert rules.next_try(now=NOW, tried=tried) == NOW + wait


@pytest.mark.parametrize(
    ("hour", "word", "due"),
    [
        (8, "evening", datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
        (14, "evening", datetime(2026, 11, 25, 14, 0, tzinfo=UTC)),
        (22, "evening", datetime(2026, 11, 25, 14, 0, tzinfo=UTC)),
        (22, "morning", datetime(2026, 11, 26, 4, 0, tzinfo=UTC)),
        (22, "tomorrow_evening", datetime(2026, 11, 26, 14, 0, tzinfo=UTC)),
    ],
)
def test_this_evening_that_has_begun_is_tomorrows_and_the_day_is_that_of_the_society(hour, word, due):
    assert rules.back_due(word, now=NOW.replace(hour=hour), time_zone="Etc/GMT-5") == due


# -- two who type into one contact ------------------------------------------------------------------


def merge(history, mine, **more):
    given = {"based_on": 0, "version": 9, "tab": "b", "who": "x", "at": "t", "empty": {}, **more}
    return rules.merge(history, mine, **given)


def test_what_is_new_is_kept_with_its_version_page_author_and_time():
    out = merge({}, {"where": "east"}, version=3, tab="t1", who="elena", at="10:00")
    assert out.history == {"where": [[3, "east", "t1", "elena", "10:00"]]}
    assert out.changed == {"where": "east"}


def test_what_was_typed_as_it_stands_changes_nothing():
    history = {"where": [[1, "south", "a", "y", "t"]]}
    out = merge(history, {"where": "south", "note": "", "ends": []}, empty={"ends": []})
    assert (out.history, out.changed, out.conflicts) == (history, {}, {})


def test_one_field_that_clashes_keeps_no_other_from_being_written():
    history = {"where": [[2, "north", "a", "y", "t"]]}
    out = merge(history, {"where": "east", "note": "n"}, based_on=1)
    assert out.conflicts == {"where": ("north", "east")} and out.changed == {"note": "n"}
    assert out.history["where"] == history["where"] and history["where"][-1][1] == "north"


def test_an_untouched_field_keeps_the_newer_answer_and_those_after_it_are_merged():
    history = {"where": [[2, "north", "a", "y", "t"]]}
    out = merge(history, {"where": "", "note": "n"}, based_on=1)
    assert out.conflicts == {} and out.changed == {"note": "n"}
    assert out.history["where"] == history["where"]


def test_what_my_own_page_wrote_after_a_colleague_is_what_i_saw():
    history = {
        "where": [[1, "north", "a", "y", "t"], [2, "mine", "b", "x", "t"], [3, "theirs", "a", "y", "t"]]
    }
    assert merge(history, {"where": "mine"}, based_on=1).conflicts == {}
    assert merge(history, {"where": "else"}, based_on=1).conflicts == {"where": ("theirs", "else")}
    assert merge(history, {"where": "north"}, based_on=1).conflicts == {"where": ("theirs", "north")}
    assert merge(history, {"where": "else"}, based_on=3).changed == {"where": "else"}


def test_thirty_versions_are_kept_and_they_are_the_last():
    history = {}
    for number in range(1, 50):
        history = merge(history, {"where": str(number)}, version=number, based_on=number - 1).history
    assert [entry[1] for entry in history["where"]] == [str(number) for number in range(20, 50)]


def test_a_field_without_an_answer_has_no_newest_one():
    assert rules.current({"where": [[1, "a", "", "", ""], [2, "b", "", "", ""]], "note": []}) == {
        "where": "b"
    }


# -- danger -------------------------------------------------------------------------------------------


def said(**values):
    return {name: [[0, value] for value in every] for name, every in values.items()}


@pytest.mark.parametrize(
    ("history", "urgency", "paged", "danger"),
    [
        ({}, "", False, False),
        ({}, "now", False, True),
        ({}, "today", False, False),
        ({}, "", True, True),
        (said(danger=["yes", "no"]), "", False, True),
        (said(danger=["no", "unknown"]), "", False, False),
        (said(urgency=["now", "later"]), "", False, True),
        (said(urgency=["today"]), "", False, False),
        (said(e_place=["", "the bakery", ""]), "", False, True),
        (said(e_place=["", "none"]), "", False, False),
        (said(place=["the bakery"]), "", False, False),
    ],
)
def test_danger_that_was_once_said_counts_also_where_it_was_taken_back(history, urgency, paged, danger):
    assert rules.was_in_danger(history, urgency=urgency, paged=paged) is danger


@pytest.mark.parametrize(
    ("values", "wants"),
    [
        ({}, False),
        ({"cut_off": "yes"}, True),
        ({"cut_off": "no"}, False),
        ({"ends": ["call_back"]}, True),
        ({"ends": ["case"]}, False),
        ({"ends": None}, False),
        ({"back_when": "1h"}, True),
        ({"back_when": ""}, False),
        ({"back_at": {"day": "", "hour": "9"}}, True),
        ({"back_at": {"day": "", "hour": ""}}, False),
        ({"back_at": None}, False),
    ],
)
def test_a_call_back_is_wanted_however_it_was_written_down(values, wants):
    assert rules.wants_call_back(values) is wants


@pytest.mark.parametrize(
    ("values", "safe"),
    [
        ({}, False),
        ({"safe_back": "yes"}, True),
        ({"safe_back": "no"}, False),
        ({"safe_back": "unknown"}, False),
        ({"safe_back": "unknown", "c_back": "yes"}, False),
        ({"safe_back": "no", "c_back": "yes"}, False),
        ({"safe_back": "yes", "c_back": "no"}, False),
        ({"safe_back": "yes", "cut_off": "no"}, True),
        ({"c_back": "yes"}, True),
        ({"c_back": "yes", "cut_off": "yes"}, True),
        ({"c_back": "yes", "cut_off": "no"}, False),
        ({"c_back": "unknown"}, False),
    ],
)
def test_ringing_is_safe_only_when_the_person_said_so_and_never_took_it_back(values, safe):
    assert rules.ringing_is_safe(values) is safe


@pytest.mark.parametrize(
    ("changed", "wants"),
    [
        ({}, False),
        ({"note": "x"}, False),
        ({"danger": "yes"}, True),
        ({"urgency": "now"}, True),
        ({"back_when": "1h"}, True),
        ({"ends": ["case"]}, True),
        ({"ends": ["informed"]}, False),
        ({"ends": None}, False),
    ],
)
def test_what_is_typed_after_the_end_makes_somebody_decide_anew_only_where_it_matters(changed, wants):
    assert rules.reopens_decision(changed) is wants


@pytest.mark.parametrize(
    ("heard", "without_plan", "with_plan"),
    [
        (ContactSummary(), False, False),
        (ContactSummary(unknown=True), True, True),
        (ContactSummary(case=True), True, True),
        (ContactSummary(danger=True), True, True),
        (ContactSummary(danger=True, safe=True), True, False),
        (ContactSummary(back=True), True, False),
        (ContactSummary(back=True, safe=True), True, False),
        (ContactSummary(danger=True, back=True), True, True),
        (ContactSummary(safe=True), False, False),
    ],
)
def test_a_planned_call_back_decides_but_in_danger_only_a_safe_one(heard, without_plan, with_plan):
    assert heard.must_be_decided(call_back_planned=False) is without_plan
    assert heard.must_be_decided(call_back_planned=True) is with_plan


# -- what may be told, what is kept ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decisions", "bases", "may"),
    [
        (["give", "give"], ["consent", "consent"], True),
        (["give", "give", "give"], ["order", "order", "order"], False),
        (["refuse", "give"], ["order", "order"], False),
        (["refuse", "refuse"], ["order", "order"], False),
        (["give", "give"], ["none", "order"], False),
    ],
)
def test_exactly_two_decide_what_an_authority_gets(decisions, bases, may):
    assert rules.may_hand_to_authority(decisions=decisions, bases=bases, lawyer_asked=True) is may


DAY = date(2026, 11, 24)


def days(number):
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("ended", "ruled", "kept", "goes"),
    [
        (0, 13, None, 14),
        (0, 14, None, None),
        (0, 5, None, 14),
        (0, 5, 13, 14),
        (0, 5, 14, None),
        (0, 13, 5, 14),
        (0, None, None, None),
        (-77, None, None, 14),
        (-76, None, None, None),
        (-400, None, None, 14),
    ],
)
def test_a_contact_is_announced_two_weeks_before_it_goes_and_never_goes_sooner(ended, ruled, kept, goes):
    found = rules.erase_on(
        ended=days(ended),
        ruled=None if ruled is None else days(ruled),
        kept_until=None if kept is None else days(kept),
        today=DAY,
    )
    assert found == (None if goes is None else days(goes))


@pytest.mark.parametrize("topic", ["trafficking", "work", "violence", "crime", "armed"])
def test_what_a_person_may_need_in_court_is_not_left_to_the_clock(topic):
    quiet = {"told": False, "urgency": "later", "age_group": "unknown"}
    assert rules.may_be_proof(topics=[topic], **quiet)
    assert not rules.may_be_proof(topics=["food", "health"], **quiet)


def test_how_soon_somebody_decides_and_hears_is_what_the_procedure_says():
    assert timedelta(minutes=10) == rules.SILENT_AFTER
    assert (timedelta(minutes=15), timedelta(days=2)) == (rules.DECIDE_WITHIN, rules.DECIDE_AGAIN_WITHIN)
    assert (rules.TRIES, retention.CONTACT.days) == (3, 90)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Call back, only 20:00–22:00", 20),
        ("Call back, only 20:00–22:00. Safe word first.", 20),
        ("Перезвонить, только 20:00–22:00. Сначала кодовое слово.", 20),
        ("only 20.00-22.00.", 20),
        ("9 - 12", 9 + 24),
        ("14.30—16.30", 15),
        ("22:00–02:00", 22),
        ("14:00 до 16:00", 15),
        ("at night", None),
        ("8–9 or 20–21", None),
        ("0 700 555 010", None),
    ],
)
def test_ringing_is_safe_next_by_the_hours_that_a_person_said(text, hour):
    midnight = NOW.replace(hour=0)
    assert rules.safe_from(text, now=NOW) == (None if hour is None else midnight + timedelta(hours=hour))


def test_ringing_is_safe_after_midnight_where_the_hours_go_over_it():
    assert rules.safe_from("22:00–02:00", now=NOW.replace(hour=1)) == NOW.replace(hour=1)
