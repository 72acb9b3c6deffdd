"""What is due with a colleague goes to others: when she leaves, and when she is no focal point any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission, may
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.offboarding import HandoverResult, HeldWork
from panah.ground.vault.keyring import Keyring
from panah.ground.work.actions.due_items import hand_over_items
from panah.ground.work.item_rooms import item_room, readers_only_rooms
from panah.ground.work.queries import items_of, open_by_owner

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem


def held(*, staff: Staff) -> list[HeldWork]:
    return loads(staff=[staff.pk])[staff.pk]


def loads(*, staff: list[UUID]) -> dict[UUID, list[HeldWork]]:
    """Return how much is due with each; how many complaints a colleague reads is told to nobody."""
    items = open_by_owner(staff=staff, without=readers_only_rooms())
    return {pk: [HeldWork(_("Things due"), items.get(pk, 0))] for pk in staff}


def hand_over_due(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """Give on everything that waits for the one who left; what is due in her cases went with them before."""
    lines = vault_queries.lines_held(to)
    items = hand_over_items(
        staff=staff,
        # A call-back belongs to its line: whoever answers it tomorrow finds it there.
        line_of=lambda item: item.line if item.line and item.line not in lines else None,
        choose=_chooser(to, keys.staff),
        only=lambda item: not item_room(item.room).readers_only,
        by=keys.staff,
        at=at,
    )
    return HandoverResult(0, items)


def give_back_due(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """What waits for somebody who is no focal point any more and cannot open it: it goes to the other ones."""
    return hand_over_items(
        staff=staff,
        line_of=lambda item: item.line,
        choose=_chooser(keys.staff, keys.staff),
        only=lambda item: not item_room(item.room).readers_only and _cannot_open(item, staff),
        by=keys.staff,
        at=at,
    )


def _cannot_open(item: DueItem, staff: Staff) -> bool:
    closed = item.file is not None and staff not in vault_queries.holders(item.file)
    return item_room(item.room).focal_points_only or item.line is not None or closed


def _chooser(to: Staff, focal_point: Staff) -> Callable[[DueItem], Staff]:
    """Return who takes an item: the one chosen if she can open it, else the focal point who hands over."""
    leads = with_permission(focal_point.society_id, Permission.WORK_LEAD)

    def choose(item: DueItem) -> Staff:
        if item_room(item.room).focal_points_only:
            return _a_focal_point(item, [to, focal_point, *leads])
        opens = item.file is None or to in vault_queries.holders(item.file) or item.line is not None
        return to if opens else focal_point

    return choose


def _a_focal_point(item: DueItem, people: list[Staff]) -> Staff:
    # Two people decide about what an authority asks: the second decision must not go to whoever has the first.
    fit = [person for person in people if may(person, Permission.WORK_LEAD)]
    others = [one for one in items_of(item.subject) if one.room == item.room and one.pk != item.pk]
    taken = {other.owner_id for other in others}
    return next((one for one in fit if one.pk not in taken), fit[0])
