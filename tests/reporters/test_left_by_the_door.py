"""What strangers left waits for the worker: nobody in danger behind others, nothing lost, nothing done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panah.ground.audit import actions as audit
from panah.ground.audit.models import Entry, Waiting
from panah.ground.channels.models import Delivery
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.people.inbox import actions as inbox
from panah.people.inbox import events
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import OPEN
from panah.people.reporters import actions as reporters
from tests import keys_of_today
from tests.reporters.conftest import Stranger, opens

ARRIVED = events.ARRIVED.name


def comes(world, urgency="today"):
    """Something comes by the door, as ``reporters`` hands it on."""
    return inbox.receive(
        society=world.societies["north"].pk, source="web", sender=None, kind="report", urgency=urgency,
        conversation=None, header=b"{}", body=b"sealed", to_key="intake:1", expires_at=None, at=world.at,
    )  # fmt: skip


def on_lists():
    return DueItem.objects.filter(purpose=OPEN)


def listed(arrival):
    return DueItem.objects.filter(subject=arrival.pk, purpose=OPEN, done_at=None).exists()


def reaches_the_second(world, arrival):
    """Nobody answers: the next on the list is called."""
    work.escalate(at=world.at + timedelta(minutes=6))
    return Alarm.objects.get(subject=arrival.pk).second_paged_at is not None


@pytest.fixture
def two_hundred(world):
    for _ in range(200):
        comes(world)
    assert Waiting.objects.count() == 200 and not DueItem.objects.filter(room="inbox").exists()


def test_danger_reaches_the_second_person_also_while_two_hundred_wait_before_it(world, two_hundred):
    danger = comes(world, "now")
    assert listed(danger) and reaches_the_second(world, danger)
    assert Waiting.objects.count() == 200, "nobody had to take up the others before"
    assert audit.take_up(at=world.at) == 200
    assert DueItem.objects.filter(room="inbox").values("subject").distinct().count() == 201


def test_of_what_a_machine_of_the_doors_own_left_danger_is_taken_up_first(
    world, two_hundred, settings, monkeypatch
):
    keys_of_today.made_today()
    settings.PANAH_DOOR_ONLY = True
    danger = comes(world, "now")
    settings.PANAH_DOOR_ONLY = False
    assert not Alarm.objects.exists(), "control"
    monkeypatch.setattr(audit, "AT_ONCE", audit.LOT)
    assert audit.take_up(at=world.at) == 1
    assert listed(danger) and reaches_the_second(world, danger)


class Killed(BaseException):
    """What nothing catches."""


def test_a_worker_that_is_killed_in_between_loses_nothing_and_does_nothing_twice(world):
    strangers = [Stranger(world) for _ in range(3)]
    for one in strangers:
        one.sends()
    before = Entry.objects.count()

    def dies(arrivals, at):
        inbox.take_up(arrivals, at)
        assert DueItem.objects.filter(purpose=OPEN).exists(), "control: it was done"
        raise Killed

    with audit.TAKEN_UP.temporarily(ARRIVED, audit.Follows(dies)), pytest.raises(Killed):
        audit.take_up(at=world.at)
    assert (Waiting.objects.count(), on_lists().count(), Entry.objects.count()) == (3, 0, before)
    assert Delivery.objects.count() == 0
    assert (audit.take_up(at=world.at), audit.take_up(at=world.at)) == (3, 0)
    owners = on_lists().values("owner", "line").distinct().count()
    assert on_lists().count() == 3 * owners and Entry.objects.count() == before + 3


@pytest.mark.parametrize("in_danger", [False, True])
def test_what_cannot_be_taken_up_holds_up_nobody_else_and_is_tried_again(world, in_danger):
    bad, *others = [comes(world) for _ in range(4)]
    Waiting.objects.filter(about=bad.pk).update(first=in_danger)

    def fails(arrivals, at):
        if bad.pk in arrivals:
            raise LookupError
        inbox.take_up(arrivals, at)

    with audit.TAKEN_UP.temporarily(ARRIVED, audit.Follows(fails)):
        audit.take_up(at=world.at)
        assert all(listed(one) for one in others) and not listed(bad)
        later = comes(world)
        audit.take_up(at=world.at)
        assert listed(later)
    audit.take_up(at=world.at)
    assert listed(bad) and not Waiting.objects.exists()


def test_what_was_opened_or_taken_back_before_the_worker_came_stands_on_no_list(world):
    read, back = Stranger(world), Stranger(world)
    for one in (read, back):
        one.sends()
    opens(world, read.report)
    reporters.withdraw(opened=back.returns(), at=world.at)
    audit.take_up(at=world.at)
    assert Arrival.objects.count() == 2 and not any(map(listed, Arrival.objects.all()))
