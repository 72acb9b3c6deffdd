"""Calling back: only as the person wants it, once as promised, and never lost behind a slip of the hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.people.hotline import actions
from panah.people.hotline.models import Contact
from panah.people.hotline.words import AttemptOutcome, ContactState

PROMISED = {"ends": ["call_back"], "back_when": "15min", "back_tries": "2", "do": "finish"}


@pytest.fixture
def promised(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", PROMISED)
    return contact


def waiting(contact):
    return DueItem.objects.filter(subject=contact.pk, purpose="call_back", done_at=None)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"c_back": "no", "safe_back": "yes"}, "does not want to be called back"),
        ({"cut_off": "no"}, "do not call back if we are cut off"),
        ({"cut_off": "no", "c_back": "yes"}, "do not call back if we are cut off"),
    ],
)
def test_a_no_to_being_called_back_stands_wherever_somebody_could_ring(elenas, promised, answers, said):
    elenas.post(f"/calls/{promised.number}/", {**answers, "phone": "0 700 111 222"})
    for place in ("back/", "page/"):
        page = elenas.get(f"/calls/{promised.number}/{place}").content.decode()
        assert said in page
        assert "Do not ring" in page
    elenas.post(f"/calls/{promised.number}/", {"c_back": "yes", "safe_back": "yes"})
    assert "Do not ring" not in elenas.get(f"/calls/{promised.number}/back/").content.decode()


def test_where_the_line_was_cut_the_page_says_what_the_person_wanted_then(elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/emergency/", {"e_drops": "ring the neighbour, never her", "do": "save"}
    )
    elenas.post(f"/calls/{contact.number}/", {"cut_off": "no", "do": "save"})
    contact.refresh_from_db()
    type(contact).objects.filter(pk=contact.pk).update(
        state=ContactState.FINISHED, ended_at=timezone.now(), ended_by_itself=True
    )
    assert "do not call back" in elenas.get(f"/calls/{contact.number}/page/").content.decode()
    assert "ring the neighbour, never her" in elenas.get(f"/calls/{contact.number}/back/").content.decode()


def test_the_list_says_the_hours_that_hold_now_and_a_no(elenas, promised):
    elenas.post(f"/calls/{promised.number}/", {"back_hours": "9–12", "do": "save"})
    assert "only 9–12" in elenas.get("/calls/").content.decode()
    elenas.post(f"/calls/{promised.number}/", {"back_hours": "18–20", "do": "save"})
    page = elenas.get("/calls/").content.decode()
    assert "only 18–20" in page and "9–12" not in page
    elenas.post(f"/calls/{promised.number}/", {"safe_back": "no", "do": "save"})
    for place in ("/calls/", "/"):
        page = elenas.get(place).content.decode()
        assert "Do not ring: the person said no" in page and "18–20" not in page


@pytest.mark.parametrize("refused", [{"c_back": "no"}, {"safe_back": "no"}])
def test_finish_never_stops_but_says_that_the_person_said_no(elenas, contact, refused):
    page = elenas.post(f"/calls/{contact.number}/", {**PROMISED, **refused}, follow=True).content.decode()
    assert "before anybody rings" in page
    assert waiting(contact).count() == 1


def test_a_call_back_that_was_made_does_not_come_back_because_somebody_types_on(elenas, promised):
    elenas.post(f"/calls/{promised.number}/back/", {"outcome": AttemptOutcome.REACHED})
    page = elenas.get(f"/calls/{promised.number}/").content.decode()
    assert 'value="15min" selected' in page
    elenas.post(f"/calls/{promised.number}/", {**PROMISED, "note": "one word more"})
    assert not waiting(promised).exists()
    promised.refresh_from_db()
    assert promised.state == ContactState.FINISHED


def test_typing_on_does_not_put_a_promised_call_back_off(elenas, promised):
    before = waiting(promised).get().due_at
    elenas.post(f"/calls/{promised.number}/", {**PROMISED, "back_stop": "after Sunday"})
    assert waiting(promised).get().due_at == before
    assert "after Sunday" in elenas.get(f"/calls/{promised.number}/back/").content.decode()
    elenas.post(f"/calls/{promised.number}/", {**PROMISED, "back_when": "1h"})
    assert waiting(promised).get().due_at > before


def test_what_is_promised_anew_is_tried_as_often_as_is_agreed_now(elenas, promised):
    for _ in range(2):
        elenas.post(f"/calls/{promised.number}/back/", {"outcome": AttemptOutcome.NO_ANSWER})
    assert not waiting(promised).exists()
    elenas.post(f"/calls/{promised.number}/", {**PROMISED, "back_when": "1h"})
    page = elenas.post(f"/calls/{promised.number}/back/", {"outcome": AttemptOutcome.NO_ANSWER}, follow=True)
    assert "The next try is on the list" in page.content.decode()


def test_a_call_back_that_is_promised_on_a_closed_contact_opens_it_again(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "finish"})
    elenas.post(f"/calls/{contact.number}/close")
    # A window that was left open.
    elenas.post(f"/calls/{contact.number}/", PROMISED)
    contact.refresh_from_db()
    assert contact.state == ContactState.CALL_BACK
    assert waiting(contact).count() == 1


def test_a_contact_that_was_closed_by_a_slip_is_opened_again_with_its_call_back(world, elenas, promised):
    elenas.post(f"/calls/{promised.number}/close")
    assert waiting(promised).exists(), "a promise is not closed away"
    elenas.post(f"/calls/{promised.number}/next/", {"what": "nothing"})
    elenas.post(f"/calls/{promised.number}/close")
    assert not waiting(promised).exists()
    assert (
        f"/calls/{promised.number}/resume" in elenas.get(f"/calls/{promised.number}/page/").content.decode()
    )
    elenas.post(f"/calls/{promised.number}/resume")
    elenas.post(f"/calls/{promised.number}/", PROMISED)
    assert waiting(promised).count() == 1
    elenas.post(f"/calls/{promised.number}/next/", {"what": "nothing"})
    elenas.post(f"/calls/{promised.number}/close")
    actions.erase_contact(
        keys=world.keys("bakyt"), contact=Contact.objects.get(), by=world.staff["bakyt"], at=world.at
    )
    elenas.post(f"/calls/{promised.number}/resume")
    assert Contact.objects.get().state == ContactState.CLOSED, "what was erased is not opened"


def test_a_wrong_year_does_not_put_a_call_back_off_for_a_lifetime(elenas, contact):
    typed = {"back_at_day": "3", "back_at_month": "2", "back_at_year": "2206", "back_at_time": "10:00"}
    page = elenas.post(
        f"/calls/{contact.number}/", {**typed, "ends": ["call_back"], "do": "finish"}, follow=True
    )
    assert "set for one hour from now" in page.content.decode()
    assert waiting(contact).get().due_at < timezone.now() + timedelta(hours=2)
    again = {f"again_at_{part}": typed[f"back_at_{part}"] for part in ("day", "month", "year", "time")}
    page = elenas.post(
        f"/calls/{contact.number}/back/", {**again, "outcome": AttemptOutcome.OFF, "text": "dead line"}
    )
    assert "more than a year ahead" in page.content.decode()
    assert "dead line" in page.content.decode()


def test_pressed_twice_one_attempt_does_not_count_as_two(elenas, promised):
    sent = {"outcome": AttemptOutcome.NO_ANSWER, "text": "rang long", "seen": "0"}
    assert 'name="seen" value="0"' in elenas.get(f"/calls/{promised.number}/back/").content.decode()
    assert elenas.post(f"/calls/{promised.number}/back/", sent).status_code == 302
    page = elenas.post(f"/calls/{promised.number}/back/", sent).content.decode()
    assert "perhaps this one" in page and "rang long" in page
    assert 'name="seen" value="1"' in page
    assert elenas.post(f"/calls/{promised.number}/back/", {**sent, "seen": "1"}).status_code == 302


def test_whoever_cannot_see_the_hours_is_not_hurried_by_the_minute(world, elenas, promised):
    elenas.post(f"/calls/{promised.number}/", {"back_hours": "18–20", "do": "save"})
    waiting(promised).update(due_at=timezone.now() - timedelta(hours=2))
    locked = world.client("elena", open_vault=False)
    for place in ("/calls/", "/"):
        page = locked.get(place).content.decode()
        assert "the hours that suit are sealed" in page and "18–20" not in page
        assert 'data-tone="urgent"' not in page, "nobody is hurried to ring at a time that is not safe"
        assert "18–20" in elenas.get(place).content.decode()
