"""The delivered register and directory for tests: loaded once in a process, then written down again for each test.

Loading asks for each entry whether it is there: more than half a second of a processor, for data that are always the same.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from panah.foundation import dialled_numbers

# By what loads it and when: what the loading said, and every row that it made or changed.
KEPT: dict[tuple[str, datetime], bytes] = {}


def load(loading: Callable[..., Any], *, at: datetime) -> Any:
    """Load the delivered data, the practice societies included, over the standing world of ``at``."""
    key = (loading.__module__, at)
    if key not in KEPT:
        before = {row.pk: values(row) for row in everything()}
        loaded = loading(at=at, practice=True)
        KEPT[key] = pickle.dumps((loaded, [row for row in everything() if before.get(row.pk) != values(row)]))
        return loaded
    loaded, rows = pickle.loads(KEPT[key])  # noqa: S301  its own bytes
    with transaction.atomic():
        for model, written in groupby(rows, key=type):
            others = [one.name for one in model._meta.concrete_fields if not one.primary_key]
            model._base_manager.bulk_create(
                written, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=others
            )
        dialled_numbers.keep(row for row in rows if isinstance(row, dialled_numbers.HasDialledNumbers))
    return loaded


def everything() -> list[Model]:
    models = [model for room in ("network", "directory") for model in apps.get_app_config(room).get_models()]
    return [row for model in models for row in model._base_manager.all()]


def values(row: Model) -> list[Any]:
    return [getattr(row, one.attname) for one in row._meta.concrete_fields]
