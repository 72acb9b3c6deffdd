"""Whether a reader left out another one, and nobody else has said yet that this one is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.approvals.permissions import may_be_one
from panah.ground.audit import queries as audit_queries
from panah.ground.vault import queries as vault_queries
from panah.people.complaints import events
from panah.people.complaints.words import CONCERNS

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring
    from panah.people.complaints.models import Matter


@dataclass(frozen=True)
class LeftOut:
    """By whom; None where the journal does not know it any more: then nobody can say so too."""

    by: UUID | None


def who_left_out(row: Matter, *, keys: Keyring | None) -> LeftOut | None:
    """Return who left out a reader while no second one has said whether that one is meant; None where nothing waits.

    Who did what is read from the journal. That there was anything stands in the file too, which a row cannot take away.
    """
    entries = audit_queries.written_about(
        row.file_id, society=row.society_id, events=(events.LEFT_OUT.name, events.MEANT.name)
    )
    by = next((entry.who for entry in entries if entry.event == events.LEFT_OUT.name), None)
    said = {entry.who for entry in entries if entry.event == events.MEANT.name}
    if by is not None:
        return None if said - {by} else LeftOut(by)
    concerns = vault_queries.value_of(keys=keys, file=row.file_id, part=CONCERNS)
    return LeftOut(None) if concerns.get("in_doubt") else None


def may_say_who_is_meant(row: Matter, *, keys: Keyring) -> bool:
    """Another reader of the matter says it, who is not the same person by another account."""
    waits = who_left_out(row, keys=keys)
    if waits is None or waits.by is None or waits.by == keys.staff.pk:
        return False
    return vault_queries.opens(keys=keys, file=row.file_id) and not may_be_one(keys.staff, {waits.by})
