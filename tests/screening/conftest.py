"""A case to screen, held by Amina."""

import pytest

from panah.cases import actions as cases
from panah.cases.models import Case

NUMBER = "4TQ-7MX-G"


@pytest.fixture
def case(world):
    """Amina's case in North; the age is not known yet."""
    case = cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )
    Case.objects.filter(pk=case.pk).update(number=NUMBER)
    case.refresh_from_db()
    return case


@pytest.fixture
def now_adult(case):
    """The same case, once somebody said that the person is an adult."""
    Case.objects.filter(pk=case.pk).update(age_group="adult")
    case.refresh_from_db()
    return case
