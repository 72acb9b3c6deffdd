"""What every step of a family links request across a border shares: its sealed half, and what is due about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.family_links.models import FamilyLinksAcross
from panah.people.family_links.queries.across import OpenedLinks
from panah.people.family_links.words import ANSWER, ERASE, ERASED, PART, QUESTION, ROOM, TELL, UNTIL, WAIT

ASKED_HERE = DueType(ROOM, ANSWER, DueKind.ANSWER, urgency=Urgency.WEEK, once=True)
ASKED_BACK = DueType(ROOM, QUESTION, DueKind.CALL, within=timedelta(days=1), urgency=Urgency.WEEK, once=True)
WAITS_THERE = DueType(ROOM, WAIT, DueKind.ANSWER, urgency=Urgency.WEEK, once=True)
TELL_SEEKER = DueType(
    ROOM,
    TELL,
    DueKind.CALL,
    _("Family links: tell the one who asks what came"),
    timedelta(days=1),
    Urgency.WEEK,
    once=True,
)
CONSENT_ENDS = DueType(
    ROOM,
    UNTIL,
    DueKind.REVIEW,
    _("Family links: the consent of the one who asks ends. Ask again, or take it back"),
    urgency=Urgency.WEEK,
    once=True,
)
WHAT_IS_ERASED = DueType(ROOM, ERASE, DueKind.DECIDE, urgency=Urgency.NOW, once=True)
TELL_TAKEN_BACK = DueType(
    ROOM, ERASED, DueKind.CALL, within=timedelta(hours=8), urgency=Urgency.TODAY, once=True
)
WAS_ERASED = DueType(ROOM, ERASED, DueKind.ANSWER, urgency=Urgency.WEEK, once=True)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.models import Peer


def first_lead(society: UUID, *, rather: object = None) -> Staff | None:
    """Return whose list it goes on: the focal point who has it already, while she is one; else the first."""
    leads = with_permission(society, Permission.FAMILY_LINKS_LEAD)
    if rather in leads:
        return rather
    return leads[0] if leads else None


def about(row: FamilyLinksAcross) -> DueSubject:
    """What is due on a conversation: it stands on the list of one focal point."""
    return DueSubject(
        row.society_id,
        row.pk,
        file=row.request.file_id,
        owner=first_lead(row.society_id, rather=row.owner),
        number=row.request.number,
    )


def step(what: str, at: datetime, keys: Keyring, **more: object) -> dict[str, object]:
    return {"what": what, "at": at.isoformat(), "by": str(keys.staff.pk), **more}


def write(
    keys: Keyring, opened: OpenedLinks, happened: Mapping[str, object] | None, at: datetime, **more: object
) -> None:
    """Seal what changed in a conversation, with what happened; refuses when somebody else wrote in between."""
    steps = [*opened.sealed.get("steps", ()), *([dict(happened)] if happened else [])]
    value = {**opened.sealed, **more, "steps": steps}
    vault.write(
        keys=keys, file=opened.file, part=PART, ref=opened.row.pk, value=value, at=at, based_on=opened.version
    )


def move(opened: OpenedLinks, state: str, **more: object) -> None:
    """Move a conversation on, unless somebody else did in the meantime."""
    row = opened.row
    if not FamilyLinksAcross.objects.filter(pk=row.pk, state=row.state).update(state=state, **more):
        raise wrong_step()


def wrong_step() -> Refusal:
    return Refusal(
        _("This step does not follow from where the request stands."),
        next_step=_("Look at the page again: someone may have written it down already."),
        code="wrong-step",
    )


def must_be(opened: OpenedLinks, *states: str) -> None:
    if opened.row.state not in states:
        raise wrong_step()


def peer_of(society: UUID, theirs: UUID) -> Peer:
    """Return the paired society, or refuse while nothing may be sealed to it."""
    peer = exchange_queries.paired_with(society=society, theirs=theirs)
    if peer is None:
        raise Refusal(
            _("This society cannot be reached through Panah now: nothing has left."),
            next_step=_("Telephone, and tell a focal point who compares the six words with them."),
            code="not-reachable",
        )
    return peer
