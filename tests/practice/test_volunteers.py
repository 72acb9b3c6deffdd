"""The practice node has volunteers in every state, so that everything has been seen once."""

from panah.ground.accounts.models import Staff
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import queries
from panah.programmes.volunteers.models import Membership, Volunteer
from panah.programmes.volunteers.words import VolunteerRole, VolunteerState


def test_volunteers_are_there_in_every_branch_state_and_role(practised):
    rows = Volunteer.objects.all()
    assert {one.state for one in rows} >= set(VolunteerState.values) - {"refused"}
    assert len({one.branch_id for one in rows}) == 6 and len(rows) > 60
    assert {one.role for one in Membership.objects.all()} == set(VolunteerRole.values)
    assert rows.filter(file__isnull=False).exists() and rows.filter(moving_to__isnull=False).exists()
    assert rows.filter(guardian_agreed_on__isnull=False).exists()
    ibrat = Staff.objects.get(username="ibrat")
    assert Volunteer.objects.get(staff=ibrat).vetted_until
    due = {one.purpose for one in DueItem.objects.filter(owner=ibrat, room="volunteers")}
    assert due == {"asked", "moving"}
    assert queries.figures(to=ibrat, year=practised.at.year, not_known="-").whole > 20
