"""Names of pupils are kept for a year after their course, said on its page, and then erased by the worker."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.node.jobs import jobs
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import AnswerSheet, Attendance, Certificate, Enrolment
from tests.training.conftest import course, names, volunteer
from tests.training.knowing import completed_course, issued, prepared


def a_night_later(world, days=0):
    """The worker does what it does each night, within the walls of the society."""
    (job,) = [one for one in jobs() if one.name == "names-of-old-courses"]
    with tenancy.tenant_context(world.staff["ibrat"].society_id):
        return job.run(at=timezone.now() + timedelta(days=days))


def kept(one):
    return [each.name for each in training_queries.people_of(one)]


def test_a_year_after_the_course_the_names_of_pupils_are_erased_and_the_numbers_stay(world):
    one = completed_course(world, "Practice Aida", "Practice Bek")
    who = volunteer(world, "Practice Volunteer")
    Enrolment.objects.create(course=one, volunteer=who, place_in_line=9)
    before = Attendance.objects.count()
    here = reverse("training:course", args=[one.pk])
    text = world.client("ibrat").get(here).text
    assert "Practice Aida" in text and "are erased from" in text and "a year after the course" in text
    assert a_night_later(world, 360) == 0
    assert a_night_later(world, 370) == 2
    assert kept(one) == ["name erased", "name erased", "Practice Volunteer"]
    assert (
        one.enrolments.filter(completed_on__isnull=False).count() == 2
        and Attendance.objects.count() == before
    )
    text = world.client("ibrat").get(here).text
    assert "Practice Aida" not in text and "Is a volunteer" not in text
    (told,) = Entry.objects.filter(event="training:names:erased")
    assert told.facts["number"] == 2
    # Nothing is left to do the night after, and no certificate is made out for nobody.
    assert a_night_later(world, 371) == 0
    assert issued(world, one) == []


def test_a_name_typed_beside_the_list_is_erased_with_it(world):
    one = completed_course(world, "Practice Aida")
    test = prepared(world, one)
    row = AnswerSheet.objects.create(
        test=test, sealed_name=b"x", right=1, way="phone", on=timezone.localdate()
    )
    assert a_night_later(world, 370) == 2
    row.refresh_from_db()
    assert bytes(row.sealed_name) == b""


def test_on_a_certificate_the_name_stays_as_long_as_it_can_be_shown_and_a_year_more(world):
    one = completed_course(world, "Practice Aida Qwerty")
    (paper,) = issued(world, one)
    address = reverse("certificate", args=[training_queries.token_of(paper.pk)])
    assert paper.valid_until is not None
    a_night_later(world, 370)
    assert "Practice" in world.client(None).post(address, {"name": "Practice Aida Qwerty"}).text
    assert world.client(None).post(address, {"name": "Practice Aida Qwerty"}).status_code == 200
    assert a_night_later(world, 731 + 370) == 1
    assert world.client(None).post(address, {"name": "Practice Aida Qwerty"}).status_code == 404
    # Nor does the sentence that stands in its place open it, should the page be switched on again.
    Certificate.objects.update(checkable=True)
    assert world.client(None).post(address, {"name": "name erased"}).status_code == 404
    assert world.client("ibrat").get(reverse("training:certificate", args=[paper.pk])).status_code == 200


def test_the_list_of_another_society_is_left_to_its_own_night(world):
    one = course(world, days_ago=400)
    names(world, one, "Practice Aida")
    with tenancy.tenant_context(world.staff["rustam"].society_id):
        assert training.erase_old_names(at=timezone.now()) == 0
    assert kept(one) == ["Practice Aida"]


def test_whoever_types_names_reads_how_long_they_are_kept(world):
    one = course(world)
    text = world.client("ibrat").get(reverse("training:names", args=[one.pk])).text
    assert "a year after the course it is erased" in text
