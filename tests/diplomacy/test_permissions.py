"""Who reads and keeps commitments, and who decides: and what the others are told."""

import pytest

from panah.diplomacy import permissions
from panah.foundation.errors import Refusal
from tests.allowed import allowed


def test_focal_points_keep_and_decide_and_coordinators_and_the_data_officer_read(world):
    assert allowed(world, permissions.keeps) == {"bakyt", "saule"} == allowed(world, permissions.decides)
    assert allowed(world, permissions.reads) == {"bakyt", "saule", "ibrat", "nurlan"}


@pytest.mark.parametrize(
    ("must", "code"),
    [(permissions.must_keep, "not-yours-to-keep"), (permissions.must_decide, "focal-point-only")],
)
def test_whoever_may_not_is_told_whom_to_ask(world, must, code):
    must(world.staff["bakyt"])
    with pytest.raises(Refusal) as told:
        must(world.staff["ibrat"])
    assert (told.value.code, told.value.status) == (code, 403) and told.value.next_step
