# ruff: noqa: F811  fixtures of other rooms are used here too
"""What a stranger does at a machine of the door's own, from beginning to end: chats, papers, what is about a colleague.

All of it is done by that machine's database role; what follows, the node does a second later.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit import actions as audit
from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.work import queries as work_queries
from panah.ground.work.models import Alarm, DueItem
from panah.people import jobs as people_jobs
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact, LineChat
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.models import Arrival, Posted
from panah.people.intake import actions as intake
from panah.people.intake import queries as intake_queries
from panah.people.public.offer_words import KINDS
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Report, Word
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import line  # noqa: F401  the line of North
from tests.materials.making import mp3, published
from tests.page_texts import correcting as texts
from tests.postgres.role_of_the_door import as_thief, at_the_door, let_in, on_the_node, register, zarina  # noqa: F401
from tests.public.talking_phone import WORDS, Phone
from tests.reporters.conftest import Stranger

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="roles are PostgreSQL's: ./panah test --postgres"
)
STORY = "Practice: the colleague of the night line asks women for money before she helps."


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def told(north):
    """The worker of the node has told the door's machine what it may not look up."""
    with on_the_node(), tenancy.tenant_context(north):
        return people_jobs.tell_the_door(at=timezone.now())


def taken_up(north):
    with on_the_node(), tenancy.tenant_context(north):
        return audit.take_up(at=timezone.now())


def at_the_phone():
    phone = Phone()
    phone.client = Client(headers={"host": "info.example"})
    return phone


# ---- chats -----------------------------------------------------------------------------------------


def test_a_chat_is_offered_while_the_node_says_that_somebody_answers(world, north, open_line, at_the_door):
    assert 'value="start"' not in at_the_phone().opens(), "nothing was told yet"
    assert told(north) == 2
    assert told(north) == 0, "nothing new"
    assert 'value="start"' in at_the_phone().opens()
    assert 'value="start"' not in at_the_phone().opens("/info/talk?in=ko&country=XA")
    Posted.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert 'value="start"' not in at_the_phone().opens(), "the node is silent"
    Duty.objects.all().delete()
    told(north)
    assert 'value="start"' not in at_the_phone().opens(), "nobody is there any more"


def test_she_writes_in_a_chat_elena_is_told_and_answers(world, north, open_line, at_the_door):
    told(north)
    phone = at_the_phone().starts()
    assert WORDS in phone.page
    assert not DueItem.objects.filter(room="hotline_chat").exists(), "that machine reads no list"
    assert taken_up(north) == 1
    assert DueItem.objects.filter(room="hotline_chat", subject=phone.row.pk, done_at=None).exists()
    elena, keys = world.staff["elena"], world.keys("elena")
    with on_the_node(), tenancy.tenant_context(north):
        contact = hotline.claim_chat(keys=keys, chat=phone.row, by=elena, at=timezone.now())
        hotline.say_to_person(
            keys=keys, contact=contact, text="I am here.", once="a", by=elena, at=timezone.now()
        )
    assert "I am here." in phone.presses("look")
    assert "Yes." in phone.says("Yes.")
    assert "we have told a second person" in phone.presses("danger")
    taken_up(north)
    assert work_queries.open_alarm_of(contact.pk) is not None
    assert Contact.objects.get().urgency == "now"
    assert "You have ended the chat." in phone.presses("end")
    assert "You said no" in phone.presses("choose_no")
    taken_up(north)
    row = LineChat.objects.get()
    assert (row.ended_by_person, row.may_go_along) == (True, False)
    said = Entry.objects.filter(about=row.pk).values_list("event", flat=True)
    assert {"reporters:chat:started", "hotline:chat:danger", "reporters:chat:ended"} <= {*said}


def test_danger_at_the_beginning_pages_and_a_code_leads_back(world, north, open_line, at_the_door):
    told(north)
    phone = at_the_phone().starts(danger="on")
    taken_up(north)
    assert work_queries.open_alarm_of(phone.row.pk) is not None
    code = re.search(r'class="digits">([^<]+)<', phone.presses("keep"))[1]
    other = at_the_phone()
    other.opens()
    assert WORDS in other.presses("again", code=code)


