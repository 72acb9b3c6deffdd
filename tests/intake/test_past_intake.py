"""A report about somebody who works here goes past her, whether its writer says so or whoever reads it finds out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import Alarm, DueItem
from panah.people.complaints.models import Matter
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from tests.reporters.conftest import Stranger

STORY = "Practice: the colleague of the night line asks women for money before she helps."


def text(answer):
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def told_of_staff(world, intake, now):
    """Somebody ticked that it is about somebody who works or volunteers here."""
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    stranger.arrival = stranger.report.arrival
    return stranger


def opened(client, arrival):
    answer = client.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 302, text(answer)
    return text(client.get(answer.url))


@pytest.mark.parametrize("name", ["elena", "bakyt", "saule", "amina"])
def test_who_opens_what_arrives_and_even_who_leads_see_nothing_of_it(world, told_of_staff, name):
    client, pk = world.client(name), told_of_staff.arrival.pk
    assert str(pk) not in text(client.get("/inbox/?languages=all"))
    for way in ("", "answer/", "finish/"):
        assert client.get(f"/inbox/{pk}/{way}").status_code == 404
    assert client.post(f"/inbox/{pk}/open/").status_code == 404
    assert not DueItem.objects.filter(subject=pk, owner=world.staff[name]).exists()
    assert "Somebody asks" not in text(client.get("/"))


def test_zarina_who_reads_complaints_has_it_on_her_list_opens_it_and_answers(world, told_of_staff, now):
    (item,) = DueItem.objects.filter(subject=told_of_staff.arrival.pk)
    assert item.owner == world.staff["zarina"]
    zarina = world.client("zarina")
    assert STORY in opened(zarina, told_of_staff.arrival)
    page = text(zarina.get(f"/inbox/{told_of_staff.arrival.pk}/answer/"))
    once = page.split('name="once" value="')[1].split('"')[0]
    answer = zarina.post(
        f"/inbox/{told_of_staff.arrival.pk}/answer/",
        {"text": "We look into it. She does not learn of it.", "once": once},
    )
    assert answer.status_code == 302, text(answer)
    back = reporters_queries.find(*reporters_queries.parse(told_of_staff.receipt.shown))
    assert "does not learn" in str([one.text for one in reporters_queries.words_for(back)])


def test_no_key_of_a_duty_opens_it(world, told_of_staff):
    assert told_of_staff.arrival.to_key == "readers"
    from panah.ground.foundation.errors import Refusal
    from panah.people.inbox import actions as inbox

    with pytest.raises(Refusal):
        inbox.open_arrival(
            keys=world.keys("bakyt"),
            arrival=told_of_staff.arrival,
            by=world.staff["bakyt"],
            at=timezone.now(),
        )


def test_danger_in_it_pages_nobody_who_may_be_meant(world, intake, now):
    Stranger(world).writes(STORY, at=now, about_staff=True, urgency="now")
    assert not Alarm.objects.exists()
    Stranger(world).writes(STORY, at=now, urgency="now")
    assert Alarm.objects.count() == 1, "control: any other danger pages"


def test_what_nobody_opens_in_time_is_told_to_its_readers_and_to_no_focal_point(world, told_of_staff, now):
    from panah.people.inbox import actions as inbox

    inbox.remind(at=now + timedelta(days=2))
    owners = {item.owner.username for item in DueItem.objects.filter(subject=told_of_staff.arrival.pk)}
    assert owners == {"zarina"}


def test_elena_finds_a_colleague_in_a_report_and_passes_it_on_past_her(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    arrival, elena = stranger.report.arrival, world.client("elena")
    opened(elena, arrival)
    answer = elena.post(
        f"/inbox/{arrival.pk}/colleague/", {"concerns": [str(world.staff["bakyt"].pk)], "abuse": "on"}
    )
    assert answer.status_code == 302, text(answer)
    for name in ("elena", "bakyt", "saule"):
        client = world.client(name)
        assert client.get(f"/inbox/{arrival.pk}/").status_code == 404
        assert str(arrival.pk) not in text(client.get("/inbox/?state=over"))
    matter = Matter.objects.get()
    holders = {one.username for one in vault_queries.holders(matter.file_id)}
    assert holders == {"zarina"}
    page = text(world.client("zarina").get(f"/complaints/matter/{matter.number}/"))
    assert "asks women for money" in page


def test_what_she_adds_after_it_became_a_complaint_reaches_its_readers_alone(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    arrival, elena = stranger.report.arrival, world.client("elena")
    opened(elena, arrival)
    elena.post(f"/inbox/{arrival.pk}/colleague/", {"concerns": [str(world.staff["bakyt"].pk)]})
    reporters.add_words(
        opened=stranger.returns(at=now), token=reporters_queries.new_token(), at=now + timedelta(hours=1),
        content={"text": "Practice: she asked again today."},
    )  # fmt: skip
    more = Arrival.objects.get(kind="report-more")
    for name in ("elena", "bakyt", "saule"):
        assert world.client(name).get(f"/inbox/{more.pk}/").status_code == 404
    assert "she asked again" in opened(world.client("zarina"), more)


@pytest.fixture
def two_readers(world, intake, now):
    """Saule reads complaints too; then somebody ticked that it is about a colleague."""
    RoleHeld.objects.create(staff=world.staff["saule"], role="data_protection_officer", since=now)
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    stranger.arrival = stranger.report.arrival
    return stranger


def on_lists(arrival):
    rows = DueItem.objects.filter(subject=arrival.pk, done_at=None)
    return sorted((one.owner.username, one.purpose) for one in rows)


def test_whoever_opens_what_may_be_about_her_takes_it_off_her_own_list_alone(world, two_readers):
    arrival = two_readers.arrival
    assert on_lists(arrival) == [("saule", "open"), ("zarina", "open")]
    opened(world.client("zarina"), arrival)
    assert on_lists(arrival) == [("saule", "open"), ("zarina", "go-on")]
    saule = world.client("saule")
    page = text(saule.post(f"/inbox/{arrival.pk}/", {"purpose": "check"}, follow=True))
    assert STORY in page
    assert on_lists(arrival) == [("zarina", "go-on")]


def test_no_reader_ends_alone_what_may_be_about_her(world, two_readers):
    arrival, zarina = two_readers.arrival, world.client("zarina")
    opened(zarina, arrival)
    alone = zarina.post(f"/inbox/{arrival.pk}/finish/", {"told": "nothing"})
    assert alone.status_code == 422 and "Another reader of complaints has not read this yet." in text(alone)
    assert zarina.post(f"/inbox/{arrival.pk}/close/", {"closing": "empty"}).status_code != 302
    arrival.refresh_from_db()
    assert arrival.state == "opened"
    world.client("saule").post(f"/inbox/{arrival.pk}/", {"purpose": "check"})
    assert zarina.post(f"/inbox/{arrival.pk}/finish/", {"told": "nothing"}).status_code == 302


def test_where_one_alone_reads_complaints_she_ends_it(world, told_of_staff):
    zarina = world.client("zarina")
    opened(zarina, told_of_staff.arrival)
    assert zarina.post(f"/inbox/{told_of_staff.arrival.pk}/finish/", {"told": "nothing"}).status_code == 302
