"""Whom a reporter says it is about gets no key to it: it goes past that reader of complaints before anybody opens it."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import shred_store
from panah.ground.vault.models import StaffKey
from panah.ground.work.models import DueItem
from panah.people.complaints.models import Matter, SecondReader
from panah.people.inbox.models import Arrival, SealedTo
from panah.people.inbox.sealed_to_readers import readers_in
from panah.people.inbox.words import BODY
from panah.people.reporters import queries as reporters
from panah.people.reporters.models import Report
from tests.public.writing import Stranger, content_of

STORY = "Practice: the colleague responsible for data protection asks women for money."


@pytest.fixture
def second(world):
    """Elena reads complaints beside Zarina, who is the data protection officer."""
    SecondReader.objects.create(
        society=world.societies["north"], staff=world.staff["elena"], named_by=world.staff["bakyt"],
        named_at=world.at, confirmed_by=world.staff["zarina"], confirmed_at=world.at,
    )  # fmt: skip


def arrived(world):
    with tenancy.tenant_context(world.societies["north"].pk):
        audit.take_up(at=timezone.now())
    return Arrival.objects.get(kind="report")


def sent(world, meant):
    stranger = Stranger()
    stranger.begins().answers(about="me", staff="yes", meant=meant).presses("send", text=STORY)
    assert "Your message has arrived" in stranger.page, stranger.page
    return stranger, arrived(world)


def sealed_to(world, arrival):
    names = {one.pk: name for name, one in world.staff.items()}
    return {names[pk] for pk in readers_in(shred_store.get(BODY, arrival.pk))}


def finds_nothing(world, name, arrival):
    client = world.client(name)
    for where in ("/inbox/?languages=all", "/inbox/?state=over", "/"):
        assert str(arrival.pk) not in client.get(where).text, where
    for way in ("", "answer/", "finish/", "colleague/"):
        assert client.get(f"/inbox/{arrival.pk}/{way}").status_code == 404
    with pytest.raises(Refusal):
        content_of(world, arrival, timezone.now(), name)
    assert not DueItem.objects.filter(owner=world.staff[name], subject=arrival.pk).exists()


@pytest.mark.parametrize(
    ("meant", "reads", "past"),
    [
        ("officer", {"elena"}, {"zarina"}),
        ("second", {"zarina"}, {"elena"}),
        ("both", {"bakyt", "saule"}, {"zarina", "elena"}),
        ("no", {"zarina", "elena"}, {"bakyt", "saule"}),
    ],
)
def test_it_is_sealed_past_whom_she_says_before_anybody_opens_it(world, second, meant, reads, past):
    _stranger, arrival = sent(world, meant)
    assert sealed_to(world, arrival) == reads
    for name in past:
        finds_nothing(world, name, arrival)
    for name in reads:
        assert DueItem.objects.filter(owner=world.staff[name], subject=arrival.pk).exists()
        assert str(arrival.pk) in world.client(name).get("/inbox/?languages=all").text
    assert content_of(world, arrival, timezone.now(), min(reads))["text"] == STORY


def test_where_the_officer_alone_reads_complaints_and_is_meant_the_focal_points_read_it(world):
    _stranger, arrival = sent(world, "officer")
    assert sealed_to(world, arrival) == {"bakyt", "saule"}
    finds_nothing(world, "zarina", arrival)


def test_the_complaint_that_becomes_of_it_goes_past_her_too_whatever_is_ticked(world, second):
    _stranger, arrival = sent(world, "officer")
    elena = world.client("elena")
    assert elena.post(f"/inbox/{arrival.pk}/open/").status_code == 302
    page = elena.get(f"/inbox/{arrival.pk}/colleague/").text
    assert "it goes past that one anyway" in page and str(world.staff["zarina"].pk) not in page
    assert elena.post(f"/inbox/{arrival.pk}/colleague/", {"nobody": "on"}).status_code == 302
    matter = Matter.objects.get()
    assert {one.username for one in vault_queries.holders(matter.file_id)} == {"elena"}
    finds_nothing(world, "zarina", arrival)
    assert world.client("zarina").get(f"/complaints/matter/{matter.number}/").status_code == 404


def test_what_she_adds_goes_past_her_too(world, second):
    stranger, _arrival = sent(world, "officer")
    stranger.acts("kept").acts("more", text="She asked again.")
    assert "It has arrived." in stranger.page
    with tenancy.tenant_context(world.societies["north"].pk):
        audit.take_up(at=timezone.now())
    more = Arrival.objects.get(kind="report-more")
    assert sealed_to(world, more) == {"elena"}
    finds_nothing(world, "zarina", more)


def test_when_who_read_it_has_left_it_waits_for_others_and_not_for_her(world, second):
    _stranger, arrival = sent(world, "officer")
    type(world.staff["elena"]).objects.filter(pk=world.staff["elena"].pk).update(is_active=False)
    finds_nothing(world, "zarina", arrival)


def test_a_browser_gets_no_key_of_hers(world, second):
    north = world.societies["north"].pk
    said = Stranger().begins().presses("readers", meant="officer").answer.json()
    (key,) = said["keys"]
    publics = reporters.reader_keys(north, "officer")
    assert set(publics) == {world.staff["elena"].pk} and "zarina" not in json.dumps(said) and key


def test_where_nobody_else_is_left_nothing_is_kept_and_she_is_told_so(world):
    StaffKey.objects.filter(staff__username__in=["bakyt", "saule"]).update(admitted_at=None)
    stranger = Stranger()
    stranger.begins().answers(about="me", staff="yes", meant="officer").presses("send", text=STORY)
    assert "Nobody else here could read it. Your message was not sent." in stranger.page
    assert STORY in stranger.page, "what she wrote is still there"
    assert not Report.objects.exists() and not SealedTo.objects.exists()
    refused = Stranger().begins().presses("readers", meant="officer")
    assert refused.answer.status_code == 422 and "Nobody else here could read it." in refused.page
