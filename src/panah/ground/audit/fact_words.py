"""What rooms say about the journal: what a code beside an entry means, and which entries nobody is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Choices

from panah.ground.foundation.registry import Registry


@dataclass(frozen=True)
class FactWords:
    """``fact`` is its name beside an entry; ``say`` gives the words of a value, None for one that is not its own."""

    fact: str
    say: Callable[[str], str | None]


FACT_WORDS: Registry[FactWords] = Registry("what facts beside an entry of the journal mean")
# Society -> ids of what the journal's page tells nobody of (a queryset).
UNTOLD: Registry[Callable[[UUID], object]] = Registry("what the journal's page tells nobody")


def by_codes(codes: type[Choices] | Mapping[str, object]) -> Callable[[str], str | None]:
    """Let codes be said by their labels: those of choices, or words by code."""
    words = codes if isinstance(codes, Mapping) else dict(codes.choices)
    return lambda value: str(words[value]) if value in words else None
