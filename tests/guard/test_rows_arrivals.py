"""Somebody changes the row of what arrived: it reaches whoever it was for all the same, and he is noticed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from tests import keys_of_today
from tests.committed_rows import what_panah_wrote_is_committed
from tests.guard.past_panah import noticed, put_in, sql, swap, take_out
from tests.inbox.conftest import intake  # noqa: F401  a fixture
from tests.reporters.added_words import more
from tests.reporters.conftest import Stranger

ARRIVAL, LATER = "inbox_arrival", "Practice: they moved us to the house by the mill."


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def later(world, intake):  # noqa: F811
    """What a stranger adds after Elena made a case of her report, which Amina holds; returns its id."""
    stranger, now = Stranger(world), timezone.now()
    stranger.writes(at=now)
    first, elena = Arrival.objects.get(), world.client("elena")
    assert elena.post(f"/inbox/{first.pk}/open/").status_code == 302
    typed = {
        "language": "tg",
        "age_group": "adult",
        "doubt": "no",
        "urgency": "today",
        "note": "",
        "word": "",
    }
    turned = elena.post(f"/inbox/{first.pk}/turn/case/", typed | {"choice": str(world.staff["amina"].pk)})
    assert turned.status_code == 302, turned.content.decode()
    more(stranger, LATER, at=now)
    (pk,) = Arrival.objects.exclude(pk=first.pk).values_list("pk", flat=True)
    return pk


def a_minute_passes(north):
    with tenancy.tenant_context(north):
        inbox.put_arrivals_right(at=timezone.now())


def reads(world, pk, who="amina"):
    """She finds it on her list of what arrived, opens it and reads it."""
    client = world.client(who)
    if f"/inbox/{pk}/" not in client.get("/inbox/").content.decode():
        return False
    client.post(f"/inbox/{pk}/open/")
    return LATER in client.get(f"/inbox/{pk}/").content.decode()


def test_whoever_holds_the_case_reads_what_is_said_later(world, later):
    assert reads(world, later), "control"
    assert not reads(world, later, "daler"), "control"


CHANGES = {
    "room": ["hotline", ""], "subject": [uuid4(), None], "to_key": ["intake:1", ""], "header": [b""],
    "owner_id": [None, "timur"], "society_id": ["south"], "conversation": [uuid4()], "past_intake": [True],
    "kind": ["other"],
}  # fmt: skip


@pytest.mark.parametrize(("column", "value"), [(name, one) for name, all_ in CHANGES.items() for one in all_])
def test_what_is_said_later_reaches_whoever_holds_the_case_though_somebody_changed_its_row(
    world, north, later, column, value
):
    value = world.staff["timur"].pk if value == "timur" else value
    value = world.societies["south"].pk if value == "south" else value
    swap(ARRIVAL, column, value, id=later)
    a_minute_passes(north)
    assert noticed(north)
    assert reads(world, later)
    assert not reads(world, later, "timur")


@pytest.mark.parametrize("kept", [True, False])
def test_what_a_row_alone_says_is_over_keeps_its_words_and_waits_again(world, north, later, kept):
    sql(
        f"UPDATE {ARRIVAL} SET state='settled', ended_at=%s, kept=%s WHERE id=%s", timezone.now(), kept, later
    )
    with tenancy.tenant_context(north):
        inbox.sweep_bodies(at=timezone.now())
    a_minute_passes(north)
    assert noticed(north)
    assert reads(world, later)


@pytest.mark.parametrize("how", ["expired", "put aside long ago"])
def test_nothing_is_destroyed_because_a_row_alone_says_that_its_time_is_over(world, north, later, how):
    now = timezone.now()
    if how == "expired":
        swap(ARRIVAL, "expires_at", now - timedelta(days=1), id=later)
    else:
        sql(f"UPDATE {ARRIVAL} SET state='aside', ended_at=%s WHERE id=%s", now - timedelta(days=400), later)
    with tenancy.tenant_context(north):
        inbox.expire(at=now)
        inbox.let_go_of_aside(before=now - timedelta(days=100))
        inbox.sweep_bodies(at=now)
    a_minute_passes(north)
    assert noticed(north)
    assert reads(world, later)


def test_what_was_taken_out_stands_there_again(world, north, later):
    sql("DELETE FROM reporters_word")
    take_out(ARRIVAL, id=later)
    a_minute_passes(north)
    assert noticed(north)
    assert reads(world, later)


def test_what_a_machine_of_the_doors_own_left_is_taken_out_by_nobody_after_the_next_minute(
    world, north, later, settings
):
    keys_of_today.made_today()
    settings.PANAH_DOOR_ONLY = True
    left = inbox.receive(
        society=north, source="web", sender=None, kind="report", urgency="today", conversation=None, header=b"{}",
        body=b"sealed", to_key="intake:1", expires_at=None, at=timezone.now(),
    )  # fmt: skip
    what_panah_wrote_is_committed()
    settings.PANAH_DOOR_ONLY = False
    audit.take_up(at=timezone.now())
    a_minute_passes(north)
    assert not noticed(north), "control"
    take_out(ARRIVAL, id=left.pk)
    a_minute_passes(north)
    assert noticed(north)
    assert f"/inbox/{left.pk}/" in world.client("elena").get("/inbox/").content.decode()


def test_a_row_that_he_puts_in_takes_nobodys_message_away_and_opens_for_nobody(world, north, later):
    row = dict(Arrival.objects.values().get(pk=later), id=uuid4(), owner_id=world.staff["timur"].pk)
    pk = put_in(ARRIVAL, **row)
    a_minute_passes(north)
    assert not reads(world, pk, "timur")
    assert reads(world, later)


def test_what_is_settled_is_not_brought_back(world, north, later):
    amina = world.client("amina")
    amina.post(f"/inbox/{later}/open/")
    amina.post(f"/inbox/{later}/finish/", {"closing": "done", "note": ""})
    before = Arrival.objects.values().get(pk=later)
    a_minute_passes(north)
    assert Arrival.objects.values().get(pk=later) == before
    assert not noticed(north)
