"""By when somebody answers, reads and rings, and which step may follow which: plain Python."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.people.referrals import rules
from panah.people.referrals.views import step_order, steps

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("draft", {"offered", "withdrawn"}),
        ("offered", {"accepted", "declined", "more_asked", "withdrawn", "not_needed"}),
        ("more_asked", {"offered", "accepted", "declined", "withdrawn", "not_needed"}),
        ("accepted", {"meeting", "done", "declined", "withdrawn", "not_needed"}),
        ("meeting", {"meeting", "met", "not_met", "declined", "withdrawn", "not_needed"}),
        ("not_met", {"meeting", "met", "done", "declined", "withdrawn", "not_needed"}),
        ("met", {"done", "withdrawn"}),
        ("done", {"withdrawn"}),
        ("declined", set()),
        ("withdrawn", set()),
        ("not_needed", {"withdrawn"}),
    ],
)
def test_a_referral_goes_its_way_and_can_be_withdrawn_until_it_is(state, may):
    assert {target for target in rules.TRANSITIONS if rules.may_become(state, target)} == may


FROM_THE_OTHER_SIDE = {
    "referral-accepted": {"offered": "accepted", "more_asked": "accepted"},
    "referral-declined": dict.fromkeys(
        ["offered", "more_asked", "accepted", "meeting", "not_met"], "declined"
    ),
    "referral-more-asked": {"offered": "more_asked"},
    "met": dict.fromkeys(["offered", "more_asked", "accepted", "meeting", "not_met"], "met"),
    "not-met": dict.fromkeys(["offered", "more_asked", "accepted", "meeting"], "not_met"),
    "not-needed": dict.fromkeys(["offered", "more_asked", "accepted", "meeting", "not_met"], "not_needed"),
    "consent-withdrawn": dict.fromkeys(
        ["offered", "more_asked", "accepted", "meeting", "not_met", "met", "done", "declined", "not_needed"],
        "withdrawn",
    ),
}


@pytest.mark.parametrize("kind", FROM_THE_OTHER_SIDE)
def test_what_the_other_side_says_moves_a_referral_from_these_states_and_no_other(kind):
    found = {state: rules.becomes(state, kind) for state in rules.TRANSITIONS}
    assert {state: target for state, target in found.items() if target} == FROM_THE_OTHER_SIDE[kind]


@pytest.mark.parametrize(
    ("urgency", "within"),
    [("now", 2 * HOURS), ("today", DAYS), ("week", 3 * DAYS), ("later", 7 * DAYS), ("soon", DAYS)],
)
def test_an_answer_is_due_by_how_urgent_it_is(urgency, within):
    assert rules.answer_due(urgency=urgency, sent=AT) == AT + within


def test_whoever_is_not_met_rings_half_an_hour_after_the_arrival():
    assert rules.alarm_at(AT) == AT + 30 * MINUTES


@pytest.mark.parametrize(
    ("ahead", "urgency"),
    [
        (-HOURS, "now"),
        (12 * HOURS, "now"),
        (12 * HOURS + MINUTES, "today"),
        (3 * DAYS, "today"),
        (3 * DAYS + MINUTES, "week"),
        (14 * DAYS, "week"),
        (14 * DAYS + MINUTES, "later"),
    ],
)
def test_news_of_a_journey_are_as_urgent_as_the_arrival_is_near(ahead, urgency):
    assert rules.journey_urgency(AT + ahead, at=AT) == urgency


READ = [("now", 15 * MINUTES), ("today", 8 * HOURS), ("week", 2 * DAYS), ("later", 7 * DAYS)]


@pytest.mark.parametrize(("urgency", "within"), [*READ, ("soon", 15 * MINUTES)])
def test_news_of_a_journey_are_read_in_time_and_what_is_not_known_at_once(urgency, within):
    assert rules.read_by(urgency=urgency, arrived=AT) == AT + within


def test_what_waits_already_keeps_its_time():
    assert rules.read_by(urgency="today", arrived=AT, before=AT + HOURS) == AT + HOURS
    assert rules.read_by(urgency="now", arrived=AT, before=AT + HOURS) == AT + 15 * MINUTES


@pytest.mark.parametrize(
    ("state", "alarm", "read", "travels"),
    [
        ("meeting", None, None, True),
        ("not_met", None, None, True),
        ("accepted", None, None, False),
        ("met", None, None, False),
        ("accepted", AT, None, True),
        ("accepted", None, AT, True),
    ],
)
def test_somebody_may_be_on_the_way_while_a_meeting_an_alarm_or_unread_news_say_so(
    state, alarm, read, travels
):
    assert rules.may_be_on_the_way(state, alarm_at=alarm, read_by=read) is travels


@pytest.mark.parametrize(
    ("ahead", "within"),
    [(6 * HOURS, 15 * MINUTES), (13 * HOURS, 8 * HOURS), (4 * DAYS, 2 * DAYS), (20 * DAYS, 7 * DAYS)],
)
def test_whether_a_person_is_safe_is_answered_the_sooner_the_nearer_the_arrival(ahead, within):
    alarm = rules.alarm_at(AT + ahead)
    assert rules.safe_by(alarm=alarm, at=AT) == AT + within
    assert rules.safe_by(alarm=alarm, at=AT, before=AT + MINUTES) == AT + MINUTES, "the earlier time counts"
    assert rules.safe_by(alarm=alarm, at=AT, before=AT + 30 * DAYS) == AT + within


def test_the_alarm_rings_half_an_hour_after_the_arrival_and_it_is_the_arrival_that_counts():
    assert rules.safe_by(alarm=AT + 12 * HOURS + 30 * MINUTES, at=AT) == AT + 15 * MINUTES
    assert rules.safe_by(alarm=None, at=AT) == AT + 15 * MINUTES, "an arrival that nobody knows may be now"


def test_only_what_was_agreed_to_and_says_something_leaves():
    typed = {"called": "Tulip", "phone": "1", "needs": "  ", "story": "s"}
    assert rules.fields_that_leave({"called", "needs", "health"}, typed) == {"called": "Tulip"}


def test_the_receiver_says_how_it_went_on_after_days_and_months():
    assert rules.outcome_dates(AT) == [
        ("14d", AT + 14 * DAYS),
        ("3m", AT + 91 * DAYS),
        ("6m", AT + 182 * DAYS),
        ("12m", AT + 365 * DAYS),
    ]


@pytest.mark.parametrize("guardian", [None, {}, {"involved": "none"}])
def test_a_guardian_of_whom_nothing_is_known_is_none_for_a_child_that_crosses(guardian):
    child = {"assessment": {"text": "x"}, "guardian": guardian}
    assert rules.child_lacks(age_group="child", child=child, authority="office") == ("guardian",)


def test_with_a_risk_to_life_an_assessment_is_as_good_as_the_note_of_tonight():
    child = {"assessment": {"text": "x"}}
    assert rules.child_lacks(age_group="unknown", child=child, authority="office", life=True) == ()


def test_how_often_it_rings_and_asks_is_what_the_procedure_says():
    assert (rules.SAFE_AGAIN, rules.ON_THE_WAY_AGAIN, rules.RINGS_AGAIN) == (
        30 * MINUTES,
        2 * HOURS,
        30 * MINUTES,
    )
    assert (rules.FEEDBACK_AFTER, rules.FIRST_DAYS) == (14 * DAYS, 3 * DAYS)
    assert {"declined", "withdrawn", "not_needed"} == rules.CUT_SHORT


def test_four_states_are_an_end():
    assert {"done", "declined", "withdrawn", "not_needed"} == rules.ENDED


@pytest.mark.parametrize("table", [step_order.STEPS_BY_TELEPHONE, step_order.STEPS_BETWEEN_NODES])
def test_every_step_that_amina_is_offered_has_a_form_its_words_and_somebody_who_carries_it_out(table):
    for state, keys in table.items():
        for place, key in enumerate(keys):
            step = steps.STEPS[key]
            heading, button = step.words(steps.StepContext(state, across=True, first=place == 0))
            assert heading and button, key
            assert callable(step.form) and callable(step.act), key
