"""Night cover: South's line answers for North. Both agree, either ends it; when nobody answers, South is told to ring."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.directory.models import HotlineNumber
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.network.models import Society
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem, Page
from panah.people.hotline import rules
from panah.people.hotline.models import NightCover

COVERS = "/calls/night-cover/"
NUMBER = "+000 555 77"


def delivered(world, *, after=timedelta(0)):
    for name in ("north", "south"):
        with tenancy.tenant_context(world.societies[name].pk):
            exchange.deliver_due(at=timezone.now() + after)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def kept(world, name):
    return NightCover.objects.get(society=world.societies[name])


def all_day_but_an_hour():
    """Hours that hold now, whatever the hour: from an hour ago until two hours ago."""
    now = timezone.now()
    Society.objects.update(time_zone="UTC")
    return {"begins": f"{now - timedelta(hours=1):%H:%M}", "ends": f"{now - timedelta(hours=2):%H:%M}"}


def offers(world, who="rustam", **more):
    given = {"do": "offer", "society": "practice-north", "number": NUMBER, "languages": ["ru", "uz"]}
    return world.client(who).post(COVERS, given | all_day_but_an_hour() | more)


@pytest.fixture
def offered(world, paired):
    answer = offers(world)
    assert answer.status_code == 302, text(answer)
    delivered(world)
    return kept(world, "north")


@pytest.fixture
def agreed(world, offered):
    world.client("bakyt").post(COVERS, {"do": "agree", "cover": str(offered.pk), "rang": "on"})
    delivered(world)
    return kept(world, "north")


def test_south_offers_and_north_agrees_after_ringing_the_number(world, offered):
    assert (offered.state, offered.covering, kept(world, "south").covering) == ("offered", False, True)
    items = DueItem.objects.filter(subject=offered.pk, purpose="offered", done_at=None)
    assert {one.owner.username for one in items} == {"bakyt", "saule"}
    bakyts = world.client("bakyt")
    page = text(bakyts.get(COVERS))
    assert NUMBER in page and "I rang this number, and they answered." in page and "Uzbek" in page
    bakyts.post(COVERS, {"do": "agree", "cover": str(offered.pk)})
    assert kept(world, "north").state == "offered", "nobody has rung it"
    bakyts.post(COVERS, {"do": "agree", "cover": str(offered.pk), "rang": "on"})
    delivered(world)
    assert (kept(world, "north").state, kept(world, "south").state) == ("agreed", "agreed")
    assert not DueItem.objects.filter(subject=offered.pk, purpose="offered", done_at=None).exists()
    assert DueItem.objects.filter(subject=kept(world, "south").pk, purpose="told").exists()


def test_before_both_agreed_no_caller_is_given_the_number(world, offered, elenas, contact):
    assert NUMBER not in text(elenas.get(f"/calls/{contact.number}/"))
    assert NUMBER not in text(world.client("bakyt").get("/me/roster"))


def test_whoever_answers_reads_the_number_languages_and_hours_for_the_caller(world, agreed, elenas, contact):
    call = text(elenas.get(f"/calls/{contact.number}/"))
    assert "You may give the caller this number" in call and NUMBER in call and "Uzbek" in call
    hours = f"{agreed.begins:%H:%M}–{agreed.ends:%H:%M}"
    assert hours in call
    for page in ("/me/roster", "/calls/lines/", f"/calls/lines/{contact.line_id}/"):
        shown = text(world.client("bakyt").get(page))
        assert NUMBER in shown and hours in shown, page


@pytest.mark.parametrize(("ends", "there"), [("bakyt", "south"), ("rustam", "north")])
def test_either_side_ends_it_and_the_other_hears(world, agreed, elenas, contact, ends, there):
    ours = NightCover.objects.get(society=world.staff[ends].society)
    world.client(ends).post(COVERS, {"do": "end", "cover": str(ours.pk)})
    delivered(world)
    assert set(NightCover.objects.values_list("state", flat=True)) == {"ended"}
    assert DueItem.objects.filter(subject=kept(world, there).pk, purpose="told", done_at=None).exists()
    assert NUMBER not in text(elenas.get(f"/calls/{contact.number}/"))


def test_when_the_pairing_is_blocked_the_number_is_given_to_nobody(world, agreed, elenas, contact):
    Peer.objects.update(state="blocked")
    assert NUMBER not in text(elenas.get(f"/calls/{contact.number}/"))


@pytest.mark.parametrize("who", ["elena", "amina", "timur"])
def test_colleagues_read_the_cover_and_only_a_focal_point_decides(world, agreed, who):
    client = world.client(who)
    assert NUMBER in text(client.get(COVERS))
    assert client.post(COVERS, {"do": "end", "cover": str(agreed.pk)}).status_code == 404
    assert kept(world, "north").state == "agreed"


def test_nobody_decides_about_the_cover_of_another_society(world, offered):
    answer = world.client("rustam").post(COVERS, {"do": "agree", "cover": str(offered.pk), "rang": "on"})
    assert answer.status_code == 404
    mine = kept(world, "south")
    world.client("rustam").post(COVERS, {"do": "agree", "cover": str(mine.pk), "rang": "on"})
    assert kept(world, "south").state == "offered", "whoever offered cannot agree for the other"


def test_a_number_that_rings_only_at_home_is_not_offered(world, paired):
    answer = offers(world, number="0 555 77")
    assert (
        answer.status_code == 422 and "beginning with +" in text(answer) and not NightCover.objects.exists()
    )


# -- nobody answers ----------------------------------------------------------------------------


def raised(world):
    return work.raise_alarm(
        society=world.societies["north"].pk,
        room="hotline",
        subject=uuid4(),
        by=world.staff["elena"],
        at=timezone.now(),
    )


def nobody_answers(alarm, *, minutes=60):
    for minute in range(1, minutes):
        work.escalate(at=alarm.raised_at + timedelta(minutes=minute))


def of_south(world):
    return list(Alarm.objects.filter(society=world.societies["south"]))


def test_when_nobody_of_north_answers_souths_duty_is_called_and_learns_only_whom_to_ring(world, agreed):
    HotlineNumber.objects.create(
        society=world.societies["north"], iso2="XA", name_en="Duty of North", number="+000 66", kind="own"
    )
    dialled_numbers.accept(world.societies["north"].pk)
    alarm = raised(world)
    work.escalate(at=alarm.raised_at + timedelta(minutes=5))
    delivered(world)
    assert of_south(world) == [], "North's own colleagues come first"
    nobody_answers(alarm, minutes=12)
    delivered(world, after=timedelta(minutes=12))
    [there] = of_south(world)
    assert (there.room, there.subject, there.raised_by) == ("night_cover", kept(world, "south").pk, None)
    page = world.client("rustam").get(f"/calls/alarms/{there.pk}/")
    assert "Nobody answers a page at Practice Society North" in text(page)
    assert "Duty of North" in text(page) and 'href="tel:+00066"' in page.content.decode()
    assert str(alarm.pk) not in page.content.decode() and "Elena" not in text(page)
    here = text(world.client("bakyt").get(f"/calls/alarms/{alarm.pk}/"))
    assert "the duty of Practice Society South is called too" in here and "It was called at" in here


def test_what_crosses_holds_nothing_but_that_nobody_answers(world, agreed, monkeypatch):
    crossed = []
    real = exchange.send_of_node
    monkeypatch.setattr(exchange, "send_of_node", lambda **told: crossed.append(told) or real(**told))
    alarm = raised(world)
    nobody_answers(alarm, minutes=12)
    [told] = [one for one in crossed if one["content"]["what"] == "unanswered"]
    assert told["content"] == {"v": 1, "what": "unanswered"} and told["conversation"] == agreed.agreement
    bodies = [len(bytes(row.header)) for row in Outgoing.objects.filter(kind="night-cover")]
    assert max(bodies) < 1000


def test_outside_the_agreed_hours_and_after_the_end_nobody_elsewhere_is_called(world, agreed):
    now = timezone.now()
    hours = {"begins": (now + timedelta(hours=2)).time(), "ends": (now + timedelta(hours=3)).time()}
    NightCover.objects.update(**hours)
    nobody_answers(raised(world))
    assert not Outgoing.objects.filter(kind="night-cover", urgency="now").exists()


def test_south_is_not_called_for_a_night_that_is_over(world, agreed):
    alarm = raised(world)
    nobody_answers(alarm, minutes=12)
    delivered(world, after=timedelta(hours=5))
    assert Incoming.objects.filter(kind="night-cover", society=world.societies["south"]).count() == 2
    assert of_south(world) == []


def test_after_a_restore_nobody_elsewhere_is_called_for_an_old_alarm(world, agreed):
    alarm = raised(world)
    work.stop_old_paging(society=world.societies["north"].pk)
    nobody_answers(alarm)
    assert not Outgoing.objects.filter(kind="night-cover", urgency="now").exists()


def test_after_a_restore_of_south_its_duty_is_called_anew_when_nobody_of_north_answers(world, agreed):
    ours = kept(world, "south")
    called = {"society": ours.society_id, "room": "night_cover", "subject": ours.pk, "by": None}
    work.raise_alarm(**called, at=timezone.now() - timedelta(days=1))
    work.stop_old_paging(society=ours.society_id)
    alarm = raised(world)
    nobody_answers(alarm, minutes=12)
    delivered(world, after=timedelta(minutes=12))
    assert Page.objects.filter(alarm__in=of_south(world), paged_at__isnull=False).exists()


def test_a_call_from_another_society_is_passed_on_to_no_third(world, agreed):
    ours = kept(world, "north")
    alarm = work.raise_alarm(
        society=world.societies["north"].pk, room="night_cover", subject=ours.pk, by=None, at=timezone.now()
    )
    nobody_answers(alarm)
    assert not Outgoing.objects.filter(kind="night-cover", urgency="now").exists()


def test_what_fails_elsewhere_keeps_no_colleague_of_north_from_being_called(world, agreed, monkeypatch):
    def full(**_told):
        raise OSError("no space left")

    monkeypatch.setattr(exchange, "send_of_node", full)
    alarm = raised(world)
    nobody_answers(alarm, minutes=30)
    alarm.refresh_from_db()
    assert max(page.times for page in alarm.pages.all()) >= 2


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "holds"),
    [("22:00", "08:00", 23, True), ("22:00", "08:00", 3, True), ("22:00", "08:00", 8, False), ("22:00", "08:00", 12, False),
     ("08:00", "17:00", 9, True), ("08:00", "17:00", 17, False)],
)  # fmt: skip
def test_hours_go_over_midnight(begins, ends, hour, holds):
    moment = datetime(2026, 11, 24, hour, tzinfo=UTC)
    begin, end = time.fromisoformat(begins), time.fromisoformat(ends)
    assert rules.in_hours(begin, end, moment=moment, time_zone="UTC") is holds


FROZEN = json.loads((Path(__file__).parents[1] / "contracts" / "night-cover-1.json").read_text())["contents"]


def tells(world, content, *, agreement, who="south", to="north"):
    """A society's node sends this; returns the code of the receipt."""
    peer = Peer.objects.select_related("society", "theirs").get(
        society=world.societies[who], theirs=world.societies[to]
    )
    row = exchange.send_of_node(
        peer=peer, kind="night-cover", content=content, at=timezone.now(), conversation=agreement
    )
    delivered(world)
    row.refresh_from_db()
    return row.code


