"""A case to screen, held by Amina."""

import pytest

from panah.ground.vault import actions as vault
from panah.people.cases import actions as cases
from panah.people.cases.models import Case

NUMBER = "4TQ-7MX-G"


def say_age(world, case, group):
    """Amina wrote down of which age group the person is."""
    age = {"said": group, "basis": "said", "doubt": "none", "born": "", "remark": "", "group": group}
    vault.write(keys=world.keys("amina"), file=case.file_id, part="child", value={"age": age}, at=world.at)
    Case.objects.filter(pk=case.pk).update(age_group=group)
    case.refresh_from_db()


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
def now_adult(world, case):
    """The same case, once somebody said that the person is an adult."""
    say_age(world, case, "adult")
    return case
