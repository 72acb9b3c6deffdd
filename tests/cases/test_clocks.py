"""Deadlines that run for a person: they come due while somebody can still act, and say so when it is too late."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from panah.desk import queries as desk
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.work import actions as work
from panah.ground.work.queries import items_of
from panah.people.cases import actions as cases
from panah.people.cases import rules
from panah.people.cases.words.terms import ClockEnd, ClockKind, Passed
from tests.casework import at, day, moment, opened

HOUR = timedelta(hours=1)
NOW = datetime(2026, 12, 1, 3, 0, tzinfo=timezone.get_fixed_timezone(300))
EACH = pytest.mark.parametrize("kind", ClockKind.values)


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


def set_by_hand(client, case, **answers):
    return client.post(at("clock", case), answers)


def kept(world, case):
    keys = world.keys("amina")
    return [one.value for one in vault_queries.read_all(keys=keys, file=case.file_id, part="clock")]


def amina_day(world, when):
    return desk.my_day(staff=world.staff["amina"], keys=world.keys("amina"), at=when)


def amina_now(world, when):
    """What stands before her as due: what comes next, and what is below it."""
    day = amina_day(world, when)
    return [one for one in (day.next, *day.now) if one is not None and one.due_at <= when]


def deadlines(lines):
    return [one for one in lines if "deadline" in one.what.lower()]


# ---- the rules -----------------------------------------------------------------------------


def test_every_kind_of_clock_says_once_when_somebody_must_act():
    assert set(rules.CLOCKS) == set(ClockKind.values)


@EACH
@given(hours=st.integers(-400, 4000))
def test_a_clock_comes_due_before_its_end_and_never_before_now(kind, hours):
    end = NOW + hours * HOUR
    due = rules.clock_due(kind, end=end, at=NOW)
    assert due >= NOW
    assert due < end or end <= NOW
    if end <= NOW:
        assert due == NOW
        assert rules.clock_urgency(kind, end=end, at=NOW) == "now"


@EACH
@given(hours=st.integers(1, 4000))
def test_whoever_sees_to_a_clock_hears_of_it_again_until_its_end(kind, hours):
    end, when, heard = NOW + hours * HOUR, NOW, []
    while (again := rules.clock_due_again(kind, end=end, at=when)) is not None and len(heard) < 9:
        assert again > when
        heard.append(again)
        when = again
    assert end in heard
    assert any(one > end for one in heard) == (kind == ClockKind.COMPENSATION)


@EACH
def test_a_clock_is_more_urgent_the_nearer_its_end(kind):
    order = ("now", "today", "week", "later")
    said = [rules.clock_urgency(kind, end=NOW + n * HOUR, at=NOW) for n in range(-5, 3000, 5)]
    assert said == sorted(said, key=order.index)


def test_the_hours_after_rape_are_urgent_and_due_at_once_and_twice_again_before_they_are_over():
    for kind in (ClockKind.RAPE_72, ClockKind.RAPE_120):
        end = NOW + rules.CLOCKS[kind].length
        assert rules.clock_due(kind, end=end, at=NOW) == NOW
        assert rules.clock_urgency(kind, end=end, at=NOW) == "now"
        late = rules.clock_due_again(kind, end=end, at=end - 25 * HOUR)
        assert [late, rules.clock_due_again(kind, end=end, at=late)] == [end - 24 * HOUR, end - 6 * HOUR]
        assert rules.CLOCKS[kind].passed == Passed.MISSED


@given(hours=st.integers(0, 336))
def test_about_so_many_hours_ago_counts_from_the_earliest_that_it_may_mean(hours):
    began = rules.earliest_of(hours, at=NOW)
    assert began <= NOW - hours * HOUR - HOUR
    assert began >= NOW - hours * HOUR * 1.25 - HOUR - timedelta(minutes=1)


# ---- after rape ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["rape_72", "rape_120"])
def test_hours_after_rape_stand_under_now_at_once_and_again_before_they_are_over(world, amina_s, case, kind):
    now = timezone.now()
    assert set_by_hand(amina_s, case, kind=kind, about="4").status_code == 302
    [line] = deadlines(amina_now(world, timezone.now()))
    length = rules.CLOCKS[kind].length
    [clock] = kept(world, case)
    end = datetime.fromisoformat(clock["due_at"])
    assert (clock["about"], clock["since"]) == (4, rules.earliest_of(4, at=now).isoformat())
    assert end == datetime.fromisoformat(clock["since"]) + length
    left = int((end - timezone.now()) / HOUR)
    assert any(re.search(rf"\b({left}|{left - 1}) h\b", fact) for fact in line.facts), line.facts
    assert not any("day" in fact for fact in line.facts)
    [item] = items_of(case.pk, purpose="deadline")
    assert (item.kind, item.urgency) == ("deadline", "now")
    page = amina_s.get(at("dates", case)).text
    assert f"in {left} h" in page or f"in {left - 1} h" in page
    [ref] = re.findall(r"/deadline/([0-9a-f-]{36})/seen/", page)
    assert amina_s.post(at("clock_seen", case, ref)).status_code == 302
    [item] = items_of(case.pk, purpose="deadline")
    assert timezone.now() < item.due_at < end
    assert item.urgency == "now"
    assert not deadlines(amina_now(world, timezone.now()))
    assert deadlines(amina_now(world, item.due_at))


def test_each_time_it_comes_back_she_is_reminded_again(world, case):
    at_first = timezone.now()
    keys, end = world.keys("amina"), at_first + 70 * HOUR
    ref = cases.set_clock(keys=keys, case=case, kind="rape_72", due_at=end, at=at_first)
    work.remind(at=at_first)
    again = cases.see_to_clock(keys=keys, case=case, ref=ref, at=at_first + HOUR)
    [item] = items_of(case.pk, purpose="deadline")
    assert (item.due_at, item.reminded_at) == (again, None)


def test_a_window_that_has_closed_says_missed_and_is_not_put_off(world, amina_s, case):
    keys, set_at = world.keys("amina"), timezone.now() - 80 * HOUR
    ref = cases.set_clock(keys=keys, case=case, kind="rape_72", due_at=set_at + 70 * HOUR, at=set_at)
    [line] = deadlines(amina_now(world, timezone.now()))
    assert "missed" in line.facts
    page = amina_s.get(at("dates", case)).text
    assert str(Passed.MISSED.label) in page
    assert at("clock_seen", case, ref) not in page
    with pytest.raises(Refusal, match="deadline-over"):
        cases.see_to_clock(keys=keys, case=case, ref=ref, at=timezone.now())
    with translation.override("ru"):
        [line] = deadlines_ru(amina_now(world, timezone.now()))
        assert "срок пропущен" in line.facts


def deadlines_ru(lines):
    return [one for one in lines if "срок" in one.what.lower()]


def test_a_date_twelve_days_ago_asks_whether_it_is_meant(world, amina_s, case):
    ago = timezone.now() - timedelta(days=12)
    answer = set_by_hand(amina_s, case, kind="rape_120", **moment("since", ago))
    assert answer.status_code == 422 and 'name="meant"' in answer.text
    assert kept(world, case) == []
    assert 'name="meant"' not in amina_s.get(at("clock", case)).text
    assert set_by_hand(amina_s, case, kind="rape_120", **moment("since", ago), meant="on").status_code == 302
    [clock] = kept(world, case)
    assert datetime.fromisoformat(clock["due_at"]) < timezone.now()
    answer = set_by_hand(amina_s, case, kind="court", **moment("due_at", ago))
    assert answer.status_code == 422 and 'name="meant"' in answer.text
    assert set_by_hand(amina_s, case, kind="court", **moment("due_at", ago), meant="on").status_code == 302
    assert len(deadlines(amina_now(world, timezone.now()))) == 2


def test_the_day_alone_is_an_answer_and_counts_from_its_beginning(world, amina_s, case):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = set_by_hand(amina_s, case, kind="rape_72", **day("since", yesterday), since_time="")
    assert answer.status_code == 302
    [clock] = kept(world, case)
    began = timezone.localtime(datetime.fromisoformat(clock["since"]))
    assert (began.date(), began.hour, began.minute) == (yesterday, 0, 0)


def test_of_a_day_and_about_hours_ago_the_earlier_counts(world, amina_s, case):
    since = timezone.now() - 30 * HOUR
    set_by_hand(amina_s, case, kind="rape_72", about="2", **moment("since", since))
    [clock] = kept(world, case)
    assert abs(datetime.fromisoformat(clock["since"]) - since) < timedelta(minutes=1)


def test_a_change_of_the_words_does_not_move_what_was_said_about_hours(world, amina_s, case):
    set_by_hand(amina_s, case, kind="rape_120", about="10")
    [before] = kept(world, case)
    page = amina_s.get(at("dates", case)).text
    [ref] = re.findall(r"/deadline/([0-9a-f-]{36})/end/", page)
    form = amina_s.get(at("clock_change", case, ref)).text
    answers = dict(re.findall(r'name="((?:due_at|since)_\w+|seen|about)"[^>]*value="([^"]*)"', form))
    answers |= {"kind": "rape_120", "what": "The clinic by the station"}
    assert amina_s.post(at("clock_change", case, ref), answers).status_code == 302
    [after] = kept(world, case)
    assert after["what"] == "The clinic by the station"
    assert {name: after[name] for name in ("due_at", "since", "about")} == {
        name: before[name] for name in ("due_at", "since", "about")
    }


# ---- the others ----------------------------------------------------------------------------


@EACH
def test_each_kind_is_put_on_the_list_for_when_it_still_helps(world, case, kind):
    now = timezone.now()
    end = now + timedelta(days=200)
    cases.set_clock(keys=world.keys("amina"), case=case, kind=kind, due_at=end, at=now)
    [item] = items_of(case.pk, purpose="deadline")
    assert item.due_at == rules.clock_due(kind, end=end, at=now) < end


def test_compensation_comes_back_until_it_is_paid(world, case):
    keys, now = world.keys("amina"), timezone.now()
    ref = cases.set_clock(
        keys=keys, case=case, kind="compensation", due_at=now - HOUR, at=now - timedelta(days=40)
    )
    assert cases.see_to_clock(keys=keys, case=case, ref=ref, at=now) > now
    cases.end_clock(keys=keys, case=case, ref=ref, how=ClockEnd.KEPT, at=now)
    assert items_of(case.pk, purpose="deadline") == []


def test_a_deadline_kept_before_goes_on_as_it_was(world, amina_s, case):
    """As they were sealed before clocks had a beginning: no ``since``, due when it ends."""
    keys, now = world.keys("amina"), timezone.now()
    ref = cases.set_clock(keys=keys, case=case, kind="court", due_at=now + timedelta(days=2), at=now)
    [old] = kept(world, case)
    assert set(old) == {"kind", "what", "due_at", "item"}
    assert amina_s.get(at("dates", case)).status_code == 200
    again = cases.see_to_clock(keys=keys, case=case, ref=ref, at=now)
    assert again == now + timedelta(days=1)


def test_the_hours_of_detention_are_warned_of_once(world, amina_s, case):
    until = timezone.now().replace(second=0, microsecond=0) + 40 * HOUR
    held = {"kind": "police", "country": "KZ", "before": "judge", "lawyer": "no"}
    held |= {**moment("since", timezone.now() - HOUR), **moment("until", until)}
    assert amina_s.post(at("detention_change", case), held).status_code == 302
    [clock] = items_of(case.pk, purpose="deadline")
    [warning] = items_of(case.pk, purpose="extra")
    assert warning.due_at < clock.due_at == until


def test_recovery_and_reflection_is_prepared_for_before_it_ends(world, amina_s, case):
    amina_s.post(at("step", case, "presumed"), {"grounds": "Papers taken, no pay"})
    amina_s.post(at("step", case, "reflection"), day("began", timezone.localdate()))
    [item] = items_of(case.pk, purpose="decide")
    left = timezone.localdate() + timedelta(days=30) - timezone.localdate(item.due_at)
    assert left == rules.BEFORE_REFLECTION_ENDS
