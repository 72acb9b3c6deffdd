"""When readers change: who still holds the files lets the new ones in. No role and no focal point can do it instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueType
from panah.people.complaints import events, queries
from panah.people.complaints.actions.intake import about, put_usual
from panah.people.complaints.models import Matter
from panah.people.complaints.words import CONCERNS, ROOM, MatterState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.queries import DecryptedPart
    from panah.people.complaints.models import Ask, Message


@dataclass(frozen=True)
class WaitingReader:
    """One colleague who should read, and cannot yet: how many matters."""

    who: Staff
    matters: list[Matter]


def _entitled(society: UUID) -> list[Staff]:
    """The officers and the second reader with admitted keys."""
    second = queries.second_reader(society)
    people = {one.pk: one for one in queries.officers(society)}
    if second is not None:
        people[second.staff_id] = second.staff
    states = vault_queries.key_states(people)
    return [one for pk, one in people.items() if pk in states and states[pk].state == "admitted"]


def can_pass_on(*, keys: Keyring | None, staff: Staff) -> list[WaitingReader]:
    """Which new readers wait for matters that this colleague can open; those whom a matter concerns never do."""
    if keys is None:
        return []
    mine = list(queries.visible(to=staff))
    if not mine:
        return []
    files = [row.file_id for row in mine]
    able, opens = vault_queries.able_to_open(files), keys.open_files(files)
    concerned = vault_queries.read_whole(keys=keys, files=files, part=CONCERNS)
    found = []
    for one in _entitled(staff.society_id):
        rows = [
            row
            for row in mine
            if row.file_id in opens
            and one.pk not in able.get(row.file_id, set())
            and not _concerns(concerned, row.file_id, one.pk)
        ]
        if rows:
            found.append(WaitingReader(one, rows))
    return found


def _concerns(concerned: Mapping[UUID, DecryptedPart], file: UUID, who: UUID) -> bool:
    return file in concerned and str(who) in concerned[file].value["who"]


@transaction.atomic
def pass_on(*, keys: Keyring, at: datetime) -> int:
    """Let every new reader into what waits for them; whoever has left goes. Returns how many matters were given."""
    given = 0
    for waiting in can_pass_on(keys=keys, staff=keys.staff):
        for row in waiting.matters:
            _let_in(keys, row, waiting.who, at)
            given += 1
    _without_leavers(keys, at)
    return given


def _beside(row: Matter) -> list[Ask | Message]:
    return [*row.asks.all(), *row.messages.all()]


def _let_in(keys: Keyring, row: Matter, to: Staff, at: datetime) -> None:
    vault.grant(keys=keys, file=row.file_id, to=to, at=at)
    for one in _beside(row):
        if vault_queries.opens(keys=keys, file=one.file_id):
            vault.grant(keys=keys, file=one.file_id, to=to, at=at)
    audit.record(event=events.PASSED_ON, by=keys.staff, at=at, about=row.file_id)
    if row.state not in (MatterState.ANSWERED, MatterState.CLOSED):
        _also_due(keys, row, to, at)


def _also_due(keys: Keyring, row: Matter, to: Staff, at: datetime) -> None:
    if to.pk not in {item.owner_id for item in work_queries.items_of(row.pk)}:
        put_usual(keys, row, to, at)


def _without_leavers(keys: Keyring, at: datetime) -> None:
    """Take the grants of those who left, and of a second reader whose time ended, where another can still open it."""
    readers = {one.pk for one in _entitled(keys.staff.society_id)}
    leads = {one.pk for one in with_permission(keys.staff.society_id, Permission.COMPLAINTS_LEAD)}
    rows = list(queries.visible(to=keys.staff))
    able = vault_queries.able_to_open([row.file_id for row in rows])
    for row in rows:
        for one in vault_queries.holders(row.file_id):
            stays = able.get(row.file_id, set()) - {one.pk}
            if one.pk not in readers | leads and one.pk != keys.staff.pk and stays:
                vault.revoke(keys=keys, file=row.file_id, staff=one, at=at)
                _take_over(keys, row, one, at)


def _take_over(keys: Keyring, row: Matter, gone: Staff, at: datetime) -> None:
    """What was due from whoever left is due from the reader who passes on, unless it is already."""
    items = work_queries.items_of(row.pk)
    mine = {item.purpose for item in items if item.owner_id == keys.staff.pk}
    for item in items:
        if item.owner_id != gone.pk:
            continue
        if item.purpose not in mine:
            work.due(
                DueType(ROOM, item.purpose, DueKind(item.kind), _("Taken over from a reader who left")),
                about(row),
                keys=keys,
                owner=keys.staff,
                due_at=item.due_at,
                at=at,
            )
        work.complete(item=item, by=keys.staff, at=at)


def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> vault.HandoverResult:
    """For the registry of leaving: what the focal point can open passes to ``to``, if that is a reader it may go to.

    Mostly that is nothing: a focal point cannot open what was told to others. Then it waits for the other reader
    (see ``pass_on``). Nothing is counted: how many there are is told to nobody.
    """
    for waiting in can_pass_on(keys=keys, staff=keys.staff):
        if waiting.who.pk == to.pk:
            for row in waiting.matters:
                _let_in(keys, row, to, at)
    return vault.HandoverResult(0, 0)
