"""Who cites a figure: other rooms say so, those above in their hooks, and this room for those below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry
from panah.ground.kit.beside import Beside

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Numbers of figures, the reader -> for each number that is cited, where.
Cites = Callable[[Sequence[str], "Staff"], Mapping[str, list[Beside]]]
CITED_BY: Registry[Cites] = Registry("what cites a figure")
