"""Which tables stand behind the wall, and how each row's society is found: derived from the models.

A table has its society in a field ``society``, or hangs on one that has: then its first obligatory foreign key
that leads to a society is followed. Whatever is open to all societies stands in OPEN with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import router

from panah.ground.foundation.registry import Registry

BEFORE_SIGN_IN = "is read before anybody is signed in, when no society is known yet"
# Label of a model, or of an app, and why all societies may see its rows.
EXEMPT: Registry[str] = Registry("tables that all societies see")
# Label of a model -> the SQL that says of one of its rows that every society may read it; only its own writes it.
READ_BY_ALL: Registry[str] = Registry("rows that every society reads and its own writes")


@dataclass(frozen=True)
class TenantPath:
    """How the society of a row is found: in its own ``column``, or by following it to the row of a parent."""

    table: str
    column: str
    parent: "TenantPath | None" = None
    parent_key: str = ""
    open_where: str = ""

    def __str__(self) -> str:
        return self.column if self.parent is None else f"{self.column} > {self.parent}"


def tables() -> Iterator[Any]:
    """Yield every model that has a table in the main database."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and router.allow_migrate_model("default", model):
            yield model


def is_exempt(model: Any) -> bool:
    return model._meta.label in EXEMPT or model._meta.app_label in EXEMPT


def protected_tables() -> dict[str, TenantPath]:
    """Return {label of a model: how its society is found} of everything behind the wall."""
    ways = {m._meta.label: tenant_path(m) for m in tables() if not is_exempt(m)}
    return {label: way for label, way in ways.items() if way is not None}


def undecided() -> list[str]:
    """Return the models that lead to no society and are not open: their tables nobody may enter."""
    return [m._meta.label for m in tables() if not is_exempt(m) and tenant_path(m) is None]


def tenant_path(model: Any, *, below: tuple[Any, ...] = ()) -> TenantPath | None:
    """Return how the society of this model's rows is found, or None where nothing leads to one."""
    fields = [f for f in model._meta.concrete_fields if not f.null]
    for field in fields:
        if field.name == "society":
            return TenantPath(model._meta.db_table, field.column, open_where=_open_where(model))
    for field in fields:
        if field.is_relation and field.related_model not in (*below, model):
            parent = tenant_path(field.related_model, below=(*below, model))
            if parent is not None:
                key = field.target_field.column
                return TenantPath(model._meta.db_table, field.column, parent, key, _open_where(model))
    return None


def _open_where(model: Any) -> str:
    return READ_BY_ALL.get(model._meta.label) or ""
