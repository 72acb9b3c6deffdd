"""Who may be put on which duty: asked when a duty is given, every day of those that are planned, and at the door.

Roles are known here; keys, channels and ages are said by the rooms that know them, which register in ``ELIGIBLE``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Unfit:
    """Why a colleague does not fit a duty, and what to do. ``refused``: nobody may insist.

    ``at_the_door``: what the colleague herself reads where she would do it, on duty or not; None: only the roster asks.
    ``even_in_danger``: not even for somebody in danger, whom nobody else can answer.
    """

    code: str
    sentence: Promise
    next_step: Promise
    refused: bool = True
    at_the_door: Promise | None = None
    even_in_danger: bool = False

    @property
    def instead(self) -> Promise:
        return AN_ADULT_ANSWERS if self.even_in_danger else ASK_OTHERS


# (colleagues, kind of duty, at) -> those who do not fit.
ELIGIBLE: Registry[Callable[[Sequence[Staff], str, datetime], Mapping[UUID, Unfit]]] = Registry(
    "who may be put on which duty"
)

PERMISSION_FOR: Mapping[str, Permission] = {
    DutyKind.CALLS: Permission.DUTY_CALLS,
    DutyKind.DANGER: Permission.DUTY_DANGER,
    DutyKind.DANGER_SECOND: Permission.DUTY_DANGER,
    DutyKind.INTAKE: Permission.DUTY_INTAKE,
    DutyKind.SHELTER: Permission.DUTY_SHELTER,
}
OTHER_WORK = Unfit(
    "role",
    _("The roles of this colleague do not go with this duty."),
    _("Choose somebody who does this work, or change the roles first."),
)

ASK_OTHERS = _(
    "Let a colleague take the call, and ask your branch’s coordinator about what is missing. If somebody is in danger "
    "and nobody else can answer, choose that under “Take a call”."
)
AN_ADULT_ANSWERS = _("Let an adult colleague take the call. If there is none, ring the emergency number.")


def unfit(staff: Sequence[Staff], what: str, *, at: datetime) -> dict[UUID, list[Unfit]]:
    """Return why which of these colleagues of one society do not fit a kind of duty."""
    found: dict[UUID, list[Unfit]] = defaultdict(list)
    for one in staff:
        if not may(one, PERMISSION_FOR[what]):
            found[one.pk].append(OTHER_WORK)
    for check in ELIGIBLE:
        for pk, why in check(staff, what, at).items():
            found[pk].append(why)
    return dict(found)


def refused_at_the_door(by: Staff, what: str, *, at: datetime) -> Unfit | None:
    """Return why a colleague may not do this herself now, on duty or not."""
    found = (check([by], what, at).get(by.pk) for check in ELIGIBLE)
    return next((why for why in found if why is not None and why.at_the_door is not None), None)


def who_may(staff: Sequence[Staff], what: str, *, at: datetime) -> list[Staff]:
    """Return those of these colleagues of one society who may do this themselves now, on duty or not."""
    refused = {
        pk for check in ELIGIBLE for pk, why in check(staff, what, at).items() if why.at_the_door is not None
    }
    return [colleague for colleague in staff if colleague.pk not in refused]


def must_fit(by: Staff, what: str, *, at: datetime, in_danger: bool = False) -> bool:
    """Refuse whoever may not do this; return whether she does it for somebody in danger although she may not."""
    why = refused_at_the_door(by, what, at=at)
    if why is None:
        return False
    if in_danger and not why.even_in_danger:
        return True
    raise Refusal(why.at_the_door, next_step=why.instead, code=f"unfit-{why.code}", status=403)