def test_the_frozen_offer_is_taken_in_as_it_stands(world, paired):
    agreement = uuid4()
    assert tells(world, FROZEN["offered"], agreement=agreement) == "taken"
    row = kept(world, "north")
    assert (f"{row.begins:%H:%M}", f"{row.ends:%H:%M}", row.number) == ("22:00", "08:00", NUMBER)
    assert set(row.languages) == {"ru", "uz"} and row.agreement == agreement
    assert tells(world, FROZEN["ended"], agreement=agreement) == "taken"
    assert kept(world, "north").state == "ended"


def test_what_we_write_is_what_was_frozen(world, paired, monkeypatch):
    crossed = []
    real = exchange.send_of_node
    monkeypatch.setattr(
        exchange, "send_of_node", lambda **told: crossed.append(told["content"]) or real(**told)
    )
    offers(world, begins="22:00", ends="08:00")
    delivered(world)
    bakyts, ours = world.client("bakyt"), kept(world, "north")
    bakyts.post(COVERS, {"do": "agree", "cover": str(ours.pk), "rang": "on"})
    bakyts.post(COVERS, {"do": "end", "cover": str(ours.pk)})
    assert crossed == [FROZEN["offered"], FROZEN["agreed"], FROZEN["ended"]]


@pytest.mark.parametrize(
    "content",
    [
        {"v": 2, "what": "offered"},
        {"v": 1, "what": "offered"},
        {"v": 1, "what": "something else"},
        {**FROZEN["offered"], "begins": "late"},
        {**FROZEN["offered"], "begins": 22},
        {**FROZEN["offered"], "number": "112"},
        {**FROZEN["offered"], "number": ["+000 555 77"]},
        {**FROZEN["offered"], "languages": "ru"},
    ],
)
def test_what_cannot_be_read_is_answered_so_and_changes_nothing(world, paired, content):
    assert tells(world, content, agreement=uuid4()) == "unknown-version"
    assert not NightCover.objects.exists()


def test_a_society_cannot_agree_for_the_other_nor_call_without_an_agreement(world, offered):
    """South offered: its own yes, and its call for help, count for nothing at North."""
    for what in ("agreed", "unanswered"):
        assert tells(world, FROZEN[what], agreement=offered.agreement) == "taken"
    assert kept(world, "north").state == "offered" and not Alarm.objects.exists()
    assert tells(world, FROZEN["unanswered"], agreement=offered.agreement, who="north", to="south") == "taken"
    assert not Alarm.objects.exists(), "offered, and not agreed"


def test_bakyt_reads_how_hours_are_written_before_he_offers_a_night(world, paired):
    shown = text(world.client("bakyt").get(COVERS))
    assert "Hours and minutes, for example 22:00." in shown
    assert "for example 06:00." in shown
