"""Rows that decide who reads, who decides and which key is sealed to: what counts is kept outside the main database.

Whoever can write in the database could otherwise make himself a reader with one row. So a model whose rows decide is a
``protected_models.ProtectedModel`` and says with ``protection`` which of its columns may not be believed from a row.
Each write through the model keeps them beside the database (``KEEPER``: the shred store); whoever decides asks
``trusted_columns``, ``trusted_rows`` or ``load_trusted``, which answer from there, never from the table alone. A row
that was changed past Panah counts as it was stored, an added row counts for nothing, a deleted row counts still;
``changed_rows`` finds them and writes them as they were.

What belongs together is kept together: all roles of a society are one *subject*, so that a row that is missing shows
too. Several versions of it may be stored, oldest first: the last committed one and those that are not settled yet.
Only where there are several is the table asked: the one that it matches counts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Protocol
from uuid import UUID

from django.db import connections, models, transaction
from django.utils import timezone

from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.protected_versions import (
    NOTHING,
    TrustedRow,
    encoded,
    packed,
    plain,
    rows_in,
    versions_in,
)
from panah.ground.foundation.protection import protection_of, subject_of
from panah.ground.foundation.registry import Registry
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.foundation.tenancy import NO_TENANT

AT_ONCE: ContextVar[frozenset[type[models.Model]]] = ContextVar(
    "tables kept once for many", default=frozenset()
)
# At most so many versions of a subject: the one that was committed, the newest, and between them what may still stand.
MOST = 8


class Keeper(Protocol):
    """Keeps versions where who writes in the main database does not reach them."""

    def get(self, kind: str, subjects: Iterable[UUID]) -> Mapping[UUID, bytes]:
        """Return what is kept of each subject that something is kept of."""

    def put(self, kind: str, values: Mapping[UUID, bytes], society: UUID, *, new: bool) -> None:
        """Keep these of subjects of a society instead; ``new``: nothing was kept of them."""

    def settle(
        self, kind: str, now: Mapping[UUID, bytes], how: Callable[[bytes, bytes], bytes | None]
    ) -> None:
        """Change what is kept by ``how`` (what counts now, what is kept): None leaves it, what it makes empty goes."""

    def subjects(self, kind: str, society: UUID | None) -> list[UUID]:
        """Return of which subjects of a society, or of all, something is kept."""


KEEPER: Registry[Keeper] = Registry("where the trusted copy of protected rows is kept")


@contextmanager
def changing(model: type[models.Model], subjects: Iterable[UUID]) -> Iterator[None]:
    """Keep what is written inside about these subjects, in one transaction with it.

    What was changed past Panah does not become true because somebody writes beside it: only what changes inside is
    taken over into what is stored. And it stops nobody from writing: danger must be raised whatever stands there.
    """
    # What is kept once for all that is written now: ``protected_models.at_once``.
    wanted = sorted(set(subjects)) if model not in AT_ONCE.get() else []
    if not wanted:
        yield
        return
    with transaction.atomic():
        for subject in wanted:
            lock_subject(protection_of(model).kind, subject)
        before, societies = current_versions(model, wanted), _societies(model, wanted)
        trusted = trusted_versions(model, wanted)
        yield
        after = current_versions(model, wanted)
        societies |= _societies(model, wanted)
        now = {}
        for subject in wanted:
            if after[subject] != before[subject]:
                same = trusted[subject] == before[subject]
                now[subject] = (
                    after[subject] if same else _merged(trusted[subject], before[subject], after[subject])
                )
        _keep(protection_of(model).kind, now, societies)


def _merged(trusted: bytes, before: bytes, after: bytes) -> bytes:
    """Return what is kept with what changed between two looks at the table: rows that are not kept stay unkept."""
    rows, old, new = ({row[0]: row for row in rows_in(one)} for one in (trusted, before, after))
    for pk, row in new.items():
        if pk not in old:
            rows[pk] = row
        elif pk in rows and row != old[pk]:
            columns = zip(rows[pk], old[pk], row, strict=True)
            rows[pk] = tuple(mine if was == now else now for mine, was, now in columns)
    return encoded(row for pk, row in rows.items() if pk in new or pk not in old)


def _keep(kind: str, now: Mapping[UUID, bytes], societies: Mapping[UUID, UUID]) -> None:
    """Keep what subjects say now beside what counted until then, which goes once this is committed."""
    if not now:
        return
    raw = stored_versions(kind, now)
    values = {}
    for subject, version in now.items():
        first, *rest = versions_in(raw.get(subject, b"")) or (NOTHING,)
        values[subject] = packed([first, *_pruned(kind, subject, rest, version), version])
    _put(kind, now, values, societies, already=raw)


def _put(
    kind: str,
    now: Mapping[UUID, bytes],
    values: Mapping[UUID, bytes],
    societies: Mapping[UUID, UUID],
    already: Collection[UUID],
) -> None:
    """Store versions; once this transaction is committed, what its subjects say ``now`` counts alone."""
    _forget_rolled_back()
    for keeper in KEEPER:
        for society in set(societies.values()):
            own = {subject: value for subject, value in values.items() if societies[subject] == society}
            keeper.put(kind, {pk: value for pk, value in own.items() if pk not in already}, society, new=True)
            keeper.put(kind, {pk: value for pk, value in own.items() if pk in already}, society, new=False)
        settle = partial(_settle, keeper, kind, now)
        transaction.on_commit(settle, robust=True)
        for subject, version in now.items():
            _pending().setdefault((kind, subject), []).append((settle, version))


def keep_made(rows: Sequence[models.Model], society: UUID) -> None:
    """Keep rows of one society that ``bulk_insert.insert`` writes in this transaction, each a subject by itself.

    Their ids are new, so nothing is read: whoever may only add rows does not see them afterwards.
    """
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in protection_of(model).columns]
    names = ["pk", *(getattr(field, "attname", field.name) for field in fields)]
    now = {row.pk: encoded([tuple(plain(_as_read(getattr(row, name))) for name in names)]) for row in rows}
    values = {subject: packed([NOTHING, version]) for subject, version in now.items()}
    _put(protection_of(model).kind, now, values, dict.fromkeys(now, society), already=())


def _as_read(value: object) -> object:
    """Return a value as the database will give it back."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _pruned(kind: str, subject: UUID, versions: Sequence[bytes], new: bytes) -> list[bytes]:
    """Return the newest versions, and those that this transaction commits if an open part of it is rolled back."""
    connection = connections["default"]
    open_parts = {one for one in connection.savepoint_ids if one}
    parts = {id(one[1]): frozenset(one[0] & open_parts) for one in connection.run_on_commit}
    written = _pending().get((kind, subject), ())
    # Of what one part wrote, the last version alone may come to stand.
    last = {parts[id(then)]: version for then, version in written if id(then) in parts}
    others = [one for one in versions if one != new]
    return [one for at, one in enumerate(others, MOST - 2 - len(others)) if at >= 0 or one in last.values()]


