"""A file of Amina's that consent can be asked about, and what she types."""

import pytest

from panah.ground.vault import actions as vault
from panah.ground.vault.words import FileKind
from panah.people.consent import subjects
from panah.people.consent.words import SEVEN


@pytest.fixture
def subject(world):
    """A file of Amina's that consent can be asked about, known to her and the focal points only."""
    file = vault.begin_file(
        keys=world.keys("amina"),
        kind=FileKind.CASE,
        staff=[world.staff["amina"]],
        focal_points=True,
        at=world.at,
    )
    found = subjects.ConsentSubject(
        id=file,
        file=file,
        number="3W4-6X7-Y",
        age_group="adult",
        language="uz",
        href="/",
        owner=world.staff["amina"],
        society=world.societies["north"].pk,
    )
    allowed = {world.staff[n].pk for n in ("amina", "bakyt", "saule")}

    def find(number, *, to, keys):
        return found if number == "3W4-6X7-Y" and to.pk in allowed else None

    with subjects.FINDERS.temporarily("test", find):
        yield found


def posted(**changes):
    base = {
        "said": "yes",
        "way": "spoken_phone",
        "language": "uz",
        "interpreter": "none",
        "guardian": "not_needed",
        "understood": "they tell only the clinic",
        "until_day": "24",
        "until_month": "5",
        "until_year": "2027",
        **{f"seven_{n}": "yes" for n in SEVEN},
    }
    return {**base, **changes}
