"""Two colleagues who act on one report at one moment: one effect, on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from panah.ground.foundation.errors import Refusal
from panah.people.cases.models import Case
from panah.people.inbox.models import Arrival
from panah.people.intake import actions
from panah.people.intake.models import GoesOnAt, JoinedReport, Pile
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Word
from tests.intake.floods import junk
from tests.reporters.conftest import Stranger
from tests.shelter.two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 2


def written(world, count=1, **more):
    made = []
    for _ in range(count):
        stranger = Stranger(world)
        stranger.writes(**more)
        report = stranger.report
        actions.open_report(
            keys=world.keys("bakyt"), arrival=report.arrival, by=world.staff["bakyt"], at=world.at
        )
        made.append(stranger)
    return made


def as_case(world, name, arrival):
    target = next(one for one in actions.TARGETS if one.name == "case")
    return actions.convert(
        keys=world.keys(name), arrival=arrival, turn=target, called="", phone="",
        choice=str(world.staff["amina"].pk), by=world.staff[name], at=world.at,
    )  # fmt: skip


def test_two_who_open_a_case_of_one_report_open_one_case(world):
    (stranger,) = written(world)
    arrival = stranger.report.arrival
    told = at_once(lambda: as_case(world, "bakyt", arrival), lambda: as_case(world, "saule", arrival))
    assert sum(isinstance(one, Refusal) for one in told) == 1
    assert Case.objects.count() == GoesOnAt.objects.count() == 1


def test_of_closing_and_opening_a_case_at_one_moment_one_stands(world):
    for number in range(ROUNDS):
        (stranger,) = written(world)
        report = stranger.report
        before = Case.objects.count()
        told = at_once(
            lambda report=report: as_case(world, "bakyt", report.arrival),
            lambda report=report: actions.finish_report(
                keys=world.keys("saule"), report=report, told="helped", at=world.at
            ),
        )
        cases = Case.objects.count() - before
        state = Arrival.objects.get(pk=report.arrival_id)
        assert state.state == "settled"
        # Where the case came first, closing still told the reporter, and took nothing from the case.
        assert (cases == 1) == (state.room == "cases"), (number, told)


def test_one_answer_pressed_by_two_fingers_is_one_answer(world):
    (stranger,) = written(world)
    once = uuid4()

    def press():
        report = stranger.report
        actions.answer_report(
            keys=world.keys("bakyt"), arrival=report.arrival, report=report, text="Come on Monday.", once=once,
            at=world.at,
        )  # fmt: skip

    at_once(press, press)
    assert Word.objects.filter(direction="to-reporter").count() == 1


def test_two_who_join_two_reports_in_either_direction_join_them_once(world):
    for _ in range(ROUNDS):
        first, second = (one.report.arrival for one in written(world, 2))
        JoinedReport.objects.all().delete()
        at_once(
            lambda first=first, second=second: actions.join_reports(
                arrival=first, other=second, by=world.staff["bakyt"], at=world.at
            ),
            lambda first=first, second=second: actions.join_reports(
                arrival=second, other=first, by=world.staff["saule"], at=world.at
            ),
        )
        assert JoinedReport.objects.count() == 2
        assert len(set(JoinedReport.objects.values_list("group", flat=True))) == 1


def test_two_who_answer_joined_reports_crosswise_both_get_through(world):
    first, second = written(world, 2)
    told = at_once(
        lambda: actions.answer_report(
            keys=world.keys("bakyt"), arrival=first.report.arrival, report=first.report, also=[second.report],
            text="One", once=uuid4(), at=world.at,
        ),
        lambda: actions.answer_report(
            keys=world.keys("saule"), arrival=second.report.arrival, report=second.report, also=[first.report],
            text="Two", once=uuid4(), at=world.at,
        ),
    )  # fmt: skip
    assert told == [None, None]
    for one in (first, second):
        back = reporters_queries.find(*reporters_queries.parse(one.receipt.shown))
        words = {said.text for said in reporters_queries.words_for(back) if said.to_reporter}
        assert words == {"One", "Two"}


def test_a_pile_that_two_empty_at_one_moment_goes_once_and_none_of_it_twice(world):
    for words in list(junk(40))[::4]:
        Stranger(world).writes(words, receipt=None)
    found = actions.find_piles(keys=world.keys("bakyt"), at=world.at)
    (pile,) = found.piles

    def empty(name):
        return actions.empty_pile(keys=world.keys(name), first=pile.first, until=found.at, at=world.at)

    told = at_once(lambda: empty("bakyt"), lambda: empty("saule"))
    assert sum(isinstance(one, Refusal) for one in told) == 1
    assert Pile.objects.get().number == pile.size == Arrival.objects.filter(state="aside").count()
