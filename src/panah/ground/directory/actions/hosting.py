"""What an invented society keeps, where it works on another node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.directory.models import Organization, Service
from panah.ground.network import actions as network

if TYPE_CHECKING:
    from panah.ground.network.models import Society


def practise_elsewhere(*, society: Society | None) -> None:
    """Let an invented society be one of another node: what it keeps in the directory is told from there."""
    network.practise_elsewhere(society=society)
    if society is not None and society.practice:
        Service.objects.filter(society=society).delete()
        Organization.objects.filter(society=society, services=None).delete()
