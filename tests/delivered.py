"""The delivered register and directory for tests: loaded once in a process, then written down again for each test.

Loading asks for each entry whether it is there: more than half a second of a processor, for data that are always the same.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.changed_rows import accept, protected_models
from panah.ground.foundation.tenancy import NO_TENANT
from tests.committed_rows import what_panah_wrote_is_committed
from tests.rows_again import RowsAgain, values

# By what loads it and when: what the loading said with those of its rows that tell a number, and all that it made or changed.
KEPT: dict[tuple[str, datetime], tuple[bytes, RowsAgain]] = {}


def load(loading: Callable[..., Any], *, at: datetime) -> Any:
    """Load the delivered data, the practice societies included, over the standing world of ``at``."""
    key = (loading.__module__, at)
    if key not in KEPT:
        before = {row.pk: values(row) for row in everything()}
        loaded = loading(at=at, practice=True)
        rows = [row for row in everything() if before.get(row.pk) != values(row)]
        telling = [row for row in rows if isinstance(row, dialled_numbers.HasDialledNumbers)]
        KEPT[key] = pickle.dumps((loaded, telling)), RowsAgain(rows, replaces=True)
        return loaded
    kept, rows_again = KEPT[key]
    loaded, telling = pickle.loads(kept)  # noqa: S301  its own bytes
    with transaction.atomic():
        rows_again.write()
        what_panah_wrote_is_committed()
        accept(NO_TENANT, protected_models(of_node=True))
        dialled_numbers.keep(telling)
    return loaded


def everything() -> list[Model]:
    models = [model for room in ("network", "directory") for model in apps.get_app_config(room).get_models()]
    return [row for model in models for row in model._base_manager.all()]
