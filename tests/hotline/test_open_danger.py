"""An open danger call is not left by one tap, every other page leads back to it, and lists have one order."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.foundation import dialled_numbers
from panah.ground.kit.rank import Rank
from panah.ground.network.models import RuleLine
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, Page
from panah.ground.work.words import DueKind, Urgency
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact
from panah.people.hotline.views.chats import chat_banners
from panah.people.reporters import queries as reporters_queries
from tests.hotline.chatting import open_line  # noqa: F401


@pytest.fixture
def danger(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    return contact


def test_in_her_own_danger_call_a_chat_that_waits_leads_elena_nowhere(open_line, elenas, danger):  # noqa: F811
    token = reporters_queries.new_token()
    hotline.start_chat(line=open_line, token=token, language="ru", danger=False, text="x", at=timezone.now())
    here = elenas.get(f"/calls/{danger.number}/emergency/").text
    assert "data-quiet" in here and "/calls/chats/" not in here
    elsewhere = elenas.get("/calls/log/").text
    assert f'href="/calls/{danger.number}/emergency/"' in elsewhere and "/calls/chats/" in elsewhere


def test_the_list_of_open_calls_marks_danger(elenas, danger):
    row = elenas.get("/calls/").text.partition('id="open"')[2].partition("</ol>")[0]
    assert 'data-tone="urgent"' in row and "danger now" in row


def test_nobody_was_met_stands_above_what_is_only_later(world):
    now, amina = timezone.now(), world.staff["amina"]
    same = {
        "keys": None,
        "society": amina.society_id,
        "kind": DueKind.MEET,
        "subject": amina.pk,
        "at": now,
        "owner": amina,
    }
    rows = [
        ("training_refreshers", "", 72, Urgency.LATER, "2AA-2AA-2"),
        ("cases", "plan", 48, Urgency.TODAY, "3AA-3AA-3"),
        ("cases", "review", 24, Urgency.TODAY, "4AA-4AA-4"),
        ("referrals", "meet", 1, Urgency.NOW, "5AA-5AA-5"),
    ]
    for room, purpose, hours, urgency, number in rows:
        due = now - timedelta(hours=hours)
        work.add_item(due_at=due, room=room, purpose=purpose, urgency=urgency, number=number, **same)
    page = world.client("amina", open_vault=False).get("/").text
    assert page.index("5AA") < page.index("4AA") < page.index("3AA")
    assert "danger now" in page
    bakyts = world.client("bakyt", open_vault=False).get("/team").text
    assert bakyts.index("5AA") < bakyts.index("4AA") < bakyts.index("3AA")


def chat_that_says_danger(line):
    token = reporters_queries.new_token()
    return hotline.start_chat(line=line, token=token, language="ru", danger=True, text="x", at=timezone.now())


def test_saule_who_answered_the_alarm_is_led_back_to_the_call_from_every_page(world, danger):
    saules, here = world.client("saule"), f"/calls/{danger.number}/emergency/"
    assert 'class="btn btn-main btn-small" href="' + here not in saules.get("/calls/log/").text
    work.answer_alarm(alarm=Alarm.objects.get(subject=danger.pk), by=world.staff["saule"], at=timezone.now())
    for page in ("/", "/calls/log/", "/inbox/"):
        assert f'class="btn btn-main btn-small" href="{here}"' in saules.get(page).text
    assert f'class="btn btn-main btn-small" href="{here}"' not in saules.get(here).text
    saules.post(f"/calls/{danger.number}/", {"do": "finish"})
    assert f'href="{here}"' not in saules.get("/calls/log/").text


def test_whoever_stopped_her_own_paging_and_handed_the_call_on_is_led_back_no_more(world, elenas, danger):
    # Her own word ends it only where the alarm pages nobody else.
    Page.objects.filter(alarm__subject=danger.pk).delete()
    elenas.post(f"/calls/{danger.number}/emergency/", {"do": "call_off"})
    alarm = Alarm.objects.get(subject=danger.pk)
    assert alarm.answered_by == alarm.raised_by == world.staff["elena"]
    here = f'class="btn btn-main btn-small" href="/calls/{danger.number}/emergency/"'
    assert here in elenas.get("/calls/log/").text
    Contact.objects.filter(pk=danger.pk).update(with_whom=world.staff["saule"])
    assert here not in elenas.get("/calls/log/").text
    assert here in world.client("saule").get("/calls/log/").text


def test_the_waiting_chats_mark_the_one_in_danger_and_so_does_the_banner(world, open_line, elenas):  # noqa: F811
    token, now = reporters_queries.new_token(), timezone.now()
    hotline.start_chat(line=open_line, token=token, language="ru", danger=False, text="x", at=now)
    about = chat_that_says_danger(open_line)
    listed = elenas.get("/calls/").text.partition('id="waiting-chats"')[2].partition("</section>")[0]
    rows = listed.split("<li")[1:]
    assert len(rows) == 2
    marked = ['data-tone="urgent"' in one for one in rows]
    assert marked == [f"/calls/chats/{about}/" in one for one in rows] and any(marked)
    # What calls nobody, because its alarm was answered, stands over the page as a chat in danger.
    for one in Alarm.objects.all():
        work.answer_alarm(alarm=one, by=world.staff["bakyt"], at=now)
    over = {str(one.about): one for one in chat_banners(world.staff["elena"])}
    assert (over[str(about)].rank, over[str(about)].tone) == (Rank.DANGER, "urgent")
    assert {one.rank for about_, one in over.items() if about_ != str(about)} == {Rank.PROMISES}


def test_the_log_marks_an_open_call_in_danger_and_no_other(elenas, take, danger):
    quiet = take(elenas)
    rows = (
        elenas.get("/calls/log/")
        .text.partition('<ol class="rows">')[2]
        .partition("</ol>")[0]
        .split("<li")[1:]
    )
    (red,) = [one for one in rows if danger.number in one]
    (plain,) = [one for one in rows if quiet.number in one]
    assert 'data-tone="urgent"' in red and 'data-tone="urgent"' not in plain


def test_call_backs_and_what_is_undecided_come_ticked_and_an_open_call_does_not(elenas, take):
    back, undecided, on_the_line = take(elenas), take(elenas), take(elenas)
    elenas.post(
        f"/calls/{back.number}/",
        {"ends": ["call_back"], "back_when": "1h", "safe_back": "yes", "do": "finish"},
    )
    elenas.post(f"/calls/{undecided.number}/", {"danger": "yes", "do": "finish"})
    boxes = re.findall(r'<input[^>]*name="contacts"[^>]*>', elenas.get("/calls/hand-over/").text)
    ticked = {
        one.number
        for one in (back, undecided, on_the_line)
        for box in boxes
        if str(one.pk) in box and "checked" in box
    }
    assert len(boxes) == 3 and ticked == {back.number, undecided.number}


def test_a_word_typed_for_one_contact_lies_in_its_own_file_alone(world, elenas, take):
    one, other = take(elenas), take(elenas)
    for contact in (one, other):
        elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    words = {one: "Practice: ring after dark", other: "Practice: the brother answers"}
    sent = {"contacts": [str(one.pk), str(other.pk)], "to": str(world.staff["saule"].pk)}
    elenas.post("/calls/hand-over/", sent | {f"word-{c.pk}": said for c, said in words.items()})
    saules = world.client("saule")
    for contact, foreign in ((one, other), (other, one)):
        page = saules.get(f"/calls/{contact.number}/page/").text
        assert words[contact] in page and words[foreign] not in page
    for said in words.values():
        assert said not in saules.get("/").text and said not in saules.get("/calls/").text


def test_the_numbers_of_every_country_stand_there_before_anything_is_saved_and_only_at_home_they_ring(
    world, elenas, danger
):
    home = danger.society.iso2
    for iso2, number in (("XA", "1121"), ("XB", "1122")):
        RuleLine.objects.create(
            iso2=iso2, key="emergency_numbers", value=[{"for": "any", "number": number}], text_en="", text_ru="",
            source="test", valid_from="2026-01-01", entered_by="test", entered_at=timezone.now(),
        )  # fmt: skip
    dialled_numbers.accept(danger.society_id)
    page = elenas.get(f"/calls/{danger.number}/emergency/").text
    fold = page.partition("data-elsewhere")[2].partition("</details>")[0]
    # In the page itself: no script asks for it, and no country had to be saved.
    assert home == "XA" and "1122" in fold and "tel:1122" not in page
    assert "tel:1121" in page
    elenas.post(f"/calls/{danger.number}/emergency/", {"country": "XB", "do": "save"})
    there = elenas.get(f"/calls/{danger.number}/emergency/").text
    stands_first = there.partition('id="numbers"')[2].partition("</section>")[0]
    assert "1122" in stands_first and "1121" not in stands_first, "home numbers only where home is meant"
    assert "tel:1122" not in there
