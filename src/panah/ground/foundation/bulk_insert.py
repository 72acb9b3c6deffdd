"""Many rows of one table in one go, without a model for each: where sealed messages come by the thousand."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from panah.ground.foundation.models import DayOnlyField

# So many rows a statement where rows are not bound one by one: a hundred of the largest bodies lie in memory so.
TOGETHER = 100

Row = Sequence[Any]
Way = Callable[[Any], Any]
type Field = models.Field[object, object]
# What these make is the same each time.
SAME = (dict, list, bytes)


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    using: str = "default",
    over: Sequence[str] = (),
    adding: str = "",
) -> None:
    """Write rows whose values stand in the order of ``names`` (``society_id`` for a key to another row).

    What is not named is what the model gives it: a value, never one made anew for each row, which must be named.
    ``over``: names that tell a row apart; a row that is there already is written over, or, where a number is named by
    ``adding``, keeps all else and is added to.
    """
    # The connection itself: behind Django's name for it each value would look it up anew.
    real = connections[using]
    kept = vars(real).setdefault("panah_writing", {})
    key = (model, tuple(names), tuple(over), adding)
    if key not in kept:
        kept[key] = _plan(model, names, over, adding, real)
    plan: Plan = kept[key]
    ready = ([way(row[at]) if way else row[at] for at, way in plan.ways] for row in rows)
    with transaction.atomic(using=using, savepoint=False), real.cursor() as cursor:
        if real.vendor == "sqlite":
            cursor.executemany(plan.sql, [(*row, *plan.same) for row in ready])
            return
        for some in batched(ready, TOGETHER, strict=False):
            told = [dict(zip(plan.columns, row, strict=True)) for row in some]
            cursor.execute(plan.sql, [*plan.same, json.dumps(told, default=_plainly)])


@dataclass(frozen=True)
class Plan:
    """How rows of one form are written: worked out once for each connection, which is one thread's.

    ``ways``: from which place of a row a value comes, and how it is said; ``same``: what every row has, behind these.
    """

    sql: str
    columns: list[str]
    ways: list[tuple[int, Way | None]]
    same: tuple[Any, ...]


def _plan(
    model: type[models.Model],
    names: Sequence[str],
    over: Sequence[str],
    adding: str,
    real: BaseDatabaseWrapper,
) -> Plan:
    fields = _written(model)
    places = {name: at for at, name in enumerate(names)}
    if unknown := places.keys() - {field.attname for field in fields}:
        raise ValueError(", ".join(sorted(unknown)))
    named = [field for field in fields if field.attname in places]
    fixed = [field for field in fields if field.attname not in places]
    if made := [f.name for f in fixed if f.has_default() and callable(f.default) and f.default not in SAME]:
        raise ValueError(", ".join(made))
    begins, ends = _statement(model, [*named, *fixed], over, adding)
    marks = f"VALUES ({', '.join(['%s'] * (len(named) + len(fixed)))})"
    read = marks if real.vendor == "sqlite" else _out_of_json(named, fixed, real)
    return Plan(
        f"{begins}{read}{ends}",
        [str(field.column) for field in named],
        [(places[field.attname], _way(field, real)) for field in named],
        tuple(field.get_db_prep_save(field.get_default(), real) for field in fixed),
    )


def to_instance[M: models.Model](model: type[M], names: Sequence[str], row: Row) -> M:
    """Return a row that was written so, as a model: saved again, it is changed and not made."""
    made = model(**dict(zip(names, row, strict=True)))
    made._state.adding, made._state.db = False, "default"
    return made


def _written(model: type[models.Model]) -> list[Field]:
    # What the database numbers by itself is not written.
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _statement(
    model: type[models.Model], fields: Sequence[Field], over: Sequence[str], adding: str
) -> tuple[str, str]:
    """Return what stands before and after the values; all names are those of our own models."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    begins = f'INSERT INTO "{model._meta.db_table}" ({columns}) '
    if not over:
        return begins, ""
    apart = ", ".join(f'"{model._meta.get_field(name).column}"' for name in over)  # type: ignore[union-attr]
    kept = [field.column for field in fields if field.attname not in over]
    written = (
        f'"{adding}" = "{model._meta.db_table}"."{adding}" + excluded."{adding}"'
        if adding
        else ", ".join(f'"{c}" = excluded."{c}"' for c in kept)
    )
    return begins, f" ON CONFLICT ({apart}) DO UPDATE SET {written}"


def _out_of_json(named: Sequence[Field], fixed: Sequence[Field], real: BaseDatabaseWrapper) -> str:
    """Return how PostgreSQL reads rows out of one value: it has not thousands of marks to find and fill in."""
    picked = [f'told."{field.column}"' for field in named]
    picked += [f"%s::{field.db_type(real)}" for field in fixed]
    shape = ", ".join(f'"{field.column}" {field.db_type(real)}' for field in named)
    return f"SELECT {', '.join(picked)} FROM json_to_recordset(%s) AS told({shape})"  # noqa: S608  our own names


def _plainly(value: object) -> str:
    """Return a value that JSON has no word for as PostgreSQL reads it."""
    if isinstance(value, bytes | memoryview):
        return f"\\x{value.hex()}"
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _way(field: Any, real: BaseDatabaseWrapper) -> Way | None:
    """Return how a value of a field is written, or None when it goes as it is."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.UUIDField):
        return _hex
    if isinstance(kind, models.DateTimeField) and not isinstance(kind, DayOnlyField):
        # Rows that are written together share most of their times.
        adapted = real.ops.adapt_datetimefield_value
        return lru_cache(TOGETHER)(lambda value: value and str(adapted(value)))
    if isinstance(kind, models.JSONField) and real.vendor != "sqlite":
        return None
    if isinstance(kind, models.CharField) and not field.null:
        return str
    if isinstance(kind, models.BinaryField | models.IntegerField | models.BooleanField):
        return None
    return partial(field.get_db_prep_save, connection=real)


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None
