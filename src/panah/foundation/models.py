"""The base of every table: a random id, and a promise to say how private each field is."""

import uuid
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language


@cache
def labels_of(field: Any, _language: str | None) -> dict[Any, Any]:
    """Return the labels of a field's choices in the language that is spoken now: once for each language."""
    return {value: label if label is None else str(label) for value, label in field.flatchoices}


class Model(models.Model):
    """A row with a random id: nothing can be learnt from an id, neither when nor how many.

    Each model declares an inner ``Privacy`` that names every local field once:
    ``identifying`` and ``sensitive`` (people served; only as ciphertext, in the vault),
    ``personal`` (staff, volunteers, partners), ``ordinary``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        identifying: ClassVar[tuple[str, ...]] = ()
        sensitive: ClassVar[tuple[str, ...]] = ()
        personal: ClassVar[tuple[str, ...]] = ()
        ordinary: ClassVar[tuple[str, ...]] = ()

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802  Django's name for it
        # Django's own makes the whole table of choices anew for each value: on a list, for each cell.
        value = getattr(self, field.attname)
        label = labels_of(field, get_language()).get(value, value)
        return label if label is None else str(label)
