"""The texts of the operational model: what good looks like at four levels, and which evidence to look at.

``elements/<version>.<language>.toml`` is delivered with Panah; what the network changed lies in ``models.Edition`` in
the same shape: ``{language: {element: {"title", "good", "levels": [4], "evidence": [...]}}}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from panah.ground.foundation import delivered as files

FOLDER = Path(__file__).parent / "elements"
LANGUAGES = ("en", "ru")


class Text(TypedDict):
    title: str
    good: str
    levels: list[str]
    evidence: list[str]


Texts = Mapping[str, Mapping[str, Text]]


@dataclass(frozen=True)
class Element:
    """One element in one language. ``levels``: four texts, of level 1 to 4."""

    id: str
    title: str
    good: str
    levels: tuple[str, ...]
    evidence: tuple[str, ...]


@cache
def delivered() -> dict[str, Texts]:
    """Return every delivered version: version -> language -> element -> text."""
    versions = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.toml")})
    return {
        version: {language: files.read(FOLDER / f"{version}.{language}.toml") for language in LANGUAGES}
        for version in versions
    }


def read(texts: Texts, language: str) -> dict[str, Element]:
    """Return the elements in a language; in English where the texts have none."""
    found = texts[language if language in LANGUAGES else "en"]
    return {
        name: Element(name, one["title"], one["good"], tuple(one["levels"]), tuple(one["evidence"]))
        for name, one in found.items()
    }


def differences(texts: Texts) -> list[str]:
    """Return the elements whose languages do not agree: an empty text, not four levels, unequal lists of evidence."""
    english = texts["en"]
    return [
        name
        for name in english
        for language in LANGUAGES
        if name not in texts[language]
        or not all((texts[language][name]["title"], texts[language][name]["good"]))
        or len([text for text in texts[language][name]["levels"] if text]) != 4
        or len(texts[language][name]["evidence"]) != len(english[name]["evidence"])
    ]
