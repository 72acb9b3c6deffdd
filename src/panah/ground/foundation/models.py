"""The base of every table: a random id, and a promise to say how private each field is."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import get_language


@cache
def labels_of(field: Any, _language: str | None) -> dict[Any, Any]:
    """Return the labels of a field's choices in the language that is spoken now: once for each language."""
    return {value: label if label is None else str(label) for value, label in field.flatchoices}


class DayOnlyField(models.DateTimeField):  # type: ignore[type-arg]
    """A time of which the database keeps the day, as its noon: rows of one moment must not be joined by it.

    What was just made still says the moment; questions are asked as they are. On the disk it is a time as any other.
    """

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        return super().get_db_prep_save(noon_of(value) if isinstance(value, datetime) else value, connection)

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


def noon_of(moment: datetime) -> datetime:
    """Return noon of the day that a moment is where the colleague is: the day reads the same in zones around."""
    return datetime.combine(timezone.localtime(moment).date(), time(12), UTC)


def beginning_of(moment: datetime) -> datetime:
    """Return from when a time counts that may be all that is left of a day: for deadlines, which are early in doubt."""
    if moment != noon_of(moment):
        return moment
    return timezone.make_aware(datetime.combine(moment.astimezone(UTC).date(), time.min))


class Model(models.Model):
    """A row with a random id: nothing can be learnt from an id, neither when nor how many.

    Each model declares an inner ``Privacy`` that names every local field once:
    ``identifying`` and ``sensitive`` (people served; only as ciphertext, in the vault),
    ``personal`` (staff, volunteers, partners), ``ordinary``. What holds no field is left out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802  Django's name for it
        # Django's own makes the whole table of choices anew for each value: on a list, for each cell.
        value = getattr(self, field.attname)
        label = labels_of(field, get_language()).get(value, value)
        return label if label is None else str(label)
