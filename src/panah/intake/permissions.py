"""Who opens a marked picture: two colleagues who can open what arrives, who are two people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.accounts.words import Role
from panah.approvals.acts import ACTS, Act
from panah.vault import queries as vault_queries


def opening_since(society: UUID) -> Mapping[UUID, datetime]:
    """Return who can open what arrives, and since when each has been admitted here."""
    holding = {one.pk for one in vault_queries.holders_of_intake(society)}
    return {who: since for who, since in vault_queries.admitted_since(society).items() if who in holding}


# Its requests are rows of this room: whoever agrees sees the duty of the rule sheet first.
MARKED_PICTURE = ACTS.register(
    "intake:marked-picture",
    Act(
        "intake:marked-picture",
        _("Open a picture that may show a child abused"),
        (Role.INTAKE, Role.FOCAL_POINT),
        (Role.INTAKE, Role.FOCAL_POINT),
        opening_since,
    ),
)