def test_who_waits_too_long_is_called_for_by_the_node_and_reads_the_truth(
    world, north, open_line, at_the_door
):
    told(north)
    phone = at_the_phone().starts()
    taken_up(north)
    LineChat.objects.update(waits_since=timezone.now() - timedelta(minutes=4))
    assert "Nobody has answered yet." in phone.presses("look")
    assert LineChat.objects.get().second_called_at is None
    with on_the_node(), tenancy.tenant_context(north):
        assert hotline.call_second_for_chats(at=timezone.now()) == 1


def test_with_nobody_there_she_asks_to_be_called_back(world, north, open_line, at_the_door):
    Duty.objects.all().delete()
    told(north)
    phone = at_the_phone()
    phone.opens()
    page = phone.presses(
        "call_back", phone="0 700 555 010", whose="shared", hours="at night", until="Sunday", other="A survey",
        text="He listens.",
    )  # fmt: skip
    assert "We do not call this number." in page
    assert taken_up(north) == 1
    with on_the_node(), tenancy.tenant_context(north):
        content = inbox.open_arrival(
            keys=world.keys("bakyt"),
            arrival=Arrival.objects.get(),
            by=world.staff["bakyt"],
            at=timezone.now(),
        )
    assert content["person"]["phones"] == ["0 700 555 010"]


def test_a_thief_of_the_role_finds_no_chat_and_hears_of_no_colleague(world, north, open_line, at_the_door):
    told(north)
    at_the_phone().starts()
    tenancy.forget_shown()
    with as_thief(world) as cursor:
        for table in ("hotline_linechat", "reporters_chat", "reporters_chatline"):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert cursor.fetchone() == (0,), table
        cursor.execute("UPDATE hotline_linechat SET may_go_along = true")
        assert cursor.rowcount == 0
        cursor.execute("SELECT what, said::text FROM inbox_posted")
        facts = dict(cursor.fetchall())
    assert {*facts} == {"chats", "readers"}
    assert str(world.staff["elena"].pk) not in facts["chats"]
    assert not any(str(one.name) in "".join(facts.values()) for one in world.staff.values())


# ---- what is about a colleague ---------------------------------------------------------------------


def writes_about_a_colleague(world):
    stranger = Stranger(world)
    stranger.sends(STORY, at=timezone.now(), about_staff=True, urgency="now")
    return stranger


def test_what_is_about_a_colleague_is_sealed_to_the_readers_alone_and_stands_on_their_list(
    world, north, at_the_door
):
    told(north)
    Posted.objects.update(at=timezone.now() - timedelta(days=9))  # Also while the node is down.
    stranger = writes_about_a_colleague(world)
    arrival = Arrival.objects.get()
    assert (arrival.to_key, arrival.past_intake) == ("readers", True)
    opened = stranger.returns()
    reporters.add_words(
        opened=opened, token=reporters_queries.new_token(), content={"text": "And again."}, at=timezone.now()
    )
    assert {one.to_key for one in Arrival.objects.all()} == {"readers"}
    assert taken_up(north) == 2
    assert {one.owner for one in DueItem.objects.filter(subject=arrival.pk)} == {world.staff["zarina"]}
    assert not Alarm.objects.exists(), "whoever may be meant is not called"
    with on_the_node(), tenancy.tenant_context(north):
        with pytest.raises(Refusal):
            inbox.open_arrival(
                keys=world.keys("bakyt"), arrival=arrival, by=world.staff["bakyt"], at=timezone.now()
            )
        content = inbox.open_arrival(
            keys=world.keys("zarina"), arrival=arrival, by=world.staff["zarina"], at=timezone.now()
        )
    assert content["text"] == STORY


