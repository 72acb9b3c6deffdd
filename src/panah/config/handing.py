"""What a colleague holds, in every room, and how all of it goes to another with two clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.accounts.queries import with_role
from panah.cases import actions as case_actions
from panah.cases import queries as cases_queries
from panah.complaints import actions as complaints
from panah.complaints import words as complaints_words
from panah.hotline.actions.authorities import ROOM as AUTHORITY
from panah.hotline.words.links_across import ROOM as FAMILY_LINKS
from panah.inbox.words import ROOM
from panah.safety import actions as safety
from panah.safety import words as safety_words
from panah.shelter import actions as shelter
from panah.shelter import queries as shelter_queries
from panah.shelter import words as shelter_words
from panah.vault import queries as vault_queries
from panah.vault.actions import offboarding
from panah.vault.actions.offboarding import HandoverResult, HeldWork
from panah.work import actions as work
from panah.work import queries as work_queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.vault.keyring import Keyring


# Not counted and not given on: what is due about complaints and threats goes from reader to reader.
UNTOLD = {complaints_words.ROOM, complaints_words.ASK_ROOM, complaints_words.LEFT_ROOM, safety_words.ROOM}
# What only a focal point can open or decide.
FOR_FOCAL_POINTS = {
    *(AUTHORITY, FAMILY_LINKS, ROOM, "finding", "vault"),
    *(shelter_words.PLACE_ROOM, safety_words.INTERPRETERS),
}


def fill() -> None:
    """Tell the vault what a leaver holds, who has how much, and how it is handed over."""
    if _hand_over not in offboarding.HAND_OVERS:
        # Not in COUNTS: how many complaints a colleague reads is told to nobody.
        offboarding.HAND_OVERS += [
            shelter.hand_over_all,
            _hand_over,
            complaints.hand_over_all,
            safety.hand_over_all,
        ]
        offboarding.COUNTS.append(_held)
        offboarding.LOADS.append(_loads)
        offboarding.KEEPS += [cases_queries.files_of_holder, shelter_queries.files_of_holder]
        offboarding.GIVES_BACK += [_give_back, safety.pass_due]
        offboarding.PASSES.append(safety.pass_due)


def _held(*, staff: Staff) -> list[HeldWork]:
    still_open, closed = cases_queries.held_by(staff=staff)
    items = work_queries.open_by_owner(staff=[staff.pk], without=UNTOLD).get(staff.pk, 0)
    run = shelter_queries.runs_by(staff=[staff.pk]).get(staff.pk, 0)
    return [
        HeldWork(_("Open cases"), still_open),
        HeldWork(_("Closed cases"), closed),
        HeldWork(_("Safe places"), run),
        HeldWork(_("Things due"), items),
    ]


def _loads(*, staff: list[UUID]) -> dict[UUID, list[HeldWork]]:
    open_cases, items = (
        cases_queries.open_by_owner(staff=staff),
        work_queries.open_by_owner(staff=staff, without=UNTOLD),
    )
    return {
        pk: [HeldWork(_("Open cases"), open_cases.get(pk, 0)), HeldWork(_("Things due"), items.get(pk, 0))]
        for pk in staff
    }


def _hand_over(*, keys: Keyring, staff: Staff, to: Any, at: datetime) -> HandoverResult:
    """Cases first, with what is due in them; then everything else that waits for the one who left."""
    number = case_actions.hand_over_all(keys=keys, staff=staff, to=to, at=at)
    lines = vault_queries.lines_held(to)
    items = work.hand_over_items(
        staff=staff,
        # A call-back belongs to its line: whoever answers it tomorrow finds it there.
        line_of=lambda item: item.line if item.line and item.line not in lines else None,
        choose=_chooser(to, keys.staff),
        only=lambda item: item.room not in UNTOLD,
        by=keys.staff,
        at=at,
    )
    return HandoverResult(number, items)


def _give_back(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """What waits for somebody who is no focal point any more and cannot open it: it goes to the other ones."""
    return work.hand_over_items(
        staff=staff,
        line_of=lambda item: item.line,
        choose=_chooser(keys.staff, keys.staff),
        only=lambda item: item.room not in UNTOLD and _not_hers(item, staff),
        by=keys.staff,
        at=at,
    )


def _not_hers(item: Any, staff: Staff) -> bool:
    closed = item.file is not None and staff not in vault_queries.holders(item.file)
    return item.room in FOR_FOCAL_POINTS or item.line is not None or closed


def _chooser(to: Any, focal_point: Any) -> Callable[[Any], Any]:
    """Return who takes an item: the one chosen if she can open it, else the focal point who hands over."""
    leads = with_role(focal_point.society_id, "focal_point")

    def choose(item: Any) -> Any:
        if item.room in FOR_FOCAL_POINTS:
            return _a_focal_point(item, [to, focal_point, *leads])
        opens = item.file is None or to in vault_queries.holders(item.file) or item.line is not None
        return to if opens else focal_point

    return choose


def _a_focal_point(item: Any, people: list[Any]) -> Any:
    # Two people decide about what an authority asks: the second decision must not go to whoever has the first.
    fit = [one for one in people if one.has_role("focal_point")]
    others = [
        one for one in work_queries.items_of(item.subject) if one.room == item.room and one.pk != item.pk
    ]
    taken = {one.owner_id for one in others}
    return next((one for one in fit if one.pk not in taken), fit[0])
