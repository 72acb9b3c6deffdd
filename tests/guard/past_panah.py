"""Somebody with the password of the main database writes in it past Panah. He has no shred store and no host file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from panah.ground.audit import queries as audit_queries
from panah.ground.audit.models import ChainHead, Entry
from panah.ground.audit.rules import JournalLine, chain
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.changed_rows import changed_in
from panah.ground.foundation.tenancy import NO_TENANT
from panah.ground.vault import shred_store
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import DoesNotOpen, Private
from panah.ground.work.models import DueItem
from panah.people.inbox.models import Arrival
from panah.people.inbox.sealed_to_readers import part_of, readers_in
from panah.people.inbox.words import BODY
from panah.people.reporters.content import open_words, parted
from panah.people.reporters.models import ChatGrant, ChatLine, Word
from panah.people.reporters.words import LINE, WORD, Direction
from tests.committed_rows import what_panah_wrote_is_committed


def sql(statement: str, *params: object) -> list[tuple[Any, ...]]:
    """Run one statement in the main database as his client would; returns what it found."""
    what_panah_wrote_is_committed()
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, [_as_stored(one) for one in params])
        return list(cursor.fetchall()) if cursor.description else []


def swap(table: str, column: str, value: object, **where: object) -> list[tuple[Any, ...]]:
    """Write a value into every row that fits; returns (id, what stood there) of each, and refuses to change none."""
    fits = " AND ".join(f'"{name}" = %s' for name in where)
    before = sql(f'SELECT "id", "{column}" FROM "{table}" WHERE {fits}', *where.values())
    assert before, f"no row of {table} fits {where}"
    sql(f'UPDATE "{table}" SET "{column}" = %s WHERE {fits}', value, *where.values())
    return before


@contextmanager
def swapped(table: str, column: str, value: object, **where: object) -> Iterator[None]:
    """Swap for seconds: what stood there is put back."""
    before = swap(table, column, value, **where)
    try:
        yield
    finally:
        for pk, old in before:
            sql(f'UPDATE "{table}" SET "{column}" = %s WHERE "id" = %s', old, pk)


def put_in(table: str, **row: object) -> UUID:
    """Write a row that Panah never wrote; returns its id."""
    row = {"id": uuid4(), **row}
    row["id"] = UUID(str(row["id"]))
    names = ", ".join(f'"{name}"' for name in row)
    sql(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(row))})', *row.values())
    return row["id"]


def take_out(table: str, **where: object) -> None:
    """Delete every row that fits; refuses to delete none."""
    fits = " AND ".join(f'"{name}" = %s' for name in where)
    assert sql(f'SELECT "id" FROM "{table}" WHERE {fits}', *where.values())
    sql(f'DELETE FROM "{table}" WHERE {fits}', *where.values())


def copied(table: str, **where: object) -> dict[str, Any]:
    """Return one row as it lies there, to be put back when Panah has changed it."""
    fits = " AND ".join(f'"{name}" = %s' for name in where)
    with connections["default"].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE {fits}', [_as_stored(one) for one in where.values()])
        (row,) = cursor.fetchall()
        return dict(zip([one[0] for one in cursor.description], row, strict=True))


def put_back(table: str, row: dict[str, Any]) -> None:
    """Write an older row, complete, over what stands there now."""
    columns = ", ".join(f'"{name}" = %s' for name in row)
    sql(f'UPDATE "{table}" SET {columns} WHERE "id" = %s', *row.values(), row["id"])


def chain_on(
    society: UUID, event: str, about: UUID | None, *, who: UUID | None, at: datetime, **facts: object
) -> None:
    """Write an entry in the journal that fits its chain, which has no key, and let its head stand there."""
    what_panah_wrote_is_committed()
    head = ChainHead.objects.get(society=society)
    line = JournalLine(society, head.number + 1, at, who, event, about, facts, b"")
    digest = chain(bytes(head.hash), line)
    Entry.objects.create(**vars(line), before=bytes(head.hash), hash=digest)
    ChainHead.objects.filter(society=society).update(number=line.number, hash=digest)
    assert audit_queries.verify_society(society).wrong_at is None, "control: it fits"


def noticed(society: UUID) -> list[Any]:
    """Return what a society's people are told was changed past Panah."""
    changed = [*dialled_numbers.changed_of(society), *changed_in(society), *changed_in(NO_TENANT)]
    return [*changed, *told_of_rows(society)]


def told_of_rows(society: UUID) -> list[DueItem]:
    """Return what stands on focal points' lists because rows were put right."""
    return list(DueItem.objects.filter(society=society, purpose="rows", done_at=None))


def opened_by(thief: Private) -> list[dict[str, Any]]:
    """Return all words that a private key opens: of arrivals, lines of chats and answers, on their way and at rest."""
    found = []
    for arrival in Arrival.objects.all():
        body, header = shred_store.get(BODY, arrival.pk) or b"", bytes(arrival.header)
        found += [_or_none(open_body, thief, one, header) for one in (body, *_parts(body))]
    for line in ChatLine.objects.all():
        place = ("door line", line.chat_id, line.once)
        for part in parted(shred_store.get(LINE, line.pk) or bytes(4)):
            found += [_or_none(open_words, key, part, *place) for key in _keys_to(line.chat_id, thief)]
    for word in Word.objects.filter(direction=Direction.TO_REPORTER):
        body = shred_store.get(WORD, word.pk) or b""
        found.append(_or_none(open_words, thief, body, "door word", word.report_id, word.pk))
    return [one for one in found if one is not None]


def _parts(body: bytes) -> list[bytes]:
    return [part_of(body, reader) for reader in readers_in(body)]


def _keys_to(chat: UUID, thief: Private) -> list[Private]:
    """Return his key, and the chat's own where it was granted to his."""
    grants = [
        _or_none(thief.open, bytes(one.sealed), "door chat", chat, one.key_id)
        for one in ChatGrant.objects.filter(chat=chat)
    ]
    return [thief, *(Private(seed) for seed in grants if seed is not None)]


def _or_none(opens: Any, *given: object) -> Any:
    try:
        return opens(*given)
    except DoesNotOpen:
        return None


def _as_stored(value: object) -> object:
    """Return a value as the database keeps it; SQLite has neither ids nor moments of its own."""
    connection = connections["default"]
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, list | dict):
        return json.dumps(value)
    return value
