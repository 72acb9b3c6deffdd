"""Danger now: one key, a person on duty at once, a second after five minutes, a colleague who types along."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.channels import actions as channels
from panah.ground.foundation import dialled_numbers
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.people.hotline.actions import close_silent_calls
from panah.people.hotline.words import ContactState
from tests.conftest import PASSPHRASE


@pytest.fixture
def roster(world):
    now = timezone.now()
    for name, what in (("amina", "danger"), ("saule", "danger_second")):
        staff = world.staff[name]
        staff.email = f"{name}@practice.example"
        staff.save()
        Duty.objects.create(
            society=staff.society,
            staff=staff,
            what=what,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=8),
        )


def test_one_press_pages_the_person_on_duty_and_keeps_what_was_typed(world, roster, elenas, contact):
    answer = elenas.post(f"/calls/{contact.number}/", {"do": "emergency", "note": "he is at the door"})
    assert mail.outbox == [], "whoever presses does not wait for a mail server"
    channels.deliver_due(at=timezone.now())
    assert answer.url.endswith("/emergency/")
    alarm = Alarm.objects.get(subject=contact.pk)
    assert alarm.first == world.staff["amina"]
    assert alarm.second == world.staff["saule"]
    assert [m.to for m in mail.outbox] == [["amina@practice.example"]]
    assert contact.number not in mail.outbox[0].body + mail.outbox[0].subject
    assert "door" not in mail.outbox[0].body
    assert "he is at the door" in elenas.get(answer.url).content.decode()


def test_many_in_danger_stand_in_one_line_over_every_page_and_in_a_list_of_their_own(world, roster):
    now = timezone.now()
    for minutes in range(7):
        work.raise_alarm(
            society=world.societies["north"].pk, room="hotline", subject=uuid4(), by=None,
            at=now - timedelta(minutes=minutes),
        )  # fmt: skip
    aminas = world.client("amina", open_vault=False)
    page = aminas.get("/kit/keys").text
    assert "7 in danger now, the first since" in page and "You are called in." in page
    assert page.count("data-sound") == 1 and "I answer" not in page
    assert 'href="/calls/alarms/now"' in page
    listed = aminas.get("/calls/alarms/now").text
    assert listed.count("I answer") == 7
    assert 'href="/calls/alarms/now"' not in listed, "it is this page"
    first = Alarm.objects.order_by("raised_at")[0]
    aminas.post(f"/calls/alarms/{first.pk}/")
    assert "6 in danger now" in aminas.get("/kit/keys").text


def test_the_paged_colleague_sees_it_on_every_page_and_answers(world, roster, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    aminas = world.client("amina", open_vault=False)
    alarm = Alarm.objects.get()
    banner = aminas.get("/calls/alarms/now", headers={"HX-Request": "true", "X-Quiet": "1"}).content.decode()
    assert "Danger now" in banner
    assert "data-sound" in banner
    assert f"/calls/alarms/{alarm.pk}/" in banner
    assert "Danger now" in aminas.get("/kit/keys").content.decode()
    assert "I answer" in aminas.get(f"/calls/alarms/{alarm.pk}/").content.decode()
    aminas.post(f"/calls/alarms/{alarm.pk}/")
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["amina"]
    assert (
        "Danger now" not in aminas.get("/calls/alarms/now", headers={"HX-Request": "true"}).content.decode()
    )
    assert "Amina answered" in elenas.get(f"/calls/{contact.number}/emergency/").content.decode()


def test_whoever_answers_with_a_locked_vault_is_asked_for_her_words_first_and_others_are_paged_until_it_is_open(
    world, roster, elenas, contact
):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    alarm, saule = Alarm.objects.get(subject=contact.pk), world.client("saule", open_vault=False)
    here = f"/calls/alarms/{alarm.pk}/"
    asked = saule.post(here).text
    assert 'name="vault-passphrase"' in asked
    alarm.refresh_from_db()
    assert alarm.answered_at is None, "she may not find her words"
    kept = re.search(r'name="vault-kept" value="([^"]*)"', asked)[1]
    assert saule.post(here, {"vault-kept": kept, "vault-passphrase": PASSPHRASE}).status_code == 302
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["saule"]


def test_on_the_page_of_her_own_call_her_answer_opens_a_window_and_what_she_typed_stays(
    world, roster, elenas, contact, take
):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    there = f'action="/calls/alarms/{Alarm.objects.get().pk}/"'
    bakyts = world.client("bakyt")
    bakyts_call = take(bakyts)
    assert f'{there} target="_blank"' in bakyts.get(f"/calls/{bakyts_call.number}/").text
    page = bakyts.get("/kit/keys").text
    assert there in page and f'{there} target="_blank"' not in page


@pytest.mark.parametrize("who", ["cholpon", "daler", "nurlan", "elena"])
def test_who_is_not_paged_finds_no_alarm(world, roster, elenas, contact, who):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    alarm = Alarm.objects.get()
    assert world.client(who).get(f"/calls/alarms/{alarm.pk}/").status_code == 404


def test_after_five_minutes_the_second_colleague_is_paged_and_not_before(world, roster, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    raised = Alarm.objects.get().raised_at
    assert work.escalate(at=raised + timedelta(minutes=4, seconds=59)) == 0
    saules = world.client("saule")
    assert work.escalate(at=raised + timedelta(minutes=5)) == 1
    assert "Danger now" in saules.get("/calls/alarms/now", headers={"HX-Request": "true"}).content.decode()


def test_pressed_twice_it_pages_nobody_again_and_can_be_called_off(world, roster, elenas, contact):
    for _ in range(2):
        elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    assert Alarm.objects.count() == 1
    elenas.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    assert Alarm.objects.get().answered_at is None, "whoever called does not silence it herself"
    world.client("saule").post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    assert Alarm.objects.get().answered_by == world.staff["saule"]


def test_with_nobody_on_the_roster_the_focal_points_are_paged(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    assert Alarm.objects.get().first.name in ("Bakyt", "Saule")


def test_the_alarm_asks_by_itself_without_keeping_the_vault_open(world, roster, elenas):
    from panah.ground.sign_in.models import VaultSession

    long_ago = timezone.now() - timedelta(minutes=10)
    VaultSession.objects.update(seen_at=long_ago)
    elenas.get("/calls/alarms/now", headers={"X-Quiet": "1"})
    assert VaultSession.objects.get(staff_key=world.staff["elena"].pk).seen_at == long_ago
    elenas.get("/calls/")
    assert VaultSession.objects.get(staff_key=world.staff["elena"].pk).seen_at > long_ago


def test_an_open_call_keeps_the_vault_open_by_its_pages_sign_of_life(world, elenas, contact):
    from panah.ground.sign_in.models import VaultSession

    assert elenas.post(f"/calls/{contact.number}/alive").status_code == 204
    row = VaultSession.objects.get(staff_key=world.staff["elena"].pk)
    assert row.call_until - row.seen_at == timedelta(minutes=10)


def test_a_call_ends_ten_minutes_after_the_last_sign_of_life_and_is_looked_at(world, elenas, contact):
    contact.refresh_from_db()
    last = contact.last_sign_of_life
    assert close_silent_calls(at=last + timedelta(minutes=9, seconds=59)) == 0
    assert close_silent_calls(at=last + timedelta(minutes=10)) == 1
    contact.refresh_from_db()
    assert (contact.state, contact.ended_by_itself, contact.ended_at) == (ContactState.FINISHED, True, last)
    item = DueItem.objects.get(subject=contact.pk)
    assert (item.urgency, item.pages_at is not None) == ("today", True), (
        "nobody said danger; nobody read it either"
    )
    elenas.post(f"/calls/{contact.number}/resume")
    contact.refresh_from_db()
    assert contact.state == ContactState.OPEN
    assert DueItem.objects.get(subject=contact.pk, done_at=None).pages_at == item.pages_at, (
        "nobody has read it yet"
    )
    elenas.post(f"/calls/{contact.number}/", {"do": "finish"})
    assert not DueItem.objects.filter(subject=contact.pk, done_at=None).exists()


def test_the_numbers_to_dial_come_from_the_register_and_say_that_nobody_checked_them(world, elenas, contact):
    from panah.ground.network.models import RuleLine

    page = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert "Not known here. Ask the national society" in page
    RuleLine.objects.create(
        iso2="XA",
        key="emergency_numbers",
        value=[{"for": "any", "number": "112"}],
        text_en="",
        text_ru="",
        source="test",
        valid_from="2026-01-01",
        entered_by="test",
        entered_at=timezone.now(),
    )
    dialled_numbers.accept(world.societies["north"].pk)
    page = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert "tel:112" in page
    assert page.index("tel:112") < page.index('id="part-2"'), (
        "they stand beside the place, before the questions"
    )
    assert "not checked by the society" in page


def test_nothing_is_promised_that_the_society_has_not_checked(elenas, contact):
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert "not checked by the society" in page
    assert "Promise nothing" in page
    assert "stays between you" not in page


def test_with_a_locked_vault_danger_pages_at_once_and_what_was_typed_waits(world, roster, elenas, contact):
    locked = world.client("elena", open_vault=False)
    answer = locked.post(f"/calls/{contact.number}/", {"note": "he came back", "do": "emergency", "tab": "z"})
    assert Alarm.objects.get(subject=contact.pk).first == world.staff["amina"]
    assert answer.url.startswith("/vault/") and answer.url.endswith("emergency%2F")
    assert "a colleague is being called in" in locked.get(answer.url).content.decode()
    assert "he came back" in world.client("elena").get(f"/calls/{contact.number}/").content.decode()


def test_what_was_typed_among_the_emergency_questions_comes_back_there(world, elenas, contact):
    locked, here = world.client("elena", open_vault=False), f"/calls/{contact.number}/emergency/"
    typed = {"e_place": "under the bridge", "do": "start", "tab": "z"}
    assert locked.post(here, typed).url.endswith("emergency%2F")
    assert "under the bridge" in world.client("elena").get(here).content.decode()


def test_paging_from_the_emergency_questions_keeps_what_was_typed_there(world, roster, elenas, contact):
    typed = {"e_place": "third floor, blue door", "note": "two of them", "do": "start"}
    answer = elenas.post(f"/calls/{contact.number}/emergency/", typed)
    assert Alarm.objects.get().first == world.staff["amina"]
    page = elenas.get(answer.url).content.decode()
    assert "third floor, blue door" in page and "two of them" in page


def test_elena_who_is_on_duty_for_danger_herself_calls_somebody_else_in(world, roster, elenas, contact):
    Duty.objects.filter(what="danger").update(staff=world.staff["elena"])
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    assert Alarm.objects.get().first == world.staff["saule"]


def test_danger_is_paged_also_when_a_colleague_made_a_case_of_the_call_meanwhile(
    world, roster, elenas, contact
):
    world.client("bakyt").post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    for address, do in (("", "emergency"), ("emergency/", "start")):
        Alarm.objects.all().delete()
        answer = elenas.post(f"/calls/{contact.number}/{address}", {"do": do, "note": "now"}, follow=True)
        assert Alarm.objects.get().first == world.staff["amina"]
        assert "a colleague is being called in" in answer.content.decode()


def test_whoever_stops_the_paging_is_not_said_to_be_coming(world, roster, elenas, contact):
    # There is nobody else, so that her own word ends it.
    for name in ("amina", "saule", "bakyt"):
        world.staff[name].is_active = False
        world.staff[name].save()
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    elenas.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    page = elenas.get(f"/calls/{contact.number}/emergency/").content.decode()
    assert "nobody is being called in" in page
    assert "can type along here" not in page
    for name in ("amina", "bakyt"):
        world.staff[name].is_active = True
        world.staff[name].save()
    alarm = Alarm.objects.get()
    assert "stopped the paging" in world.client("bakyt").get(f"/calls/alarms/{alarm.pk}/").content.decode()


@pytest.mark.parametrize("place", ["", "prompts/", "services/", "family/", "authority/", "back/", "page/"])
def test_danger_is_one_key_on_every_page_of_a_call(world, roster, elenas, contact, place):
    page = elenas.get(f"/calls/{contact.number}/{place}").content.decode()
    assert page.count('data-alt="e"') == 1
    if place:
        # In a window of its own: what is half typed here stays.
        assert f'action="/calls/{contact.number}/emergency/" target="_blank" rel="noopener"' in page
    if place in ("", "prompts/", "services/", "family/", "authority/"):
        assert f'data-alive="/calls/{contact.number}/alive"' in page, "listening here is no silence"


def test_danger_from_another_page_of_the_call_leaves_what_was_answered(world, roster, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"topics": ["violence"], "note": "he drinks", "do": "save"})
    answer = elenas.post(f"/calls/{contact.number}/emergency/", {"do": "start"})
    assert Alarm.objects.get().first == world.staff["amina"]
    assert answer.url == f"/calls/{contact.number}/emergency/"
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert "he drinks" in page and 'value="violence" id="id_topics_5" checked' in page.replace("  ", " ")


def test_whoever_has_no_six_words_at_hand_still_calls_for_help_from_the_page_that_asks_for_them(
    world, contact
):
    locked = world.client("elena", open_vault=False)
    page = locked.get(f"/calls/{contact.number}/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/vault/unlock")
    assert "btn btn-grave" in page.text and "data-ring" in page.text
    assert "In danger:" in locked.get("/vault/unlock").text
    locked.post(f"/calls/{contact.number}/emergency/", {"do": "start"})
    assert Alarm.objects.filter(subject=contact.pk, answered_at=None).exists()
