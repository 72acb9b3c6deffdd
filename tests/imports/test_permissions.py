"""Who brings cases in, and who takes them out."""

from panah.people.imports import permissions
from tests.roles import CASEWORKERS, FOCAL_POINTS, who


def test_focal_points_bring_cases_in_and_whoever_works_on_cases_takes_hers_out(world):
    assert who(world, permissions.may_import) == FOCAL_POINTS
    assert who(world, permissions.may_export) == CASEWORKERS | FOCAL_POINTS
