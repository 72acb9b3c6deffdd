# ruff: noqa: F811  fixtures of other rooms are used here too
"""Somebody silences danger by a row of the main database: whoever should come is called all the same.

Where roster or list do not fit what Panah wrote, everybody's number rings: one call too many is borne, none is not.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Duty
from panah.ground.channels import actions as channels
from panah.ground.foundation import dialled_numbers
from panah.ground.vault import shred_store
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from tests.committed_rows import what_panah_wrote_is_committed
from tests.guard.past_panah import copied, noticed, put_back, put_in, sql, swap, take_out
from tests.hotline.conftest import contact, elenas, line, take  # noqa: F401
from tests.reporters.conftest import Stranger

ALARM, PAGE, DUTY = "work_alarm", "work_page", "accounts_duty"


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def roster(world, line):
    """Amina is on duty, Saule after her, as somebody put them on the roster; all have an address."""
    now = timezone.now()
    for name, staff in world.staff.items():
        staff.email = f"{name}@practice.example"
        staff.save()
    for name, what in (("amina", "danger"), ("saule", "danger_second")):
        accounts.put_on_duty(
            staff=world.staff[name], what=what, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
            at=now - timedelta(hours=2),
        )  # fmt: skip
    dialled_numbers.accept(world.societies["north"].pk)


def presses(elenas, contact):
    """Elena presses danger on the page of her call, and the worker sends what waits."""
    answer = elenas.post(f"/calls/{contact.number}/", {"do": "emergency", "note": "he is at the door"})
    assert answer.status_code == 302
    channels.deliver_due(at=timezone.now())


def called():
    """Who was written to, by name."""
    return {to.split("@")[0] for message in mail.outbox for to in message.to}


def later(minutes):
    at = timezone.now() + timedelta(minutes=minutes)
    work.escalate(at=at)
    channels.deliver_due(at=at)


def false_alarm(world, subject, *, room="hotline", pages=("timur",), **more):
    """An alarm that Panah never raised, about what will be in danger soon; it calls his own account alone."""
    now = timezone.now()
    row = {
        "society_id": world.societies["north"].pk, "room": room, "subject": subject, "raised_at": now,
        "raised_by_id": None, "first_id": None, "first_paged_at": now, "second_id": None, "second_paged_at": None,
        "answered_at": None, "answered_by_id": None, "over_said_at": None, "step": 0, "paged_at": now,
        "called_for_by": [], **more,
    }  # fmt: skip
    missing = {field.column for field in Alarm._meta.fields} - {*row, "id"}
    assert not missing, missing
    alarm = put_in(ALARM, **row)
    for name in pages:
        put_in(
            PAGE, society_id=row["society_id"], alarm_id=alarm, staff_id=world.staff[name].pk, step=0, paged_at=now,
            times=1, call=uuid4(),
        )  # fmt: skip
    return alarm


# -- before danger is pressed ------------------------------------------------------------------------


def test_an_alarm_that_was_put_in_before_keeps_nobody_from_being_called(
    world, roster, north, elenas, contact
):
    false_alarm(world, contact.pk)
    presses(elenas, contact)
    assert "amina" in called()
    assert noticed(north)


def test_what_a_stranger_says_is_danger_calls_though_an_alarm_about_it_stands_there(world, roster, north):
    stranger = Stranger(world)
    stranger.sends(at=timezone.now())
    false_alarm(world, stranger.report.arrival_id, room="inbox")
    work.raise_alarms(
        society=north, room="inbox", subjects=[stranger.report.arrival_id], by=None, at=timezone.now()
    )
    channels.deliver_due(at=timezone.now())
    assert "amina" in called()
    assert noticed(north)


@pytest.mark.parametrize("how", ["emptied", "his", "over", "moved"])
def test_where_the_roster_is_not_as_it_was_written_whoever_was_on_it_is_called_at_once(
    world, roster, north, elenas, contact, how
):
    past = timezone.now() - timedelta(minutes=30)
    if how == "emptied":
        sql(f'DELETE FROM "{DUTY}"')
    elif how == "his":
        swap(DUTY, "staff_id", world.staff["timur"].pk, society_id=north)
    elif how == "over":
        swap(DUTY, "ends_at", past, society_id=north)
    else:
        swap(DUTY, "what", "calls", society_id=north)
    presses(elenas, contact)
    assert "amina" in called(), "at once, and not after five minutes"
    assert noticed(north)


def test_a_shift_that_was_put_in_ahead_of_all_takes_nobodys_place(world, roster, north, elenas, contact):
    put_in(
        DUTY, society_id=north, staff_id=world.staff["timur"].pk, what="danger",
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    presses(elenas, contact)
    assert "amina" in called()
    assert noticed(north)


@pytest.mark.parametrize("column", ["is_active", "society_id"])
def test_whoever_is_on_duty_is_called_though_a_row_says_that_she_is_not_here(
    world, roster, north, elenas, contact, column
):
    south = world.societies["south"].pk
    swap("accounts_staff", column, False if column == "is_active" else south, id=world.staff["amina"].pk)
    presses(elenas, contact)
    assert "amina" in called()
    assert noticed(north)


def test_with_roster_roles_and_accounts_spoiled_somebody_who_works_here_is_called(
    world, roster, north, elenas, contact
):
    sql(f'DELETE FROM "{DUTY}"')
    for name in ("bakyt", "saule"):
        take_out("accounts_roleheld", staff_id=world.staff[name].pk)
    presses(elenas, contact)
    assert called() & {"amina", "bakyt", "saule"}
    assert noticed(north)


def test_an_older_roster_put_back_complete_does_not_call_instead_of_whoever_is_on_it_now(
    world, north, roster, elenas, contact
):
    now, duty = timezone.now(), Duty.objects.get(staff=world.staff["amina"])
    old = copied(DUTY, id=duty.pk)
    accounts.take_off_duty(duty=duty, by=world.staff["bakyt"], at=now)
    accounts.put_on_duty(
        staff=world.staff["cholpon"], what="danger", starts_at=now, ends_at=now + timedelta(hours=8), at=now
    )
    put_back(DUTY, old)
    presses(elenas, contact)
    assert "cholpon" in called()
    assert noticed(north)


# -- after it is pressed -----------------------------------------------------------------------------


@pytest.mark.parametrize("with_whom", ["nobody", "amina"])
def test_an_alarm_that_a_row_says_is_answered_goes_on_calling(
    world, roster, north, elenas, contact, with_whom
):
    presses(elenas, contact)
    alarm = Alarm.objects.get()
    swap(ALARM, "answered_at", timezone.now(), id=alarm.pk)
    if with_whom != "nobody":
        swap(ALARM, "answered_by_id", world.staff[with_whom].pk, id=alarm.pk)
    later(6)
    assert "saule" in called(), "nobody pressed: the second is called"
    assert "Amina answered" not in elenas.get(f"/calls/{contact.number}/emergency/").text
    assert noticed(north)


def test_colleagues_taken_off_its_list_are_called(world, roster, north, elenas, contact):
    presses(elenas, contact)
    mail.outbox.clear()
    sql(f'DELETE FROM "{PAGE}"')
    later(6)
    assert "saule" in called()
    assert noticed(north)


def test_colleagues_whose_place_on_its_list_was_given_to_his_account_are_called(
    world, roster, north, elenas, contact
):
    presses(elenas, contact)
    timur = world.staff["timur"].pk
    sql(f'UPDATE "{PAGE}" SET "staff_id" = %s WHERE "staff_id" = %s', timur, world.staff["saule"].pk)
    later(6)
    assert "saule" in called()
    assert noticed(north)


@pytest.mark.parametrize("column", ["step", "paged_at"])
def test_an_alarm_that_a_row_says_has_gone_on_calls_the_second_in_her_time(
    world, roster, north, elenas, contact, column
):
    presses(elenas, contact)
    much_later = timezone.now() + timedelta(days=30)
    swap(ALARM, column, 4 if column == "step" else much_later, id=Alarm.objects.get().pk)
    later(6)
    assert "saule" in called()
    assert noticed(north)


def test_whoever_did_not_call_for_help_answers_though_a_row_says_she_did(
    world, roster, north, elenas, contact
):
    presses(elenas, contact)
    alarm = Alarm.objects.get()
    swap(ALARM, "raised_by_id", world.staff["amina"].pk, id=alarm.pk)
    world.client("amina").post(f"/calls/alarms/{alarm.pk}/")
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["amina"]
    assert noticed(north)


def test_whoever_called_for_help_is_still_not_who_answers_when_a_row_says_another_called(
    world, roster, north, elenas, contact
):
    presses(elenas, contact)
    alarm = Alarm.objects.get()
    swap(ALARM, "raised_by_id", world.staff["saule"].pk, id=alarm.pk)
    put_in(
        PAGE, society_id=north, alarm_id=alarm.pk, staff_id=world.staff["elena"].pk, step=0,
        paged_at=timezone.now(), times=1, call=uuid4(),
    )  # fmt: skip
    elenas.post(f"/calls/alarms/{alarm.pk}/")
    alarm.refresh_from_db()
    assert alarm.answered_by is None
    assert noticed(north)


def test_an_alarm_that_was_deleted_goes_on_calling(world, roster, north, elenas, contact):
    presses(elenas, contact)
    sql(f'DELETE FROM "{PAGE}"')
    sql(f'DELETE FROM "{ALARM}"')
    later(6)
    assert "saule" in called()
    assert noticed(north)


def test_duties_that_are_over_make_nothing_longer_and_are_left_as_they_stand(world, roster, north):
    """Of two thousand nights of years nothing is kept beside the database but who is on duty now."""
    end = timezone.now() - timedelta(days=2)
    nights = [
        Duty(
            society_id=north, staff=world.staff["amina"], what="danger",
            starts_at=end - timedelta(hours=12 * n + 12), ends_at=end - timedelta(hours=12 * n),
        )
        for n in range(2_000)
    ]  # fmt: skip
    Duty.objects.bulk_create(nights)
    accounts.put_on_duty(
        staff=world.staff["amina"], what="calls", starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=8),
        at=timezone.now(),
    )  # fmt: skip
    what_panah_wrote_is_committed()
    assert len(shred_store.get("duties", north)) < 2_000
    assert not noticed(north)
    assert Duty.objects.filter(society=north).count() == 2_003
    # An old duty that is written to last until tomorrow is one that nobody gave.
    swap(DUTY, "ends_at", timezone.now() + timedelta(days=1), id=nights[0].pk)
    assert noticed(north)
