"""A course of a branch: a module that was adopted, a volunteer and a name on the list, a list on a telephone."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.network.models import Branch
from panah.programmes.training import actions as training
from panah.programmes.training.curricula import Curriculum
from panah.programmes.volunteers.models import Volunteer
from tests.conftest import World

MODULE = {
    "slug": "safe-response",
    "version": 1,
    "title": "Practice module",
    "teaches": "safe_response",
    "minutes": 60,
    "parts": [{"title": "x", "minutes": 60, "steps": ["x"]}],
}


BANK = [{"id": "q1", "text": "Practice?", "options": ["yes", "no"], "right": [0]}]


def teach_safe_response(row: Volunteer, *, by: Staff, at: datetime) -> None:
    """Write down that a volunteer was trained in safe response."""
    on = timezone.localdate(at)
    training.write_training(volunteer=row, teaches="safe_response", since=on, months=24, by=by, at=at)


def certificate_of(world: World, lead: str, *, trainer: str, holder: str = "") -> dict[str, str]:
    """A course with a test that ended today: a volunteer, who may be a colleague, holds a certificate of it."""
    by, at = world.staff[lead], timezone.now()
    branch = Branch.objects.get(society=by.society_id, slug="arna" if lead == "bakyt" else "sora")
    taught = Curriculum.of(MODULE | {"slug": "tested", "questions": BANK})
    module = training.adopt_module(languages={"en": taught}, valid_months=24, by=by, at=at)
    course = training.plan_course(
        title="Practice course", modules=[str(module.pk)], branch=str(branch.pk), by=by, at=at,
        trainers=[str(world.staff[trainer].pk)], audience="volunteers", language="ru", place="x", places=9,
        on=timezone.localdate(at), begins=None,
    )  # fmt: skip
    volunteer = Volunteer.objects.create(
        society_id=by.society_id,
        branch=branch,
        name="Practice Volunteer Sparrow",
        name_key="x",
        staff=world.staff[holder] if holder else None,
    )
    row = training.enrol_volunteer(course=course, volunteer=volunteer, by=by, at=at)
    test = training.prepare_test(course=course, when="before", by=by, at=at)
    training.keep_aloud(test=test, people=None, hands=[None], marks={row.pk: 1}, by=by, at=at)
    training.keep_from_page(session=course.sessions.get(), absent=[], by=by, at=at)
    training.settle(course=course, by=by, at=at)
    course.refresh_from_db()
    training.issue_certificates(course=course, language="en", by=by, at=at)
    return {
        "certified": str(course.pk),
        "test": str(test.pk),
        "answered": str(row.sheets.get().pk),
        "certificate": str(course.certificates.get().pk),
    }


def course_of(world: World, lead: str, *, trainer: str) -> dict[str, str]:
    """Make a course that a colleague leads; returns the id of each of its things."""
    by, at = world.staff[lead], timezone.now()
    slug = "arna" if lead == "bakyt" else "sora"
    branch = Branch.objects.get(society=by.society_id, slug=slug)
    module = training.adopt_module(languages={"en": Curriculum.of(MODULE)}, valid_months=24, by=by, at=at)
    course = training.plan_course(
        title="Practice course", modules=[str(module.pk)], branch=str(branch.pk), by=by, at=at,
        trainers=[str(world.staff[trainer].pk)], audience="pupils", language="ru", place="x", places=9,
        on=timezone.localdate(at), begins=None,
    )  # fmt: skip
    volunteer = Volunteer.objects.create(
        society_id=by.society_id, branch=branch, name="Practice Volunteer", name_key="x"
    )
    training.enrol_volunteer(course=course, volunteer=volunteer, by=by, at=at)
    (row,) = training.enrol_names(course=course, names=["Practice Pupil"], by=by, at=at)
    session = course.sessions.get()
    taken = training.issue_list(session=session, by=world.staff[trainer], at=at)
    whole = {"slug": "drafted", "questions": BANK, "aims": ["x"], "audience": ["pupils"]}
    drafted = Curriculum.of(MODULE | whole)
    draft = training.begin_copy(languages={"en": drafted}, by=by, at=at)
    return {
        "course": str(course.pk),
        "session": str(session.pk),
        "on_list": str(row.pk),
        "adopted": str(module.pk),
        "draft": str(draft.pk),
        "phone_list": str(taken.row.pk),
        "taught": str(volunteer.pk),
    }