def _settle(keeper: Keeper, kind: str, now: Mapping[UUID, bytes]) -> None:
    """What was written is committed: it counts alone."""
    for subject in now:
        _pending().pop((kind, subject), None)
    keeper.settle(kind, now, settled_version)


def _pending() -> dict[tuple[str, UUID], list[tuple[Callable[[], None], bytes]]]:
    result: dict[tuple[str, UUID], list[tuple[Callable[[], None], bytes]]]
    result = vars(connections["default"]).setdefault("panah_protected_rows", {})
    return result


def _forget_rolled_back() -> None:
    # Django forgets what was to follow a commit when a transaction, or a part of it, is rolled back.
    alive = {id(one[1]) for one in connections["default"].run_on_commit}
    pending = _pending()
    for key, written in list(pending.items()):
        written[:] = [one for one in written if id(one[0]) in alive]
        if not written:
            del pending[key]


def _written_here(kind: str, subject: UUID) -> bytes | None:
    """Return what the transaction that runs here wrote of a subject, None where it wrote nothing that still stands."""
    if (kind, subject) not in _pending():
        return None
    _forget_rolled_back()
    written = _pending().get((kind, subject))
    return written[-1][1] if written else None


def _societies(model: type[models.Model], subjects: Sequence[UUID]) -> dict[UUID, UUID]:
    protection = protection_of(model)
    if protection.by == protection.society:
        return dict(zip(subjects, subjects, strict=True))
    rows = _of_subjects(model, subjects).order_by()
    return dict(rows.values_list(protection.by, protection.society))


