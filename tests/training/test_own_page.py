"""A volunteer without a sign-in sees on the own page what strangers can see, and switches it off."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.programmes.training import actions as training
from tests.training.conftest import volunteer
from tests.training.knowing import course_with_bank, issued, settled
from tests.training.printed_certificates import check
from tests.volunteers.own_telephone import Phone, given

NAME = "Aigul Toktosunova"


def holder(world, name):
    """A volunteer with a certificate, and her telephone at her own page."""
    row = volunteer(world, name, joined_on=timezone.localdate() - timedelta(days=90))
    one = course_with_bank(world, days_ago=1)
    training.enrol_volunteer(course=one, volunteer=row, by=world.staff["ibrat"], at=timezone.now())
    settled(world, one)
    phone = Phone(given(world, row))
    phone.first()
    return phone, issued(world, one)[0]


@pytest.fixture
def aigul(world):
    return holder(world, NAME)


def test_she_reads_who_sees_what_and_switches_the_page_of_her_certificate_off_and_on(aigul):
    phone, row = aigul
    text = phone.send().text
    assert (
        "Who sees what about me" in text
        and "Other volunteers, other societies and the network: nothing" in text
    )
    assert row.number in text and check(row, NAME, client=Client()).status_code == 200
    sent = dict(re.findall(r'name="(room|pk)" value="([^"]+)"', text))
    off = phone.send(do="public", on="no", **sent).text
    assert "it shows nobody anything" in off and "Switch the page on" in off
    assert check(row, NAME, client=Client()).status_code == 404
    assert "Switch the page off" in phone.send(do="public", on="yes", **sent).text
    assert check(row, NAME, client=Client()).status_code == 200
    assert Entry.objects.filter(event="training:certificate:own-page").count() == 2


def test_nobody_switches_anothers_page(world, aigul):
    _phone, row = aigul
    other, _hers = holder(world, "Practice Nurgul Poplar")
    for pk in (str(row.pk), "no id", ""):
        assert other.send(do="public", room="certificates", pk=pk, on="no").status_code == 200
    assert other.send(do="public", room="nowhere", pk=str(row.pk), on="no").status_code == 200
    row.refresh_from_db()
    assert row.checkable
