"""Two colleagues press at one moment: neither takes back what the other one just wrote."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import Part
from panah.programmes.volunteers import actions, sealed_details
from panah.programmes.volunteers.actions import helping
from panah.programmes.volunteers.helping_words import CORRECT
from panah.programmes.volunteers.models import IncidentReport, Volunteer
from panah.programmes.volunteers.words import VolunteerState
from tests.shelter.two_at_once import at_once
from tests.volunteers.making import FAR, day, step, volunteer


def as_read_before(row):
    """The row as another request read it a moment ago."""
    return Volunteer.objects.get(pk=row.pk)


def presses(world, row):
    """What Ibrat and Bakyt may press about a volunteer, whatever else happens to her."""
    ibrat, bakyt, at = world.staff["ibrat"], world.staff["bakyt"], timezone.now()
    day, besh = timezone.localdate(), str(world.branches["besh"].pk)
    return {
        "change": lambda: actions.change_volunteer(by=ibrat, row=row, at=at, other="by the neighbour"),
        "pause": lambda: actions.pause(by=ibrat, row=row, on=day, why="", at=at),
        "move": lambda: actions.ask_to_move(by=ibrat, row=row, branch=besh, why="", at=at),
        "leave": lambda: actions.leave(by=ibrat, row=row, on=day, why="", at=at),
        "corrected": lambda: helping.answered(by=ibrat, row=row, purpose=CORRECT, at=at),
        "safeguarding": lambda: actions.set_safeguarding(by=bakyt, row=row, until=FAR, at=at),
        "insurance": lambda: actions.set_insurance(by=bakyt, row=row, until=FAR, cover="x", at=at),
    }


@pytest.mark.parametrize(
    "name", ["change", "pause", "move", "leave", "corrected", "safeguarding", "insurance"]
)
def test_vetting_that_was_taken_back_a_moment_ago_stays_taken_back(world, name):
    row = volunteer(world, ready=True)
    press = presses(world, as_read_before(row))[name]
    step(world, "bakyt", row, "vet", found="Practice: a neighbour warns", vouched="no")
    press()
    row.refresh_from_db()
    assert row.vetted_until is None
    assert sealed_details.standing(row).vetted_until is None and not sealed_details.changed_outside(row)


def test_a_request_and_a_move_are_answered_as_they_are_now(world):
    row, at = volunteer(world, branch="besh", ready=True), timezone.now()
    ibrat, bakyt, arna = world.staff["ibrat"], world.staff["bakyt"], str(world.branches["arna"].pk)
    actions.ask_to_move(by=bakyt, row=row, branch=arna, why="", at=at)
    before = as_read_before(row)
    step(world, "bakyt", row, "vet", found="Practice: a neighbour warns", vouched="no")
    actions.answer_move(by=ibrat, row=before, answer="yes", why="", at=at)
    row.refresh_from_db()
    assert row.branch == world.branches["arna"] and row.vetted_until is None
    before = as_read_before(row)
    actions.ask_to_move(by=ibrat, row=row, branch=str(world.branches["besh"].pk), why="", at=at)
    actions.answer_move(by=bakyt, row=row, answer="yes", why="", at=at)
    # Ibrat's page is older than the move: she is another branch's now.
    with pytest.raises(Refusal, match="other-branch"):
        actions.change_volunteer(by=ibrat, row=before, at=at, other="by the neighbour")


def test_whoever_was_erased_a_moment_ago_is_not_brought_back(world):
    row = volunteer(world)
    before = as_read_before(row)
    actions.erase_volunteer(by=world.staff["ibrat"], keys=None, row=row, at=timezone.now())
    for name, press in presses(world, before).items():
        with pytest.raises(Refusal, match="changed-meanwhile"):
            press()
        assert not Volunteer.objects.filter(pk=before.pk).exists(), name


def test_a_request_is_answered_once(world):
    row = volunteer(world)
    Volunteer.objects.filter(pk=row.pk).update(state=VolunteerState.ASKED)
    first, second = as_read_before(row), as_read_before(row)
    said = {"by": world.staff["ibrat"], "role": "member", "at": timezone.now()}
    actions.answer_request(row=first, answer="no", why="Practice: no", **said)
    with pytest.raises(Refusal, match="changed-meanwhile"):
        actions.answer_request(row=second, answer="yes", why="", **said)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["ibrat", "bakyt"])
def test_an_incident_pressed_twice_at_one_moment_stands_once_and_both_presses_are_answered(world, who):
    row, clients = volunteer(world), [world.client(who), world.client(who)]
    address = reverse("volunteers:write_incident", args=[row.pk])
    form = {"once": str(uuid4()), "what": "Practice: came drunk", **day("on", world.at)}
    answers = at_once(*(lambda client=client: client.post(address, form).status_code for client in clients))
    assert answers == [302, 302]
    row.refresh_from_db()
    told = Part.objects.filter(file__in=[*IncidentReport.objects.values_list("file", flat=True), row.file_id])
    assert told.count() == 1
