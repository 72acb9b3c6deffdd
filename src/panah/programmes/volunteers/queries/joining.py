"""The addresses at which strangers ask to join, as their branch sees them, and as they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from panah.ground.foundation import host_seal, tenancy
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.network import queries as network_queries
from panah.ground.network.queries import society_where
from panah.programmes.volunteers import permissions
from panah.programmes.volunteers.models import JoinLink, Volunteer
from panah.programmes.volunteers.words import ROOM, LinkKind, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

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
        token = str(host_seal.unseal(bytes(row.sealed), what=f"{WHAT} {row.pk}", room=ROOM)["token"])
    except host_seal.Unreadable:
        token = ""
    return BranchLink(branch, name, token, row.made_on, waiting)


def mark_of(token: str) -> bytes:
    return host_seal.mark(token, what=WHAT, room=ROOM)


def open_links(*, on: date) -> TenantQuerySet[JoinLink]:
    """The links that are open on a day; an invitation until somebody used it."""
    rows = JoinLink.objects.filter(Q(until=None) | Q(until__gte=on), ended_on=None)
    return rows.exclude(kind=LinkKind.INVITATION, used__gt=0)


@contextmanager
def link_at(token: str, *, on: date) -> Iterator[JoinLink | None]:
    """Stand within the walls of the society whose link this is; None for no link that is open."""
    mark = mark_of(token)
    society = society_where(lambda one: JoinLink.objects.filter(mark=mark, society=one).exists())
    with tenancy.tenant_context(society):
        yield open_links(on=on).filter(mark=mark).select_related("branch", "society").first()


def has_asked(once: UUID) -> bool:
    """Say whether this form has arrived: pressed twice, it is one request."""
    return Volunteer.objects.filter(pk=once).exists()


def used_today(link: JoinLink, on: date) -> int:
    return link.used if link.used_on == on else 0


def waiting_in(branch: UUID) -> int:
    return Volunteer.objects.filter(branch=branch, state=VolunteerState.ASKED).count()
