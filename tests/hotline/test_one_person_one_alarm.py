"""A call and the case that it became are about one person: one alarm, and whoever takes it has taken all of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem, Page
from panah.ground.work.one_person import SAME_PERSON
from panah.people.cases.models import Case

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def roster(world):
    """Amina is first for danger, Saule second."""
    now = timezone.now()
    for name, what in (("amina", "danger"), ("saule", "danger_second")):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=30),
        )  # fmt: skip


def press_in_call(client, contact):
    return client.post(f"/calls/{contact.number}/", {"do": "emergency"})


def press_in_case(client, case):
    return client.post(f"/cases/{case.number}/danger/", {"do": "call"})


def becomes_case(world, contact, owner):
    world.client("bakyt").post(f"/calls/{contact.number}/case", {"owner": str(world.staff[owner].pk)})
    contact.refresh_from_db()
    return Case.objects.get(pk=contact.became_case)


def answer(client, alarm):
    return client.post(f"/calls/alarms/{alarm.pk}/")


def unanswered():
    return list(Alarm.objects.filter(answered_at=None).order_by("raised_at"))


def called():
    rows = Page.objects.filter(paged_at__isnull=False, alarm__answered_at=None)
    return {one.staff.name for one in rows.select_related("staff")}


def decisions(case):
    return DueItem.objects.filter(subject=case.pk, purpose="danger", done_at=None)


@pytest.fixture
def bakyts_call(world, line, take):
    return take(world.client("bakyt"))


@pytest.fixture
def case(world, elenas, contact):
    """Elena has called for help; Bakyt made a case of her call, which Amina holds; nobody has answered yet."""
    press_in_call(elenas, contact)
    return becomes_case(world, contact, "amina")


def test_danger_in_the_case_is_the_alarm_of_its_call_and_what_follows_is_still_due(world, case):
    aminas = world.client("amina")
    page = press_in_case(aminas, case)
    assert len(unanswered()) == 1
    assert decisions(case).get().owner == world.staff["amina"]
    assert "Saule" in aminas.get(page.url).text, "Amina alone was called so far: the next was called at once"
    press_in_case(aminas, case)
    assert len(unanswered()) == 1 and decisions(case).count() == 1


def test_whoever_answers_it_answers_for_the_case_and_a_new_danger_pages_again(world, case):
    aminas, saules = world.client("amina"), world.client("saule")
    press_in_case(aminas, case)
    answer(saules, unanswered()[0])
    assert unanswered() == []
    assert "Saule" in aminas.get(f"/cases/{case.number}/danger/").text
    press_in_case(aminas, case)
    assert [one.subject for one in unanswered()] == [case.pk] and "Saule" in called()


def test_bakyt_cannot_answer_his_own_alarm_by_raising_it_again_in_the_case(world, bakyts_call):
    bakyts = world.client("bakyt")
    press_in_call(bakyts, bakyts_call)
    case = becomes_case(world, bakyts_call, "bakyt")
    press_in_case(bakyts, case)
    assert len(unanswered()) == 1
    assert answer(bakyts, unanswered()[0]).status_code == 409
    assert len(unanswered()) == 1


def test_amina_who_called_for_help_in_the_case_does_not_answer_what_elena_called_for_in_the_call(world, case):
    aminas = world.client("amina")
    press_in_case(aminas, case)
    (alarm,) = unanswered()
    assert answer(aminas, alarm).status_code == 409 and unanswered() == [alarm]
    assert f'action="/calls/alarms/{alarm.pk}/"' not in aminas.get("/").text
    locked = world.client("amina", open_vault=False)
    assert "You called for help at" in locked.get("/vault/unlock").text, "it is her call too"
    answer(world.client("saule"), alarm)
    assert unanswered() == []


def test_what_the_list_called_for_by_itself_is_not_answered_by_who_then_calls_for_help(world, case):
    aminas = world.client("amina")
    Alarm.objects.update(answered_at=timezone.now())
    press_in_case(aminas, case)
    Alarm.objects.update(answered_at=timezone.now())
    work.page_undecided(at=decisions(case).get().due_at)
    (alarm,) = unanswered()
    assert alarm.raised_by is None
    press_in_case(aminas, case)
    assert unanswered() == [alarm]
    assert answer(aminas, alarm).status_code == 409


def test_undecided_in_the_case_pages_nobody_anew_while_its_call_still_does(world, case):
    press_in_case(world.client("amina"), case)
    late = decisions(case).get().due_at
    work.page_undecided(at=late)
    assert len(unanswered()) == 1
    DueItem.objects.filter(pk=decisions(case).get().pk).update(pages_at=late)
    work.answer_alarm(alarm=unanswered()[0], by=world.staff["saule"], at=late)
    work.page_undecided(at=late + MINUTE)
    assert unanswered() == [], "taking one silences the rest"
    work.page_undecided(at=late + 16 * MINUTE)
    assert len(unanswered()) == 1, "and it pages again if nobody decides"


def one_case_of_both(world, elenas, contact, other):
    """Two calls that have ended, each with an alarm of its own: Elena joins them, and makes one case of them."""
    for client, one in ((elenas, contact), (world.client(other.taken_by.username), other)):
        press_in_call(client, one)
        client.post(f"/calls/{one.number}/", {"do": "finish"})
    elenas.post(f"/calls/{contact.number}/join", {"other": other.number})
    assert len(unanswered()) == 2
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    for one in (contact, other):
        one.refresh_from_db()
    assert contact.became_case == other.became_case is not None


def test_two_calls_that_are_one_case_are_one_banner_and_answered_with_one_press(world, elenas, contact, take):
    one_case_of_both(world, elenas, contact, take(elenas))
    assert len(unanswered()) == 2, "both are Elena's: she answers neither"
    saules = world.client("saule")
    work.escalate(at=timezone.now() + 6 * MINUTE)
    assert len({*re.findall(r"/calls/alarms/([\w-]{36})/", saules.get("/calls/alarms/now").text)}) == 1
    answer(saules, unanswered()[0])
    assert unanswered() == []


def test_making_one_case_of_two_calls_answers_neither_what_elena_nor_what_bakyt_called_for(
    world, elenas, contact, bakyts_call
):
    one_case_of_both(world, elenas, contact, bakyts_call)
    assert {one.subject for one in unanswered()} == {contact.pk, bakyts_call.pk}


def test_an_alarm_of_another_society_silences_nothing_here(world, case):
    Alarm.objects.all().delete()
    there = world.staff["daler"]
    with SAME_PERSON.temporarily("everything", lambda subjects: [(one, there.pk) for one in subjects]):
        work.raise_alarm(society=there.society_id, room="cases", subject=there.pk, by=None, at=timezone.now())
        press_in_case(world.client("amina"), case)
        assert {one.society_id for one in Alarm.objects.all()} == {there.society_id, case.society_id}


def test_of_joined_contacts_each_calls_and_whoever_opens_one_answers_the_other(world, elenas, contact, take):
    """That two contacts are joined is sealed: an alarm that was not raised would tell it."""
    other = take(elenas)
    elenas.post(f"/calls/{contact.number}/join", {"other": other.number})
    for one in (contact, other):
        press_in_call(elenas, one)
    assert len(unanswered()) == 2
    answer(world.client("saule"), unanswered()[0])
    assert unanswered() == []
