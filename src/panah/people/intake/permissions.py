"""Who opens a report about somebody who works here, and a marked picture.

The first: the readers of complaints, and of one that became a complaint those who read that complaint. The second: two
colleagues who can open what arrives, who are two people; of a report that goes past the intake, two of its readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.vault import queries as vault_queries
from panah.people.complaints import queries as complaints_queries
from panah.people.inbox import queries as inbox_queries

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer
    from panah.ground.vault.keyring import Keyring
    from panah.ground.vault.seals import Private
    from panah.people.inbox.models import Arrival


def readers_of_what_is_about_staff(society: UUID, meant: str) -> list[Staff]:
    """Return who opens a report about somebody who works here: nobody of the intake, no focal point beside it.

    Without whom its writer left out; where she left out all who read complaints, the focal points.
    """
    left_out = complaints_queries.meant_by(society, meant)
    return list(complaints_queries.route(society, concerned=left_out, named=left_out).people)


def complaints_open_to(*, to: Staff | Viewer) -> QuerySet[Model, object]:
    """Return the complaints that a colleague reads (a queryset): she sees the reports that they came from."""
    return complaints_queries.visible(to=to)


def nothing_opens_what_became_a_complaint(_keys: Keyring, _subject: UUID) -> Private | None:
    """A report that became a complaint is settled: what it said stands in the complaint, and nowhere else."""
    return None


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
        Permission.INTAKE_PICTURE,
        Permission.INTAKE_PICTURE,
        opening_since,
    ),
)


def looking_since(arrival: Arrival) -> Mapping[UUID, datetime]:
    """Return who looks at a marked picture of this arrival, and since when each could."""
    if not arrival.past_intake:
        return opening_since(arrival.society_id)
    seeing = {one.pk for one in readers_who_see(arrival)}
    admitted = vault_queries.admitted_since(arrival.society_id)
    return {who: since for who, since in admitted.items() if who in seeing}


def readers_who_see(arrival: Arrival) -> list[Staff]:
    """Return the readers of complaints who see what goes past the intake: not whom it is about, once that is known."""
    return [
        one
        for one in inbox_queries.who_may_read_past_intake(arrival)
        if inbox_queries.visible(to=one).filter(pk=arrival.pk).exists()
    ]


def looking_at(arrival: Arrival) -> Act:
    """Return the act of two people for a picture of this arrival."""
    return replace(MARKED_PICTURE, since=lambda _society: looking_since(arrival))


def looks(staff: Staff, arrival: Arrival) -> bool:
    """Say whether this colleague may be one of the two."""
    return staff.society_id == arrival.society_id and staff.pk in looking_since(arrival)
