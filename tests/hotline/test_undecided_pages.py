"""A person was in danger and nobody has decided: the list calls at its minute, and waits only with a reason."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.vault.models import StaffKey
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.models import Alarm, DueItem, Page
from panah.people.hotline.actions import close_silent_calls

DANGER = {"danger": "yes", "cut_off": "yes"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def roster(world):
    """Amina is first for danger, Saule second; all three have an address."""
    now = timezone.now()
    for name, what in (("amina", "danger"), ("saule", "danger_second")):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=30),
        )  # fmt: skip
    for name in ("elena", "amina", "saule", "bakyt"):
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()


def finish(client, contact, **typed):
    return client.post(f"/calls/{contact.number}/", {**typed, "do": "finish"})


@pytest.fixture
def item(elenas, contact, roster):
    """Elena has finished a call of somebody in danger, and decided nothing."""
    finish(elenas, contact, **DANGER)
    return DueItem.objects.get(subject=contact.pk, done_at=None)


def paged(*, at):
    work.page_undecided(at=at)
    work.escalate(at=at)
    rows = Page.objects.filter(paged_at__isnull=False, alarm__answered_at=None).order_by("step", "pk")
    return [one.staff.name for one in rows]


def typed_time(name, moment):
    local = timezone.localtime(moment)
    return {
        f"{name}_day": local.day, f"{name}_month": local.month, f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def fresh(item):
    return DueItem.objects.select_related("owner").get(pk=item.pk)


# -- at its minute ----------------------------------------------------------------------------------


def test_at_its_minute_elena_is_paged_then_the_duty_then_the_focal_points(item):
    assert paged(at=item.due_at - timedelta(seconds=1)) == []
    assert paged(at=item.due_at) == ["Elena"]
    assert paged(at=item.due_at + 5 * MINUTE) == ["Elena", "Amina"]
    assert paged(at=item.due_at + 10 * MINUTE) == ["Elena", "Amina", "Saule"]
    assert paged(at=item.due_at + 15 * MINUTE) == ["Elena", "Amina", "Saule", "Bakyt"]
    assert Alarm.objects.count() == 1


def test_a_call_without_danger_that_is_late_pages_nobody(elenas, contact, roster):
    finish(elenas, contact, ends=["case"])
    found = DueItem.objects.get(subject=contact.pk, done_at=None)
    assert found.purpose == "decide" and paged(at=found.due_at + timedelta(hours=1)) == []


def test_a_call_that_broke_off_and_that_nobody_read_pages_too(elenas, contact, roster):
    contact.refresh_from_db()
    close_silent_calls(at=contact.last_sign_of_life + 10 * MINUTE)
    found = DueItem.objects.get(subject=contact.pk, done_at=None)
    assert "Elena" in paged(at=found.due_at)


def test_whoever_answers_has_a_quarter_of_an_hour_to_decide_and_then_it_pages_again(world, item):
    paged(at=item.due_at)
    work.answer_alarm(alarm=Alarm.objects.get(), by=world.staff["amina"], at=item.due_at + MINUTE)
    assert paged(at=item.due_at + 15 * MINUTE) == []
    assert paged(at=item.due_at + 16 * MINUTE) == ["Elena"]
    assert Alarm.objects.count() == 2


def test_what_is_still_paging_is_one_alarm_and_not_two(world, elenas, contact, roster):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    finish(elenas, contact)
    found = DueItem.objects.get(subject=contact.pk, purpose="decide", done_at=None)
    paged(at=found.due_at)
    assert Alarm.objects.count() == 1
    work.answer_alarm(alarm=Alarm.objects.get(), by=world.staff["amina"], at=found.due_at)
    assert paged(at=found.due_at + MINUTE) == [], "taking one silences the rest"


def test_the_page_of_the_alarm_says_what_is_late_and_leads_to_the_decision(world, item, contact):
    work.page_undecided(at=item.due_at)
    alarm = Alarm.objects.get()
    bakyts, here = world.client("bakyt"), f"/calls/alarms/{alarm.pk}/"
    page = bakyts.get(here).text
    assert "Somebody should have decided by" in page and "on the line" not in page
    assert bakyts.post(here).url == f"/calls/{contact.number}/next/"


def test_deciding_ends_the_paging(elenas, contact, item):
    work.page_undecided(at=timezone.now() + 20 * MINUTE)
    elenas.post(
        f"/calls/{contact.number}/next/", {"what": "nothing", "text": "At the sister's, safe.", "seen": 0}
    )
    alarm = Alarm.objects.get()
    assert alarm.answered_at is not None
    assert paged(at=timezone.now() + timedelta(days=1)) == []


def test_giving_it_to_a_colleague_is_no_answer_and_until_saule_decides_somebody_is_called(
    world, elenas, contact, item
):
    work.page_undecided(at=timezone.now() + 20 * MINUTE)
    here = f"/calls/{contact.number}/next/"
    elenas.post(here, {"what": "colleague", "to": str(world.staff["saule"].pk), "text": ""})
    assert fresh(item).owner == world.staff["saule"]
    assert Alarm.objects.get().answered_at is None
    saules = world.client("saule")
    saules.post(here, {"what": "nothing", "text": "At the sister's, safe.", "seen": 1})
    assert Alarm.objects.get().answered_by == world.staff["saule"]


# -- it waits only with a reason ---------------------------------------------------------------------


def wait(client, item, until, **more):
    return client.post(f"/due/{item.pk}/move", {**typed_time("due_at", until), **more})


def test_without_a_reason_it_is_not_moved(elenas, item):
    until = timezone.now() + 40 * MINUTE
    assert wait(elenas, item, until).status_code == 422
    assert fresh(item).due_at == item.due_at


def test_with_a_reason_one_colleague_lets_it_wait_for_an_hour_and_no_longer(elenas, item):
    until = (timezone.now() + 40 * MINUTE).replace(second=0, microsecond=0)
    assert wait(elenas, item, until, reason="She is on the bus until then").status_code == 302
    moved = fresh(item)
    assert (moved.due_at, moved.pages_at) == (until, until)
    assert "She is on the bus" in elenas.get(f"/due/{item.pk}").text
    assert paged(at=until - MINUTE) == [] and paged(at=until) == ["Elena"]


def test_for_longer_a_second_colleague_is_asked_and_in_five_minutes_it_pages(world, elenas, item):
    now = timezone.now()
    DueItem.objects.filter(pk=item.pk).update(due_at=now - MINUTE, pages_at=now + MINUTE)
    answer = wait(elenas, item, now + timedelta(hours=3), reason="He sleeps beside her")
    assert "a second colleague is asked" in elenas.get(answer.url).text
    stays = fresh(item)
    assert stays.due_at == now - MINUTE, "it stays due"
    assert stays.asked_by == world.staff["elena"]
    assert paged(at=now + 4 * MINUTE) == []
    assert "Elena" in paged(at=now + 6 * MINUTE)


def test_alone_it_waits_for_an_hour_in_all_however_often_it_is_moved(world, elenas, item):
    by, first = world.keys("elena"), item.due_at
    for minutes in (20, 40, 60):
        until = first + minutes * MINUTE
        assert work.let_wait(keys=by, item=fresh(item), due_at=until, reason="She is on the bus", at=first)
    late = first + 59 * MINUTE
    assert not work.let_wait(
        keys=by, item=fresh(item), due_at=late + 10 * MINUTE, reason="The bus is late", at=late
    )
    assert fresh(item).asked_by == world.staff["elena"]
    assert "Elena" in paged(at=first + 60 * MINUTE), "asking gives no more time either"


def test_the_hour_alone_counts_from_when_it_became_due(world, elenas, item):
    late = item.due_at + 2 * timedelta(hours=1)
    until = late + 10 * MINUTE
    assert not work.let_wait(
        keys=world.keys("elena"), item=item, due_at=until, reason="She is on the bus", at=late
    )


def test_after_a_second_colleague_agreed_the_hour_alone_begins_anew(world, elenas, item):
    until = item.due_at + timedelta(hours=3)
    assert not work.let_wait(
        keys=world.keys("elena"), item=item, due_at=until, reason="He sleeps", at=item.due_at
    )
    work.agree_to_wait(item=item, by=world.staff["saule"], at=item.due_at, until=until)
    assert work.let_wait(
        keys=world.keys("elena"), item=fresh(item), due_at=until + 30 * MINUTE, reason="He sleeps", at=until
    )


def test_asked_anew_every_four_minutes_it_pages_five_minutes_after_the_first_question(world, elenas, item):
    first = item.due_at + MINUTE
    for minutes in (0, 4):
        at = first + minutes * MINUTE
        work.let_wait(
            keys=world.keys("elena"),
            item=fresh(item),
            due_at=at + timedelta(hours=3),
            reason="He sleeps",
            at=at,
        )
    assert paged(at=first + 4 * MINUTE) == []
    assert "Elena" in paged(at=first + 5 * MINUTE)


def test_a_second_colleague_agrees_and_neither_elena_nor_her_other_account_does(world, elenas, item):
    until = (timezone.now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    wait(elenas, item, until, reason="He sleeps beside her")
    here = f"/due/{item.pk}/second"
    assert here not in elenas.get(f"/due/{item.pk}").text
    assert elenas.post(here, {"waits": "yes"}).status_code == 403
    StaffKey.objects.filter(staff=world.staff["elena"]).update(known_by=None)
    assert world.client("bakyt").post(here, {"waits": "yes"}).status_code == 403, "he alone knows her"
    saules = world.client("saule")
    page = saules.get(f"/due/{item.pk}").text
    assert here in page
    assert saules.post(here, {"waits": "yes", "until": asked_until(page)}).status_code == 302
    moved = fresh(item)
    assert (moved.due_at, moved.pages_at, moved.asked_by) == (until, until, None)


def asked_until(page):
    """The time that a colleague reads who is asked, as her yes sends it."""
    (until,) = re.findall(r'name="until" value="([^"]+)"', page)
    return until


def test_saule_agrees_to_the_time_that_she_read_and_to_no_longer_one(world, elenas, item):
    now = timezone.now()
    wait(elenas, item, now + timedelta(hours=2), reason="He sleeps beside her")
    saules, here = world.client("saule"), f"/due/{item.pk}/second"
    read = asked_until(saules.get(f"/due/{item.pk}").text)
    wait(elenas, item, now + timedelta(hours=47), reason="He sleeps beside her")
    for typed in ({"until": read}, {"until": ""}, {"until": "2026-13-01T25:00"}, {}):
        answer = saules.post(here, {"waits": "yes", **typed})
        assert answer.status_code == 409 and "Another time is asked for now." in answer.text
    stays = fresh(item)
    assert (stays.due_at, stays.asked_by) == (item.due_at, world.staff["elena"])


def test_a_no_that_comes_late_is_told_that_it_waits_already_and_elena_says_none_herself(world, elenas, item):
    wait(elenas, item, timezone.now() + timedelta(hours=3), reason="He sleeps beside her")
    here = f"/due/{item.pk}/second"
    assert elenas.post(here, {"waits": "no"}).status_code == 403
    saules = world.client("saule")
    saules.post(here, {"waits": "yes", "until": asked_until(saules.get(f"/due/{item.pk}").text)})
    late = world.client("bakyt").post(here, {"waits": "no"})
    assert late.status_code == 409 and "a colleague has gone on with it" in late.text
    assert fresh(item).due_at > item.due_at


def test_what_was_to_page_ten_minutes_after_her_time_still_does_so_after_a_no(world, elenas, item):
    until = (timezone.now() + timedelta(hours=9)).replace(second=0, microsecond=0)
    wait(elenas, item, until, reason="Then he goes to work", hers="on")
    wait(elenas, item, until + timedelta(hours=5), reason="He is at home today")
    world.client("saule").post(f"/due/{item.pk}/second", {"waits": "no"})
    stays = fresh(item)
    assert (stays.due_at, stays.pages_at) == (until, until + 10 * MINUTE)


def test_a_no_leaves_it_due(world, elenas, item):
    wait(elenas, item, timezone.now() + timedelta(hours=3), reason="He sleeps beside her")
    world.client("saule").post(f"/due/{item.pk}/second", {"waits": "no"})
    stays = fresh(item)
    assert (stays.due_at, stays.asked_by) == (item.due_at, None)
    assert "Elena" in paged(at=item.due_at + 5 * MINUTE)


def test_nobody_pages_before_the_time_that_the_person_named_and_somebody_ten_minutes_after_it(elenas, item):
    until = (timezone.now() + timedelta(hours=9)).replace(second=0, microsecond=0)
    wait(elenas, item, until, reason="Then he goes to work", hers="on")
    moved = fresh(item)
    assert (moved.due_at, moved.pages_at) == (until, until + 10 * MINUTE)
    assert "the person’s words" in elenas.get(f"/due/{item.pk}").text
    assert paged(at=until + 9 * MINUTE) == [] and paged(at=until + 10 * MINUTE) == ["Elena"]


def test_a_call_back_that_the_person_asked_for_pages_ten_minutes_after_its_time(elenas, contact, roster):
    finish(elenas, contact, **DANGER, ends=["call_back"], back_when="15min", safe_back="yes", c_back="yes")
    found = DueItem.objects.get(subject=contact.pk, done_at=None)
    assert found.purpose == "call_back"
    assert paged(at=found.due_at + 9 * MINUTE) == [] and paged(at=found.due_at + 10 * MINUTE) != []


def test_waiting_for_a_sign_is_a_decision_for_an_hour_at_most(world, elenas, contact, item):
    until = (timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    step = {"what": "wait", "text": "She writes when he is gone", "seen": 0, **typed_time("again_at", until)}
    answer = elenas.post(f"/calls/{contact.number}/next/", {**step, "text": ""})
    assert answer.status_code == 422, "a reason"
    answer = elenas.post(f"/calls/{contact.number}/next/", step)
    assert "until a second colleague agrees" in elenas.get(answer.url).text
    stays = fresh(item)
    assert stays.due_at <= timezone.now() + timedelta(hours=1) and stays.asked_by == world.staff["elena"]


def test_her_own_time_in_the_decision_is_the_due_time(elenas, contact, item):
    until = (timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    step = {
        "what": "wait",
        "text": "She writes then",
        "seen": 0,
        "hers": "on",
        **typed_time("again_at", until),
    }
    elenas.post(f"/calls/{contact.number}/next/", step)
    moved = fresh(item)
    assert (moved.due_at, moved.pages_at) == (until, until + 10 * MINUTE)


def test_the_shift_is_handed_to_whoever_comes_next_by_name(world, elenas, item):
    now = timezone.now()
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["saule"], what="calls",
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=9),
    )  # fmt: skip
    page = elenas.get("/calls/hand-over/").text
    (chosen,) = re.findall(r'<input[^>]*name="to"[^>]*checked[^>]*>', page)
    assert str(world.staff["saule"].pk) in chosen


def test_after_a_restore_nobody_is_called_for_what_was_undecided_then(world, item):
    work.stop_old_paging(society=world.societies["north"].pk)
    assert paged(at=item.due_at + timedelta(hours=1)) == []
    assert work_queries.items_of(item.subject), "it is red on the lists"
