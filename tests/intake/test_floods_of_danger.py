"""A flood that says danger now pages once; whoever writes among it stands on the list, and pages where she is unlike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panah.ground.audit.models import Entry
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.people.inbox.likeness import MOST_CALLS
from panah.people.reporters import rules
from tests.reporters.conftest import Stranger


@pytest.fixture
def strangers(world, intake):
    """Let so many strangers say danger now, a third of a second apart, each with proof of work; returns nothing."""

    def write(number, *, after=timedelta(), **more):
        for n in range(number):
            one, at = Stranger(world), world.at + after + timedelta(milliseconds=300 * n)
            one.writes(urgency="now", proof=rules.prove_work(one.token), **{"at": at, **more})

    return write


def calls():
    """How often anybody was called, as the journal says."""
    return Entry.objects.filter(event="work:alarm:paged").count()


def test_forty_five_messages_in_twenty_seconds_are_one_call_and_each_stands_on_the_list(world, strangers):
    strangers(1)
    one = calls()
    strangers(44, after=timedelta(seconds=1))
    assert calls() == one
    assert Alarm.objects.filter(answered_at=None).count() == 45
    work.escalate(at=world.at + timedelta(minutes=5))
    assert Alarm.objects.values("step").distinct().count() == 1, "all go on together"
    assert Alarm.objects.exclude(second_paged_at=None).count() == 45


def test_another_language_or_a_child_among_them_pages_anew_and_stands_first(world, strangers):
    strangers(20)
    before = calls()
    strangers(2, after=timedelta(seconds=10), language="ky")
    assert calls() > before
    before = calls()
    strangers(1, after=timedelta(seconds=12), child="yes")
    assert calls() > before
    page = world.client("bakyt").get("/calls/alarms/now").content.decode()
    assert "23 messages, 3 unlike the rest." in page


def test_after_five_minutes_or_once_somebody_answered_it_pages_anew(world, strangers):
    strangers(2)
    before = calls()
    strangers(1, after=timedelta(minutes=5))
    assert calls() > before
    for alarm in Alarm.objects.all():
        work.answer_alarm(alarm=alarm, by=world.staff["bakyt"], at=world.at + timedelta(minutes=6))
    before = calls()
    strangers(1, after=timedelta(minutes=7))
    assert calls() > before


def test_whoever_tries_all_languages_calls_no_more_often_than_a_few_times(world, strangers):
    strangers(1)
    one = calls()
    for n, language in enumerate(("ky", "ru", "uz", "kk", "en", "tk", "fa", "ar", "hi", "ur")):
        strangers(1, after=timedelta(seconds=n + 1), language=language)
    assert calls() == one * MOST_CALLS
    assert Alarm.objects.filter(answered_at=None).count() == 11


def test_two_hundred_offers_of_a_paired_society_that_say_now_are_one_call(world, intake, arrives):
    arrives(urgency="now")
    one = calls()
    for n in range(20):
        arrives(urgency="now", at=world.at + timedelta(seconds=n))
    assert calls() == one
    arrives(urgency="now", source="web", sender=None)
    assert calls() > one, "who writes from elsewhere calls anew"