def settled_version(now: bytes, raw: bytes) -> bytes | None:
    """Return what is left of stored versions once one of them is committed; None: nothing changes."""
    versions = versions_in(raw)
    if now not in versions or versions == (now,):
        return None
    # From where it stands last: two who change one subject settle in any order, and what came later stays.
    later = versions[len(versions) - 1 - versions[::-1].index(now) :]
    return b"" if later == (NOTHING,) else packed(later)


def current_versions(model: type[models.Model], subjects: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return what the rows of subjects say now, as it is kept."""
    protection = protection_of(model)
    result: dict[UUID, list[TrustedRow]] = {subject: [] for subject in subjects}
    rows = deciding_rows(model, subjects).order_by()
    for subject, *values in rows.values_list(protection.by or "pk", "pk", *protection.columns):
        result[subject if protection.by else NO_TENANT].append(tuple(plain(value) for value in values))
    return {subject: encoded(rows) for subject, rows in result.items()}


def deciding_rows(model: type[models.Model], subjects: Sequence[UUID]) -> models.QuerySet[models.Model]:
    """Return the rows of subjects as they stand in the table, without those that decide nothing any more."""
    protection = protection_of(model)
    rows = _of_subjects(model, subjects).filter(protection.only)
    if protection.over:
        rows = rows.exclude(**{f"{protection.over}__lt": _limit(protection.lasts)})
    return rows


def _of_subjects(model: type[models.Model], subjects: Sequence[UUID]) -> models.QuerySet[models.Model]:
    by = protection_of(model).by or "pk"
    every = subjects and not protection_of(model).by
    return model._base_manager.filter(**{} if every else {f"{by}__in": subjects})


def _limit(lasts: timedelta) -> datetime:
    # Of the hour, so that what counts of a version is worked out once an hour.
    return timezone.now().replace(minute=0, second=0, microsecond=0) - lasts


def deciding_versions(model: type[models.Model], raw: bytes) -> tuple[bytes, ...]:
    """Return the versions that ``packed`` put together, without rows that decide nothing any more."""
    protection = protection_of(model)
    if not protection.over:
        return versions_in(raw)
    column, limit = protection.columns.index(protection.over) + 1, _limit(protection.lasts)
    return tuple(_without_over(one, column, limit) for one in versions_in(raw))


@lru_cache(maxsize=256)
def _without_over(version: bytes, column: int, limit: datetime) -> bytes:
    return encoded(
        row
        for row in rows_in(version)
        if row[column] is None or datetime.fromisoformat(str(row[column])) >= limit
    )


def stored_versions(kind: str, subjects: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return what is stored of each subject, packed (``versions_in``); without an entry: nothing."""
    wanted = list(subjects)
    return {subject: raw for keeper in KEEPER for subject, raw in keeper.get(kind, wanted).items() if raw}


def kept_subjects(model: type[models.Model], society: UUID | None = None) -> set[UUID]:
    """Return of which subjects of a society, or of all, something is kept."""
    return {subject for keeper in KEEPER for subject in keeper.subjects(protection_of(model).kind, society)}


def lock_subject(kind: str, subject: UUID) -> None:
    """Let nobody else write about a subject until the transaction ends; on SQLite nobody else writes at all."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{kind} {subject}"])


def trusted_version(model: type[models.Model], subject: UUID) -> bytes:
    """Return what counts of a subject, as bytes that name it: for ``rows_in`` and for what is cached by it."""
    here = _written_here(protection_of(model).kind, subject)
    return _trusted_version(model, subject) if here is None else here


@cached_per_request
def _trusted_version(model: type[models.Model], subject: UUID) -> bytes:
    return trusted_versions(model, [subject])[subject]


def trusted_versions(model: type[models.Model], subjects: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the same of many subjects: one question for all of them."""
    kind, wanted = protection_of(model).kind, list(subjects)
    result = {subject: here for subject in wanted if (here := _written_here(kind, subject)) is not None}
    raw = stored_versions(kind, [subject for subject in wanted if subject not in result])
    kept = {subject: deciding_versions(model, trusted) for subject, trusted in raw.items()}
    several = [subject for subject, versions in kept.items() if len(versions) > 1]
    current = current_versions(model, several) if several else {}
    for subject in wanted:
        if subject not in result:
            result[subject] = _in_force(kept.get(subject) or (NOTHING,), current.get(subject))
    return result


def _in_force(versions: Sequence[bytes], now: bytes | None) -> bytes:
    """Return which version counts; ``now``: what the table says, where there are several."""
    if now is not None and now in versions:
        return now
    # A subject made just now has no committed version before.
    return versions[-1] if versions[0] == NOTHING else versions[0]


def trusted_columns(model: type[models.Model], subject: UUID) -> list[Mapping[str, object]]:
    """Return what counts of a subject's rows: ``pk`` and the protected columns by name, as ``rows_in`` gives them."""
    return columns_in(model, trusted_version(model, subject))


def columns_in(model: type[models.Model], version: bytes) -> list[Mapping[str, object]]:
    """Return the rows of a version by the names of their columns."""
    names = ("pk", *protection_of(model).columns)
    return [dict(zip(names, row, strict=True)) for row in rows_in(version)]


def trusted_rows[M: models.Model](
    model: type[M],
    subject: UUID,
    wanted: Callable[[Mapping[str, object]], bool] = lambda row: True,
    *,
    rows: models.QuerySet[M] | None = None,
) -> list[M]:
    """Return a subject's rows as they were kept, also those that were taken out of the table.

    ``wanted`` chooses by the columns as ``rows_in`` gives them; what is not protected: the table, or ``rows``.
    """
    trusted = [row for row in trusted_columns(model, subject) if wanted(row)]
    ids = [UUID(str(row["pk"])) for row in trusted]
    found = _rows_of(model, ids=ids) if rows is None else rows.filter(pk__in=ids)
    there = {row.pk: row for row in found} if ids else {}
    return [_filled(there.get(pk) or model(pk=pk), values) for pk, values in zip(ids, trusted, strict=True)]


@prepared
def _rows_of[M: models.Model](model: type[M], ids: list[UUID]) -> models.QuerySet[M]:
    return model._base_manager.filter(pk__in=ids)


def load_trusted(row: models.Model) -> bool:
    """Put what was kept in the place of a row's protected columns; False where the row was never written by Panah."""
    trusted = [one for one in trusted_columns(type(row), subject_of(row)) if one["pk"] == str(row.pk)]
    for values in trusted:
        _filled(row, values)
    return bool(trusted)


def _filled[M: models.Model](row: M, values: Mapping[str, object]) -> M:
    for name, value in values.items():
        if name == "pk" or "__" in name:
            continue
        field = row._meta.get_field(name)
        if not isinstance(field, models.Field):
            continue
        if isinstance(field, models.BinaryField) and value is not None:
            value = base64.b64decode(str(value))
        # Lists of a version are remembered for others, who read them too.
        value = deepcopy(value) if isinstance(value, list | dict) else value
        setattr(row, getattr(field, "attname", name), field.to_python(value))
    return row
