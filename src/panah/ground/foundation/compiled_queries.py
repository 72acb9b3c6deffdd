"""A query that every page runs is compiled to SQL once, not for each page.

Building a query costs the ORM ten times what the database needs to answer it. So a query that always has the same form
is kept as SQL, and only its parameters change::

    @prepared
    def _roles(staff: UUID) -> QuerySet[RoleHeld, str]:
        return RoleHeld.objects.filter(staff=staff).values_list("role", flat=True)

    _roles(staff=staff.pk)   # a list of what the queryset gives, read from the database now

Results are never kept, only the SQL. The function must build its queryset from its arguments and from nothing else: no
clock, no reader's language, no setting; what is taken from elsewhere would stay in the SQL for ever. Positional
arguments belong to the form (each combination is a query of its own, so they are few); keywords are the parameters:
a UUID, a datetime, a text, bytes, or a list of these for ``__in``.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, update_wrapper
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

# Longer lists are not compiled: a page shows fewer rows, and each length would be a query of its own.
LONGEST = 64

MARKS: dict[type, Callable[[], object]] = {
    UUID: uuid4,
    datetime: lambda: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15)),
    str: lambda: secrets.token_hex(16),
    bytes: lambda: secrets.token_bytes(32),
}


@dataclass(frozen=True)
class Viewer:
    """Stands for the reader while a query is compiled, so that a room's permissions can add their filters."""

    pk: UUID
    society_id: UUID
    roles: frozenset[str] = frozenset()
    is_active = True

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def is_focal_point(self) -> bool:
        return self.has_role("focal_point")


class Prepared[M: Model, R]:
    """A query that is compiled once. ``plain`` gives the queryset that it stands for."""

    def __init__(self, make: Callable[..., QuerySet[M, R]]) -> None:
        self.plain: Callable[..., QuerySet[M, R]] = make
        update_wrapper(self, make)

    def __call__(self, *form: object, using: str = DEFAULT_DB_ALIAS, **given: object) -> list[R]:
        filled = {name: pad(value) for name, value in given.items()}
        sizes = {name: len(value) if isinstance(value, list) else None for name, value in filled.items()}
        if any(size is not None and not 0 < size <= LONGEST for size in sizes.values()):
            return list(self.plain(*form, **given).using(using))
        # Kept on the connection, which belongs to one thread: two threads never share a query that is running.
        kept = vars(connections[using]).setdefault("panah_prepared", {})
        key = (self, form, *sizes.items())
        if key not in kept:
            kept[key] = CompiledQuery(self.plain, form, filled, using)
        rows: list[R] = kept[key].of(filled)
        return rows


def pad(value: object) -> object:
    """Return a list filled up to the next power of two with its last value: few lengths serve all."""
    if type(value) in MARKS or not isinstance(value, Iterable):
        return value
    values = list(value)
    size = 1 << (len(values) - 1).bit_length() if values else 0
    return values + values[-1:] * (size - len(values))


class CompiledQuery[M: Model, R]:
    """One form of a query on one connection: its SQL, and where in it the parameters stand."""

    def __init__(
        self,
        make: Callable[..., QuerySet[M, R]],
        form: tuple[object, ...],
        given: Mapping[str, object],
        using: str,
    ) -> None:
        self.say = adapters(connections[using])
        marks = {
            name: [placeholder_for(one) for one in value]
            if isinstance(value, list)
            else placeholder_for(value)
            for name, value in given.items()
        }
        # Django's own insides, of which its types tell too little.
        self.rows: Any = make(*form, **marks).using(using)
        self.compiler: Any = self.rows.query.get_compiler(using=using)
        self.sql, self.params = self.compiler.as_sql()
        said = [bare(one) for one in self.params]
        # (place among the parameters, keyword, number in its list, kind)
        self.places = [
            (at, name, number, type(mark))
            for name, number, mark in each(marks)
            for at, one in enumerate(said)
            if one == bare(self.say[type(mark)](mark))
        ]
        missing = set(given) - {name for _at, name, _number, _kind in self.places}
        if missing:
            raise TypeError(
                f"{make.__name__}: {sorted(missing)} stands nowhere in the question as it was given"
            )
        # From here on the queryset reads its rows as always, but its SQL is there already.
        fields = [one[0] for one in self.compiler.select[: self.compiler.col_count]]
        converters = with_kept_ids(self.compiler.get_converters(fields), connections[using].ops)
        self.compiler.get_converters = lambda _fields: converters
        vars(self.rows.query)["get_compiler"] = lambda *_args, **_kwargs: self.compiler

    def of(self, given: Mapping[str, object]) -> list[R]:
        """Run it with these values."""
        params = list(self.params)
        for at, name, number, kind in self.places:
            value = given[name]
            if number is not None and isinstance(value, list):
                value = value[number]
            if type(value) is not kind:
                raise TypeError(
                    f"{name} is a {kind.__name__} in this question, and not {type(value).__name__}"
                )
            params[at] = self.say[kind](value)
        self.compiler.as_sql = lambda *_args, **_kwargs: (self.sql, tuple(params))
        return list(self.rows._iterable_class(self.rows))


def with_kept_ids(converters: dict[int, Any], ops: object) -> dict[int, Any]:
    """Return the converters of a query's columns; the one for UUIDs, where a database needs one, has a cache."""
    slow = getattr(ops, "convert_uuidfield_value", None)
    return {
        column: ([id_from if one == slow else one for one in each_of], expression)
        for column, (each_of, expression) in converters.items()
    }


def id_from(value: str | None, _expression: object, _connection: object) -> UUID | None:
    return None if value is None else known_id(value)


@lru_cache(maxsize=4096)
def known_id(text: str) -> UUID:
    """The id that is written so. A page reads hundreds, most of them the same few: society, branch, colleague."""
    return UUID(text)


def each(marks: Mapping[str, object]) -> Iterator[tuple[str, int | None, object]]:
    for name, mark in marks.items():
        if isinstance(mark, list):
            yield from ((name, number, one) for number, one in enumerate(mark))
        else:
            yield name, None, mark


def placeholder_for(value: object) -> object:
    """Return a value of the same type that cannot occur elsewhere in the query."""
    try:
        return MARKS[type(value)]()
    except KeyError:
        raise TypeError(f"a prepared question cannot be about a {type(value).__name__}") from None


def bare(param: object) -> object:
    """Return a parameter so that it can be compared: both drivers wrap bytes."""
    return getattr(param, "obj", param)


def adapters(connection: Any) -> dict[type, Callable[[Any], object]]:
    """Return how each kind of value is said to this database."""
    native = connection.features.has_native_uuid_field
    return {
        UUID: (lambda value: value) if native else (lambda value: value.hex),
        datetime: connection.ops.adapt_datetimefield_value,
        str: str,
        bytes: connection.Database.Binary,
    }


prepared = Prepared
