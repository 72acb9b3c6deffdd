"""Who may see a volunteer, and who keeps the register: the branch's coordinator hers, focal points the society's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may
from panah.programmes.volunteers.models import Volunteer, VolunteerQuerySet
from panah.programmes.volunteers.visibility import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.accounts.models import Staff


def volunteers_seen_by(staff: Staff) -> VolunteerQuerySet:
    """Return the volunteers that a colleague may see.

    Focal points, and coordinators of the headquarters: all of the society. The coordinator of a branch: whoever belongs
    to it, helps in it too, or asks to move there. Everybody else: nobody.
    """
    return Volunteer.objects.visible(to=staff)


def parts_seen_by(staff: Staff, *, branch: UUID | None = None) -> Sequence[VolunteerQuerySet]:
    """Return the same volunteers, or those of one branch, in parts that share nobody and are quick to page through."""
    if not keeps_volunteers(staff):
        return ()
    own = None if keeps_all_branches(staff) else staff.branch_id
    if own is None or branch not in (None, own):
        seen = volunteers_seen_by(staff)
        return seen.parts_of_branch(branch) if branch else [seen]
    return Volunteer.objects.filter(society=staff.society_id).parts_of_branch(own)


def keeps(staff: Staff, volunteer: Volunteer) -> bool:
    """Whoever keeps the volunteer's own branch: others, where somebody helps too, only read."""
    return keeps_volunteers(staff) and (keeps_all_branches(staff) or staff.branch_id == volunteer.branch_id)


def receives(staff: Staff, volunteer: Volunteer) -> bool:
    """Whoever keeps the branch that was asked to take over."""
    if volunteer.moving_to_id is None or not keeps_volunteers(staff):
        return False
    return keeps_all_branches(staff) or staff.branch_id == volunteer.moving_to_id


def decides(staff: Staff | None) -> bool:
    """Vetting, incidents, who signs in: a focal point."""
    return may(staff, Permission.VOLUNTEERS_DECIDE)


def counts(staff: Staff | None) -> bool:
    """The numbers by sex and age: whoever keeps the register, and the data officer."""
    return keeps_volunteers(staff) or may(staff, Permission.VOLUNTEERS_COUNT)
