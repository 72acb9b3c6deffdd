"""What is said of a document by whoever brings it. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Facts:
    """What is said of it.

    ``title_language``: a tag of ``rules.languages``, "" where it is to be recognised; ``countries``: two small
    letters of each; ``instruments``: ids of diplomacy's; ``named``: ids of colleagues who read it while it is
    confidential.

    ``about_person``: whether it speaks of a person who is helped; then it is refused. ``anyway``: it is brought
    although the same file is here.
    """

    title: str
    kind: str
    visibility: str
    source: str
    title_language: str = ""
    licence: str = ""
    source_link: str = ""
    published_on: date | None = None
    countries: list[str] = field(default_factory=list)
    instruments: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    about_person: bool = False
    anyway: bool = False
