"""Who reads, and when an answer is due: whatever the roster and the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.foundation import retention
from panah.people.complaints import rules
from panah.people.complaints.words import MatterState, Proof, Requester

PEOPLE = [uuid4() for _ in range(6)]
some = st.sets(st.sampled_from(PEOPLE))
zones = st.sampled_from([UTC, ZoneInfo("Asia/Bishkek"), ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Vienna")])
days_of_years = st.dates(date(2024, 1, 1), date(2040, 1, 1))
moments = st.builds(datetime.combine, days_of_years, st.times())
days = st.integers(-3, 400)


@given(officers=some, second=st.none() | st.sampled_from(PEOPLE), leads=some, concerned=some)
def test_whom_it_concerns_never_reads_and_it_goes_nowhere_only_if_nobody_is_left(
    officers, second, leads, concerned
):
    found = rules.readers(officers=officers, second=second, leads=leads, concerned=concerned)
    everybody = officers | leads | ({second} if second else set())
    assert not found.who & concerned
    assert found.who <= everybody
    assert bool(found.who) == bool(everybody - concerned)
    assert (found.instead == "nobody") == (not found.who)


@given(officers=some, second=st.none() | st.sampled_from(PEOPLE), leads=some, concerned=some)
def test_focal_points_read_only_when_no_usual_reader_is_left(officers, second, leads, concerned):
    found = rules.readers(officers=officers, second=second, leads=leads, concerned=concerned)
    usual = (officers | ({second} if second else set())) - concerned
    assert (found.who == usual) if usual else (found.instead in ("leads", "nobody"))


@given(officers=some, second=st.none() | st.sampled_from(PEOPLE), leads=some, concerned=some, hers=some)
def test_whoever_leaves_out_another_reader_is_left_alone_with_it_only_where_nobody_else_is_there(
    officers, second, leads, concerned, hers
):
    asked = {"officers": officers, "second": second, "leads": leads, "concerned": concerned}
    before, found = rules.readers(**asked), rules.readers(**asked, hers=hers)
    usual = officers | ({second} if second else set())
    if usual & concerned - hers and before.who and not (before.who | leads - concerned) - hers:
        assert (found.who, found.instead) == (frozenset(), "alone"), "nobody else would read it"
        return
    assert before.who <= found.who and not found.who & concerned and found.instead == before.instead
    if usual & concerned - hers:
        assert not found.who or found.who - hers
    if not usual & concerned - hers or before.who - hers:
        assert (found.who, found.instead) == (before.who, before.instead), "nobody is brought in without need"


@given(
    officers=some,
    second=st.none() | st.sampled_from(PEOPLE),
    leads=some,
    concerned=some,
    hers=some,
    named=some,
)
def test_whom_one_of_its_readers_left_out_is_in_doubt_unless_the_reporter_named_her(
    officers, second, leads, concerned, hers, named
):
    asked = {"officers": officers, "second": second, "leads": leads, "concerned": concerned | named}
    found = rules.readers(**asked, hers=hers, named=named)
    usual = (officers | ({second} if second else set())) - named
    expected = bool(found.who & hers and usual & concerned - hers)
    assert bool(found.in_doubt) == expected
    assert found.in_doubt <= concerned - named - hers
    assert not found.who & named


def test_a_reader_who_may_have_left_out_the_other_one_reads_it_beside_the_focal_points():
    zarina, gulnar, bakyt, saule = PEOPLE[:4]
    found = rules.readers(
        officers=[zarina], second=gulnar, leads=[bakyt, saule], concerned=[gulnar, saule], hers=[zarina]
    )
    assert (found.who, found.instead) == ({zarina, bakyt}, "")


@given(when=moments, zone=zones, acknowledge=days, answer=days, urgent=st.booleans())
def test_no_date_lies_before_the_matter_came_and_no_answer_before_the_receipt(
    when, zone, acknowledge, answer, urgent
):
    received = when.replace(tzinfo=zone)
    due = rules.dates(received, acknowledge_days=acknowledge, answer_days=answer, urgent=urgent)
    assert received <= due.acknowledge_by <= due.answer_by
    if urgent:
        assert due.acknowledge_by == received
        assert due.answer_by <= received + timedelta(days=8)


@given(
    when=moments,
    zone=zones,
    acknowledge=days,
    answer=days,
    promised=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_what_was_promised_before_makes_no_date_later_and_none_lies_before_the_matter_came(
    when, zone, acknowledge, answer, promised
):
    received = when.replace(tzinfo=zone)
    usual = rules.dates(received, acknowledge_days=acknowledge, answer_days=answer)
    due = rules.not_after(usual, promised, received)
    assert received <= due.acknowledge_by <= due.answer_by <= usual.answer_by
    assert due.acknowledge_by <= usual.acknowledge_by
    assert due.answer_by.date() <= max(promised, received.date())


@given(when=moments, zone=zones, acknowledge=st.integers(1, 20), answer=st.integers(30, 90))
def test_the_receipt_is_a_working_day_and_the_answer_its_day(when, zone, acknowledge, answer):
    received = when.replace(tzinfo=zone)
    due = rules.dates(received, acknowledge_days=acknowledge, answer_days=answer)
    assert due.acknowledge_by.weekday() < 5
    assert due.answer_by.date() == received.date() + timedelta(days=answer)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), number=st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day, number):
    found = rules.after_working_days(day, number)
    between = (day + timedelta(days=n) for n in range(1, (found - day).days + 1))
    assert sum(one.weekday() < 5 for one in between) == number
    assert found.weekday() < 5


def test_three_working_days_from_a_friday_are_the_wednesday():
    assert rules.after_working_days(date(2026, 11, 27), 3) == date(2026, 12, 2)


@given(asker=st.sampled_from(Requester.values), proof=st.sampled_from(Proof.values))
def test_relatives_and_offices_are_never_the_person_and_the_unknown_are_told_nothing(asker, proof):
    may = rules.may_hand_out(asker=asker, proof=proof)
    assert may == (asker in ("person", "appointed", "guardian") and proof != "none")


def test_every_state_can_be_left_and_nothing_closed_is_answered():
    for state in MatterState.values:
        assert set(rules.steps_of(state)) - {"note"}
    assert not rules.may_step("answer", "closed") and not rules.may_step("no such step", "received")
    assert [s for s in MatterState.values if rules.may_step("erase", s)] == ["closed"]


def test_abuse_and_danger_are_urgent_and_a_slow_answer_is_not():
    assert rules.is_urgent(about=["abuse", "help"], danger="none")
    assert rules.is_urgent(about=[], danger="yes")
    assert not rules.is_urgent(about=["help"], danger="unknown")


@pytest.mark.parametrize(
    ("officers", "second", "concerned", "who", "instead"),
    [
        ([0], 1, [], [0, 1], ""),
        ([0], None, [], [0], ""),
        ([0], 1, [0], [1], "no_officer"),
        ([], 1, [], [1], "no_officer"),
        ([0], None, [0], [2, 3], "leads"),
        ([], None, [], [2, 3], "leads"),
        ([0], 1, [0, 1, 2], [3], "leads"),
        ([0], 1, [0, 1, 2, 3], [], "nobody"),
    ],
)
def test_why_a_matter_does_not_open_to_the_usual_readers_is_said(officers, second, concerned, who, instead):
    found = rules.readers(
        officers=[PEOPLE[n] for n in officers],
        second=None if second is None else PEOPLE[second],
        leads=[PEOPLE[2], PEOPLE[3]],
        concerned=[PEOPLE[n] for n in concerned],
    )
    assert (found.who, found.instead) == (frozenset(PEOPLE[n] for n in who), instead)


FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def test_a_matter_is_acknowledged_on_a_working_day_and_answered_by_five_in_the_afternoon():
    due = rules.dates(FRIDAY, acknowledge_days=3, answer_days=30)
    assert due.acknowledge_by == datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
    assert due.answer_by == datetime(2026, 12, 27, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "answered"), [(30, 4), (7, 4), (6, 3), (1, 28)])
def test_abuse_is_looked_at_at_once_and_answered_within_a_week_or_sooner_where_the_country_says_so(
    days, answered
):
    due = rules.dates(FRIDAY, acknowledge_days=3, answer_days=days, urgent=True)
    assert (due.acknowledge_by, due.answer_by.day, due.answer_by.hour) == (FRIDAY, answered, 17)


def test_a_rule_sheet_that_says_nothing_sensible_gives_a_day_at_least():
    due = rules.dates(FRIDAY, acknowledge_days=0, answer_days=-5)
    assert due.acknowledge_by == due.answer_by == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    late = rules.dates(FRIDAY.replace(hour=20), acknowledge_days=3, answer_days=0, urgent=True)
    assert late.answer_by == late.acknowledge_by == FRIDAY.replace(hour=20)


def test_no_working_days_are_no_days():
    assert rules.after_working_days(FRIDAY.date(), 0) == FRIDAY.date()


@pytest.mark.parametrize(
    ("outcome", "wants"),
    [("refused", True), ("in_part", True), ("done", False), ("nothing_kept", False), ("taken_back", False)],
)
def test_only_a_refusal_whole_or_in_part_needs_its_reason(outcome, wants):
    assert rules.wants_reason(outcome) is wants


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("received", ["acknowledge", "look", "note", "ask", "answer"]),
        ("acknowledged", ["look", "note", "ask", "answer"]),
        ("looking", ["note", "ask", "answer"]),
        ("answered", ["note", "close", "reopen"]),
        ("closed", ["note", "reopen", "erase"]),
    ],
)
def test_what_can_be_done_with_a_matter_is_told_by_its_state(state, steps):
    assert rules.steps_of(state) == steps
    assert [step for step in rules.STEPS if rules.may_step(step, state)] == steps


def test_where_no_rule_sheet_says_anything_practice_counts():
    assert (rules.ACKNOWLEDGE_DAYS, rules.ANSWER_DAYS, retention.MATTER.months, rules.ASK_DAYS) == (
        3,
        30,
        36,
        5,
    )


def test_on_a_monday_a_day_is_the_tuesday():
    due = rules.dates(FRIDAY - timedelta(days=4), acknowledge_days=0, answer_days=0)
    assert due.acknowledge_by == due.answer_by == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
