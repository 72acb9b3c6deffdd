"""A volunteer sees all that is held of her, has it corrected and erased; and who left is erased in time."""

import json
from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.network.models import RuleLine
from panah.ground.vault.models import Part
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions
from panah.programmes.volunteers.models import Membership, Volunteer
from tests.volunteers.joining_questions import ASKS
from tests.volunteers.making import PHONE, page_of, step, volunteer


def own(world, row, how, who="ibrat"):
    return world.client(who).post(reverse("volunteers:own_data", args=[row.pk, how]))


def keeps_months(world, months):
    RuleLine.objects.create(
        iso2="ZZ", key="retention_volunteer", value=months, valid_from=date(2026, 1, 1), entered_at=world.at
    )


def left(world, on, **more):
    row = volunteer(world, **more)
    Volunteer.objects.filter(pk=row.pk).update(state="left", left_on=on)
    return row


def look_after(world, at=None):
    with tenancy.tenant_context(world.societies["north"].pk):
        return actions.look_after_register(at=at or timezone.now())


def test_what_is_held_is_printed_and_taken_out_as_a_file_and_that_is_journalled(world):
    row = volunteer(
        world, name="Practice Own Data", guardian_name="Practice Mother", guardian_phone="+000 1 22 33 44"
    )
    paper = own(world, row, "paper").text
    assert PHONE in paper and "Practice Mother" in paper and "Volunteer, Arna" in paper
    answer = own(world, row, "file")
    told = json.loads(answer.content)
    assert {"what": "Telephone", "held": PHONE} in told["How to reach you"]
    assert "attachment" in answer["Content-Disposition"] and row.name not in answer["Content-Disposition"]
    assert Entry.objects.filter(event="volunteers:volunteer:exported").count() == 2
    assert own(world, row, "file", "rustam").status_code == 404


def test_what_is_wrong_is_corrected_and_the_old_telephone_is_gone(world):
    row = volunteer(world)
    mark = bytes(row.phone_mark)
    step(world, "ibrat", row, "change", name="Practice Corrected", phone="+000 999 888 777")
    row.refresh_from_db()
    text = world.client("ibrat").get(page_of(row)).text
    assert "+000 999 888 777" in text and PHONE not in text and bytes(row.phone_mark) != mark


def test_a_volunteer_is_erased_on_request_and_nothing_of_her_stays(world):
    row = volunteer(world, name="Practice Erased Elm")
    step(world, "ibrat", row, "erase", sure="on")
    assert not Volunteer.objects.exists() and not Membership.objects.exists()
    assert not any("Elm" in str(one.facts) for one in Entry.objects.all())


def test_where_vetting_is_kept_a_focal_point_erases_it_with_the_rest(world):
    row = volunteer(world)
    actions.vet(keys=world.keys("bakyt"), row=row, found="x", until=date(2099, 1, 1), at=timezone.now())
    step(world, "ibrat", row, "erase", sure="on")
    assert Volunteer.objects.exists()
    assert {one.owner.username for one in DueItem.objects.filter(purpose="erase")} == {"bakyt", "saule"}
    file = row.file_id
    step(world, "saule", row, "erase", sure="on")
    assert not Volunteer.objects.exists() and not Part.objects.filter(file=file).exists()
    assert not DueItem.objects.filter(done_at=None).exists()


def test_whoever_left_is_erased_when_the_time_of_the_rule_sheet_is_over(world):
    keeps_months(world, 24)
    today = timezone.localdate()
    left(world, today - timedelta(days=760), name="Practice Long Gone")
    left(world, today - timedelta(days=600), name="Practice Just Gone")
    volunteer(world, name="Practice Still Here")
    assert look_after(world) == 1
    assert {row.name for row in Volunteer.objects.all()} == {"Practice Just Gone", "Practice Still Here"}
    assert Entry.objects.get(event="volunteers:volunteers:forgotten").facts["number"] == 1


def test_where_no_sheet_says_how_long_nobody_is_erased(world):
    left(world, date(2000, 1, 1))
    assert look_after(world) == 0 and Volunteer.objects.exists()


def test_with_vetting_kept_it_comes_on_the_focal_points_lists_since_the_worker_has_no_key(world):
    keeps_months(world, 24)
    row = volunteer(world)
    actions.vet(keys=world.keys("bakyt"), row=row, found="x", until=date(2099, 1, 1), at=timezone.now())
    Volunteer.objects.filter(pk=row.pk).update(state="left", left_on=date(2020, 1, 1))
    assert look_after(world) == 0
    assert DueItem.objects.filter(purpose="erase", done_at=None).count() == 2


def test_a_request_that_nobody_answered_is_erased_after_three_months_as_its_page_promises(world):
    at = timezone.now()
    token = actions.renew_link(by=world.staff["ibrat"], branch=world.branches["arna"].pk, at=at)
    Client().post(reverse("join", args=[token]), ASKS | {"once": uuid4()})
    for days, there in ((90, True), (91, False)):
        look_after(world, at=at + timedelta(days=days))
        assert Volunteer.objects.exists() is there
    assert not DueItem.objects.filter(done_at=None).exists(), "nobody is asked to answer it any more"


def test_a_request_that_was_refused_is_erased_after_three_months(world):
    today = timezone.localdate()
    row = volunteer(world)
    for days, there in ((90, True), (91, False)):
        Volunteer.objects.filter(pk=row.pk).update(state="refused", left_on=today - timedelta(days=days))
        look_after(world)
        assert Volunteer.objects.exists() is there
