"""The twelve rehearsal calls, as data: what the voice says, what should happen. Everyone in them is invented."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from panah.ground.foundation import delivered
from panah.ground.foundation.delivered import Row

FILE = Path(__file__).parents[1] / "data" / "rehearsals.json"


@dataclass(frozen=True)
class RehearsalScript:
    key: str
    title: str
    who: str
    says: tuple[str, ...]
    watch: tuple[str, ...]
    emergency: bool
    first: dict[str, str]
    typed: Row
    end: str


@lru_cache(maxsize=1)
def _read() -> list[Row]:
    return list(delivered.read(FILE)["calls"])


def _script(raw: Row, language: str) -> RehearsalScript:
    words = raw["ru" if language.startswith("ru") else "en"]
    return RehearsalScript(
        raw["key"],
        words["title"],
        words["who"],
        tuple(words["says"]),
        tuple(words["watch"]),
        raw["emergency"],
        raw["first"],
        raw.get("typed", {}),
        raw["end"],
    )


def rehearsals(language: str) -> list[RehearsalScript]:
    """All twelve, in the reader's language (Russian or English)."""
    return [_script(raw, language) for raw in _read()]


def rehearsal(key: str, language: str) -> RehearsalScript | None:
    return next((one for one in rehearsals(language) if one.key == key), None)
