"""One page of danger for both: who is called, number and place on top; one press answers; whoever answered hears the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit.models import Entry
from panah.ground.foundation import dialled_numbers
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem


@pytest.fixture
def roster(world):
    now = timezone.now()
    for name, what in (("bakyt", "danger"), ("saule", "danger_second")):
        staff = world.staff[name]
        staff.email, staff.duty_phone = f"{name}@practice.example", f"+99655500000{len(name)}"
        staff.save()
        dialled_numbers.keep([staff])
        Duty.objects.create(
            society=staff.society, staff=staff, what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
        )  # fmt: skip


@pytest.fixture
def danger(world, roster, elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/", {"phone": "+996 700 1", "where": "Besh, the market", "do": "emergency"}
    )
    return Alarm.objects.get()


def test_number_and_place_stand_in_the_first_part_of_the_call(elenas, contact):
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    first = page[page.index('id="part-1"') : page.index('id="part-2"')]
    assert 'name="phone"' in first and 'name="where"' in first
    assert page.count('name="phone"') == 1 and page.count('name="where"') == 1


def test_one_press_answers_and_lands_on_the_page_of_danger(world, danger, contact):
    bakyts = world.client("bakyt")
    here = f"/calls/alarms/{danger.pk}/"
    page = bakyts.get("/").content.decode()
    assert f'<form method="post" action="{here}">' in page, "a button in the banner, not a link to a button"
    answer = bakyts.post(here)
    assert answer.url == f"/calls/{contact.number}/emergency/"
    page = bakyts.get(answer.url).content.decode()
    first = page[page.index('id="part-1"') : page.index('id="part-2"')]
    assert "+996 700 1" in first and "Besh, the market" in first
    assert "Bakyt answered" in page


def test_the_number_is_shown_in_danger_alone_and_that_is_in_the_journal(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"phone": "+996 700 1", "do": "save"})
    page = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert "+996 700 1" not in page, "nobody was called in"
    elenas.post(f"/calls/{contact.number}/emergency/", {"do": "start"})
    before = Entry.objects.filter(event="vault:identity:shown").count()
    assert "+996 700 1" in elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert Entry.objects.filter(event="vault:identity:shown").count() == before + 1


def test_the_page_of_danger_tells_who_is_called_as_it_is_now(world, danger, elenas, contact):
    work.escalate(at=danger.raised_at + timedelta(minutes=5))
    page = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert "nobody has answered yet" in page and "tel:+996555000005" in page and "Saule" in page
    assert "?danger=1" in page, "it asks again"
    world.client("bakyt").post(f"/calls/alarms/{danger.pk}/")
    asked = {"headers": {"HX-Request": "true", "X-Quiet": "1"}}
    part = elenas.get(f"/calls/{contact.number}/beside?danger=1", **asked).content.decode()
    assert 'id="danger-status" hx-swap-oob="true"' in part and "Bakyt answered" in part
    assert "danger-status" not in elenas.get(f"/calls/{contact.number}/beside", **asked).content.decode()


def test_whoever_answered_hears_when_the_call_has_ended(world, danger, elenas, contact):
    bakyts = world.client("bakyt")
    bakyts.post(f"/calls/alarms/{danger.pk}/")
    elenas.post(f"/calls/{contact.number}/", {"do": "finish"})
    item = DueItem.objects.get(purpose="ended")
    assert item.owner == world.staff["bakyt"]
    assert f"/calls/alarms/{danger.pk}/" in bakyts.get("/").content.decode()
    assert "The call has ended." in bakyts.get(f"/calls/alarms/{danger.pk}/").content.decode()


def test_whoever_was_called_in_reads_that_the_call_became_a_case(world, danger, elenas, contact):
    bakyts, said = world.client("bakyt"), "It became a case: whoever holds that goes on with it."
    bakyts.post(f"/calls/alarms/{danger.pk}/")
    elenas.post(f"/calls/{contact.number}/", {"do": "finish"})
    assert said not in bakyts.get(f"/calls/alarms/{danger.pk}/").content.decode()
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    assert said in bakyts.get(f"/calls/alarms/{danger.pk}/").content.decode()


def test_whoever_ends_the_call_that_she_answered_is_told_nothing(world, danger, elenas, contact):
    world.client("bakyt").post(f"/calls/alarms/{danger.pk}/")
    world.client("bakyt").post(f"/calls/{contact.number}/", {"do": "finish"})
    assert not DueItem.objects.filter(purpose="ended").exists()


def test_the_call_back_page_shows_the_number_beside_the_agreed_words(world, elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/",
        {"phone": "+996 700 1", "c_back": "yes", "safe_back": "yes", "ends": ["call_back"], "do": "finish"},
    )
    page = elenas.get(f"/calls/{contact.number}/back/").content.decode()
    assert "+996 700 1" in page and "written in the journal" in page
    assert Entry.objects.filter(event="vault:identity:shown").count() == 1
    assert (
        "+996 700 1"
        not in world.client("elena", open_vault=False).get(f"/calls/{contact.number}/back/").content.decode()
    )


def test_who_is_called_in_without_the_key_reads_whom_to_ring(world, elenas, contact, roster):
    Duty.objects.filter(what="danger").update(staff=world.staff["gulnar"])
    world.staff["elena"].duty_phone = "+996555000099"
    world.staff["elena"].save()
    dialled_numbers.keep([world.staff["elena"]])
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    page = world.client("gulnar").get(f"/calls/alarms/{Alarm.objects.get().pk}/").content.decode()
    assert "tel:+996555000099" in page and "tel:+996555000005" in page


def test_elena_can_ask_in_the_persons_language_and_reads_that_nobody_checked_it(elenas, danger, contact):
    contact.language = "ky"
    contact.save()
    page = elenas.get(f"/calls/{contact.number}/emergency/").text
    assert '<b lang="ky">Азыр жалгызсызбы?</b><br><span class="small muted">“Are you alone now?”' in page
    assert '<b lang="tg">Шумо ҳозир танҳоед?</b>' in page
    assert page.count("not checked by a native speaker") == 5
    opened = page[page.index('<details class="fold" open>') :]
    assert "Kyrgyz" in opened[: opened.index("</summary>")]


def test_the_page_of_an_alarm_has_one_button_that_answers_also_when_its_script_has_asked_again(world, danger):
    bakyts = world.client("bakyt")
    here = f"/calls/alarms/{danger.pk}/"
    button = f'<form method="post" action="{here}">'
    page = bakyts.get(here).content.decode()
    assert page.count(button) == 1 and page.count("I answer</button>") == 1
    quiet = {"HX-Request": "true", "X-Quiet": "1"}
    of_this_page = {**quiet, "HX-Current-URL": f"http://testserver{here}"}
    again = bakyts.get("/calls/alarms/now", headers=of_this_page).content.decode()
    assert "Danger now" in again and button not in again
    elsewhere = bakyts.get("/calls/alarms/now", headers=quiet).content.decode()
    assert elsewhere.count(button) == 1, "on every other page the banner answers"


def test_every_page_of_danger_says_how_the_paging_goes_on_and_it_goes_on_so(world, danger, elenas, contact):
    hers = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    his = world.client("bakyt").get(f"/calls/alarms/{danger.pk}/").content.decode()
    for page in (hers, his):
        assert "paged after five minutes" in page and "every ten minutes, until somebody answers" in page
    called = [m for m in range(1, 35) if work.escalate(at=danger.raised_at + timedelta(minutes=m))]
    assert called == [5, 10, 20, 30], (
        "the second, and since nobody follows her: both again, and every ten minutes"
    )
