"""Reminders by e-mail: that something waits, to whoever it is due from, once, and never what or about whom."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.channels import actions as channels
from panah.ground.vault.models import KeyHeld
from panah.ground.work import actions
from panah.ground.work.models import DueItem
from panah.node.jobs import APART, PAGING, jobs
from panah.people.hotline.models import Contact, Line
from tests.conftest import LINE_NORTH


@pytest.fixture
def addresses(world):
    for name in ("amina", "bakyt", "elena", "daler"):
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()


@pytest.fixture
def due(world):
    def put(owner="amina", *, after=timedelta(0), **more):
        who = world.staff[owner] if owner else None
        given = {"kind": "call", "room": "cases", "subject": world.staff["amina"].pk, "number": "4TQ-7MX-R"}
        return actions.add_item(
            keys=None, society=world.societies["north"].pk, due_at=world.at + after, owner=who, at=world.at,
            **{**given, **more},
        )  # fmt: skip

    return put


@pytest.fixture
def remind(world):
    def at(after=timedelta(0)):
        mail.outbox.clear()
        actions.remind(at=world.at + after)
        channels.deliver_due(at=world.at + after)
        return sorted(to for one in mail.outbox for to in one.to)

    return at


def test_amina_is_told_once_that_something_waits_and_nothing_else(world, addresses, due, remind):
    due()
    due(after=timedelta(minutes=-5))
    due("cholpon")
    assert remind() == ["amina@practice.example"], "nobody without an address"
    (message,) = mail.outbox
    for secret in ("4TQ", "Amina", "call", "http"):
        assert secret not in message.subject + message.body.replace("recall", "")
    assert remind(timedelta(days=1)) == []


def test_what_is_not_due_yet_or_done_sends_nothing(world, addresses, due, remind):
    due(after=timedelta(minutes=1))
    actions.complete(item=due(), by=world.staff["amina"], at=world.at)
    assert remind() == []
    assert remind(timedelta(minutes=1)) == ["amina@practice.example"]


def test_one_reminder_speaks_for_four_hours_but_not_for_what_is_urgent_now(world, addresses, due, remind):
    due()
    remind()
    due(after=timedelta(hours=1))
    assert remind(timedelta(hours=1)) == []
    assert remind(timedelta(hours=5)) == ["amina@practice.example"]
    due(after=timedelta(hours=6), urgency="now")
    assert remind(timedelta(hours=6)) == ["amina@practice.example"]


def test_what_was_moved_or_given_on_is_said_anew(world, addresses, due, remind):
    moved, given = due(), due()
    remind()
    actions.move(item=moved, due_at=world.at + timedelta(days=2), by=world.staff["amina"], at=world.at)
    actions.assign(item=given, to=world.staff["bakyt"], by=world.staff["amina"], at=world.at)
    assert remind(timedelta(minutes=5)) == ["bakyt@practice.example"]
    assert remind(timedelta(days=2)) == ["amina@practice.example"]


def test_who_has_left_is_told_nothing(world, addresses, due, remind):
    due()
    type(world.staff["amina"]).objects.filter(pk=world.staff["amina"].pk).update(is_active=False)
    assert remind() == []


def test_a_call_back_of_a_line_is_said_to_who_is_on_duty_for_calls_else_to_the_focal_points(
    world, addresses, due, remind
):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    assert KeyHeld.objects.filter(key__line=line.pk, staff=world.staff["elena"]).exists()
    due(None, line=line.pk)
    assert remind() == ["bakyt@practice.example"]
    now = timezone.now()
    for name in ("elena", "amina"):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what="calls",
            starts_at=world.at - timedelta(hours=1), ends_at=now + timedelta(days=30),
        )  # fmt: skip
    due(None, line=line.pk, after=timedelta(hours=5))
    assert remind(timedelta(hours=5)) == ["elena@practice.example"]
    assert not Contact.objects.exists() and DueItem.objects.filter(reminded_at=None).count() == 0


def test_what_waits_on_a_line_is_said_to_its_owner_and_to_who_answers_now(world, addresses, due, remind):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["elena"], what="calls",
        starts_at=world.at - timedelta(hours=1), ends_at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    due("bakyt", line=line.pk, purpose="decide", urgency="now")
    assert sorted(remind()) == ["bakyt@practice.example", "elena@practice.example"]


@pytest.fixture
def monday(world):
    """The mail of the week as the worker sends it: world.at is a Tuesday."""

    def at(after=timedelta(0)):
        mail.outbox.clear()
        actions.send_week_mail(at=world.at + after)
        channels.deliver_due(at=world.at + after)
        return {to: one for one in mail.outbox for to in one.to}

    return at


def test_once_a_week_an_e_mail_says_how_many_things_are_due_and_nothing_else(world, addresses, due, monday):
    for days in (-9, 1, 3):
        due(after=timedelta(days=days))
    due(after=timedelta(days=8))
    due("bakyt")
    found = monday()
    assert sorted(found) == ["amina@practice.example", "bakyt@practice.example"], (
        "nothing is due from the others"
    )
    assert "3 things are due from you this week." in found["amina@practice.example"].body
    assert "1 thing is due from you this week." in found["bakyt@practice.example"].body
    for secret in ("4TQ", "Amina", "call ", "http", "case"):
        assert secret not in found["amina@practice.example"].subject + found["amina@practice.example"].body
    assert monday(timedelta(days=4)) == {}, "once a week"
    assert monday(timedelta(days=5, hours=20)) == {}, "not in the night before Monday's morning"
    assert "amina@practice.example" in monday(timedelta(days=6, hours=3))


def test_one_press_stops_the_e_mail_of_the_week_for_oneself_alone_and_one_lets_it_come_again(
    world, addresses, due, monday
):
    due()
    due("bakyt")
    amina = world.client("amina")
    assert "Stop this e-mail" in amina.get("/").content.decode()
    assert "On Mondays it says" in amina.get("/").content.decode()
    amina.post("/week-mail", {"stopped": "yes"})
    assert "On Mondays it says" not in amina.get("/").content.decode()
    assert sorted(monday()) == ["bakyt@practice.example"]
    assert "Send me this e-mail again" in amina.get("/").content.decode()
    amina.post("/week-mail", {"stopped": "no"})
    assert sorted(monday()) == ["amina@practice.example"]


def test_who_has_left_gets_no_e_mail_of_the_week(world, addresses, due, monday):
    due()
    type(world.staff["amina"]).objects.filter(pk=world.staff["amina"].pk).update(is_active=False)
    assert monday() == {}


def test_nobody_is_paged_later_because_a_mail_server_is_silent():
    (job,) = [one for one in jobs() if one.name == "reminders"]
    assert job.lane == APART
    sending = {one.name for one in jobs() if one.lane == PAGING}
    # What came by the machine of the door is put on lists, and pages: it waits for nothing either.
    assert sending == {"escalate", "undecided-danger", "pages", "left-by-the-door"}, (
        "what waits for no other node and no long job"
    )
    said = subprocess.run(
        [sys.executable, "-c", "from panah.config import settings; print(settings.MAILERS)"],
        env={**os.environ, "PANAH_MAIL_HOST": "mail.example"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "'port': 587, 'use_tls': True" in said.stdout and "'timeout': 5" in said.stdout
