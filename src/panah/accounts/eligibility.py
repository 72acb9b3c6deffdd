"""Who may be put on which duty: asked when a duty is given, and every day of those that are planned.

Roles are known here; keys, channels and ages are said by the rooms that know them, which register in ``ELIGIBLE``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.accounts.words import DutyKind, Role
from panah.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.accounts.models import Staff


@dataclass(frozen=True)
class Unfit:
    """Why a colleague does not fit a duty, and what to do. ``refused``: nobody may insist."""

    code: str
    sentence: Promise
    next_step: Promise
    refused: bool = True


# (colleagues, kind of duty, at) -> those who do not fit.
ELIGIBLE: Registry[Callable[[Sequence[Any], str, datetime], Mapping[UUID, Unfit]]] = Registry(
    "who may be put on which duty"
)

ANSWERING = frozenset({Role.HOTLINE_OPERATOR, Role.FOCAL_POINT})
ROLES_FOR: Mapping[str, frozenset[Role]] = {
    DutyKind.CALLS: ANSWERING,
    DutyKind.DANGER: ANSWERING | {Role.CASEWORKER, Role.SHELTER_MANAGER},
    DutyKind.DANGER_SECOND: ANSWERING | {Role.CASEWORKER, Role.SHELTER_MANAGER},
    DutyKind.INTAKE: frozenset({Role.INTAKE, Role.CASEWORKER, Role.FOCAL_POINT, Role.HOTLINE_OPERATOR}),
    DutyKind.SHELTER: frozenset({Role.SHELTER_MANAGER, Role.FOCAL_POINT}),
}
OTHER_WORK = Unfit(
    "role",
    _("The roles of this colleague do not go with this duty."),
    _("Choose somebody who does this work, or change the roles first."),
)


def unfit(staff: Sequence[Staff], what: str, *, at: datetime) -> dict[UUID, list[Unfit]]:
    """Return why which of these colleagues of one society do not fit a kind of duty."""
    found: dict[UUID, list[Unfit]] = defaultdict(list)
    for one in staff:
        if not one.has_role(*ROLES_FOR[what]):
            found[one.pk].append(OTHER_WORK)
    for check in ELIGIBLE:
        for pk, why in check(staff, what, at).items():
            found[pk].append(why)
    return dict(found)
