# ruff: noqa: F811  fixtures of other rooms are used here too
"""What waits for somebody in a list of its own waits there whatever its row says, and nobody is called by a forged one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.work import actions as work
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.finding.models import OutgoingInquiry
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import AuthorityRequest, NightCover
from panah.people.safety.models import Threat
from tests.committed_rows import what_panah_wrote_is_committed
from tests.finding.known import Asking
from tests.guard.past_panah import put_in, sql, swap, told_of_rows
from tests.hotline.chatting import Caller, open_line, taken  # noqa: F401
from tests.hotline.conftest import contact, elenas, line, take  # noqa: F401
from tests.referrals.across import open_case
from tests.safety.reporting import send as threatens

FAR = timezone.now() + timedelta(days=4000)


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def time_passes(north, after=timedelta(0)):
    with tenancy.tenant_context(north):
        work.put_rows_right(at=timezone.now() + after)
        work.put_all_rows_right(at=timezone.now() + after)


def family(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/family/", {"sought": "Zebrason"})
    return FamilyLinksRequest.objects.get(), "bakyt", "/calls/family/{}/"


def authority(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/authority/", {"who": "Zebra inspector"})
    return AuthorityRequest.objects.get(), "bakyt", "/calls/authorities/{}/"


@pytest.mark.parametrize("made", [family, authority])
@pytest.mark.parametrize(
    ("column", "value"), [("society_id", "south"), ("number", ""), ("state", "answered")]
)
def test_what_relatives_or_police_asked_is_found_again_as_it_was(
    world, north, elenas, contact, made, column, value
):
    row, who, address = made(world, elenas, contact)
    page, before = address.format(row.number), getattr(row, column)
    assert world.client(who).get(page).status_code == 200, "control"
    assert not told_of_rows(north), "control"
    value = world.societies[value].pk if column == "society_id" else value
    swap(row._meta.db_table, column, value, id=row.pk)
    time_passes(north)
    row.refresh_from_db()
    assert getattr(row, column) == before
    assert told_of_rows(north)
    assert world.client(who).get(page).status_code == 200


def test_a_threat_is_not_over_because_its_row_says_so(world, north):
    threatens(world)
    row = Threat.objects.get()
    what_panah_wrote_is_committed()
    sql("UPDATE safety_threat SET state = 'closed', closed_at = %s WHERE id = %s", timezone.now(), row.pk)
    time_passes(north)
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("open", None)
    assert told_of_rows(north)
    listed = world.client("bakyt").get(reverse("safety:start")).text
    assert reverse("safety:threat", args=[row.file_id]) in listed


@pytest.fixture
def waiting(world, open_line, elenas):
    caller = Caller(open_line, danger=True)
    what_panah_wrote_is_committed()
    return caller


def calls_second(north, after=timedelta(minutes=30)):
    with tenancy.tenant_context(north):
        return hotline.call_second_for_chats(at=timezone.now() + after)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("waits_since", None), ("waits_since", FAR), ("second_called_at", FAR)),
        *(("later", True), ("society_id", "south")),
    ],
)
def test_whoever_waits_in_a_chat_is_answered_and_a_second_is_called(world, north, waiting, column, value):
    value = world.societies[value].pk if column == "society_id" else value
    swap("hotline_linechat", column, value, id=waiting.id)
    assert calls_second(north) == 1
    assert told_of_rows(north)


def test_whoever_waits_in_a_chat_undisturbed_is_told_of_to_nobody_as_changed(north, waiting):
    assert calls_second(north) == 1
    assert not told_of_rows(north)


def covers(world, north, **more):
    row = {
        "society_id": north, "theirs_id": world.societies["south"].pk, "agreement": uuid4(), "covering": False,
        "state": "agreed", "begins": "00:00", "ends": "23:59", "number": "+000 666", "languages": "[]",
        "offered_at": timezone.now(), "agreed_at": timezone.now(), **more,
    }  # fmt: skip
    return put_in("hotline_nightcover", **row)


def test_no_number_answers_at_night_that_nobody_agreed_to(world, north):
    covers(world, north)
    time_passes(north)
    assert not NightCover.objects.exists()
    assert told_of_rows(north)


def test_an_answer_of_another_society_comes_to_the_case_that_it_was_asked_about(world, north, paired):
    asking = Asking(world)
    asking.look()
    asking.ask()
    row = OutgoingInquiry.objects.get()
    other = open_case(world)
    swap("finding_outgoinginquiry", "case_id", other.pk, id=row.pk)
    time_passes(north)
    assert OutgoingInquiry.objects.get().case_id == row.case_id
    assert told_of_rows(north)