def test_what_is_added_to_a_complaint_at_the_doors_own_machine_reaches_its_readers_alone(
    world, north, at_the_door
):
    """It is about Zarina, who reads complaints: those who read it in her place are known to no row of the door."""
    told(north)
    stranger = Stranger(world)
    stranger.sends(STORY, at=timezone.now())
    taken_up(north)
    arrival = Arrival.objects.get()
    with on_the_node(), tenancy.tenant_context(north):
        inbox.open_arrival(
            keys=world.keys("bakyt"), arrival=arrival, by=world.staff["bakyt"], at=timezone.now()
        )
        intake.pass_to_complaints(
            keys=world.keys("bakyt"), arrival=arrival, concerned=[world.staff["zarina"].pk], danger=False,
            abuse=True, at=timezone.now(),
        )  # fmt: skip
    told(north)
    reporters.add_words(
        opened=stranger.returns(), token=reporters_queries.new_token(), content={"text": "And again."},
        at=timezone.now(),
    )  # fmt: skip
    more = Word.objects.select_related("arrival").get().arrival
    assert more.to_key == "conversation" and more.owner_id is None
    taken_up(north)
    (item,) = DueItem.objects.filter(subject=more.pk, done_at=None)
    assert item.owner != world.staff["zarina"]
    more.refresh_from_db()
    with on_the_node(), tenancy.tenant_context(north):
        keys = world.keys(item.owner.username)
        content = inbox.open_arrival(keys=keys, arrival=more, by=item.owner, at=timezone.now())
        assert not inbox_queries.visible(to=world.staff["zarina"]).filter(pk=more.pk).exists()
    assert content["text"] == "And again."


# ---- a number that nobody wants --------------------------------------------------------------------


def test_whoever_wants_no_number_has_none_a_second_later(world, north, at_the_door, zarina):
    zarina.writes("Practice: our papers are kept.", danger="no", young="no")
    digits = zarina.digits
    zarina.acts("none")
    assert "nobody can come back to it" in zarina.page
    assert taken_up(north) == 2
    zarina.types(digits)
    assert 'name="act" value="more"' not in zarina.page and "nothing" in zarina.page
    assert Report.objects.get().verifier is None


# ---- what is said after a report became something --------------------------------------------------


def test_words_after_it_became_a_case_come_to_the_intake(world, north, at_the_door, zarina):
    zarina.writes("Practice: our papers are kept.", danger="no", young="no")
    taken_up(north)
    report = Arrival.objects.get()
    bakyt, keys = world.staff["bakyt"], world.keys("bakyt")
    with on_the_node(), tenancy.tenant_context(north):
        inbox.open_arrival(keys=keys, arrival=report, by=bakyt, at=timezone.now())
        target = next(one for one in intake.TARGETS if one.name == "case")
        intake.convert(
            keys=keys, arrival=report, turn=target, called="", phone="", choice=str(world.staff["amina"].pk),
            by=bakyt, at=timezone.now(),
        )  # fmt: skip
        assert intake_queries.goes_on_to(report.pk) is not None, "control"
    zarina.acts("open").acts("more", text="Practice: he is back.")
    word = Word.objects.select_related("arrival").get()
    assert word.arrival.to_key.startswith("intake:")
    taken_up(north)
    assert DueItem.objects.filter(subject=word.arrival_id, done_at=None).exists()


# ---- to read, to listen to, to check ---------------------------------------------------------------


def test_papers_and_corrected_words_are_there(world, register, at_the_door):
    with on_the_node():
        row = published(world, body=mp3(), audiences=["offer-sound"], what="sound")
        texts.published(world)
    stranger = Client(headers={"host": "info.example"})
    assert str(row.pk) in stranger.get("/info/papers?in=en").text
    assert str(row.pk) in stranger.get("/info/check?in=en").text
    saved = stranger.get(f"/info/papers/{row.pk}")
    assert (saved.status_code, saved.headers["Content-Type"]) == (200, "audio/mpeg")
    assert texts.BETTER in stranger.get("/info/?in=ru").text


def test_the_offer_is_checked_and_the_card_and_the_picture_drawn(world, register, at_the_door):
    stranger = Client(headers={"host": "info.example"})
    for kind in KINDS:
        assert stranger.get(f"/info/check?in=en&kind={kind.number}").status_code == 200
        signs = stranger.post(f"/info/check?in=en&kind={kind.number}", {"country": "XA"})
        assert signs.status_code == 200
    assert stranger.get("/info/check/card?in=ru&country=XA").status_code == 200
    assert stranger.get("/info/numbers?in=en&country=XA&speaks=ru").status_code == 200
