"""Events and households, as far as the asker may open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.ids import read_number
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.people.cases.models import Case, CaseGroup
from panah.people.cases.queries import visible
from panah.people.cases.words import CasePart

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class GroupMember:
    """One case of an event or a household: shown by number only to those who can open that case."""

    ref: UUID
    case: Case
    alone: str
    # Its number on the sheet of a group that was taken in together, else "".
    line: str = ""


# Who was added later stands after the lines of the sheet, in the order of coming.
ROWS_AFTER = 10_000


def case_groups(*, to: Staff) -> QuerySet[CaseGroup]:
    """The events and households that a colleague can open, newest first."""
    return (
        CaseGroup.objects.visible(to=to)
        .filter(file_id__in=vault_queries.files_of(to))
        .order_by("-opened_at", "pk")
    )


def case_group_by_number(number: str, *, to: Staff) -> CaseGroup | None:
    known = read_number(number)
    return case_groups(to=to).filter(number=known).first() if known else None


def members(gathering: CaseGroup, *, keys: Keyring | None, to: Staff) -> tuple[list[GroupMember], int]:
    """(the cases of it that she can open, how many others there are)."""
    rows = waiting_parts.read_all(keys=keys, file=gathering.file_id, part=CasePart.MEMBER)
    known = {str(c.pk): c for c in visible(to=to).filter(pk__in=[r.value["case"] for r in rows])}
    mine = [
        GroupMember(r.ref, known[r.value["case"]], r.value.get("alone", "none"), r.value.get("line", ""))
        for r in rows
        if r.value["case"] in known
    ]
    mine.sort(key=lambda one: int(one.line or ROWS_AFTER))
    return mine, len(rows) - len(mine)


def erased(*, to: Staff) -> list[Case]:
    """The rows of erased cases of the society, for a focal point: number and state are all there is."""
    if not may(to, Permission.CASES_LEAD):
        return []
    return list(Case.objects.visible(to=to).filter(erased_at__isnull=False).order_by("-erased_at")[:200])
