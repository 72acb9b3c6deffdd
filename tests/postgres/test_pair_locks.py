"""Two focal points decide about likely doubles at one moment: one after the other, and nothing of either is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import search
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.finding import actions as finding
from panah.people.finding.actions.pair_register import kept_pairs
from panah.people.finding.models import PairRegister
from tests.postgres.waiting_locks import _waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="rows are locked one by one on PostgreSQL alone"
    ),
    pytest.mark.django_db(transaction=True),
]


def at_one_moment(*acts: Callable[[], object]) -> list[object]:
    """Begin acts while the register is held, each on a connection of its own; what each came to, once it let go."""
    came: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            act()
            came[number] = "done"
        except (Refusal, DatabaseError) as error:
            came[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    with transaction.atomic():
        list(PairRegister.objects.select_for_update())
        for thread in threads:
            thread.start()
        for number, thread in enumerate(threads, 1):
            while thread.is_alive() and _waiting() < number:
                thread.join(0.01)
        waited = [thread.is_alive() for thread in threads]
    for thread in threads:
        thread.join(timeout=30)
    assert waited == [True] * len(acts), "each waits for the register before it decides anything"
    return came


@pytest.fixture
def three(world: Any) -> list[Any]:
    """Three cases of one name, and a register that is there."""
    search._KEPT.clear()
    made = [
        cases.open_case(
            keys=world.keys(owner),
            by=world.staff[owner],
            at=timezone.now(),
            age_group="adult",
            identity={"names": [{"text": "Гүлнара Токтосунова", "kind": "full"}], "born": "1990"},
        )
        for owner in ("amina", "cholpon", "amina")
    ]
    PairRegister.objects.create(society=world.societies["north"])
    return made


def _numbers(*two: Any) -> frozenset[str]:
    return frozenset(str(one.number) for one in two)


def test_of_two_who_ask_about_one_pair_one_does_and_the_holder_is_asked_once(world: Any, three: Any) -> None:
    one, other, _third = three
    came = at_one_moment(
        *(
            lambda who=who: finding.ask_first(
                keys=world.keys(who), numbers=_numbers(one, other), at=timezone.now()
            )
            for who in ("bakyt", "saule")
        )
    )
    [refused] = [each for each in came if each != "done"]
    assert isinstance(refused, Refusal) and refused.code == "pair-changed", came
    assert DueItem.objects.filter(purpose="known_double", done_at=None).count() == 1


def test_of_two_who_decide_about_two_pairs_neither_is_lost(world: Any, three: Any) -> None:
    one, other, third = three
    came = at_one_moment(
        lambda: finding.mark_two_people(
            keys=world.keys("bakyt"), numbers=_numbers(one, other), at=timezone.now()
        ),
        lambda: finding.mark_two_people(
            keys=world.keys("saule"), numbers=_numbers(one, third), at=timezone.now()
        ),
    )
    assert came == ["done", "done"], came
    assert {pair.numbers for pair in kept_pairs(keys=world.keys("bakyt"))} == {
        _numbers(one, other),
        _numbers(one, third),
    }
