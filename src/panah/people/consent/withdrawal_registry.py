"""What a withdrawal stops: rooms above register here, the page shows it before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class WithdrawalEffect:
    """``preview(keys=, file=, consent=, at=) -> list of sentences`` and ``act`` with the same arguments."""

    preview: Callable[..., Sequence[StrOrPromise]]
    act: Callable[..., None]


# Called inside the transaction of the withdrawal: ``referrals.hooks`` and ``finding.hooks`` register here.
EFFECTS: Registry[WithdrawalEffect] = Registry("what a withdrawn consent stops")
# What follows from an answer itself (a facts card comes or goes with the yes to being counted):
# ``callback(keys=, file=, consent=, at=)``, called inside the transaction in which it is written or withdrawn.
ON_CHANGE: Registry[Callable[..., None]] = Registry("what follows from an answer about consent")
