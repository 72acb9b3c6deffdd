"""What rooms add to the answer of ``/healthz``: a word by name, told to everybody who asks."""

from collections.abc import Callable

from panah.ground.foundation.registry import Registry

HEALTH: Registry[Callable[[], str]] = Registry("what a node says of its health")
