"""Somebody was in danger and nobody has decided yet: no row alone lets that wait, ends it or takes it off the lists."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.vault import shred_store
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from tests.committed_rows import what_panah_wrote_is_committed
from tests.guard.past_panah import noticed, swap, take_out

TABLE = "work_dueitem"


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def item(world, north):
    return waits(world, north)


def waits(world, north, **more):
    made = work.add_item(
        keys=None,
        society=north, kind="decide", due_at=timezone.now(), room="hotline", subject=uuid4(), owner=world.staff["elena"],
        at=timezone.now(), **{"pages_after": timedelta(minutes=5), **more},
    )  # fmt: skip
    what_panah_wrote_is_committed()
    return made


def calls(north, item, after=timedelta(minutes=6)):
    with tenancy.tenant_context(north):
        work.page_undecided(at=timezone.now() + after)
    return Alarm.objects.filter(subject=item.subject).exists()


def test_what_nobody_decided_calls_others_and_not_before_its_minute(north, item):
    assert not calls(north, item, timedelta(minutes=4))
    assert calls(north, item)
    assert not noticed(north)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pages_at", None),
        ("pages_at", timezone.now() + timedelta(days=400)),
        ("done_at", timezone.now()),
        ("subject", uuid4()),
        ("society_id", "south"),
        ("", None),
    ],
)
def test_no_row_silences_what_somebody_in_danger_waits_for(world, north, item, column, value):
    if column:
        value = world.societies[value].pk if column == "society_id" else value
        swap(TABLE, column, value, id=item.pk)
    else:
        take_out(TABLE, id=item.pk)
    assert calls(north, item)
    assert noticed(north)
    assert str(item.pk) in world.client("elena").get("/").content.decode()


def test_what_was_decided_calls_nobody_and_nothing_is_kept_of_it(world, north, item):
    work.complete(item=item, by=world.staff["elena"], at=timezone.now())
    what_panah_wrote_is_committed()
    assert not calls(north, item)
    assert not noticed(north)
    assert not shred_store.keys_of("undecided", north)


def test_of_what_calls_nobody_nothing_is_kept(world, north):
    waits(world, north, pages_after=None)
    assert not shred_store.keys_of("undecided", north)
    made = waits(world, north, pages_after=None)
    work.move(
        item=made,
        due_at=timezone.now(),
        by=world.staff["elena"],
        at=timezone.now(),
        pages_after=timedelta(minutes=5),
    )
    what_panah_wrote_is_committed()
    assert shred_store.keys_of("undecided", north) == [made.pk]
