"""A case to screen, held by Amina; the guard of the finder is that of the case's own room."""

from datetime import timedelta

import pytest

from panah.screening import queries, subjects
from panah.screening.subjects import Subject
from panah.vault import actions as vault
from panah.vault.words import FileKind


@pytest.fixture
def the_case(world):
    """A file that Amina and the focal points of North can open, age not known yet."""
    file = vault.begin_file(
        keys=world.keys("amina"),
        kind=FileKind.CASE,
        at=world.at,
        staff=[world.staff["amina"]],
        focal_points=True,
    )
    case = Subject("4TQ-7MX-R", file, "unknown", "/cases/4TQ-7MX-R/")
    cases = {case.number: case}

    def find(number, *, to, keys):
        found = cases.get(number)
        return found if found and to.society == world.societies["north"] else None

    subjects.register("case", find)
    return cases


@pytest.fixture
def now_adult(the_case):
    number = "4TQ-7MX-R"
    old = the_case[number]
    the_case[number] = Subject(old.number, old.file, "adult", old.address)
    return the_case[number]


@pytest.fixture
def case(the_case):
    return the_case["4TQ-7MX-R"]


@pytest.fixture
def earlier(world):
    return world.at - timedelta(days=3)


@pytest.fixture
def sets():
    return queries.sets().by_code
