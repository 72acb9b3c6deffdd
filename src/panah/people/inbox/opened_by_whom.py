"""Who can open an arrival, and close it, as far as its outside tells; ``queries`` gives these on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.permissions import may_be_one
from panah.ground.audit import queries as audit_queries
from panah.ground.vault.queries import holders_of_intake
from panah.ground.vault.words import KeyKind
from panah.people.inbox import events, rules
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS
from panah.people.inbox.models import Arrival
from panah.people.inbox.permissions import opens_arrivals, readers_for, who_may_read_past_intake
from panah.people.inbox.words import TO_READERS, WAITING

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


def openable(*, staff: Staff, keys: Keyring, rows: Iterable[Arrival]) -> set[UUID]:
    """Return which of the rows this colleague can open, as far as the outside tells; no query for each."""
    held = _generations_of(keys)
    return {row.pk for row in rows if _may_open(row, staff, held)}


def is_of_conversation(row: Arrival) -> bool:
    """Say whether it was sealed to the key of a conversation, and so belongs to a case."""
    return rules.generation_of(row.to_key) is None and row.to_key != TO_READERS


def may_open(row: Arrival, *, staff: Staff, keys: Keyring) -> bool:
    """Say whether the page offers to open it: she holds that intake key, or it is about a case of hers.

    With a locked vault the keys in force count; the unlock page then comes in between.
    """
    return _may_open(row, staff, _generations_of(keys))


def _generations_of(keys: Keyring | None) -> set[int] | None:
    if keys is None:
        return None
    return keys.generations(KeyKind.INTAKE)


def _may_open(row: Arrival, staff: Staff, held: set[int] | None) -> bool:
    if row.state not in WAITING:
        return False
    generation = rules.generation_of(row.to_key)
    if row.to_key == TO_READERS:
        return True
    if generation is None:
        return row.owner_id is not None
    return opens_arrivals(staff) if held is None else generation in held


def openers(row: Arrival) -> list[str]:
    """Return the names of those who can open an arrival: for a colleague who cannot."""
    generation = rules.generation_of(row.to_key)
    if row.past_intake:
        return [one.name for one in readers_for(row)]
    if generation is None:
        return [row.owner.name] if row.owner is not None else []
    holders = holders_for_its_case(row) or holders_of_intake(row.society_id, generation)
    return [holder.name for holder in holders]


class Arrived(Protocol):
    """An arrival, or its row before it is written."""

    @property
    def society_id(self) -> UUID: ...
    @property
    def room(self) -> str: ...
    @property
    def subject(self) -> UUID | None: ...
    @property
    def to_key(self) -> str: ...


def holders_for_its_case(row: Arrived) -> list[Staff]:
    """Return who can take into its case what was sealed to the intake key: they hold both.

    Whoever sent it never opened what it answers, and so knows no key of the conversation. None where it has no case.
    """
    room, generation = ARRIVAL_ROOMS.get(row.room), rules.generation_of(row.to_key)
    if room is None or row.subject is None or generation is None:
        return []
    holders = holders_of_intake(row.society_id, generation)
    return [holder for holder in holders if room.subjects(to=holder).filter(pk=row.subject).exists()]


def waits_for_another(row: Arrival, *, staff: Staff) -> bool:
    """Say whether another reader has to read what goes past the intake before this one may end it.

    It may be about whoever reads it, and nobody else would ever learn that it was there.
    """
    if not row.past_intake or row.to_key != TO_READERS:
        return False
    readers = readers_for(row)
    read = {
        entry.who
        for entry in audit_queries.entries_about(row.pk)
        if entry.event in (events.OPENED.name, events.SHOWN.name)
    }
    others = {reader.pk for reader in readers} - {staff.pk}
    return bool(others) and not (others - _hers(readers, staff)) & read


def accounts_that_may_be_hers(row: Arrival, *, staff: Staff) -> set[UUID]:
    """Return who may read what goes past the intake and is this colleague, or another account that may be hers.

    Two accounts that may be one person's are one reader, wherever she found it: past the intake or in it. The focal
    points count too: where its readers are left out they stand in for them.
    """
    return _hers(who_may_read_past_intake(row), staff)


def _hers(readers: Iterable[Staff], staff: Staff) -> set[UUID]:
    return {reader.pk for reader in readers if reader.pk == staff.pk or may_be_one(staff, {reader.pk})}


def may_close(row: Arrival, *, staff: Staff) -> bool:
    """Whoever opened it closes it, or a focal point: nobody who only sees the list."""
    if may(staff, Permission.INBOX_LEAD) or row.opened_by_id == staff.pk:
        return True
    return row.owner_id is None and (row.past_intake or opens_arrivals(staff))
