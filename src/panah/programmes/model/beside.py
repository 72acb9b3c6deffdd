"""What rooms above let stand beside an element of the operational model: good practices, documents."""

from panah.ground.foundation.registry import Registry
from panah.ground.kit.beside import Finds

BESIDE_ELEMENTS: Registry[Finds] = Registry("what stands beside an element of the operational model")
