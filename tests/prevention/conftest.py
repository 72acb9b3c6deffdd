"""A branch with a group of peer educators: one may lead, one helps, one is 16."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention.models import Group, Session
from panah.programmes.training import actions as training
from tests.training.conftest import volunteer

ADULT, MINOR = 30, 16


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def educator(world, name, *, age=ADULT, trained=("safe_response", "sessions"), branch="arna", **more):
    """A volunteer who is vetted, has signed, and is trained."""
    today = timezone.localdate()
    later = today + timedelta(days=300)
    long_ago = today - timedelta(days=400)
    said = {
        "born_year": today.year - age, "vetted_until": later, "safeguarding_until": later,
        "code_signed_on": long_ago, "guardian_agreed_on": long_ago if age < 18 else None, **more,
    }  # fmt: skip
    row = volunteer(world, name, branch=branch, **said)
    for teaches in trained:
        since = today - timedelta(days=300)
        training.write_training(
            volunteer=row, teaches=teaches, since=since, months=24, by=world.staff["bakyt"], at=timezone.now()
        )
    return row


def group_of(world, *people, by="ibrat", branch="arna", name="Practice: School 7 team") -> Group:
    row = prevention.begin_group(
        name=name, branch=str(world.branches[branch].pk), language="ky", by=world.staff[by], at=timezone.now()
    )
    for one in people:
        prevention.add_educator(group=row, volunteer=one, by=world.staff[by], at=timezone.now())
    return row


def said(leader, *, days_ago=0, helping=(), adult=None, **more):
    """What a coordinator says of a session."""
    return {
        "plan": "module:safe-response", "audience": "pupils", "place_kind": "school",
        "place": "School 7, Practice Osh", "access": "", "language": "ky",
        "on": timezone.localdate() - timedelta(days=days_ago), "begins": None, "leader": str(leader.pk),
        "educators": [str(one.pk) for one in helping], "adult": str(adult.pk) if adult else "",
        "goal": "dignity", "project": "P-12", **more,
    }  # fmt: skip


def session_of(world, group, leader, *, by="ibrat", **more) -> Session:
    return prevention.plan_session(group=group, by=world.staff[by], at=timezone.now(), **said(leader, **more))


def count(world, one, numbers, *, by="ibrat", months=0, feedback=None):
    prevention.count_session(
        session=one, numbers=numbers, feedback=feedback or {}, months=months, by=world.staff[by], at=timezone.now()
    )  # fmt: skip


@pytest.fixture
def leader(world):
    return educator(world, "Aigul Practice")


@pytest.fixture
def pupil(world):
    return educator(world, "Bolot Practice", age=MINOR, trained=("safe_response",))


@pytest.fixture
def group(world, leader, pupil):
    return group_of(world, leader, pupil)
