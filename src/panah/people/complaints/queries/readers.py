"""Who reads complaints in a society, to whom a new one goes, and what dates may be promised."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.accounts.queries import roles_held, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation import retention
from panah.ground.foundation.protected_rows import trusted_rows
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault import queries as vault_queries
from panah.people.complaints import rules
from panah.people.complaints.models import SecondReader
from panah.people.complaints.permissions import may_confirm

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society
    from panah.ground.network.queries import RuleValue


@dataclass(frozen=True)
class Route:
    """To whom a matter goes. ``instead``: "", ``no_officer``, ``leads``, ``nobody``, ``alone`` (see rules.readers)."""

    people: list[Staff]
    instead: str
    in_doubt: frozenset[UUID] = frozenset()

    @property
    def names(self) -> list[str]:
        return [str(person.name) for person in self.people]


def officers(society: UUID) -> list[Staff]:
    """The society's data protection officers."""
    return with_permission(society, Permission.COMPLAINTS_OFFICER)


def second_reader(society: UUID) -> SecondReader | None:
    """The confirmed second reader's row, or None; also none when that colleague has left."""
    rows = trusted_rows(
        SecondReader, society, lambda row: row["ended_at"] is None and row["confirmed_at"] is not None
    )
    return next((row for row in rows if row.staff_id in roles_held(society)), None)


def meant_by(society: UUID, meant: str) -> set[UUID]:
    """Return whom a writer means who says *officer*, *second* or *both* of those who read complaints."""
    second = second_reader(society)
    found = {one.pk for one in officers(society)} if meant in ("officer", "both") else set()
    return found | ({second.staff_id} if second is not None and meant in ("second", "both") else set())


def named(society: UUID) -> SecondReader | None:
    """The row of a second reader who was named and waits to be confirmed, or None."""
    rows = trusted_rows(
        SecondReader, society, lambda row: row["ended_at"] is None and row["confirmed_at"] is None
    )
    return next(iter(rows), None)


def waits_for_me(staff: Staff) -> SecondReader | None:
    """The named second reader whom this colleague may confirm, or None."""
    row = named(staff.society_id)
    if row is None or not may_confirm(staff, named=row, officers=officers(staff.society_id)):
        return None
    return row


def route(
    society: UUID,
    *,
    concerned: Collection[UUID] = (),
    hers: Collection[UUID] = (),
    named: Collection[UUID] = (),
) -> Route:
    """To whom a matter goes that concerns these colleagues. Only keys that were admitted can receive it.

    ``hers`` and ``named``: as of ``rules.readers``.
    """
    second = second_reader(society)
    known = {one.pk: one for one in officers(society)}
    leads = {one.pk: one for one in with_permission(society, Permission.COMPLAINTS_LEAD)}
    everybody = {**known, **leads, **({second.staff_id: second.staff} if second else {})}
    admitted = {pk for pk, key in vault_queries.key_states(everybody).items() if key.state == "admitted"}
    found = rules.readers(
        officers=set(known) & admitted,
        second=second.staff_id if second and second.staff_id in admitted else None,
        leads=set(leads) & admitted,
        concerned=set(concerned),
        hers=set(hers),
        named=set(named),
    )
    people = sorted((everybody[pk] for pk in found.who), key=lambda one: str(one.name))
    return Route(people, found.instead, found.in_doubt)


@dataclass(frozen=True)
class ComplaintPromise:
    """What may be promised here: days, where else to complain, and whether the society has checked it."""

    acknowledge_days: int
    complaint_days: int
    own_data_days: int
    keep_months: int
    outside: RuleValue | None
    checked: bool


def promise(society: Society, *, on: date) -> ComplaintPromise:
    """The dates of the rule sheet, or the starting values of practice where it says nothing. One query."""
    sheet = {line.key: line for line in network_queries.rule_sheet(society=society, on=on)}

    def number(key: RuleKey, otherwise: int) -> int:
        line = sheet.get(key)
        return (
            line.value if line is not None and isinstance(line.value, int) and line.value > 0 else otherwise
        )

    outside = sheet.get(RuleKey.COMPLAINT_OUTSIDE)
    dated = [sheet.get(key) for key in (RuleKey.RECEIPT_DAYS, RuleKey.COMPLAINT_DAYS, RuleKey.OWN_DATA_DAYS)]
    return ComplaintPromise(
        acknowledge_days=number(RuleKey.RECEIPT_DAYS, rules.ACKNOWLEDGE_DAYS),
        complaint_days=number(RuleKey.COMPLAINT_DAYS, rules.ANSWER_DAYS),
        own_data_days=number(RuleKey.OWN_DATA_DAYS, rules.ANSWER_DAYS),
        keep_months=number(RuleKey.RETENTION_COMPLAINT, retention.MATTER.months),
        outside=outside if outside is not None and outside.checked else None,
        checked=all(line is not None and line.checked for line in dated),
    )
