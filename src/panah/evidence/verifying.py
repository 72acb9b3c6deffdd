"""Is a file that somebody brings a release of ours? To be filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.evidence.models import Release


@dataclass(frozen=True)
class Verified:
    """What the page says of a file."""

    sentence: str = ""
    tone: str = ""
    release: Release | None = None


def verify(*, file: bytes, to: Staff) -> Verified:
    raise NotImplementedError
