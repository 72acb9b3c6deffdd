"""What rooms above let stand beside a provision: good practices, documents."""

from panah.foundation.registry import Registry
from panah.kit.beside import Finds

BESIDE_PROVISIONS: Registry[Finds] = Registry("what stands beside a provision")
