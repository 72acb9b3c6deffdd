"""What every step of a family links request across a border shares: its sealed half, and what is due about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, Sentence, Urgency
from panah.people.family_links.models import FamilyLinksAcross
from panah.people.family_links.queries.across import OpenedLinks
from panah.people.family_links.words import PART, ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.models import Peer


def first_lead(society: UUID, *, rather: object = None) -> Staff | None:
    """Return whose list it goes on: the focal point who has it already, while she is one; else the first."""
    leads = with_permission(society, Permission.FAMILY_LINKS_LEAD)
    if rather in leads:
        return rather
    return leads[0] if leads else None


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


def due(
    keys: Keyring | None,
    row: FamilyLinksAcross,
    kind: DueKind,
    due_at: datetime,
    purpose: str,
    at: datetime,
    *,
    sentence: Sentence = "",
    urgency: str = Urgency.WEEK,
) -> None:
    """Put something about a conversation on a focal point's list, once for each purpose."""
    work.cancel_for(subject=row.pk, purpose=purpose, at=at)
    work.add_item(
        keys=keys,
        society=row.society_id,
        kind=kind,
        due_at=due_at,
        room=ROOM,
        subject=row.pk,
        number=row.request.number,
        owner=first_lead(row.society_id, rather=row.owner),
        urgency=urgency,
        purpose=purpose,
        file=row.request.file_id,
        sentence=sentence,
        at=at,
    )
