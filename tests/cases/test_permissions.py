"""Who sees a case, who approves what was asked for in it, who hands it over."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.people.cases import actions as cases
from panah.people.cases import events, permissions
from panah.people.cases.models import Case, Supervision
from panah.people.cases.permissions import policy
from tests.roles import CASEWORKERS, FOCAL_POINTS, who


def test_caseworkers_and_focal_points_work_on_cases_and_only_focal_points_lead(world):
    assert who(world, permissions.works_on_cases) == CASEWORKERS | FOCAL_POINTS
    assert who(world, permissions.leads) == FOCAL_POINTS
    permissions.must_work_on_cases(world.staff["amina"])
    with pytest.raises(Refusal) as refused:
        permissions.must_work_on_cases(world.staff["elena"])
    assert (refused.value.code, refused.value.status) == ("not-a-caseworker", 403)


def test_what_is_not_allowed_is_refused_as_not_yours_and_what_is_goes_on():
    permissions.require(True, "Not allowed.")
    with pytest.raises(Refusal) as refused:
        permissions.require(False, "Not allowed.", "Ask.")
    assert (refused.value.code, refused.value.status) == ("not-yours", 403)
    assert (refused.value.sentence, refused.value.next_step) == ("Not allowed.", "Ask.")


ASKED = {"plan": events.PLAN_ASKED, "close": events.CLOSE_ASKED, "erase": events.ERASE_ASKED}
ASKS = {
    "plan": policy.may_approve_plan,
    "close": policy.may_approve_closing,
    "erase": policy.may_confirm_erasing,
}


def asked(world, what, *, by, owner="amina", after=timedelta(days=1)):
    """Somebody asked, as the journal tells it; the row names nobody."""
    at, file = world.at + after, uuid4()
    audit.record(event=ASKED[what], by=world.staff[by], at=at, about=file)
    return SimpleNamespace(owner_id=world.staff[owner].pk, file_id=file, **{f"{what}_asked_at": at})


def deciding(world, what, case):
    """Who of North may: another society's colleagues never get as far as this, the case is not there for them."""
    north = world.societies["north"].pk
    return {n for n, staff in world.staff.items() if staff.society_id == north and ASKS[what](staff, case)}


@pytest.mark.parametrize("what", ASKS)
def test_a_focal_point_never_approves_what_she_asked_for_herself(world, what):
    assert deciding(world, what, asked(world, what, by="amina")) == {"bakyt", "saule"}
    assert deciding(world, what, asked(world, what, by="bakyt")) == {"saule"}


@pytest.mark.parametrize("what", ["plan", "close"])
def test_a_focal_point_never_approves_in_a_case_that_she_holds(world, what):
    assert deciding(world, what, asked(world, what, by="amina", owner="saule")) == {"bakyt"}


@pytest.mark.parametrize("what", ASKS)
def test_nobody_approves_what_nobody_asked_for_or_what_was_asked_before_she_led(world, what):
    nothing = SimpleNamespace(owner_id=None, **{f"{what}_asked_at": None})
    assert deciding(world, what, nothing) == set()
    before = asked(world, what, by="amina", after=-timedelta(days=1))
    assert deciding(world, what, before) == set()


def test_a_case_is_handed_over_and_its_proof_destroyed_by_whoever_answers_for_it(world):
    case = SimpleNamespace(owner_id=world.staff["amina"].pk)
    for may in (policy.may_hand_over, policy.may_destroy):
        found = {name for name, staff in world.staff.items() if may(staff, case)}
        assert found == {"amina"} | FOCAL_POINTS


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="ru", identity={}
    )


def seeing(world, find):
    return {name for name, staff in world.staff.items() if find(staff).exists()}


def test_a_case_is_seen_by_those_who_hold_a_grant_on_its_file(world, case):
    assert seeing(world, lambda staff: policy.which(staff, Case.objects)) == {"amina", "bakyt", "saule"}
    assert not policy.which(None, Case.objects).exists()


def test_what_belongs_to_a_case_is_seen_by_those_who_see_the_case_until_it_is_erased(world, case):
    Supervision.objects.create(case=case, staff=world.staff["amina"], file_id=case.pk)

    def belonging(staff):
        return policy.which_belong(staff, Supervision.objects.all())

    assert seeing(world, belonging) == {"amina", "bakyt", "saule"}
    Case.objects.update(erased_at=world.at)
    assert seeing(world, belonging) == set()
