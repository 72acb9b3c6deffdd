"""The addresses at which strangers ask to join, as their branch sees them, and as they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from panah.foundation import host_seal, tenancy
from panah.network import queries as network_queries
from panah.volunteers import permissions
from panah.volunteers.models import JoinLink, Volunteer
from panah.volunteers.words import ROOM, LinkKind, VolunteerState

if TYPE_CHECKING:
    from panah.accounts.models import Staff

WHAT = "join"


@dataclass(frozen=True)
class BranchLink:
    """A branch, its link to join (``token`` "" where it is switched off), and how many asked and wait."""

    branch: UUID
    name: str
    token: str = ""
    made_on: date | None = None
    waiting: int = 0


def branches_kept(*, by: Staff) -> list[tuple[str, str]]:
    """Return (id, name) of the branches whose volunteers somebody keeps."""
    if not permissions.keeps_volunteers(by):
        return []
    every = network_queries.branch_names(by.society_id)
    return (
        every if permissions.keeps_all_branches(by) else [one for one in every if one[0] == str(by.branch_id)]
    )


def link_or_404(branch: UUID, *, to: Staff) -> BranchLink:
    name = dict(branches_kept(by=to)).get(str(branch))
    if name is None:
        raise Http404
    row = JoinLink.objects.filter(branch=branch, kind=LinkKind.BRANCH, ended_on=None).first()
    waiting = waiting_in(branch)
    if row is None:
        return BranchLink(branch, name, waiting=waiting)
    try:
        token = str(host_seal.unseal(row.sealed, what=f"{WHAT} {row.pk}", room=ROOM)["token"])
    except host_seal.Unreadable:
        token = ""
    return BranchLink(branch, name, token, row.made_on, waiting)


def mark_of(token: str) -> bytes:
    return host_seal.mark(token, what=WHAT, room=ROOM)


def society_of(token: str) -> UUID:
    """Return whose link this is; NO_TENANT for nobody's."""
    return society_where(
        lambda society: JoinLink.objects.filter(mark=mark_of(token), society=society).exists()
    )


def society_where(is_there: Callable[[UUID], bool]) -> UUID:
    """Return the society where a stranger's address is; NO_TENANT for none. Each is asked: the time does not tell."""
    found = tenancy.NO_TENANT
    for society in network_queries.hosted_ids():
        with tenancy.tenant_context(society):
            if is_there(society):
                found = society
    return found


def open_link(token: str, *, on: date) -> JoinLink | None:
    """Return the link of an address that is open on this day; asked inside the wall of its society."""
    return (
        JoinLink.objects.filter(mark=mark_of(token), ended_on=None)
        .filter(Q(until=None) | Q(until__gte=on))
        .exclude(kind=LinkKind.INVITATION, used__gt=0)
        .select_related("branch", "society")
        .first()
    )


def used_today(link: JoinLink, on: date) -> int:
    return link.used if link.used_on == on else 0


def waiting_in(branch: UUID) -> int:
    return Volunteer.objects.filter(branch=branch, state=VolunteerState.ASKED).count()
