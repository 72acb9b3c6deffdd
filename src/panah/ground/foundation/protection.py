"""What a table with rows that decide declares: columns kept outside the database, and which rows together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.db import models

from panah.ground.foundation.tenancy import NO_TENANT


@dataclass(frozen=True)
class Protection:
    """Which columns of a model are kept, and which rows together.

    ``kind``: at most 12 letters, under which they lie. ``by``: the path from a row to its subject, ``pk`` for each row
    by itself, "" for a table of the whole node, which is one subject (``NO_TENANT``); ``society``: the path to its
    society, "" there too. ``columns`` may be paths to columns of other tables, which then
    call ``changing`` when they change. ``why``: what they decide, for SECURITY.md. ``only``: rows with other values
    are not protected (equal values, and ``__isnull=False``). ``over``: the column with the moment from which a row
    decides nothing; once that is ``lasts`` ago it is left out, so that what is stored stays small. ``comes_back``: a
    deleted row is restored; if False, a deletion counts as an erasure, perhaps with another row, and what is stored of
    it goes. ``taken_out``: a row that was put in is taken out; if False, it stays, and counts for nothing.
    """

    kind: str
    by: str
    society: str
    columns: tuple[str, ...]
    why: str
    only: models.Q = field(default_factory=models.Q)
    comes_back: bool = True
    taken_out: bool = True
    over: str = ""
    lasts: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        pairs = [one for one in self.only.children if isinstance(one, tuple) and _is_plain(*one)]
        if len(pairs) != len(self.only.children) or self.only.connector != models.Q.AND or self.only.negated:
            raise ValueError("only equal values can say which rows are protected")


def found_as_written(kind: str, *columns: str) -> Protection:
    """Return what is kept of a row that leads to a sealed file: by these columns its readers find it.

    A row that went is no matter of this: erasing takes it away, and what it led to is swept thirteen days later.
    """
    return Protection(
        kind=kind,
        by="pk",
        society="society",
        columns=("society", *columns),
        comes_back=False,
        taken_out=False,
        why="where those who may read a file find it",
    )


SOMETHING = "__isnull"


def _is_plain(name: str, value: object) -> bool:
    return "__" not in (name.removesuffix(SOMETHING) if value is False else name)


def fits(name: str, asked: object, value: object) -> bool:
    """Say whether a value of a row is the one that a condition of ``Protection.only`` asks for."""
    return value is not None if name.endswith(SOMETHING) else value == asked


def protection_of(model: type[models.Model]) -> Protection:
    """Return which columns of a model are kept."""
    result: Protection = model.protection  # type: ignore[attr-defined]
    return result


@lru_cache
def conditions(model: type[models.Model]) -> Mapping[str, object]:
    """Return what the columns of a row say that decides; others are not protected."""
    return dict(one for one in protection_of(model).only.children if isinstance(one, tuple))


@lru_cache
def protected_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the fields of a model itself whose change changes what is kept."""
    protection = protection_of(model)
    asked = (name.removesuffix(SOMETHING) for name in conditions(model))
    names = [name for name in (*protection.columns, *asked) if "__" not in name]
    fields = [model._meta.get_field(name) for name in names]
    return frozenset(name for field in fields for name in (field.name, getattr(field, "attname", field.name)))


def decides(row: models.Model) -> bool:
    """Say whether a row is one that is protected, as it stands in memory."""
    return all(
        fits(name, value, getattr(row, name.removesuffix(SOMETHING)))
        for name, value in conditions(type(row)).items()
    )


def subject_of(row: models.Model) -> UUID:
    """Return with which others a row is kept."""
    if not protection_of(type(row)).by:
        return NO_TENANT
    result: object = row
    *steps, last = protection_of(type(row)).by.split("__")
    for step in steps:
        result = getattr(result, step)
    subject = getattr(result, last if last == "pk" else f"{last}_id", None) or getattr(result, last)
    return subject if isinstance(subject, UUID) else subject.pk
