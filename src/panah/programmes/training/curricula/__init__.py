"""The modules that Panah brings along, one file a language: ``<slug>.<lang>.toml`` beside this file.

Drafts for a society to review. A society adopts a version (models.Module), which keeps what the file said that day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from panah.ground.foundation import delivered as delivered_files

HERE = Path(__file__).parent
# In the order in which a branch would teach them.
SLUGS = ("safe-response", "hotline", "children", "field", "sessions", "police")


class KeptPart(TypedDict):
    """A part as a file says it, or as a society keeps it."""

    title: str
    minutes: int
    materials: NotRequired[list[str]]
    steps: NotRequired[list[str]]
    disclosure: NotRequired[str]


class KeptQuestion(TypedDict):
    id: str
    text: str
    options: list[str]
    right: list[int]
    why: NotRequired[str]


class KeptCurriculum(TypedDict):
    """A whole file, or what a society keeps of it."""

    slug: str
    version: int
    title: str
    audience: NotRequired[list[str]]
    teaches: NotRequired[str]
    minutes: int
    draft: NotRequired[bool]
    aims: NotRequired[list[str]]
    materials: NotRequired[list[str]]
    parts: list[KeptPart]
    questions: NotRequired[list[KeptQuestion]]
    disclosure: NotRequired[str]


@dataclass(frozen=True)
class Part:
    """A step of the session plan. ``disclosure``: what to do if somebody tells something here."""

    title: str
    minutes: int
    materials: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    disclosure: str = ""


@dataclass(frozen=True)
class Question:
    """A question of the knowledge test; ``right`` are places among ``options``, ``why`` is told afterwards."""

    id: str
    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True)
class Curriculum:
    """A module in one language."""

    slug: str
    version: int
    title: str
    minutes: int
    parts: tuple[Part, ...]
    audience: tuple[str, ...] = ()
    teaches: str = ""
    draft: bool = False
    aims: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    # Stands for the whole module; a part may say more.
    disclosure: str = ""

    @classmethod
    def of(cls, kept: KeptCurriculum) -> Curriculum:
        """Read what a file says, or what a society keeps of it (``as_kept``)."""
        return delivered_files.entry(cls, kept, f"module {kept.get('slug')}")

    def as_kept(self) -> dict[str, object]:
        """Return it as plain values: what a society keeps of the version that it adopted."""
        return asdict(self)

    @property
    def structure(self) -> tuple[object, ...]:
        """What must be the same in every language."""
        return (
            *(self.slug, self.version, self.audience, self.teaches, self.minutes, self.draft),
            tuple((part.minutes, len(part.steps), bool(part.disclosure)) for part in self.parts),
            tuple((question.id, len(question.options), question.right) for question in self.questions),
        )


@lru_cache(maxsize=1)
def delivered() -> dict[str, dict[str, Curriculum]]:
    """Return the modules that Panah brings, by slug and language, in their order."""
    found: dict[str, dict[str, Curriculum]] = {slug: {} for slug in SLUGS}
    for path in sorted(HERE.glob("*.toml")):
        slug, language = path.name.removesuffix(".toml").split(".")
        found[slug][language] = delivered_files.load(Curriculum, path)
    return {slug: languages for slug, languages in found.items() if languages}


def language_among(languages: Collection[str], reader: str | None) -> str:
    """Return the language to show: the reader's, else what most here read, else whatever there is."""
    return next((one for one in (reader or "", "ru", "en") if one in languages), next(iter(languages)))
