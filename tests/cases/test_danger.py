"""Life in danger now in a case pages like a call does: at once, once, also while the vault is locked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.people.cases import actions as cases
from tests.conftest import PASSPHRASE
from tests.sign_in.carried_forms import carried_in

EXTREME = {"level": "extreme", "why": "They know where she is", "from_whom": "", "own_view": ""}


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        language="uz",
        age_group="adult",
        urgency="week",
    )


@pytest.fixture
def on_duty(world):
    """Elena answers for danger now, Gulnar second: neither has anything to do with the case."""
    now = timezone.now()
    for who, what in (("elena", "danger"), ("gulnar", "danger_second")):
        Duty.objects.create(
            society=world.societies["north"],
            staff=world.staff[who],
            what=what,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=3),
        )


def text(answer):
    return answer.content.decode()


def alarms(case):
    return list(Alarm.objects.filter(room="cases", subject=case.pk))


def look(client, case, **more):
    return client.post(f"/cases/{case.number}/safety/risk/", EXTREME | more)


def test_the_risk_life_in_danger_now_pages_the_colleague_on_duty_and_the_page_says_whom(world, case, on_duty):
    world.staff["elena"].email = "elena@practice.example"
    world.staff["elena"].save()
    amina = world.client("amina")
    answer = look(amina, case)
    assert answer["Location"] == f"/cases/{case.number}/danger/"
    [alarm] = alarms(case)
    assert (alarm.first, alarm.second) == (world.staff["elena"], world.staff["gulnar"])
    page = text(amina.get(answer["Location"]))
    assert "Paged, and nobody has answered yet:" in page
    first, following = re.search(
        r"nobody has answered yet:.*?<li>(.*?)</li>.*?<li>(.*?)</li>", page, re.S
    ).groups()
    assert "Elena" in first and "paged at" in first
    assert "Gulnar" in following and "is called next" in following
    assert "you are called in" in text(world.client("elena").get("/"))


@pytest.mark.parametrize("level", ["high", "medium", "low"])
def test_any_other_risk_pages_nobody(world, case, on_duty, level):
    assert look(world.client("amina"), case, level=level)["Location"].endswith("/safety/")
    assert alarms(case) == []


def test_one_press_on_danger_now_pages_from_the_case_and_from_its_safety(world, case, on_duty):
    amina = world.client("amina")
    for place in ("", "safety/"):
        assert f'action="/cases/{case.number}/danger/"' in text(amina.get(f"/cases/{case.number}/{place}"))
    amina.post(f"/cases/{case.number}/danger/", {"do": "call"})
    assert len(alarms(case)) == 1
    case.refresh_from_db()
    assert case.urgency == "now"


def test_before_she_presses_she_reads_whom_it_calls_one_after_the_other(world, case, on_duty):
    page = text(world.client("amina").get(f"/cases/{case.number}/danger/"))
    said = "the second after five minutes, the next on the roster after five more, then the focal points"
    assert said in page and "all of them again every ten minutes, until somebody answers" in page


def test_looking_alone_pages_nobody(world, case, on_duty):
    assert "Nobody has been called in" in text(world.client("amina").get(f"/cases/{case.number}/danger/"))
    assert alarms(case) == []


def test_it_pages_once_a_danger_and_not_with_each_saving(world, case, on_duty):
    amina, elena = world.client("amina"), world.client("elena")
    look(amina, case)
    look(amina, case)
    assert len(alarms(case)) == 1
    elena.post(f"/calls/alarms/{alarms(case)[0].pk}/")
    look(amina, case, why="She still hides with the neighbour")
    assert len(alarms(case)) == 1, "the same danger, looked at again"
    look(amina, case, level="high")
    Alarm.objects.update(raised_at=timezone.now() - timedelta(days=2))
    look(amina, case)
    assert len(alarms(case)) == 2, "it was over, and is there again"


def test_whoever_presses_again_after_an_answer_calls_for_help_again(world, case, on_duty):
    amina = world.client("amina")
    amina.post(f"/cases/{case.number}/danger/", {"do": "call"})
    amina.post(f"/cases/{case.number}/danger/", {"do": "call"})
    assert len(alarms(case)) == 1
    work.answer_alarm(alarm=alarms(case)[0], by=world.staff["elena"], at=timezone.now())
    assert "answered at" in text(amina.get(f"/cases/{case.number}/danger/"))
    amina.post(f"/cases/{case.number}/danger/", {"do": "call"})
    assert len(alarms(case)) == 2


def test_a_locked_vault_delays_no_paging_and_loses_nothing_that_was_typed(world, case, on_duty):
    locked = world.client("amina", open_vault=False)
    answer = look(locked, case)
    assert len(alarms(case)) == 1, "paged before the six words"
    page = text(answer)
    assert "They know where she is" not in page and "Nobody has been told" in page
    locked.post(f"/cases/{case.number}/danger/", {"do": "call"})
    assert len(alarms(case)) == 1
    status = text(locked.get(f"/cases/{case.number}/danger/"))
    assert "Nobody has been told." in status and "They know where she is" not in status


def test_the_six_words_keep_what_was_typed_and_page_nobody_a_second_time(world, case, on_duty):
    locked = world.client("amina", open_vault=False)
    kept = carried_in(look(locked, case))
    work.answer_alarm(alarm=alarms(case)[0], by=world.staff["elena"], at=timezone.now())
    locked.post(f"/cases/{case.number}/safety/risk/", {"vault-kept": kept, "vault-passphrase": PASSPHRASE})
    assert "They know where she is" in text(world.client("amina").get(f"/cases/{case.number}/safety/"))
    assert len(alarms(case)) == 1


def test_whoever_is_paged_without_a_grant_reads_whom_to_phone_and_nothing_about_the_case(
    world, case, on_duty
):
    look(world.client("amina"), case)
    [alarm] = alarms(case)
    elena = world.client("elena")
    page = text(elena.get(f"/calls/alarms/{alarm.pk}/"))
    assert case.number not in page and "They know" not in page
    assert "amina" in page.lower() and "can open the case" in page and "bakyt" in page.lower()
    assert text(elena.get("/")).count(case.number) == 0
    assert elena.get(f"/cases/{case.number}/danger/").status_code == 404


def test_a_focal_point_opens_the_case_from_the_alarm(world, case):
    """Nobody is on the roster: the focal points are paged, who hold a grant on every case."""
    look(world.client("amina"), case)
    [alarm] = alarms(case)
    paged = next(name for name in ("bakyt", "saule") if world.staff[name] == alarm.first)
    client = world.client(paged)
    client.post(f"/calls/alarms/{alarm.pk}/")
    page = text(client.get(f"/calls/alarms/{alarm.pk}/"))
    assert f'href="/cases/{case.number}/safety/"' in page
    assert "They know where she is" in text(client.get(f"/cases/{case.number}/safety/"))


def test_the_paging_stops_when_it_was_a_slip_or_is_over(world, case, on_duty):
    amina = world.client("amina")
    amina.post(f"/cases/{case.number}/danger/", {"do": "call"})
    amina.post(f"/cases/{case.number}/danger/", {"do": "stop"})
    assert alarms(case)[0].answered_by is None, "whoever called may be made to say so"
    assert "Amina, who called for help, said at" in text(amina.get(f"/cases/{case.number}/danger/"))
    world.client("bakyt").post(f"/cases/{case.number}/danger/", {"do": "stop"})
    assert alarms(case)[0].answered_by == world.staff["bakyt"]
    assert "you are called in" not in text(world.client("elena").get("/"))


def test_what_follows_stays_on_the_list_until_somebody_writes_what_came_of_it(world, case, on_duty):
    amina = world.client("amina")
    look(amina, case)
    [item] = DueItem.objects.filter(subject=case.pk, purpose="danger", done_at=None)
    assert (item.owner, item.urgency) == (world.staff["amina"], "now")
    assert amina.post(f"/due/{item.pk}/done", {"outcome": "done"}).status_code == 422
    assert DueItem.objects.get(pk=item.pk).done_at is None


@pytest.mark.parametrize("who", ["cholpon", "elena", "timur", "daler", "rustam"])
def test_others_get_the_answer_of_a_case_that_does_not_exist_and_page_nobody(world, case, who):
    client = world.client(who)
    for send in (client.get, client.post):
        assert send(f"/cases/{case.number}/danger/", {"do": "call"}).status_code == 404
    assert look(client, case).status_code == 404
    locked = world.client(who, open_vault=False)
    look(locked, case)
    assert alarms(case) == []


def test_the_journal_says_that_help_was_called_and_names_no_reason(world, case, on_duty):
    look(world.client("amina"), case)
    journal = text(world.client("bakyt").get("/journal"))
    assert "danger now" in journal and "They know" not in journal
    assert "called for help" in text(world.client("amina").get(f"/cases/{case.number}/journal/"))


def test_while_nobody_has_written_how_the_person_is_it_pages_again_first_whoever_holds_the_case(
    world, case, on_duty
):
    look(world.client("amina"), case)
    alarm = alarms(case)[0]
    item = DueItem.objects.get(subject=case.pk, purpose="danger", done_at=None)
    work.answer_alarm(alarm=alarm, by=world.staff["elena"], at=alarm.raised_at)
    assert work.page_undecided(at=item.due_at - timedelta(seconds=1)) == 0
    assert work.page_undecided(at=item.due_at) == 1
    again = Alarm.objects.get(subject=case.pk, answered_at=None)
    assert (again.first, again.second) == (world.staff["amina"], world.staff["elena"])


def test_what_pages_leaves_no_list_without_words(world, case, on_duty):
    world.client("amina").post(f"/cases/{case.number}/danger/", {"do": "call"})
    item = DueItem.objects.get(subject=case.pk, purpose="danger", done_at=None)
    bakyt = world.client("bakyt")
    for _ in range(2):
        bakyt.post(f"/due/{item.pk}/done", {"outcome": "not_needed"})
    item.refresh_from_db()
    assert item.done_at is None


def test_after_a_restore_the_page_of_danger_has_its_button_again_and_it_calls(world, case, on_duty):
    amina, address = world.client("amina"), f"/cases/{case.number}/danger/"
    amina.post(address, {"do": "call"})
    assert 'value="call"' not in amina.get(address).text
    work.stop_old_paging(society=world.societies["north"].pk)
    page = amina.get(address).text
    assert "Nobody has been told." in page and 'value="call"' in page
    amina.post(address, {"do": "call"})
    page = amina.get(address).text
    assert "Elena" in page and 'value="call"' not in page
