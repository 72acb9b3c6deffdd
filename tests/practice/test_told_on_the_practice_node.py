"""Nothing that the practice node keeps about anybody lies in a field that nobody declared."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from panah.ground.work.told_parts import UNSORTED, Asking
from panah.people.cases.models import Case
from panah.people.complaints import queries as complaints_queries
from panah.people.hotline.models import Contact
from panah.people.shelter.models import Stay

LEADERS = {"practice-north": "bakyt", "practice-south": "rustam"}


def asked(keys: Mapping[Any, Any]) -> Iterator[tuple[Any, Asking]]:
    for about, model in (("case", Case), ("contact", Contact), ("stay", Stay)):
        for row in model.objects.all():
            yield keys[row.society_id], Asking(about, row.pk, row.file_id)


@pytest.mark.usefixtures("practised")
def test_every_field_of_everybody_on_the_practice_node_is_sorted(practised: Any) -> None:
    keys = {(found := practised.keys(who)).staff.society_id: found for who in LEADERS.values()}
    told = 0
    for opening, asking in asked(keys):
        found = complaints_queries.gathered(asking=asking, keys=opening, requested=True)
        assert str(UNSORTED) not in found.withheld, (asking.about, found.sections)
        told += len(found.sections)
    assert told > 100
