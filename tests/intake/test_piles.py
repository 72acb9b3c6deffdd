"""A machine floods the public page. Elena puts its pile aside in one go; nobody who wrote is lost in it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import current_key
from panah.ground.vault.sealed_body import seal_body
from panah.ground.work.models import DueItem
from panah.people.inbox import actions as inbox
from panah.people.inbox.actions import ingest
from panah.people.inbox.models import Arrival
from panah.people.inbox.rules import Outside
from panah.people.inbox.words import BODY
from panah.people.intake import actions
from panah.people.intake.models import Pile
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from tests.intake.floods import junk, people
from tests.reporters.conftest import Stranger


def text(answer):
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def flooded(world, intake, now):
    """A flood of so many, and among it so many people, sent through the door; returns the people."""

    def flood(machine, persons):
        written = [*junk(machine)]
        step = max(machine // max(persons, 1), 1)
        strangers = []
        for n, words in enumerate(people(persons)):
            for one in written[n * step : (n + 1) * step]:
                Stranger(world).writes(one, at=now, receipt=None)
            stranger = Stranger(world)
            stranger.writes(words, at=now)
            strangers.append(stranger)
        for one in written[persons * step :]:
            Stranger(world).writes(one, at=now, receipt=None)
        return strangers

    return flood


def put_aside(client):
    """Press what the page offers until nothing looks alike; returns how often."""
    presses = 0
    while True:
        page = text(client.post("/inbox/piles/"))
        forms = page.split('name="first" value="')[1:]
        if not forms:
            return presses
        until = page.split('name="until" value="')[1].split('"')[0]
        for form in forms:
            answer = client.post("/inbox/piles/empty/", {"first": form.split('"')[0], "until": until})
            assert answer.status_code == 302, text(answer)
            presses += 1


def test_of_three_hundred_of_a_machine_the_ten_people_stay_on_elenas_list(world, flooded):
    strangers = flooded(300, 10)
    elena = world.client("elena")
    page = text(elena.post("/inbox/piles/"))
    assert "310 messages were compared." in page
    assert "monthly prize" in page
    presses = put_aside(elena)
    assert presses <= 12
    left = set(Arrival.objects.filter(state="sealed").values_list("pk", flat=True))
    assert {one.report.arrival_id for one in strangers} <= left
    assert Arrival.objects.filter(state="aside").count() >= 290
    waiting = text(elena.get("/inbox/?languages=all"))
    assert all(str(one.report.arrival_id) in waiting for one in strangers)


def come_at_once(world, texts, at):
    """Let many texts arrive as the door seals them, in one go; returns their ids in that order."""
    key = current_key(world.societies["north"].pk, "G")
    raw = b'{"child":"unknown","language":"tg","sealed":"server","urgency":"later"}'
    rows = [
        ingest._arrival_row(
            outside=Outside(language="tg", later=True), society_id=world.societies["north"].pk, source="web",
            sender_id=None, kind="report", urgency="later", conversation=None, header=raw,
            to_key=f"intake:{key.generation}", expires_at=None, arrived_at=at, owner_id=None, room="", subject=None,
        )
        for _text in texts
    ]  # fmt: skip
    bodies = [seal_body(bytes(key.public), {"text": one, "about": "me"}, raw) for one in texts]
    with transaction.atomic():
        ingest._keep(rows, bodies)
    return [row.id for row in rows]


def test_of_five_thousand_of_a_machine_no_message_of_fifty_people_is_lost(world, intake, now):
    written = [*((one, False) for one in junk(5000)), *((one, True) for one in people(50))]
    random.Random(3).shuffle(written)  # noqa: S311  made-up texts
    ids = come_at_once(world, [words for words, _person in written], now)
    real = {pk for pk, (_words, person) in zip(ids, written, strict=True) if person}
    keys, later = world.keys("elena"), now + timedelta(minutes=1)
    while (found := actions.find_piles(keys=keys, at=later)).piles:
        for pile in found.piles:
            actions.empty_pile(keys=keys, first=pile.first, until=found.at, at=later)
    left = set(Arrival.objects.filter(state="sealed").values_list("pk", flat=True))
    assert real <= left
    assert len(left) < 150, "control: the flood is gone"


def test_danger_a_child_a_file_and_whoever_came_back_never_go_in_a_pile(world, flooded, now):
    flooded(48, 0)
    like_them = next(iter(junk(1)))
    danger, child, paper, returned = Stranger(world), Stranger(world), Stranger(world), Stranger(world)
    danger.writes(like_them, at=now, content={"text": like_them, "answers": {"danger": "yes"}})
    child.writes(like_them, at=now, child="yes")
    paper.writes(like_them, at=now, files=[reporters_queries.PlainFile(b"a letter", "letter.txt", "text")])
    returned.writes(like_them, at=now)
    for one in (danger, child, paper):
        # Nobody came back to these: only what they say keeps them.
        one.arrival = Arrival.objects.get(pk=one.report.arrival_id)
    from panah.people.reporters.models import Report

    Report.objects.exclude(arrival=returned.report.arrival_id).update(came_back=False)
    elena = world.client("elena")
    page = text(elena.post("/inbox/piles/"))
    assert "stay on the list" in page
    assert str(danger.arrival.pk) in page
    put_aside(elena)
    for one in (danger, child, paper, returned):
        one_row = Arrival.objects.get(pk=one.report.arrival_id)
        assert one_row.state == "sealed"


def test_a_pile_comes_back_as_it_was_also_after_days_and_a_single_message_of_it(world, flooded, now):
    flooded(60, 0)
    elena = world.client("elena")
    put_aside(elena)
    aside = Arrival.objects.filter(state="aside")
    # Which of a few that are only nearly alike come into one pile depends on which is looked at first.
    assert aside.count() >= 24
    assert not DueItem.objects.filter(done_at=None, subject__in=aside.values("pk")).exists()
    pile = Pile.objects.order_by("-number")[0]
    page = text(elena.get(f"/inbox/piles/{pile.pk}/"))
    one = Arrival.objects.filter(subject=pile.pk)[0]
    assert str(one.pk) in page
    elena.post(f"/inbox/piles/{pile.pk}/back/", {"only": str(one.pk)})
    one.refresh_from_db()
    assert one.state == "sealed"
    elena.post(f"/inbox/piles/{pile.pk}/back/")
    assert not Arrival.objects.filter(state="aside", subject=pile.pk).exists()
    answer = elena.post(f"/inbox/{one.pk}/open/")
    assert answer.status_code == 302
    assert "http" in text(elena.get(answer.url))


def test_after_a_week_a_pile_is_gone_for_good_and_not_an_hour_before(world, flooded, now):
    flooded(40, 0)
    put_aside(world.client("elena"))
    assert actions.let_go_of_piles(at=timezone.now() + timedelta(days=6, hours=23)) == 0
    with_bodies = list(Arrival.objects.filter(state="aside").values_list("pk", flat=True))
    assert vault.load_blob(kind=BODY, key=with_bodies[0]) is not None
    gone = actions.let_go_of_piles(at=timezone.now() + timedelta(days=7, minutes=1))
    assert gone == len(with_bodies)
    inbox.sweep_bodies(at=timezone.now())
    assert all(vault.load_blob(kind=BODY, key=pk) is None for pk in with_bodies)
    gone_for_good = Arrival.objects.filter(pk__in=with_bodies)
    assert set(gone_for_good.values_list("state", "closing")) == {("settled", "lookalike")}


def test_two_who_empty_one_pile_at_once_empty_it_once(world, flooded, now):
    flooded(40, 0)
    elena, bakyt = world.keys("elena"), world.keys("bakyt")
    found = actions.find_piles(keys=elena, at=timezone.now())
    first = found.piles[0].first
    actions.empty_pile(keys=elena, first=first, until=found.at, at=timezone.now())
    from panah.ground.foundation.errors import Refusal

    with pytest.raises(Refusal):
        actions.empty_pile(keys=bakyt, first=first, until=found.at, at=timezone.now())
    assert Pile.objects.count() == 1


@pytest.mark.parametrize("name", ["amina", "gulnar", "zarina", "rustam"])
def test_whoever_does_not_open_what_arrives_here_finds_no_pile(world, flooded, name):
    flooded(40, 0)
    put_aside(world.client("elena"))
    pile = Pile.objects.first()
    client = world.client(name)
    if name != "rustam":
        assert client.get("/inbox/piles/").status_code == 404
    assert client.get(f"/inbox/piles/{pile.pk}/").status_code == 404
    assert client.post(f"/inbox/piles/{pile.pk}/back/").status_code == 404


@pytest.fixture
def people_in_a_pile(world, intake, now):
    """Twelve people send what somebody gave them to send, with a number each; all of it was put aside as one pile."""
    strangers = []
    for place in "abcdefghijkl":
        stranger = Stranger(world)
        stranger.writes(
            f"Practice: sign here so that all of us get the wages they owe us, house {place}", at=now
        )
        strangers.append(stranger)
    put_aside(world.client("elena"))
    assert Arrival.objects.filter(state="aside").count() == len(strangers)
    return strangers


def test_who_takes_back_what_lies_in_a_pile_has_taken_it_back(world, people_in_a_pile, now):
    one, other = people_in_a_pile[:2]
    arrival = one.report.arrival
    reporters.withdraw(opened=one.returns(at=now), at=now)
    actions.put_pile_back(pile=Pile.objects.get(), by=world.staff["elena"], at=now)
    arrival.refresh_from_db()
    assert arrival.state == "withdrawn"
    assert other.report.arrival.state == "sealed", "control"
    inbox.sweep_bodies(at=now)
    assert vault.load_blob(kind=BODY, key=arrival.pk) is None


def test_whoever_comes_back_to_what_lies_in_a_pile_is_no_machine_and_is_read(world, people_in_a_pile, now):
    one = people_in_a_pile[0]
    one.returns(at=now + timedelta(days=1))
    actions.let_go_of_piles(at=now + timedelta(days=1, hours=1))
    arrival = one.report.arrival
    assert arrival.state == "sealed"
    assert DueItem.objects.filter(subject=arrival.pk, done_at=None).exists()
    assert Arrival.objects.filter(state="aside").count() == len(people_in_a_pile) - 1, "control"
    actions.let_go_of_piles(at=now + timedelta(days=8))
    arrival.refresh_from_db()
    assert arrival.state == "sealed" and arrival.kept


def test_whoever_lies_in_a_pile_reads_that_the_message_has_arrived_and_not_that_it_was_read(
    world, intake, now
):
    machine = next(junk(1))
    for _ in range(12):
        Stranger(world).writes(machine, at=now, receipt=None)
    writer = Stranger(world)
    writer.writes(machine, at=now)
    put_aside(world.client("elena"))
    assert writer.report.arrival.state == "aside", "control: it lies there"
    assert writer.returns().stands == "received"
