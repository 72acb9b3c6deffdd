"""A person was in danger and nobody decided: no single press beside the decision makes it quiet or harmless."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem, Page
from panah.people.cases.models import Case

DANGER = {"danger": "yes", "cut_off": "yes"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def roster(world):
    """Saule is first for danger."""
    now = timezone.now()
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["saule"], what="danger",
        starts_at=now - HOUR, ends_at=now + timedelta(days=50),
    )  # fmt: skip
    for name in ("elena", "amina", "saule", "bakyt"):
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()


def finish(client, contact, **typed):
    return client.post(f"/calls/{contact.number}/", {**typed, "do": "finish"})


def due(subject, purpose="decide"):
    return DueItem.objects.filter(subject=subject, purpose=purpose, done_at=None)


@pytest.fixture
def item(elenas, contact, roster):
    """Elena has finished a call of somebody in danger, and decided nothing."""
    finish(elenas, contact, **DANGER)
    return due(contact.pk).get()


def typed_time(name, moment):
    local = timezone.localtime(moment)
    return {
        f"{name}_day": local.day, f"{name}_month": local.month, f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def decide(client, contact, what, **more):
    return client.post(f"/calls/{contact.number}/next/", {"what": what, "text": "", **more})


def first_paged(*, at):
    """Whom the list calls first at a moment, by an alarm that nobody has answered."""
    work.page_undecided(at=at)
    rows = Page.objects.filter(paged_at__isnull=False, alarm__answered_at=None).order_by("step", "pk")
    return [one.staff.name for one in rows]


# -- beside a harmless contact -----------------------------------------------------------------------


@pytest.mark.parametrize("what", ["nothing", "wait", "help", "elsewhere"])
def test_what_is_decided_about_a_harmless_call_leaves_the_danger_of_the_joined_one_due_and_paging(
    elenas, contact, item, take, what
):
    work.page_undecided(at=item.due_at)
    paging = DueItem.objects.get(pk=item.pk).pages_at
    empty = take(elenas)
    finish(elenas, empty)
    elenas.post(f"/calls/{empty.number}/join", {"other": contact.number})
    answer = decide(elenas, empty, what, text="x")
    assert answer.status_code == 302
    assert due(contact.pk).get().pages_at == paging
    assert Alarm.objects.get(subject=contact.pk).answered_at is None


def test_an_attempt_to_ring_on_a_harmless_call_leaves_the_call_back_to_the_joined_one_in_danger_due(
    elenas, contact, roster, take
):
    finish(elenas, contact, **DANGER, ends=["call_back"], back_when="15min", safe_back="yes", c_back="yes")
    other = take(elenas)
    finish(elenas, other)
    elenas.post(f"/calls/{other.number}/join", {"other": contact.number})
    elenas.post(f"/calls/{other.number}/back/", {"outcome": "reached"})
    assert due(contact.pk, "call_back").get().pages_at is not None


# -- the note is erased ------------------------------------------------------------------------------


def test_with_the_note_erased_danger_stays_due_and_pages_at_its_minute(elenas, contact, item):
    elenas.post(f"/calls/{contact.number}/", {"c_note": "no", "do": "save"})
    elenas.post(f"/calls/{contact.number}/forget-note")
    kept = due(contact.pk).get()
    assert kept.pk != item.pk
    assert (kept.due_at, kept.pages_at, kept.urgency) == (item.due_at, item.due_at, "now")
    assert decide(elenas, contact, "nothing").status_code == 422, "what came of it is written in words"
    assert "Elena" in first_paged(at=item.due_at)


def test_with_the_note_erased_while_it_pages_somebody_is_called_again_at_once(elenas, contact, item):
    DueItem.objects.filter(pk=item.pk).update(due_at=timezone.now() - MINUTE)
    work.page_undecided(at=item.due_at)
    elenas.post(f"/calls/{contact.number}/", {"c_note": "no", "do": "save"})
    elenas.post(f"/calls/{contact.number}/forget-note")
    assert "Elena" in first_paged(at=timezone.now() + MINUTE)


def test_where_only_the_emergency_page_told_of_danger_that_it_was_danger_stays_and_no_word_of_it(
    elenas, contact, roster
):
    elenas.post(f"/calls/{contact.number}/emergency/", {"e_place": "zebra street", "do": "back"})
    finish(elenas, contact, c_note="no")
    before = due(contact.pk).get()
    elenas.post(f"/calls/{contact.number}/forget-note")
    assert due(contact.pk).get().pages_at == before.pages_at
    page = elenas.get(f"/calls/{contact.number}/next/").text
    assert "The person was in danger." in page and "zebra" not in page


# -- an hour at most ---------------------------------------------------------------------------------


def test_that_help_was_sent_is_asked_about_within_an_hour_unless_a_second_colleague_agrees(
    world, elenas, contact, item
):
    until = timezone.now() + 47 * HOUR
    answer = decide(elenas, contact, "help", text="The ambulance goes there", **typed_time("again_at", until))
    assert "until a second colleague agrees" in elenas.get(answer.url).text
    stays = due(contact.pk).get()
    assert stays.asked_by == world.staff["elena"] and stays.pages_at <= timezone.now() + HOUR


@pytest.mark.parametrize(("in_hours", "hers"), [(40 * 24, "on"), (40 * 24, ""), (20, "")])
def test_after_danger_nobody_rings_later_than_in_an_hour_or_than_the_person_said(
    elenas, contact, item, in_hours, hers
):
    elenas.post(f"/calls/{contact.number}/", {"safe_back": "yes", "do": "save"})
    until = timezone.now() + in_hours * HOUR
    answer = decide(elenas, contact, "call_back", **typed_time("again_at", until), hers=hers)
    assert answer.status_code in (409, 422)
    assert due(contact.pk).get().due_at == item.due_at


def test_the_person_named_tomorrow_and_is_rung_then(elenas, contact, item):
    elenas.post(f"/calls/{contact.number}/", {"safe_back": "yes", "do": "save"})
    until = (timezone.now() + 20 * HOUR).replace(second=0, microsecond=0)
    decide(elenas, contact, "call_back", **typed_time("again_at", until), hers="on")
    rings = due(contact.pk, "call_back").get()
    assert (rings.due_at, rings.pages_at) == (until, until + 10 * MINUTE) and not due(contact.pk).exists()


@pytest.mark.parametrize("when", ["on the call", "typed afterwards", "after an attempt"])
def test_a_call_back_in_forty_days_is_decided_about_within_two_days(elenas, contact, roster, when):
    far = typed_time("back_at", timezone.now() + timedelta(days=40))
    agreed = {**DANGER, "ends": ["call_back"], "safe_back": "yes", "c_back": "yes"}
    if when == "on the call":
        finish(elenas, contact, **agreed, **far)
    elif when == "typed afterwards":
        finish(elenas, contact, **DANGER)
        elenas.post(f"/calls/{contact.number}/", {**agreed, **far, "do": "save"})
    else:
        finish(elenas, contact, **agreed, back_when="15min")
        again = typed_time("again_at", timezone.now() + timedelta(days=40))
        elenas.post(f"/calls/{contact.number}/back/", {"outcome": "no_answer", "text": "", **again})
    latest = due(contact.pk).get()
    assert latest.pages_at <= timezone.now() + 2 * 24 * HOUR


# -- taken up again ----------------------------------------------------------------------------------


def test_a_call_that_is_taken_up_again_stays_due_and_pages(elenas, contact, item):
    work.page_undecided(at=item.due_at)
    elenas.post(f"/calls/{contact.number}/resume")
    assert Alarm.objects.get().answered_at is None
    assert due(contact.pk).get().pages_at is not None
    page = elenas.get("/calls/").text
    assert contact.number in page


# -- it becomes a case -------------------------------------------------------------------------------


def become(client, contact, world):
    client.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    return Case.objects.get()


def test_a_case_made_of_danger_pages_its_holder_at_the_minute_of_the_contact(world, elenas, contact, item):
    case = become(elenas, contact, world)
    kept = due(case.pk, "danger").get()
    assert (kept.due_at, kept.pages_at, kept.owner) == (item.due_at, item.due_at, world.staff["amina"])
    assert first_paged(at=item.due_at - timedelta(seconds=1)) == []
    assert first_paged(at=item.due_at)[0] == "Amina"


def test_a_case_made_while_the_list_pages_pages_its_holder_at_once(world, elenas, contact, item):
    DueItem.objects.filter(pk=item.pk).update(due_at=timezone.now() - MINUTE)
    work.page_undecided(at=item.due_at)
    become(elenas, contact, world)
    assert Alarm.objects.get().answered_by is None, "nobody came by making a case of it"
    assert first_paged(at=timezone.now() + MINUTE)[0] == "Amina"


def test_what_a_colleague_called_for_is_not_answered_by_making_a_case_of_it(world, elenas, contact, roster):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    finish(elenas, contact)
    DueItem.objects.filter(subject=contact.pk).update(pages_at=timezone.now(), due_at=timezone.now())
    become(world.client("bakyt"), contact, world)
    assert Alarm.objects.get().answered_at is None


def test_a_call_back_after_danger_pages_in_the_case_too(world, elenas, contact, roster):
    finish(elenas, contact, **DANGER, ends=["call_back"], back_when="15min", safe_back="yes", c_back="yes")
    before = due(contact.pk, "call_back").get()
    case = become(elenas, contact, world)
    assert due(case.pk, "call_back").get().pages_at == before.pages_at
