"""What rooms above say about the messages of their conversations: who sees them, and which key opens them.

This stays a registry: the rooms stand above, and they themselves list and open what came in a conversation of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model, QuerySet

from panah.ground.foundation.registry import Registry
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class ArrivalRoom:
    """A room that has conversations."""

    # (to=) -> its things whose messages a colleague may see (a queryset).
    subjects: Callable[..., QuerySet[Model, object]]
    # (keys, subject) -> the key of a conversation that lies in its file, or None.
    key: Callable[[Keyring, UUID], Private | None]


# (to=) -> rows with an ``arrival`` that became something of hers (a queryset): she sees the outside of it still.
BECAME_HERS: Registry[Callable[..., QuerySet[Model]]] = Registry(
    "what arrivals became that a colleague holds"
)
# (society, whom its writer left out) -> the colleagues who read what goes past the intake, as complaints do. Filled
# from above. Left out is none, or a code of ``words.WHO_IS_MEANT``.
PAST_INTAKE_READERS: Registry[Callable[[UUID, str], list[Staff]]] = Registry(
    "who reads what goes past the intake"
)
ARRIVAL_ROOMS: Registry[ArrivalRoom] = Registry("rooms to whose conversations arrivals belong")
