"""A branch that teaches: a module, courses of it, volunteers on their lists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.names.find import fold_key
from panah.programmes.training import actions as training
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.models import Course
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.words import TrainedIn, VolunteerState
from tests.volunteers.making import vouched


def curriculum(slug="safe-response", *, teaches=TrainedIn.SAFE_RESPONSE, version=1, minutes=90):
    """A made-up module with one part and one question."""
    return Curriculum.of(
        {
            "slug": slug,
            "version": version,
            "title": f"Practice: {slug}",
            "audience": ["volunteers"],
            "teaches": teaches,
            "minutes": minutes,
            "draft": True,
            "aims": ["Practice: know whom to ring"],
            "parts": [{"title": "Practice: welcome", "minutes": minutes, "steps": ["Practice: say hello"]}],
            "questions": [{"id": "q1", "text": "Practice?", "options": ["yes", "no"], "right": [0]}],
            "disclosure": "Practice: listen, thank, ring the line.",
        }
    )


def module(world, slug="safe-response", *, teaches=TrainedIn.SAFE_RESPONSE, months=24):
    one = curriculum(slug, teaches=teaches)
    languages = {"en": one, "ru": one}
    return training.adopt_module(
        languages=languages, valid_months=months, by=world.staff["bakyt"], at=timezone.now()
    )


def volunteer(world, name="Practice Volunteer", *, branch="arna", **more):
    staff = world.staff["cholpon" if branch == "besh" else "amina"]
    row = Volunteer(
        society_id=staff.society_id, branch_id=staff.branch_id, name=name, name_key=fold_key(name),
        state=VolunteerState.ACTIVE, **more,
    )  # fmt: skip
    return vouched(row)


def course(world, *modules, places=3, days_ago=0, by="ibrat", trainers=("elena",), **more) -> Course:
    """A course of one session, some days ago."""
    modules = modules or (module(world),)
    said = {
        "title": "Practice: safe response, School 7",
        "modules": [str(one.pk) for one in modules],
        "branch": str(world.staff["amina"].branch_id),
        "trainers": [str(world.staff[who].pk) for who in trainers],
        "audience": "volunteers",
        "language": "ky",
        "place": "School 7, Practice Osh",
        "places": places,
        "on": timezone.localdate() - timedelta(days=days_ago),
        "begins": None,
    }
    return training.plan_course(by=world.staff[by], at=timezone.now(), **{**said, **more})


def names(world, one, *given, by="ibrat"):
    return training.enrol_names(course=one, names=given, by=world.staff[by], at=timezone.now())


@pytest.fixture
def planned(world) -> Course:
    return course(world)
