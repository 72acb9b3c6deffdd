"""Which tables stand behind the wall, and how each row's society is found: derived from the models.

A table has its society in a field ``society``, or hangs on one that has: then its first obligatory foreign key
that leads to a society is followed. Whatever is open to all societies stands in OPEN with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import router

# Filled by the composition: label of a model, or of an app, and why all societies may see its rows.
OPEN: dict[str, str] = {}


@dataclass(frozen=True)
class Way:
    """How the society of a row is found: in its own ``column``, or by following it to the row of a parent."""

    table: str
    column: str
    parent: "Way | None" = None
    parent_key: str = ""

    def __str__(self) -> str:
        return self.column if self.parent is None else f"{self.column} > {self.parent}"


def tables() -> Iterator[Any]:
    """Yield every model that has a table in the main database."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and router.allow_migrate_model("default", model):
            yield model


def is_open(model: Any) -> bool:
    return model._meta.label in OPEN or model._meta.app_label in OPEN


def walled() -> dict[str, Way]:
    """Return {label of a model: how its society is found} of everything behind the wall."""
    ways = {m._meta.label: way_of(m) for m in tables() if not is_open(m)}
    return {label: way for label, way in ways.items() if way is not None}


def undecided() -> list[str]:
    """Return the models that lead to no society and are not open: their tables nobody may enter."""
    return [m._meta.label for m in tables() if not is_open(m) and way_of(m) is None]


def way_of(model: Any, *, below: tuple[Any, ...] = ()) -> Way | None:
    """Return how the society of this model's rows is found, or None where nothing leads to one."""
    fields = [f for f in model._meta.concrete_fields if not f.null]
    for field in fields:
        if field.name == "society":
            return Way(model._meta.db_table, field.column)
    for field in fields:
        if field.is_relation and field.related_model not in (*below, model):
            parent = way_of(field.related_model, below=(*below, model))
            if parent is not None:
                return Way(model._meta.db_table, field.column, parent, field.target_field.column)
    return None
