"""Who calls for help is not the one who answers; who counts as told; and what is said where a second danger comes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Duty, Staff
from panah.ground.accounts.queries import rung_in_danger
from panah.ground.channels import actions as channels
from panah.ground.foundation import dialled_numbers
from panah.ground.vault.models import StaffKey
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, Page
from panah.ground.work.paged import called_by
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.models import Contact
from tests.inbox.conftest import arrive

FRAGMENT = {"HX-Request": "true", "X-Quiet": "1"}
NUMBERS = {
    "amina": "+996555000001",
    "saule": "+996555000002",
    "bakyt": "+996555000004",
    "gulnar": "+996555000009",
}


def on_duty(world, name, what):
    now = timezone.now()
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff[name], what=what,
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
    )  # fmt: skip


def has_number(world, *names):
    for name in names:
        world.staff[name].duty_phone = NUMBERS[name]
        world.staff[name].save()
        dialled_numbers.keep([world.staff[name]])


def has_mail(world, *names):
    for name in names:
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()


def calls_for_help(client, take):
    contact = take(client)
    client.post(f"/calls/{contact.number}/", {"do": "emergency"})
    return contact, Alarm.objects.get(subject=contact.pk)


def banner(client: Client) -> str:
    return client.get("/calls/alarms/now", headers=FRAGMENT).text


# -- she called herself -----------------------------------------------------------------------------


def test_bakyt_who_leads_and_called_for_help_is_offered_no_answer_on_any_page(world, line, take):
    bakyts, saules = world.client("bakyt"), world.client("saule")
    _contact, alarm = calls_for_help(bakyts, take)
    here = f"/calls/alarms/{alarm.pk}/"
    for page in (banner(bakyts), bakyts.get("/calls/alarms/now").text, bakyts.get("/kit/keys").text):
        assert "You called for help at" in page and here in page
        assert f'action="{here}"' not in page, "no button that ends her own call"
        assert "data-sound" not in page, "whoever is the danger may stand beside her"
    assert f'action="{here}"' not in bakyts.get(here).text
    assert f'action="{here}"' in banner(saules) and f'action="{here}"' in saules.get(here).text


def test_pressed_from_an_old_page_her_answer_is_refused_and_the_others_are_called_on(world, line, take):
    has_mail(world, "saule")
    bakyts = world.client("bakyt")
    contact, alarm = calls_for_help(bakyts, take)
    assert bakyts.post(f"/calls/alarms/{alarm.pk}/").status_code == 409
    alarm.refresh_from_db()
    assert alarm.answered_at is None
    assert work.escalate(at=alarm.raised_at + timedelta(hours=1)) == 1
    bakyts.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    alarm.refresh_from_db()
    assert alarm.answered_at is None, (
        "that it is over, or was a slip, she says to the others and does not decide"
    )


def test_whoever_is_made_to_say_that_it_was_a_slip_silences_nobody_and_the_second_colleague_reads_it(
    world, line, take
):
    on_duty(world, "amina", "danger")
    has_mail(world, "amina", "saule")
    bakyts, aminas = world.client("bakyt"), world.client("amina")
    contact, alarm = calls_for_help(bakyts, take)
    bakyts.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    alarm.refresh_from_db()
    assert alarm.answered_at is None and alarm.over_said_at is not None
    assert work.escalate(at=alarm.raised_at + timedelta(minutes=6)) == 1, "the second is called as before"
    said = "Bakyt, who called for help, said at"
    assert said in bakyts.get(f"/calls/{contact.number}/emergency/").text
    assert said in aminas.get(f"/calls/alarms/{alarm.pk}/").text
    aminas.post(f"/calls/alarms/{alarm.pk}/")
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["amina"]


def test_where_everybody_who_was_called_has_left_her_own_word_ends_it(world, line, elenas, take):
    contact, alarm = calls_for_help(elenas, take)
    called = Staff.objects.filter(pk__in=Page.objects.filter(alarm=alarm).values("staff"))
    assert called.update(is_active=False) > 0
    elenas.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["elena"]


def test_where_nobody_else_can_be_paged_her_own_word_ends_it(world, line, elenas, take):
    for name in ("bakyt", "saule"):
        world.staff[name].is_active = False
        world.staff[name].save()
    contact, alarm = calls_for_help(elenas, take)
    assert not Page.objects.filter(alarm=alarm).exists()
    elenas.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["elena"]


def test_a_second_account_of_hers_answers_as_little(world, line, take):
    """Bakyt admitted Elena, and nobody else has said that she knows her: this node cannot tell them apart."""
    StaffKey.objects.filter(staff=world.staff["elena"]).update(known_by=None)
    _contact, alarm = calls_for_help(world.client("elena"), take)
    bakyts, here = world.client("bakyt"), f"/calls/alarms/{alarm.pk}/"
    assert "Danger now" in banner(bakyts), "if they are two, he reads of it and can go to her"
    assert f'action="{here}"' not in banner(bakyts) + bakyts.get(here).text
    assert bakyts.post(here).status_code == 409
    assert f'action="{here}"' in banner(world.client("saule"))


def test_whoever_presses_in_what_called_by_itself_has_called_herself(world, line, take):
    bakyts = world.client("bakyt")
    contact = take(bakyts)
    alarm = work.raise_alarm(
        society=contact.society_id, room="hotline", subject=contact.pk, by=None, at=timezone.now()
    )
    bakyts.post(f"/calls/{contact.number}/", {"do": "emergency"})
    assert Alarm.objects.count() == 1
    assert f'action="/calls/alarms/{alarm.pk}/"' not in banner(bakyts)


@pytest.mark.parametrize("room", ["shelter", "shelter_place", "referrals", "cases", "safety"])
def test_whoever_calls_from_another_room_is_not_paged_herself(world, room):
    on_duty(world, "amina", "danger")
    alarm = work.raise_alarm(
        society=world.societies["north"].pk, room=room, subject=uuid4(), by=world.staff["amina"], at=world.at
    )
    assert not Page.objects.filter(alarm=alarm, staff=world.staff["amina"]).exists()
    assert alarm.first.name in ("Bakyt", "Saule")


def test_going_on_with_what_she_called_for_leaves_the_others_paged(world):
    subject, society = uuid4(), world.societies["north"].pk
    work.raise_alarm(society=society, room="safety", subject=subject, by=world.staff["bakyt"], at=world.at)
    work.answer_alarm_of(subject=subject, by=world.staff["bakyt"], at=world.at)
    assert Alarm.objects.get().answered_at is None
    work.answer_alarm_of(subject=subject, by=world.staff["saule"], at=world.at)
    assert Alarm.objects.get().answered_by == world.staff["saule"]


# -- who was told -----------------------------------------------------------------------------------


def test_where_no_channel_reaches_anybody_it_says_so_in_red_with_a_number(world, line, elenas, take):
    on_duty(world, "amina", "danger")
    has_number(world, "saule")
    contact, alarm = calls_for_help(elenas, take)
    amina = world.client("amina")
    for page in (elenas.get(f"/calls/{contact.number}/emergency/"), amina.get(f"/calls/alarms/{alarm.pk}/")):
        said = page.text[: page.text.index("no way of calling reaches this colleague")]
        note = said[said.rindex('data-tone="urgent"') :]
        assert "Nobody has been told." in note and "Ring Saule" in note
        assert f"tel:{NUMBERS['saule']}" in note
        assert "paged at" not in page.text
    assert "Nobody has been told" in elenas.get(f"/calls/{contact.number}/").text


def test_without_any_number_it_says_that_none_is_written(world, line, elenas, take):
    contact, _alarm = calls_for_help(elenas, take)
    page = elenas.get(f"/calls/{contact.number}/emergency/").text
    assert "No number is written. Ring whoever you know now." in page


def test_what_was_sent_and_what_came_of_it_is_said(world, line, elenas, take):
    on_duty(world, "amina", "danger")
    has_mail(world, "amina")
    contact, _alarm = calls_for_help(elenas, take)
    page = elenas.get(f"/calls/{contact.number}/emergency/").text
    assert "paged at" in page and "waits to be sent" in page and "Nobody has been told" not in page
    channels.deliver_due(at=timezone.now())
    assert "was taken by the gateway" in elenas.get(f"/calls/{contact.number}/emergency/").text


def test_a_locked_vault_reads_without_a_name_that_nobody_was_told(world, line, contact):
    locked = world.client("elena", open_vault=False)
    answer = locked.post(f"/calls/{contact.number}/", {"do": "emergency", "tab": "z"})
    page = locked.get(answer.url).text
    assert "Nobody has been told" in page
    assert "No number is written. Ring whoever you know now." in page


def test_between_danger_now_and_the_six_words_stands_whom_to_ring_and_on_which_number(world, line, contact):
    """By name, in red, on every page that asks for the words first, until somebody answers."""
    has_number(world, "saule")
    locked = world.client("elena", open_vault=False)
    answer = locked.post(f"/calls/{contact.number}/", {"do": "emergency", "tab": "z"})
    for page in (
        locked.get(answer.url),
        locked.get(answer.url),
        locked.post("/vault/unlock", {"passphrase": "wrong"}),
    ):
        note = page.text[page.text.index("You called for help at") :]
        assert "Nobody has been told." in note and "Saule" in note and f"tel:{NUMBERS['saule']}" in note
        assert "Ring a colleague now" not in page.text
    work.answer_alarm(alarm=Alarm.objects.get(), by=world.staff["saule"], at=timezone.now())
    assert "You called for help at" not in locked.get(answer.url).text


def test_where_somebody_was_told_the_page_for_the_six_words_names_whom_to_ring_too(world, line, contact):
    on_duty(world, "amina", "danger")
    has_mail(world, "amina")
    has_number(world, "amina")
    locked = world.client("elena", open_vault=False)
    page = locked.get(locked.post(f"/calls/{contact.number}/", {"do": "emergency"}).url).text
    assert "Nobody has answered yet." in page and f"tel:{NUMBERS['amina']}" in page


def test_a_focal_point_reads_nobody_as_paged_who_was_not(world, settings, line, elenas, take):
    settings.PANAH_HOST_SENDS_MAIL = False
    on_duty(world, "amina", "danger")
    calls_for_help(elenas, take)
    said = banner(world.client("saule"))
    assert "Nobody has been told." in said and "Paged:" not in said


# -- one from the other -----------------------------------------------------------------------------


def test_two_alarms_are_told_apart_by_line_and_number_and_no_name(world, line, elenas, take):
    on_duty(world, "amina", "danger")
    first, _ = calls_for_help(elenas, take)
    second, _ = calls_for_help(elenas, take)
    saules, aminas = banner(world.client("saule")), banner(world.client("amina"))
    for contact in (first, second):
        assert f"Call {contact.number}, Line 1." in saules
        assert contact.number not in aminas, "she does not hold the key of the line"
    assert aminas.count("A call, Line 1.") == 2
    assert "Elena" not in saules + aminas


def test_whoever_is_on_duty_for_what_arrives_sealed_has_the_banner_at_once(world):
    on_duty(world, "amina", "danger")
    on_duty(world, "ibrat", "intake")
    arrive(world, urgency="now", at=timezone.now())
    for name in ("amina", "ibrat"):
        said = banner(world.client(name))
        assert "you are called in" in said and "A message that came sealed." in said


# -- a second danger --------------------------------------------------------------------------------


@pytest.fixture
def amina_in_her_own(world, line, take):
    """Amina is first on duty and has somebody in danger on the line; Elena has another one."""
    on_duty(world, "amina", "danger")
    world.client("bakyt").post(
        f"/calls/lines/{line.pk}/", {"do": "give", "staff": str(world.staff["amina"].pk)}
    )
    contact = take(world.client("amina"))
    world.client("amina").post(f"/calls/{contact.number}/", {"do": "emergency"})
    Alarm.objects.all().delete()
    return Contact.objects.get(pk=contact.pk)


def others(world, contact):
    return hotline_queries.other_dangers(to=world.staff["amina"], contact=contact)


def test_while_amina_is_in_her_own_danger_the_second_is_called_at_once(world, elenas, take, amina_in_her_own):
    on_duty(world, "saule", "danger_second")
    has_mail(world, "saule", "amina")
    _contact, alarm = calls_for_help(elenas, take)
    assert alarm.first == world.staff["amina"] and alarm.second_paged_at == alarm.raised_at
    (found,) = others(world, amina_in_her_own)
    assert (found.since, found.comes) == (alarm.raised_at, False)
    assert "Saule" in found.say and "Line 1" in found.which
    work.answer_alarm(alarm=alarm, by=world.staff["saule"], at=timezone.now())
    (found,) = others(world, amina_in_her_own)
    assert found.comes and found.say == "Saule comes to it."


def test_where_nobody_else_was_told_it_says_whom_to_ring(world, elenas, take, amina_in_her_own):
    has_number(world, "saule")
    calls_for_help(elenas, take)
    (found,) = others(world, amina_in_her_own)
    assert found.say == f"Nobody else has been told. Ring Saule, {NUMBERS['saule']}."
    assert found.ring.phone == NUMBERS["saule"]


def test_where_nobody_else_is_on_duty_it_says_that_and_whom_to_ring(world, elenas, take, amina_in_her_own):
    for name in ("bakyt", "saule"):
        world.staff[name].is_active = False
        world.staff[name].save()
    calls_for_help(elenas, take)
    (found,) = others(world, amina_in_her_own)
    assert found.say == "Nobody else is on duty, and no number is written. Ring whoever you know now."
    on_duty(world, "gulnar", "shelter")
    has_number(world, "gulnar")
    (found,) = others(world, amina_in_her_own)
    assert found.say == "Nobody else is on duty. Ring Gulnar, +996555000009."


def test_a_number_that_was_changed_outside_panah_is_no_number_to_ring(world, elenas, take, amina_in_her_own):
    has_number(world, "saule", "bakyt", "gulnar")
    Staff.objects.filter(username__in=("saule", "bakyt")).update(duty_phone="+996555999999")
    on_duty(world, "gulnar", "shelter")
    _contact, alarm = calls_for_help(elenas, take)
    called = called_by(alarm, to=world.staff["amina"])
    assert [(one.name, one.phone) for one in called.ring] == [("Gulnar", NUMBERS["gulnar"])]
    assert not any("999999" in one.phone for one in called.colleagues)


def test_where_no_other_number_is_left_it_says_of_the_changed_one_not_to_call_it(
    world, elenas, take, amina_in_her_own
):
    has_number(world, "saule")
    Staff.objects.filter(username="saule").update(duty_phone="+996555999999")
    _contact, alarm = calls_for_help(elenas, take)
    (one,) = called_by(alarm, to=world.staff["amina"]).ring
    assert one.changed and "do not call it" in one.phone
    page = world.client("amina").get(f"/calls/alarms/{alarm.pk}/").text
    assert "Ring Saule:" not in page and "do not call it" in page
    (other,) = hotline_queries.other_dangers(to=world.staff["amina"], contact=amina_in_her_own)
    assert other.ring is None and "Ring Saule" not in other.say and "do not call it" in other.say
    assert other.say.endswith("Ring whoever you know now.")
    assert "Ring whoever you know now." in page


def test_in_danger_the_focal_points_are_rung_where_the_number_of_the_duty_was_changed(world, line):
    on_duty(world, "gulnar", "danger")
    has_number(world, "gulnar", "bakyt")
    at = timezone.now()
    assert [one.name for one in rung_in_danger(world.staff["elena"], at=at)] == ["Gulnar"], "control"
    Staff.objects.filter(username="gulnar").update(duty_phone="+996555999999")
    rung = rung_in_danger(world.staff["elena"], at=at)
    assert [one.name for one in rung if one.usable] == ["Bakyt"]


def test_whoever_left_is_neither_named_to_ring_nor_called_next(world, elenas, take, amina_in_her_own):
    has_number(world, "saule", "bakyt")
    _contact, alarm = calls_for_help(elenas, take)
    before = called_by(alarm, to=world.staff["amina"])
    assert {one.name for one in before.ring} == {"Saule", "Bakyt"}, "control"
    Staff.objects.filter(username="saule").update(is_active=False)
    after = called_by(alarm, to=world.staff["amina"])
    assert [one.name for one in after.ring] == ["Bakyt"]
    assert "Saule" not in [one.name for one in after.colleagues if one.paged_at is None]


def test_two_colleagues_of_one_name_are_two(world, elenas, take, amina_in_her_own):
    on_duty(world, "gulnar", "shelter")
    world.staff["gulnar"].name = "Elena"
    has_number(world, "gulnar")
    _contact, alarm = calls_for_help(elenas, take)
    assert [one.phone for one in called_by(alarm, to=world.staff["amina"]).ring] == [NUMBERS["gulnar"]]


def test_her_own_call_is_not_another_danger_and_after_it_she_is_free(world, elenas, take, amina_in_her_own):
    world.client("amina").post(f"/calls/{amina_in_her_own.number}/", {"do": "finish"})
    has_mail(world, "amina")
    _contact, alarm = calls_for_help(elenas, take)
    assert alarm.second_paged_at is None, "the second has five minutes"
    assert others(world, _contact) == []
