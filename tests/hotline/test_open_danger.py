"""An open danger call is not left by one tap, every other page leads back to it, and lists have one order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.hotline import actions as hotline
from panah.reporters import queries as reporters_queries
from panah.work import actions as work
from panah.work.words import DueKind, Urgency
from tests.hotline.test_chats import open_line  # noqa: F401


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
