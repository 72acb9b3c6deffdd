"""PostgreSQL: the rows of a day are written anew, in no order: they tell neither who came when nor what with whom.

``xmin`` says which transaction wrote a row, and its place in the file after which other one. On SQLite rows lie in no
order from the beginning and carry no number (``foundation/sqlite``). Here every row that was written since the day
began is written anew, as it is, every twenty minutes: all of a few hundred get one number, in an order thrown by dice.
How far numbers were when the day began stands in the shred store.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID

from django.db import connections, transaction
from django.db.models import BinaryField, Field, Model

from panah.ground.foundation import tenancy
from panah.ground.foundation.rls_tables import protected_tables, tables
from panah.ground.vault import shred_store

SINCE = "rows_since"
DAY = timedelta(hours=24)
# The journal numbers its lines and says their minute anyway.
LEFT = ("audit.Entry",)
AT_ONCE = 300
# What the database says: ids and numbers of rows, and how far transactions were.
type Said = UUID | int | str
# Bytes: pieces of photos and documents lie where they lie.
LARGE = 64 * 1024
# Without these the rows are looked up one after the other as the dice threw them, not as they lie.
IN_THEIR_ORDER = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan", "enable_bitmapscan")
NOW = "SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint % 4294967296)::text"


def mix_rows(*, at: datetime) -> int:
    """Write the rows of this day anew in no order, inside a society's walls; returns how many. Nothing on SQLite.

    Nobody waits for it longer than for some hundred rows, and it waits for nobody: what is held is left to next time.
    """
    society = tenancy.current_tenant()
    if society is None or connections["default"].vendor != "postgresql":
        return 0
    kept = max((raw.decode().split() for raw in shred_store.get_each(SINCE, society)), default=None)
    mixed = 0 if kept is None else sum(_mix(model, kept[1]) for model in _with_rows_of_people())
    if kept is None or not timedelta(0) <= at - datetime.fromisoformat(kept[0]) < DAY:
        # What was written since the last time belongs to the day that ends with it.
        said = f"{at.isoformat()} {_asked(NOW)[0][0]}".encode()
        shred_store.in_each(lambda store: store.put_many(SINCE, {society: said}, society))
    return mixed


def _with_rows_of_people() -> Iterator[type[Model]]:
    walled = protected_tables()
    for model in tables():
        if model._meta.label in walled and model._meta.label not in LEFT:
            yield model


def _mix(model: type[Model], since: str) -> int:
    # Names of ours. Numbers of transactions run around: their ages are compared.
    table, key = model._meta.db_table, _key_of(model).column
    asked = f'SELECT "{key}" FROM "{table}" WHERE age(xmin) <= age(%s::text::xid)'  # noqa: S608
    wanted = [row[0] for row in _asked(asked, [since])]
    secrets.SystemRandom().shuffle(wanted)
    return sum(_written(model, list(some)) for some in batched(wanted, AT_ONCE, strict=False))


def _key_of(model: type[Model]) -> Field[object, object]:
    return next(field for field in model._meta.concrete_fields if field.primary_key)


@transaction.atomic
def _written(model: type[Model], some: list[Said]) -> int:
    table, key = model._meta.db_table, _key_of(model).column
    kind = _key_of(model).rel_db_type(connections["default"])
    held = f'SELECT "{key}" FROM "{table}" WHERE "{key}" = ANY(%s::{kind}[]) FOR UPDATE SKIP LOCKED'  # noqa: S608
    free = {row[0] for row in _asked(held, [some])}
    anew = ", ".join([f'"{key}" = "{table}"."{key}"', *_long_values(model)])
    said = f'UPDATE "{table}" SET {anew} FROM unnest(%s::{kind}[]) AS mixed (key) WHERE "{table}"."{key}" = mixed.key'  # noqa: S608
    with connections["default"].cursor() as cursor:
        for way in IN_THEIR_ORDER:
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(said, [[one for one in some if one in free]])
        for way in IN_THEIR_ORDER:
            cursor.execute(f"SET LOCAL {way} TO DEFAULT")
    return len(free)


def _long_values(model: type[Model]) -> Iterator[str]:
    """What lies apart from its row (TOAST) is numbered in turn too: it gets a new number, unless it is large."""
    for field in model._meta.concrete_fields:
        if isinstance(field, BinaryField) and not field.primary_key:
            old = f'"{model._meta.db_table}"."{field.column}"'
            yield f"\"{field.column}\" = CASE WHEN octet_length({old}) < {LARGE} THEN {old} || ''::bytea ELSE {old} END"


def _asked(question: str, given: Sequence[str | list[Said]] | None = None) -> list[tuple[Said, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(question, given)
        rows: list[tuple[Said, ...]] = cursor.fetchall()
        return rows
