# ruff: noqa: F811  fixtures of other rooms are used here too
"""Somebody changes by which number or where a file is found: within minutes its readers find it again, and are told."""

from __future__ import annotations

import pytest
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.work import actions as work
from panah.people.cases.models import Case
from panah.people.complaints.models import Matter
from panah.people.hotline.models import Contact
from tests.complaints.conftest import second, taken  # noqa: F401
from tests.guard.past_panah import swap, told_of_rows
from tests.hotline.conftest import contact, elenas, line, take  # noqa: F401
from tests.referrals.across import open_case


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def ten_minutes_pass(north):
    with tenancy.tenant_context(north):
        work.put_all_rows_right(at=timezone.now())


def is_found(world, who, address):
    client = world.client(who)
    return client.get(address).status_code == 200


@pytest.fixture
def found(world, request, line):
    """A case, a call and a complaint: its table, whose it is, and where it opens."""
    what = request.param
    if what == "case":
        return Case, "amina", f"/cases/{open_case(world).number}/"
    row = request.getfixturevalue("contact" if what == "call" else "taken")
    if what == "call":
        return Contact, "elena", f"/calls/{row.number}/"
    return Matter, "zarina", f"/complaints/matter/{Matter.objects.get().number}/"


@pytest.mark.parametrize("found", ["case", "call", "complaint"], indirect=True)
@pytest.mark.parametrize("column", ["society_id", "number"])
def test_what_was_moved_or_numbered_otherwise_is_found_again_within_minutes(world, north, found, column):
    model, who, address = found
    assert is_found(world, who, address), "control"
    value = world.societies["south"].pk if column == "society_id" else ""
    swap(model._meta.db_table, column, value, id=model.objects.get().pk)
    assert not is_found(world, who, address), "control"
    ten_minutes_pass(north)
    assert told_of_rows(north)
    assert is_found(world, who, address)


@pytest.mark.parametrize("value", ["", "..", "x" * 9, "../../../"])
@pytest.mark.parametrize("found", ["case", "call", "complaint"], indirect=True)
def test_one_spoiled_number_closes_no_list(world, north, found, value):
    model, who, _address = found
    client = world.client(who)
    lists = ("/", "/team", "/cases/", "/calls/", "/complaints/")
    before = {page: client.get(page).status_code for page in lists}
    assert 200 in before.values(), "control"
    swap(model._meta.db_table, "number", value, id=model.objects.get().pk)
    assert {page: client.get(page).status_code for page in lists} == before


@pytest.mark.parametrize("found", ["call"], indirect=True)
def test_a_chat_is_no_call_because_a_row_says_so(world, north, found):
    model, _who, _address = found
    swap(model._meta.db_table, "channel", "chat", id=model.objects.get().pk)
    ten_minutes_pass(north)
    assert told_of_rows(north)
    assert model.objects.get().channel == "phone"
