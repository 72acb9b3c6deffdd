"""Two files of one person: linked as two episodes, or one closed and read beside the other. Both can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.accounts.queries import staff_by_id
from panah.ground.accounts.roles import Permission, may
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.cases import events
from panah.people.cases.actions.case_record import must_be_open
from panah.people.cases.actions.closing import plan_retention, reopen_case
from panah.people.cases.actions.closing_blockers import must_not_be_open
from panah.people.cases.actions.due_items import cancel_due
from panah.people.cases.actions.links import link_cases, links_of, unlink_from
from panah.people.cases.models import Case
from panah.people.cases.words import CasePart, CaseState
from panah.people.cases.words.terms import ClosingReason, Relation

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class JoinedFiles:
    """What was changed in the second file, so that it can be undone."""

    granted: str = ""
    closed: bool = False


@transaction.atomic
def link_episodes(*, keys: Keyring, case: Case, other: Case, at: datetime) -> JoinedFiles:
    """Link two cases as two episodes of one person; both go on, and where both were counted ``other`` alone is."""
    link_cases(keys=keys, case=case, other=other, relation=Relation.SAME, at=at)
    return JoinedFiles()


@transaction.atomic
def join_file(*, keys: Keyring, case: Case, into: Case, at: datetime) -> JoinedFiles:
    """Close the second file of one person; nothing of it is copied or lost: who holds ``into`` reads it there.

    What still stops closing stops this too: a bed, a referral under way, money without a second signature.
    """
    must_be_open(into)
    must_not_be_open(keys=keys, case=case, at=at)
    # May refuse, and what waits for a link is not taken back with this transaction.
    granted = _let_in(keys, case, into.owner, at)
    link_cases(keys=keys, case=case, other=into, relation=Relation.SAME, at=at)
    closing = {"reason": ClosingReason.MISTAKE.value, "text": into.number, "own_view": ""}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CLOSING, value=closing, at=at)
    case.state, case.closed_at, case.closed_by = CaseState.CLOSED, at, keys.staff
    case.close_asked_at = case.close_asked_by = None
    case.save(update_fields=["state", "closed_at", "closed_by", "close_asked_at", "close_asked_by"])
    cancel_due(case=case, at=at)
    plan_retention(keys, case, at)
    vault.record_by_day(event=events.CLOSED, by=keys.staff, at=at, about=case.file_id)
    return JoinedFiles(granted, closed=True)


@transaction.atomic
def undo_joined_files(
    *, keys: Keyring, case: Case, other: Case, joined: JoinedFiles, reason: str, at: datetime
) -> None:
    """Undo it: the link, the closing, who was let in, and that only one of the two was counted."""
    unlink_from(keys=keys, case=case, other=other, at=at)
    if joined.closed:
        reopen_case(keys=keys, case=case, reason=reason, at=at)
    # Whoever goes on with the other case by now may be another than who was let in.
    for one in vault_queries.holders(case.file_id):
        if (
            one.pk in (other.owner_id, _id(joined.granted))
            and one != case.owner
            and not may(one, Permission.CASES_LEAD)
        ):
            vault.revoke(keys=keys, file=case.file_id, staff=one, at=at)


def _let_in(keys: Keyring, case: Case, holder: Staff | None, at: datetime) -> str:
    if holder is None or holder in vault_queries.holders(case.file_id):
        return ""
    vault.grant(keys=keys, file=case.file_id, to=holder, at=at, by_day=True)
    return str(holder.pk)


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


# -- when the other case is handed over --------------------------------------------------------


def joined_into(*, keys: Keyring, case: Case, old: Staff) -> list[list[UUID]]:
    """For the registry of handing over: the closed files of the same person, as far as they open."""
    del old
    links = links_of(keys=keys, case=case)
    same = [one.value["to"] for one in links if one.value.get("relation") == Relation.SAME]
    rows = Case.objects.filter(pk__in=same, erased_at=None).exclude(closed_at=None)
    return [[row.file_id] for row in rows if _is_joined(keys, row, case)]


def _is_joined(keys: Keyring, closed: Case, case: Case) -> bool:
    closing = vault_queries.value_of(keys=keys, file=closed.file_id, part=CasePart.CLOSING)
    return closing.get("reason") == ClosingReason.MISTAKE and closing.get("text") == case.number


@transaction.atomic
def follow_person(*, to: Staff, before: UUID, grants: Mapping[UUID, vault.SealedGrant], at: datetime) -> None:
    """For the registry of handing over: whoever holds the case now reads the closed file, the one before does not."""
    earlier = staff_by_id(before)
    for row in Case.objects.filter(file_id__in=list(grants)).exclude(closed_at=None):
        vault.write_grant(file=row.file_id, to=to, kept=grants[row.file_id], at=at)
        if earlier is not None and not may(earlier, Permission.CASES_LEAD) and row.owner_id != before:
            vault.take_grant(by=to, file=row.file_id, staff=earlier, at=at, by_day=True)
