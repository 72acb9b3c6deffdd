"""Rows that decide (``protected_rows``) and were changed past Panah: found, written as they were kept, or accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from panah.ground.foundation.moved_rows import moved_rows, take_out_moved
from panah.ground.foundation.protected_rows import (
    KEEPER,
    current_versions,
    deciding_rows,
    deciding_versions,
    kept_subjects,
    lock_subject,
    settled_version,
    stored_versions,
    trusted_columns,
    trusted_rows,
)
from panah.ground.foundation.protected_versions import NOTHING, packed, versions_in
from panah.ground.foundation.protection import protection_of
from panah.ground.foundation.tenancy import NO_TENANT, current_tenant

# A table with protected columns, and which of its rows are meant.
type Subject = tuple[type[models.Model], UUID]


def protected_models(*, of_node: bool = False) -> list[type[models.Model]]:
    """Return the tables with protected columns of societies, or of the whole node, by the kind under which they lie."""
    models_here = [model for model in apps.get_models() if hasattr(model, "protection")]
    models_here = [model for model in models_here if (protection_of(model).by == "") == of_node]
    return sorted(models_here, key=lambda model: protection_of(model).kind)


def changed_of(model: type[models.Model], society: UUID) -> list[UUID]:
    """Return of which subjects of a society the rows are not as they were kept: changed, put in or taken away.

    What is committed and was never settled is settled on the way.
    """
    changed = []
    for some in _some_at_once(model, society):
        trusted, current = _looked_at(model, some)
        changed += _differing(model, some, trusted, current)
        _settle_standing(protection_of(model).kind, trusted, current)
    return changed


def _settle_standing(kind: str, trusted: Mapping[UUID, bytes], current: Mapping[UUID, bytes]) -> None:
    # A machine of the door's own may only add, and a process may end between a commit and what follows it. As long as
    # an older version is kept beside the newest, whoever changes the table back to it is not noticed.
    versions = {subject: versions_in(raw) for subject, raw in trusted.items()}
    newest = {
        subject: current[subject]
        for subject, kept in versions.items()
        if len(kept) > 1 and kept[-1] == current[subject]
    }
    for keeper in KEEPER if newest else ():
        keeper.settle(kind, newest, settled_version)


def _some_at_once(model: type[models.Model], society: UUID) -> Iterator[list[UUID]]:
    """Yield the subjects of a society: those that are there, and those that were taken away or moved elsewhere."""
    protection = protection_of(model)
    if protection.by == protection.society:
        yield [society]
        return
    rows = model._base_manager.filter(protection.only, **{protection.society: society}).order_by()
    there = set(rows.values_list(protection.by, flat=True))
    wanted = sorted(there | kept_subjects(model, society))
    yield from (wanted[at : at + 500] for at in range(0, len(wanted), 500))


def forget_erased(society: UUID) -> None:
    """Let go of what is kept of rows that are erased and do not come back, also those that went with another row."""
    for model in protected_models():
        protection = protection_of(model)
        if not protection.comes_back:
            gone = kept_subjects(model, society)
            there = model._base_manager.filter(**{protection.society: society}).order_by()
            gone -= set(there.values_list(protection.by, flat=True))
            for subject in gone - moved_rows(model, gone).keys():
                _forget(model, subject)


def _forget(model: type[models.Model], subject: UUID) -> None:
    with transaction.atomic():
        lock_subject(protection_of(model).kind, subject)
        # Looked at once more, while nobody writes: what somebody is just making is kept before it stands.
        if current_versions(model, [subject])[subject] == NOTHING:
            for keeper in KEEPER:
                keeper.settle(protection_of(model).kind, {subject: NOTHING}, lambda _now, _raw: b"")


def changed_in(society: UUID, *, together: bool = False) -> list[Subject]:
    """Return all subjects of a society whose rows are not as they were kept; ``together``: of whole societies alone.

    Of ``NO_TENANT``: the tables of the whole node.
    """
    changed = []
    for model in protected_models(of_node=society == NO_TENANT):
        protection = protection_of(model)
        if not together or protection.by == protection.society:
            changed += [(model, subject) for subject in changed_of(model, society)]
    return changed


def differing(model: type[models.Model], subjects: Sequence[UUID]) -> list[UUID]:
    """Return which of these subjects are not as they were kept; two questions for all of them."""
    return _differing(model, subjects, *_looked_at(model, subjects))


def _looked_at(
    model: type[models.Model], subjects: Sequence[UUID]
) -> tuple[dict[UUID, bytes], dict[UUID, bytes]]:
    return stored_versions(protection_of(model).kind, subjects), current_versions(model, subjects)


def _differing(
    model: type[models.Model],
    subjects: Sequence[UUID],
    trusted: Mapping[UUID, bytes],
    current: Mapping[UUID, bytes],
) -> list[UUID]:
    protection = protection_of(model)
    # What does not come back was erased, unless it stands behind another society's wall.
    missing = [subject for subject in trusted if current[subject] == NOTHING and not protection.comes_back]
    moved = moved_rows(model, missing)
    return [
        subject
        for subject in subjects
        if (subject in trusted or protection.taken_out)
        and (current[subject] != NOTHING or protection.comes_back or subject in moved)
        and current[subject]
        not in (deciding_versions(model, trusted[subject]) if subject in trusted else (NOTHING,))
    ]


def put_right(model: type[models.Model], subject: UUID) -> bool:
    """Write a subject's rows as they were kept; returns whether anything stood otherwise.

    What was put in is taken out, what was taken away stands there again with what was kept of it, columns that are
    not protected with their beginnings.
    """
    if not differing(model, [subject]):
        return False
    with transaction.atomic():
        lock_subject(protection_of(model).kind, subject)
        # Looked at once more, while nobody writes: what somebody was just changing is no change past Panah.
        if not differing(model, [subject]):
            return False
        trusted = {row.pk: row for row in trusted_rows(model, subject)}
        rows = deciding_rows(model, [subject])
        if protection_of(model).taken_out:
            put_in = set(rows.values_list("pk", flat=True)) - trusted.keys()
            model._base_manager.filter(pk__in=put_in).delete()
        _bring_back_moved(model, trusted)
        for row in trusted.values():
            models.Model.save(row)
        for values in trusted_columns(model, subject):
            _put_right_elsewhere(trusted[UUID(str(values["pk"]))], values)
    return True


def _bring_back_moved(model: type[models.Model], trusted: dict[UUID, models.Model]) -> None:
    protection = protection_of(model)
    seen = set(model._base_manager.filter(pk__in=trusted).values_list("pk", flat=True))
    for pk, row in take_out_moved(model, moved_rows(model, trusted.keys() - seen)).items():
        # What is not protected of a moved row is believed as it stands; but it is looked for where it was kept.
        for field in model._meta.concrete_fields:
            if field.name in protection.columns:
                setattr(row, field.attname, getattr(trusted[pk], field.attname))
            elif field.name == protection.society:
                setattr(row, field.attname, current_tenant())
        row._state.adding = True
        trusted[pk] = row


def _put_right_elsewhere(row: models.Model, values: Mapping[str, object]) -> None:
    elsewhere: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for path, value in values.items():
        through, _, name = path.partition("__")
        if name:
            elsewhere[through][name] = value
    for through, said in elsewhere.items():
        other = row._meta.get_field(through).related_model
        if isinstance(other, type) and issubclass(other, models.Model):
            other._base_manager.filter(pk=getattr(row, f"{through}_id")).update(**said)


def accept(society: UUID, tables: Iterable[type[models.Model]]) -> None:
    """Let count what the rows of a society say now: after a restored backup, or on a node from before this was kept."""
    for model in tables:
        for some in _some_at_once(model, society):
            # What was stored is not looked at: an older Panah may have kept other columns.
            now = {subject: packed([rows]) for subject, rows in current_versions(model, some).items()}
            for keeper in KEEPER:
                keeper.put(protection_of(model).kind, now, society, new=False)
