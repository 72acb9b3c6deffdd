"""A trainer or a coordinator who goes bad: whose training they could make up, keep or bring back, and do not."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import Certificate, PhoneList, Training
from panah.programmes.volunteers.models import Membership, Volunteer
from tests.training.conftest import course, names, volunteer
from tests.training.knowing import completed_course, issued, module_with_bank, settled
from tests.training.phone_lists import send, there
from tests.training.printed_certificates import NAME, PUPILS, check, printed


def told(world):
    today = timezone.localdate()
    return {
        "teaches": "field", "months": "12",
        "since_day": today.day, "since_month": today.month, "since_year": today.year,
    }  # fmt: skip


def held(row):
    return training_queries.held_by(row.pk, on=timezone.localdate())


def test_only_who_keeps_a_volunteer_writes_down_a_training_and_nobody_her_own(world):
    besh = volunteer(world, "Practice Besh", branch="besh")
    # She helps in Ibrat's branch too, so Ibrat reads her page.
    Membership.objects.create(
        society_id=besh.society_id, volunteer=besh, branch_id=world.staff["ibrat"].branch_id, role="member",
        since=timezone.localdate(), elsewhere=True,
    )  # fmt: skip
    own = volunteer(world, "Practice Ibrat", staff=world.staff["ibrat"])
    ibrat = world.client("ibrat")
    for row in (besh, own):
        here = reverse("training:volunteer", args=[row.pk])
        page = ibrat.get(here)
        assert page.status_code == 200 and "A training from elsewhere" not in page.text
        assert ibrat.post(here, told(world)).status_code == 404
        with pytest.raises(Refusal, match=r"other-branch|about-oneself"):
            training.write_training(
                volunteer=row, teaches="field", since=timezone.localdate(), months=12,
                by=world.staff["ibrat"], at=timezone.now(),
            )  # fmt: skip
        assert not held(row)
        # The control: a focal point, who keeps both.
        assert world.client("bakyt").post(here, told(world)).status_code == 302
        assert held(row)


def test_who_leads_a_course_completes_it_not_by_her_own_word(world):
    elena, other = volunteer(world, "Practice Elena"), volunteer(world, "Practice Other")
    one = course(world, module_with_bank(world), days_ago=1)
    Volunteer.objects.filter(pk=elena.pk).update(staff=world.staff["elena"])
    for row in (elena, other):
        training.enrol_volunteer(course=one, volunteer=row, by=world.staff["ibrat"], at=timezone.now())
    settled(world, one)
    assert not held(elena) and held(other), "control"
    assert [each.enrolment.volunteer for each in issued(world, one)] == [other]


def certified(world):
    helper = volunteer(world, "Aigul Practice")
    one = course(world, module_with_bank(world), days_ago=1)
    training.enrol_volunteer(course=one, volunteer=helper, by=world.staff["ibrat"], at=timezone.now())
    settled(world, one)
    (row,) = issued(world, one)
    return helper, one, row


def test_a_register_that_is_written_again_brings_no_revoked_training_back(world):
    helper, one, row = certified(world)
    assert held(helper)
    training.revoke_certificate(certificate=row, by=world.staff["bakyt"], at=timezone.now())
    assert not held(helper)
    session, elena = one.sessions.get(), world.client("elena")
    here = reverse("training:register", args=[session.pk])
    # Not there, and there again: her trainings are made anew.
    assert elena.post(here, {"absent": [row.enrolment_id], "added": ""}).status_code == 302
    assert not Training.objects.exists(), "control"
    assert elena.post(here, {"added": ""}).status_code == 302
    assert Training.objects.get().revoked_on == timezone.localdate() and not held(helper)
    assert len(issued(world, one)) == 1
    assert "It was revoked" in check(row, "Aigul Practice").text


def test_a_certificate_of_whom_the_register_says_was_not_there_counts_no_more(world):
    one = completed_course(world, *PUPILS)
    aigul, _bolot = issued(world, one)
    assert "It is valid" in check(aigul, NAME).text
    training.keep_from_page(
        session=one.sessions.get(),
        absent=[str(aigul.enrolment_id)],
        by=world.staff["elena"],
        at=timezone.now(),
    )
    said = check(aigul, NAME).text
    assert "It is valid" not in said and "no longer counts" in said
    pages = printed(world.client("ibrat").get(reverse("training:print_certificates", args=[one.pk])))
    assert len(pages) == 1 and "Bolot" in pages[0]


def test_who_leads_a_course_no_more_sends_nothing_with_the_list_she_kept(world):
    one = course(world)
    (nurgul,) = names(world, one, "Nurgul Qwertyova")
    taken = world.client("elena").post(reverse("training:phone_take", args=[one.sessions.get().pk])).json()
    one.led_by.all().delete()
    said = {"revision": 1, "marks": {str(nurgul.pk): True}, "added": [{"id": str(uuid4()), "name": "X"}]}
    answer = send(world, taken, said)
    assert answer.status_code == 410 and answer.json()["code"] == "not-your-course"
    assert there(one) == {"Nurgul Qwertyova": None}
    # The control: named again, what her telephone kept is taken.
    one.led_by.create(staff=world.staff["elena"])
    assert send(world, taken, said).status_code == 204 and there(one)["Nurgul Qwertyova"] is True


def test_a_trainer_reads_the_list_of_her_course_and_no_page_of_the_register(world):
    row = volunteer(world, "Practice Poplar")
    one = course(world)
    training.enrol_volunteer(course=one, volunteer=row, by=world.staff["ibrat"], at=timezone.now())
    elena = world.client("elena")
    assert "Practice Poplar" in elena.get(reverse("training:course", args=[one.pk])).text, "control"
    for address in (
        reverse("volunteers:list"),
        reverse("volunteers:volunteer", args=[row.pk]),
        reverse("volunteers:helped", args=[row.pk]),
        reverse("training:volunteer", args=[row.pk]),
        reverse("training:enrol", args=[one.pk]),
    ):
        assert elena.get(address).status_code == 404, address


def test_a_name_on_a_list_that_looks_like_code_stays_text_on_every_page(world):
    bad = "<img src=x onerror=alert(1)>"
    one = completed_course(world, f"{bad} Practice")
    (row,) = issued(world, one)
    ibrat = world.client("ibrat")
    for name in ("course", "certificates", "print_certificates"):
        answer = ibrat.get(reverse(f"training:{name}", args=[one.pk]))
        assert answer.status_code == 200 and bad.encode() not in answer.content
    assert bad not in ibrat.get(reverse("training:certificate", args=[row.pk])).text
    assert "&lt;img" in ibrat.get(reverse("training:course", args=[one.pk])).text, "control"


def test_a_revoked_telephone_and_one_of_another_society_read_no_list(world):
    one = course(world)
    names(world, one, "Nurgul Qwertyova")
    for who in ("cholpon", "rustam", "amina"):
        answer = world.client(who).post(reverse("training:phone_take", args=[one.sessions.get().pk]))
        assert answer.status_code == 404 and "Nurgul" not in answer.text
    assert not PhoneList.objects.exists()
    answer = world.client("elena").post(reverse("training:phone_take", args=[one.sessions.get().pk]))
    assert "Nurgul Q." in answer.text and "no-store" in answer.headers["Cache-Control"], "control"


def test_a_thief_of_the_database_makes_no_address_of_a_test_or_a_certificate(world, settings):
    one = completed_course(world, *PUPILS)
    (row, *_others) = issued(world, one)
    token = training_queries.token_of(row.pk)
    assert check(row, NAME).status_code == 200, "control"
    # With every row, and a secret of his own, he makes another one.
    settings.SECRET_KEY = "x" * 50
    assert training_queries.token_of(row.pk) != token
    assert check(row, NAME).status_code == 404
    assert Certificate.objects.filter(checkable=True).exists()
