"""Danger now reaches whoever has no page open; what a gateway does not take calls the next colleague at once."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.channels import actions as channels
from panah.ground.channels.models import Channel, Delivery
from panah.ground.foundation import dialled_numbers
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, Page
from panah.node import jobs
from tests.channels.stand_ins import http_gateway, killed, mail_server

NUMBERS = {
    "amina": "+996555000001",
    "saule": "+996555000002",
    "cholpon": "+996555000003",
    "bakyt": "+996555000004",
}


@pytest.fixture
def roster(world):
    """Amina first, Saule second, Cholpon from this evening on; Bakyt is the other focal point."""
    for name, number in NUMBERS.items():
        world.staff[name].duty_phone = number
        world.staff[name].save()
        dialled_numbers.keep([world.staff[name]])
    for name, what, hours in (
        ("amina", "danger", -1),
        ("saule", "danger_second", -1),
        ("cholpon", "danger", 6),
    ):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what=what,
            starts_at=world.at + timedelta(hours=hours), ends_at=world.at + timedelta(hours=hours + 8),
        )  # fmt: skip
    return world


def sms(world, box, **more):
    given = {
        "address": box.address + "/send", "form": "json", "number_field": "to", "text_field": "text", "fields": {},
        "header": "Authorization", "secret": "Bearer s3cret", **more,
    }  # fmt: skip
    return channels.save_channel(
        channel=None, kind="sms", name="Modem", given=given, by=world.staff["bakyt"], at=world.at
    )


def raised(world):
    return work.raise_alarm(
        society=world.societies["north"].pk, room="hotline", subject=uuid4(), by=world.staff["elena"], at=world.at,
        exclude=[world.staff["elena"].pk],
    )  # fmt: skip


def rung(box):
    by_number = {number: name for name, number in NUMBERS.items()}
    found = [by_number[json.loads(one.body)["to"]] for one in box.asked]
    box.asked.clear()
    return found


def pass_on(at):
    """What the worker does, until nothing is left to do at this moment."""
    work.escalate(at=at)
    channels.deliver_due(at=at)
    while Delivery.objects.filter(state="waiting", due_at__lte=at).exists():
        channels.deliver_due(at=at)


def test_first_second_next_the_focal_points_and_all_again_until_somebody_presses(world, roster):
    with http_gateway() as box:
        sms(world, box)
        alarm, rings = raised(world), {}
        for minute in range(51):
            pass_on(world.at + timedelta(minutes=minute))
            if found := rung(box):
                rings[minute] = sorted(found)
        everybody = ["amina", "bakyt", "cholpon", "saule"]
        assert rings == {
            0: ["amina"], 5: ["saule"], 10: ["cholpon"], 15: ["bakyt"], 25: everybody, 35: everybody, 45: everybody,
        }  # fmt: skip
        work.answer_alarm(alarm=alarm, by=world.staff["cholpon"], at=world.at + timedelta(minutes=51))
        pass_on(world.at + timedelta(hours=2))
        assert rung(box) == []


def test_a_gateway_killed_in_the_middle_of_a_page_calls_the_next_at_once(world, roster):
    with http_gateway(killed) as box:
        sms(world, box)
        raised(world)
        channels.deliver_due(at=world.at)
        assert rung(box) == ["amina"]
        # Another gateway process comes back: nobody waits five minutes, and Amina is rung again half a minute later.
        box.answer = 200
        channels.deliver_due(at=world.at)
        assert rung(box) == ["saule"]
        channels.deliver_due(at=world.at + timedelta(seconds=30))
        assert rung(box) == ["amina"]
    assert Channel.objects.get().works


def test_with_every_gateway_dead_all_on_the_list_are_called_within_seconds(world, roster):
    with http_gateway(500) as box:
        sms(world, box)
        raised(world)
        pass_on(world.at)
        assert rung(box) == ["amina", "saule", "cholpon", "bakyt"]
    assert not Channel.objects.get().works


def test_a_worker_killed_in_the_middle_of_a_page_leaves_it_written_down_and_the_next_is_called(world, roster):
    with http_gateway() as box:
        sms(world, box)
        raised(world)
        # It had written down that it sends, and died before the gateway answered.
        Delivery.objects.update(state="started", started_at=world.at, tries=1)
        channels.deliver_due(at=world.at + timedelta(seconds=20))
        assert rung(box) == [], "it may still be sending"
        pass_on(world.at + timedelta(seconds=30))
        assert rung(box) == ["saule"]
        pass_on(world.at + timedelta(seconds=61))
        assert rung(box) == ["amina"], "and what was cut off is sent again"


def test_whoever_no_channel_reaches_does_not_hold_up_the_next(world, roster):
    world.staff["amina"].duty_phone = ""
    world.staff["amina"].save()
    with http_gateway() as box:
        sms(world, box)
        alarm = raised(world)
        pass_on(world.at)
        assert rung(box) == ["saule"]
    alarm.refresh_from_db()
    assert alarm.first == world.staff["amina"] and alarm.second_paged_at == world.at
    assert "Danger now" in world.client("amina").get("/calls/alarms/now").content.decode(), (
        "her page still shows it"
    )


def test_without_any_channel_the_second_still_has_five_minutes(world, roster):
    alarm = raised(world)
    assert work.escalate(at=world.at + timedelta(minutes=4)) == 0
    alarm.refresh_from_db()
    assert alarm.second_paged_at is None and not Delivery.objects.exists()


def test_an_answer_stops_what_was_not_sent_yet(world, roster):
    with http_gateway(500) as box:
        sms(world, box)
        alarm = raised(world)
        channels.deliver_due(at=world.at)
        work.answer_alarm(alarm=alarm, by=world.staff["saule"], at=world.at)
        box.asked.clear()
        pass_on(world.at + timedelta(minutes=10))
        assert box.asked == []


def test_a_page_says_nothing_of_the_call_to_any_gateway(world, roster, trusted, elenas_call):
    for name in NUMBERS:
        world.staff[name].email = "duty@practice.example"
        world.staff[name].save()
    with http_gateway() as text, http_gateway(204) as hook, mail_server(trusted) as mail:
        sms(world, text)
        bakyt = world.staff["bakyt"]
        given = {
            "host": "localhost", "port": mail.port, "tls": "starttls", "user": "panah", "password": "a long one",
            "sender": "duty@practice.example",
        }  # fmt: skip
        channels.save_channel(channel=None, kind="email", name="Mail", given=given, by=bakyt, at=world.at)
        hooked = {"address": hook.address, "secret": ""}
        channels.save_channel(channel=None, kind="webhook", name="Pager", given=hooked, by=bakyt, at=world.at)
        elenas_call.danger("the man with the scar is at the door")
        channels.deliver_due(at=timezone.now())
        said = [*(one.body.decode() + str(one.headers) for one in (*text.asked, *hook.asked)), *mail.mails]
    assert len(said) == 3
    for one in said:
        for secret in (
            elenas_call.number,
            elenas_call.number.replace("-", ""),
            "scar",
            "Elena",
            "elena",
            "Amina",
            "call ",
        ):
            assert secret not in one


@pytest.fixture
def elenas_call(world):
    from panah.people.hotline.models import Contact, Line
    from tests.conftest import LINE_NORTH

    Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    client = world.client("elena")
    here = client.post("/calls/take/", {"channel": "phone"}).url

    class Call:
        pk, number = Contact.objects.values_list("pk", "number").get()

        def danger(self, note):
            client.post(here, {"do": "emergency", "note": note})

        def page(self):
            return client.get(f"{here}emergency/").text

    return Call()


def test_after_a_restore_nobody_is_called_for_an_alarm_of_another_day(world, roster):
    with http_gateway() as box:
        sms(world, box)
        alarm = raised(world)
        work.stop_old_paging(society=world.societies["north"].pk)
        pass_on(world.at)
        pass_on(world.at + timedelta(days=3))
        assert box.asked == [] and not Delivery.objects.exists()
    alarm.refresh_from_db()
    assert alarm.answered_at is None
    assert "Danger now" in world.client("amina").get("/calls/alarms/now").content.decode()


def test_after_a_restore_danger_that_is_pressed_again_calls_the_duty_anew(world, roster, elenas_call):
    with http_gateway() as box:
        sms(world, box)
        elenas_call.danger("A knife")
        before = Alarm.objects.get()
        work.stop_old_paging(society=world.societies["north"].pk)
        at = timezone.now()
        pass_on(at)
        assert rung(box) == []
        assert 'value="start"' in elenas_call.page(), "the page of danger has its button again"
        # On the roster nobody is left at this hour: the focal points are called.
        elenas_call.danger("He is back")
        pass_on(timezone.now())
        assert rung(box) == ["bakyt"]
        for who, said in (("bakyt", "Danger now: you are called in"), ("saule", "Paged: Bakyt")):
            banner = world.client(who).get("/calls/alarms/now").text
            assert said in banner and str(before.pk) not in banner
        pass_on(timezone.now() + timedelta(minutes=5))
        assert rung(box) == ["saule"]
        newest = Alarm.objects.latest("raised_at")
        world.client("bakyt").post(f"/calls/alarms/{newest.pk}/")
    assert not Alarm.objects.filter(answered_at=None).exists(), "with the new one the old one is answered"


def test_where_still_nobody_can_be_called_pressing_again_heaps_up_no_alarms(world):
    for name in ("bakyt", "saule", "zarina"):
        world.staff[name].is_active = False
        world.staff[name].save()
    subject = uuid4()
    for _press in range(3):
        work.raise_alarm(
            society=world.societies["north"].pk, room="hotline", subject=subject, by=None, at=world.at
        )
    assert Alarm.objects.count() == 1


def by_hand(world, subject, **more):
    """An alarm that somebody wrote into the table, past Panah."""
    return Alarm.objects.create(
        **{
            "society": world.societies["north"],
            "room": "hotline",
            "subject": subject,
            "raised_at": world.at,
            **more,
        }
    )


@pytest.mark.parametrize("listed", [True, False])
def test_an_alarm_of_a_threat_about_the_same_thing_swallows_no_danger(world, roster, elenas_call, listed):
    planted = by_hand(world, elenas_call.pk, room="threats")
    if listed:
        Page.objects.create(society=planted.society, alarm=planted, staff=world.staff["zarina"], step=0)
    with http_gateway() as box:
        sms(world, box)
        elenas_call.danger("A knife")
        pass_on(timezone.now())
        assert rung(box) == ["bakyt"]


@pytest.mark.parametrize("written", [["x"], [["y"]], [7, None], "x", {"a": 1}, 7])
def test_whatever_stands_where_callers_are_listed_pages_open_and_danger_is_answered(world, roster, written):
    alarm = raised(world)
    Alarm.objects.update(called_for_by=written)
    work.raise_alarm(
        society=alarm.society_id, room="hotline", subject=alarm.subject, by=world.staff["daler"], at=world.at
    )
    amina = world.client("amina")
    assert amina.get(f"/calls/alarms/{alarm.pk}/").status_code == 200
    assert "Danger now" in amina.get("/calls/alarms/now").text
    amina.post(f"/calls/alarms/{alarm.pk}/")
    assert Alarm.objects.get().answered_by == world.staff["amina"]


def test_a_moment_of_paging_that_is_still_to_come_holds_nobody_up(world, roster):
    with http_gateway() as box:
        sms(world, box)
        alarm = raised(world)
        pass_on(world.at)
        Alarm.objects.filter(pk=alarm.pk).update(paged_at=world.at + timedelta(days=300))
        pass_on(world.at + timedelta(minutes=5))
        assert rung(box) == ["amina", "saule"]


def test_what_is_only_due_wakes_nobody_by_sms(world, roster):
    with http_gateway() as box:
        sms(world, box)
        work.send_word(to=world.staff["amina"], kind="due", at=world.at)
        pass_on(world.at)
        assert box.asked == []


def test_the_worker_sends_beside_its_other_jobs_every_second(world, roster):
    with http_gateway() as box:
        sms(world, box)
        raised(world)
        assert jobs.run_due({}, at=world.at, lane=jobs.MAIN) == [] and box.asked == []
        assert jobs.run_due({}, at=world.at, lane=jobs.PAGING) == [] and jobs.finish(at=world.at)
        assert rung(box) == ["amina"]
    assert Alarm.objects.get().first_paged_at == world.at
