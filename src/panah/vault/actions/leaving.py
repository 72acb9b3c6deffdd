"""Ending a colleague's access at once, and what follows for the keys she held."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.accounts import actions as accounts
from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.vault import events
from panah.vault.actions.ceremony import new_generation, signing_seed
from panah.vault.actions.files import focal_point_ids
from panah.vault.actions.sessions import end_vaults
from panah.vault.keyring import Keyring
from panah.vault.models import Invitation, KeyHeld, SocietyKey
from panah.vault.words import KeyKind

# D and R stay: peers pin D, and R is on paper.
RENEWED = (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS, KeyKind.LINE)

# Filled by the composition: how many cases a colleague holds, and handing all of them to another.
COUNTS: list[Callable[..., int]] = []
HAND_OVERS: list[Callable[..., int]] = []


def cases_held(staff: Any) -> int:
    """Return how many cases and the like are in a colleague's hands."""
    return sum(count(staff=staff) for count in COUNTS)


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Any, to: Any, at: datetime) -> int:
    """Give everything a colleague holds, one who has left too, to another; returns how many cases. All or none."""
    signing_seed(keys)
    if staff.society_id != keys.staff.society_id or to.society_id != keys.staff.society_id:
        raise Refusal(_("This colleague works for another society."), code="other-society")
    return sum(hand_over(keys=keys, staff=staff, to=to, at=at) for hand_over in HAND_OVERS)


@transaction.atomic
def end_access(*, keys: Keyring, staff: Any, at: datetime) -> int:
    """End a colleague's access: sign-ins, open vaults and invitations now, and new generations of her duty keys.

    Returns how many keys were renewed. Files that she held stay hers on paper until they are handed over, but
    nobody can sign in to open them. The last two focal points cannot leave.
    """
    signing_seed(keys)
    _can_go(keys, staff)
    accounts.leave(staff=staff, by=keys.staff, at=at)
    end_vaults(staff)
    Invitation.objects.filter(staff=staff, used_at=None).update(expires_at=at)
    renewed = _renew_keys(keys, staff, at)
    audit.record(event=events.LEFT, by=keys.staff, at=at, facts={"whom": str(staff.pk), "renewed": renewed})
    return renewed


def _can_go(keys: Keyring, staff: Any) -> None:
    if staff.society_id != keys.staff.society_id:
        raise Refusal(_("This colleague works for another society."), code="other-society")
    if staff.pk == keys.staff.pk:
        raise Refusal(
            _("You cannot end your own access."),
            next_step=_("Ask the other focal point."),
            code="not-oneself",
        )
    left = focal_point_ids(keys.staff.society_id) - {staff.pk}
    if staff.has_role("focal_point") and len(left) < 2:
        raise Refusal(
            _("A society keeps two focal points."),
            next_step=_("Admit a third focal point first; then this one can leave."),
            code="too-few-focal-points",
        )


def _renew_keys(keys: Keyring, staff: Any, at: datetime) -> int:
    held = KeyHeld.objects.filter(staff=staff)
    rows = SocietyKey.objects.filter(held__in=held, retired_at=None, kind__in=RENEWED)
    wanted = [(row.kind, row.line) for row in rows]
    held.delete()
    for kind, line in wanted:
        others = KeyHeld.objects.filter(
            key__society=keys.staff.society_id, key__kind=kind, key__line=line, key__retired_at=None
        ).select_related("staff")
        holders = [row.staff for row in others]
        new_generation(keys=keys, kind=KeyKind(kind), line=line, holders=holders, at=at)
    return len(wanted)
