"""What can be done for several people of one event at once: rooms above register it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from panah.ground.kit.forms import Form


@dataclass(frozen=True)
class BulkAction:
    """One act for each person who is chosen.

    ``form(data, staff=, at=)`` is asked once for all; ``act(keys=, case=, line=, data=, at=)`` is done for each, with
    the person's number on the sheet as ``line``. It refuses before it writes anything, also what was done already.
    """

    label: StrPromise
    button: StrPromise
    form: Callable[..., Form]
    act: Callable[..., object]


BULK: Registry[BulkAction] = Registry("what is done for several people of an event at once")
