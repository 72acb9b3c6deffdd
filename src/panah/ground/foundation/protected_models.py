"""Tables whose rows decide: each write through the model keeps them outside the database (``protected_rows``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from panah.ground.foundation.managers import FocalPointQuerySet, TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_rows import AT_ONCE, changing
from panah.ground.foundation.protection import (
    SOMETHING,
    Protection,
    conditions,
    decides,
    fits,
    protected_fields,
    protection_of,
    subject_of,
)
from panah.ground.foundation.tenancy import NO_TENANT


@contextmanager
def at_once(*tables: type[models.Model]) -> Iterator[None]:
    """Keep tables of the whole node once for all that is written inside, which reads them as they were before."""
    already = AT_ONCE.get()
    with ExitStack() as stack:
        for model in sorted(set(tables) - already, key=lambda one: protection_of(one).kind):
            stack.enter_context(changing(model, [NO_TENANT]))
        before = AT_ONCE.set(already | set(tables))
        try:
            yield
        finally:
            AT_ONCE.reset(before)


@lru_cache
def _goes_with(model: type[models.Model]) -> set[type[models.Model]]:
    """Return the tables of the whole node of which rows go when one of this table is deleted."""
    found = {model} if hasattr(model, "protection") and not protection_of(model).by else set()
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and relation.related_model is not model:
            found |= _goes_with(relation.related_model)
    return found


class ProtectedQuerySet[M: models.Model](TenantQuerySet[M]):
    """Rows whose changes are kept outside the database, in the same breath."""

    def _subjects(self, **changes: object) -> set[UUID]:
        """Return of which subjects rows that decide are changed, or rows begin to decide."""
        protection, asked = protection_of(self.model), conditions(self.model)
        if not protection.by:
            return {NO_TENANT}
        new = {name: changes[of] for name in asked if (of := name.removesuffix(SOMETHING)) in changes}
        begins = any(
            fits(name, asked[name], value) or hasattr(value, "resolve_expression")
            for name, value in new.items()
        )
        rows = self if begins else self.filter(protection.only)
        return set(rows.order_by().values_list(protection.by, flat=True))

    def bulk_create(self, objs: Iterable[M], *args: object, **kwargs: object) -> list[M]:
        rows = list(objs)
        with changing(self.model, {subject_of(row) for row in rows if decides(row)}):
            made: list[M] = super().bulk_create(rows, *args, **kwargs)  # type: ignore[arg-type]
        return made

    def update(self, **kwargs: object) -> int:
        if protected_fields(self.model).isdisjoint(kwargs):
            return super().update(**kwargs)
        moved = kwargs.get(protection_of(self.model).by)
        to = {moved.pk if isinstance(moved, models.Model) else UUID(str(moved))} if moved else set()
        with changing(self.model, self._subjects(**kwargs) | to):
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        with at_once(*_goes_with(self.model)), changing(self.model, self._subjects()):
            return super().delete()


class ProtectedFocalPointQuerySet[M: models.Model](  # type: ignore[override]
    FocalPointQuerySet[M], ProtectedQuerySet[M]
):
    """Rows that decide, whose files open for the focal points alone."""


class ProtectedModel(Model):
    """A table whose rows decide. ``protection`` says which of its columns are kept outside the database."""

    protection: ClassVar[Protection]

    objects: ClassVar[ProtectedQuerySet[Self]] = ProtectedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        written = kwargs.get("update_fields")
        unprotected = isinstance(written, Iterable) and set(written).isdisjoint(protected_fields(type(self)))
        if unprotected or (self._state.adding and not decides(self)):
            super().save(*args, **kwargs)  # type: ignore[arg-type]
            return
        with changing(type(self), {subject_of(self)} | self._subjects_before()):
            super().save(*args, **kwargs)  # type: ignore[arg-type]

    def _subjects_before(self) -> set[UUID]:
        # A row that is written anew may have belonged to others until now.
        by = protection_of(type(self)).by
        rows = type(self)._base_manager.filter(pk=self.pk).order_by()
        return set() if self._state.adding or by in ("pk", "") else set(rows.values_list(by, flat=True))

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        with at_once(*_goes_with(type(self))), changing(type(self), {subject_of(self)}):
            return super().delete(*args, **kwargs)  # type: ignore[arg-type]
