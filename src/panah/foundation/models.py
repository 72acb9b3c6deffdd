"""The base of every table: a random id, and a promise to say how private each field is."""

import uuid
from typing import ClassVar

from django.db import models


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
