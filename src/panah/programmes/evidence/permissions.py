"""Who counts the society's facts and prepares a release, and who decides that one is published."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.accounts.roles import Permission, may, require
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.permissions import may_decide
from panah.ground.vault import queries as vault_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

RELEASE = ACTS.register(
    "evidence:release",
    Act(
        "evidence:release",
        _("Publish a release of the society’s facts"),
        Permission.EVIDENCE_COUNT,
        Permission.EVIDENCE_DECIDE,
        vault_queries.leading_since,
    ),
)


def counts(staff: Staff | None) -> bool:
    """The data officer, who holds the facts key, and the focal points, its second holders."""
    return may(staff, Permission.EVIDENCE_COUNT)


def decides(staff: Staff | None) -> bool:
    return may(staff, Permission.EVIDENCE_DECIDE)


def leaves_a_second(by: Staff, hands: set[UUID | None], *, at: datetime) -> bool:
    """Say whether somebody could still decide about a release once this colleague has had a hand in it, too."""
    hands = {*hands, by.pk}
    others = [colleague for colleague in colleagues(to=by) if decides(colleague)]
    return any(may_decide(RELEASE, other, asked_at=at, exclude=hands, asked_by=hands) for other in others)


def must_count(by: Staff) -> None:
    require(
        by,
        Permission.EVIDENCE_COUNT,
        _("The data officer or a focal point prepares a release."),
        _("Ask one of them."),
        "prepares-no-release",
    )
