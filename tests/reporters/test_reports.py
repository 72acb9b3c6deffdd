"""A stranger writes to the door, keeps her digits, and comes back to read the answer."""

from __future__ import annotations

from panah.inbox import actions as inbox
from panah.reporters import actions as reporters
from panah.reporters import queries as reporters_queries
from panah.reporters.models import Report
from tests.reporters.conftest import STORY


def opens(world, report, who="elena"):
    return inbox.open_arrival(keys=world.keys(who), arrival=report.arrival, by=world.staff[who], at=world.at)


def test_what_she_wrote_opens_for_intake_and_her_digits_open_the_answer(world, stranger):
    told = stranger.writes()
    assert told.receipt == stranger.receipt and not told.later
    report = stranger.report
    assert stranger.returns().stands == "received"
    assert opens(world, report, "bakyt")["text"] == STORY
    assert stranger.returns().stands == "read"
    reporters.answer(
        keys=world.keys("bakyt"), report=report, text="Practice: call us after dark.", at=world.at
    )
    opened = stranger.returns()
    assert opened.stands == "answered"
    (word,) = reporters_queries.words_for(opened)
    assert word.text == "Practice: call us after dark."


def test_a_form_pressed_twice_makes_one_report_and_says_the_same(world, stranger):
    assert stranger.writes() == stranger.writes("something else")
    assert Report.objects.count() == 1
